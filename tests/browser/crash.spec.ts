// The program itself fails while it runs.
import { expect, expectAccessible, refuseNextElement, test } from "./fixtures.ts";

const reason = /panicked at [^]*no more elements/;

test("a panic: the page says that it has stopped, and how to go on", { tag: "@panel" }, async ({ app, noise, page, view }) => {
  noise.allow(reason);
  noise.allow(/unreachable/);
  await app.openLoggedIn();
  await refuseNextElement(view, "no more elements");
  const logged = page.waitForEvent("console", (message) => reason.test(message.text()));
  await view.getByRole("button", { name: /keyboard help/ }).click();
  await logged;

  const message = view.getByRole("alertdialog", { name: "Task Monitor has stopped" });
  await expect(message).toBeVisible();
  await expect(message.getByRole("button", { name: "Reload" })).toBeFocused();
  await expectAccessible(view);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(message).toBeVisible();

  await message.getByRole("button", { name: "Reload" }).press("Enter");
  await expect(message).toHaveCount(0);
  await expect(view.locator("#shell")).toHaveCount(0);
});

test("an error that is none of the program's leaves it alone", async ({ app, noise, view }) => {
  noise.allow(/an extension's/);
  await app.openLoggedIn();
  await view.locator("html").evaluate(() => reportError(new TypeError("an extension's")));
  await view.getByRole("button", { name: /keyboard help/ }).click();
  await expect(view.getByRole("dialog", { name: /keyboard/i })).toBeVisible();
  await expect(view.getByRole("alertdialog")).toHaveCount(0);
});
