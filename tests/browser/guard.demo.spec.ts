// The checks of fixtures.ts can fail.
import { expect, expectAccessible, test } from "./fixtures.ts";

test("an inline script is blocked, and the noise check hears of it", async ({ app, noise, page }) => {
  await app.open();
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
  });
  await expect.poll(() => noise.unexpected.join("\n")).toContain("content security policy: script-src-elem blocked inline");
  await expect(page).not.toHaveTitle("ran");
  noise.allow(/./);
});

test("axe finds an image without a name", async ({ app, page }) => {
  await app.open();
  await page.evaluate(() => document.body.append(document.createElement("img")));
  await expect(expectAccessible(page)).rejects.toThrow("image-alt");
});
