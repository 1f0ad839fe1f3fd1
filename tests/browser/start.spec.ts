// How the page starts, and what it says when it cannot.
import { expect, expectAccessible, test } from "./fixtures.ts";

const wasm = "**/*.wasm";

test("starts under its own policy, in quiet", async ({ app, page }) => {
  await app.open();
  await expect(page.getByText("Task Monitor").first()).toBeVisible();
  await expectAccessible(page);
});

test("starts where the host does not know what a .wasm is", async ({ app, page }) => {
  await page.route(wasm, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
  });
  await app.open();
});

test("asks its own origin only", async ({ app, page }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.url)) elsewhere.push(request.url());
  });
  await app.open();
  expect(elsewhere).toEqual([]);
});

const failures = [
  { name: "a file that is gone", file: wasm, fulfil: { status: 404 }, says: "the server answered 404" },
  { name: "a file that breaks off", file: wasm, fulfil: undefined, says: "could not be loaded" },
  { name: "a script that is gone", file: "**/task-monitor-*.js", fulfil: { status: 404 }, says: "could not be loaded" },
  { name: "a file that is something else", file: wasm, fulfil: { status: 200, body: "<html>" }, says: "could not start" },
];

for (const { name, file, fulfil, says } of failures) {
  test(`says so, and how to go on: ${name}`, async ({ app, noise, page }) => {
    noise.allow(/./);
    await page.route(file, (route) => (fulfil ? route.fulfill(fulfil) : route.abort()));
    await page.goto(app.url);
    await expect(page.getByRole("alert")).toContainText(says);
    await expectAccessible(page);
    await page.unroute(file);
    await page.getByRole("button", { name: "Reload" }).click();
    await expect(page.locator("#shell")).toHaveCount(0);
  });
}

test("says so when WebAssembly is turned off", async ({ app, noise, page }) => {
  noise.allow(/WebAssembly is turned off/);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto(app.url);
  await expect(page.getByRole("alert")).toContainText("WebAssembly is turned off");
});

test("says to reload when even the file that would explain is gone", async ({ app, noise, page }) => {
  noise.allow(/Failed to load resource|preloaded/);
  await page.route("**/start-*.js", (route) => route.fulfill({ status: 404 }));
  await page.goto(app.url);
  const hint = page.getByText("If nothing happens, reload the page.");
  await expect(hint).toBeHidden();
  // It comes after ten seconds, which are not to be waited for here.
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  await expect(hint).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("says what is needed", async ({ app, noise, page }) => {
    noise.allow(/preloaded/);
    await page.goto(app.url);
    // By element: Playwright's text selectors pass over noscript.
    await expect(page.locator("noscript p")).toContainText("needs JavaScript and WebAssembly");
    await expect(page.locator("noscript p")).toBeVisible();
    await expect(page.locator("#shell-message")).toBeHidden();
  });
});
