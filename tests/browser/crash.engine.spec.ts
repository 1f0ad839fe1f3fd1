// The program itself fails while it runs.
import { expect, expectAccessible, panicAtNextElement, test, trapAtNextKey } from "./fixtures.ts";

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

test("a panic: its text and its place in the source are in the dialog and in the console", async ({ app, noise, page, view }) => {
  noise.allow(/panicked at|unreachable/);
  await app.openLoggedIn();
  await panicAtNextElement(view);
  const written = page.waitForEvent("console", (message) => /panicked at \S+\.rs:\d+:\d+/.test(message.text()));
  await view.getByRole("button", { name: "Help" }).click();
  await written;
  const message = view.getByRole("alertdialog", { name: "Task Monitor has stopped" });
  await expect(message).toContainText(/Task Monitor \d+\.\d+\.\d+: panicked at \S+\.rs:\d+:\d+/);
});

test("an error of another script does not stop the program", async ({ app, noise, view }) => {
  noise.allow(/an extension's/);
  await app.openLoggedIn();
  await view.locator("html").evaluate(() => reportError(new TypeError("an extension's")));
  await view.getByRole("button", { name: "Help" }).click();
  await expect(view.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await expect(view.getByRole("alertdialog")).toHaveCount(0);
});
