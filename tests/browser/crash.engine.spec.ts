// The program itself fails while it runs.
import { expect, expectAccessible, panicAtNextRequest, test, trapAtNextKey } from "./fixtures.ts";

test("a trap: the page says that it has stopped and offers a reload", { tag: "@panel" }, async ({ app, noise, page, view }) => {
  noise.allow(/unreachable/);
  await app.openLoggedIn();
  await trapAtNextKey(view);
  const uncaught = page.waitForEvent("pageerror");
  await view.getByRole("button", { name: "Help" }).press("x");
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

test("an error of another script does not stop the program", async ({ app, noise, view }) => {
  noise.allow(/an extension's/);
  await app.openLoggedIn();
  await view.locator("html").evaluate(() => reportError(new TypeError("an extension's")));
  await view.getByRole("button", { name: "Help" }).click();
  await expect(view.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await expect(view.getByRole("alertdialog")).toHaveCount(0);
});
