// The start of the page, and what it says when it cannot start.
import { expect, expectAccessible, test } from "./fixtures.ts";

const wasm = "**/*.wasm";

test("starts under its content security policy without a word on the console", async ({ app, page }) => {
  await app.open();
  await expect(page.getByText("Task Monitor").first()).toBeVisible();
  await expectAccessible(page);
});

test("starts when the server sends .wasm with another type", async ({ app, page }) => {
  await page.route(wasm, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
  });
  await app.open();
});

test("requests only its own origin", async ({ app, page }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.url)) elsewhere.push(request.url());
  });
  await app.open();
  expect(elsewhere).toEqual([]);
});

const failures = [
  { name: "the .wasm file is missing", file: wasm, fulfil: { status: 404 }, says: "the server answered 404" },
  { name: "the connection breaks", file: wasm, fulfil: undefined, says: "could not be loaded" },
  { name: "the script is missing", file: "**/task-monitor-*.js", fulfil: { status: 404 }, says: "could not be loaded" },
  { name: "the file is not WebAssembly", file: wasm, fulfil: { status: 200, body: "<html>" }, says: "could not start" },
];

for (const { name, file, fulfil, says } of failures) {
  test(`a failed start is explained, with a reload: ${name}`, async ({ app, noise, page }) => {
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

test("explains that WebAssembly is turned off", async ({ app, noise, page }) => {
  noise.allow(/WebAssembly is turned off/);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto(app.url);
  await expect(page.getByRole("alert")).toContainText("WebAssembly is turned off");
});

test("suggests a reload when even the start script is missing", async ({ app, noise, page }) => {
  noise.allow(/Failed to load resource|preloaded/);
  await page.route("**/start-*.js", (route) => route.fulfill({ status: 404 }));
  await page.goto(app.url);
  const hint = page.getByText("If nothing happens, reload the page.");
  await expect(hint).toBeHidden();
  // It appears after ten seconds. The test does not wait for them.
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  await expect(hint).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("says that it needs JavaScript and WebAssembly", async ({ app, noise, page }) => {
    noise.allow(/preloaded/);
    await page.goto(app.url);
    // By element, because Playwright's text selectors ignore noscript.
    await expect(page.locator("noscript p")).toContainText("needs JavaScript and WebAssembly");
    await expect(page.locator("noscript p")).toBeVisible();
    await expect(page.locator("#shell-message")).toBeHidden();
  });
});
