// The program itself fails while it runs.
import { type App, expect, expectAccessible, panicAtNextRequest, test, trap } from "./fixtures.ts";

test("a trap: the page says that it has stopped and offers a reload", { tag: "@panel" }, async ({ app, noise, page, view }) => {
  noise.allow(/unreachable/);
  await app.openLoggedIn();
  const uncaught = page.waitForEvent("pageerror");
  await trap(view);
  const { name, message: kind, stack } = await uncaught;
  expect([name, kind]).toEqual(["RuntimeError", "unreachable"]);
  expect(stack).toMatch(/wasm-function\[\d+\]/);

  const message = view.getByRole("alertdialog", { name: "Task Monitor has stopped" });
  await expect(message).toBeVisible();
  await expect(message.getByText(/^Task Monitor \d+\.\d+\.\d+: RuntimeError: unreachable$/)).toBeVisible();
  await expect(message.getByRole("button", { name: "Reload" })).toBeFocused();
  await expectAccessible(view);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(message).toBeVisible();

  await message.getByRole("button", { name: "Reload" }).press("Enter");
  await expect(message).toHaveCount(0);
  await expect(view.locator("#shell")).toHaveCount(0);
});

test("a panic: its text and place are on the console and in the dialog", async ({ app, noise, page, view }) => {
  noise.allow(/fetch returned|unreachable/);
  await app.openLoggedIn();
  const told = page.waitForEvent("console", (message) => message.text().startsWith("panicked at "));
  await panicAtNextRequest(view);
  const report = (await told).text();
  expect(report).toMatch(/^panicked at \S+\.rs:\d+:\d+:\nfetch returned /);

  const message = view.getByRole("alertdialog", { name: "Task Monitor has stopped" });
  await expect(message).toContainText(/Task Monitor \d+\.\d+\.\d+: panicked at \S+\.rs:\d+:\d+:\s+fetch returned /);
  await expect(message.getByRole("button", { name: "Reload" })).toBeFocused();
});

const stopped = (app: App) => app.view.getByRole("alertdialog", { name: "Task Monitor has stopped" });

/** The address of a file of the program, as it is in the stacks of its errors. */
const programFile = (app: App): Promise<string> =>
  app.view.locator('link[rel="preload"][type="application/wasm"]').evaluate((link: HTMLLinkElement) => link.href);

test("an error that a function of the browser throws into the program is told", async ({ app, noise, page }) => {
  noise.allow(/out of order/);
  await app.openLoggedIn();
  // A function that cannot fail by its specification, so the program does not expect it to.
  await page.evaluate(() => {
    Date.now = () => {
      throw new Error("out of order");
    };
  });
  await expect(stopped(app)).toContainText("Error: out of order");
});

for (const { what, cause } of [
  { what: "a rejection", cause: (file: string) => void Promise.reject(Object.assign(new Error("of the program"), { stack: `Error\n at f (${file}:1:2)` })) },
  { what: "an error", cause: (file: string) => reportError(Object.assign(new Error("of the program"), { stack: `f@${file}:wasm-function[7]:0x12` })) },
  { what: "a stack overflow", cause: () => reportError(Object.assign(new RangeError("of the program"), { stack: "RangeError\n at wasm://wasm/0a1b:wasm-function[7]:0x12" })) },
  { what: "a trap without a stack", cause: () => reportError(Object.assign(new WebAssembly.RuntimeError("of the program"), { stack: "" })) },
]) {
  test(`${what} of the program is told`, async ({ app, noise, page }) => {
    noise.allow(/of the program/);
    await app.openLoggedIn();
    await page.evaluate(cause, await programFile(app));
    await expect(stopped(app)).toContainText("of the program");
  });
}

test("no error of another script stops the program", async ({ app, noise, page, view }) => {
  noise.allow(/of another/);
  await app.openLoggedIn();
  await page.evaluate(() => {
    const elsewhere = (error: Error) => Object.assign(error, { stack: `${error}\n at f (chrome-extension://abc/content.js:1:2)` });
    reportError(elsewhere(new TypeError("of another")));
    reportError(elsewhere(new RangeError("of another")));
    reportError(elsewhere(new WebAssembly.RuntimeError("of another")));
    reportError("of another");
    void Promise.reject(elsewhere(new Error("of another")));
    void Promise.reject("of another");
    const recursive = (): number => recursive() + 1;
    try {
      recursive();
    } catch (overflow) {
      reportError(Object.assign(overflow as RangeError, { message: "of another" }));
    }
  });
  await view.getByRole("button", { name: "Help" }).click();
  await expect(view.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await expect(stopped(app)).toHaveCount(0);
});

test("a browser that fills a form sends events without a key", async ({ app, page }) => {
  await app.open();
  await app.view.getByLabel("User name").evaluate((field) => field.dispatchEvent(new Event("keydown", { bubbles: true })));
  await app.logIn();
  await expect(app.grid).not.toHaveAttribute("aria-busy");
  for (const field of [app.search, page.locator("body")]) {
    await field.evaluate((element) => element.dispatchEvent(new Event("keydown", { bubbles: true })));
  }
  await app.openAddJob();
  await app.dialog.getByLabel("Description").evaluate((field) => field.dispatchEvent(new Event("keydown", { bubbles: true })));
  await expect(app.dialog).toBeVisible();
  await expect(stopped(app)).toHaveCount(0);
});

test("a token that no header can carry is refused in words", async ({ app, page }) => {
  await page.route(/\/sso\/oauth\/token$/, (route) => route.fulfill({ json: { access_token: "line\nbreak" } }));
  await app.open();
  await app.logIn();
  await expect(page.getByRole("alert")).toHaveText("The engine gave a token with characters that cannot be sent, so nobody can log in with it.");
  await expect(page.getByRole("button", { name: "Log in", exact: true })).toBeEnabled();
});
