// Keys of people's own keyboards and input methods. What each key means is tested natively in tests/keys.rs.
import type { Locator } from "@playwright/test";
import { type App, expect, test } from "./fixtures.ts";
import { BEGIN, idOf, Pretend } from "./pretend.ts";

async function open(app: App): Promise<void> {
  const names = ["Alpha", "\u{142}ódź", "ไทย", "Beta"];
  await Pretend.on(app, names.map((description, index) => ({ id: idOf(index + 1), description, start: BEGIN - index * 1000, steps: [] })));
  await app.openLoggedIn();
  await app.row("Alpha").focus();
}

/** Sends a key as the keyboard in question does. Returns whether the browser may still use it. */
const send = (target: Locator, key: KeyboardEventInit & { altGraph?: boolean }): Promise<boolean> =>
  target.evaluate(
    (element, { altGraph, ...key }) => element.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, modifierAltGraph: altGraph ?? false, ...key })),
    key,
  );

test("a letter typed with AltGr is a letter, and a command of the browser is not the page's", async ({ app }) => {
  await open(app);
  await send(app.row("Alpha"), { key: "\u{142}", code: "KeyL", altGraph: true });
  await expect(app.row("\u{142}ódź")).toBeFocused();
  for (const command of [{ key: "a", ctrlKey: true }, { key: "a", metaKey: true }, { key: "ArrowDown", altKey: true }, { key: "/", metaKey: true }]) {
    expect(await send(app.row("\u{142}ódź"), command), JSON.stringify(command)).toBe(true);
  }
  await expect(app.row("\u{142}ódź")).toBeFocused();
});

test("a keyboard without / has the search and the help in its place", async ({ app, page, view }) => {
  await open(app);
  await send(app.row("Alpha"), { key: "\u{e1d}", code: "Slash" });
  await expect(app.search).toBeFocused();
  await page.keyboard.press("Escape");
  await send(app.row("Alpha"), { key: "\u{61f}", code: "Slash", shiftKey: true });
  await expect(view.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
});

test("keys of an input method are not the page's: in the tree, the search, a form and a menu", async ({ app, page, view }) => {
  await open(app);
  const composing = { isComposing: true, keyCode: 229 };
  for (const key of ["Enter", "ArrowDown", "Escape", "Process", "?"]) expect(await send(app.row("Alpha"), { key, ...composing }), key).toBe(true);
  expect(await send(app.row("Alpha"), { key: "Dead", code: "BracketLeft" })).toBe(true);
  await expect(app.row("Alpha")).toBeFocused();
  await expect(app.detail).toHaveCount(0);

  await app.search.fill("alp");
  for (const key of ["Enter", "ArrowDown", "Escape"]) await send(app.search, { key, ...composing });
  // Safari sends the Enter that ends a composition after its end.
  await send(app.search, { key: "Enter", keyCode: 229 });
  await expect(app.search).toBeFocused();
  await expect(app.search).toHaveValue("alp");
  await app.search.fill("");

  await app.openAddJob();
  const field = app.dialog.getByLabel("Description");
  await page.keyboard.type("かな");
  for (const key of ["Enter", "Escape"]) await send(field, { key, ...composing });
  await send(field, { key: "Enter", keyCode: 229 });
  await expect(field).toHaveValue("かな");
  await expect(app.dialog.getByRole("button", { name: "Add job", exact: true })).toBeVisible();
  await expect(app.dialog).not.toContainText("Sending");
  await page.keyboard.press("Escape");

  await app.openMenu(app.row("Alpha"));
  for (const key of ["ArrowDown", "Escape", "Tab"]) await send(app.menu.getByRole("menuitem").first(), { key, ...composing });
  await expect(app.menu.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(view.getByRole("menu")).toHaveCount(0);
});

test("Enter and Escape that are held down do their work once", async ({ app, page }) => {
  await open(app);
  await app.view.getByRole("button", { name: "Add job", exact: true }).focus();
  // The second one and all later ones are repeats.
  for (let time = 0; time < 4; time += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(app.dialog).toBeVisible();
  await expect(app.dialog).not.toContainText("Enter a description.");
  await page.keyboard.down("Shift");
  for (let time = 0; time < 4; time += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.keyboard.up("Shift");
  await expect(app.dialog.getByLabel("Description")).toHaveValue("\n\n\n\n");
  await page.keyboard.press("Escape");

  await app.row("Beta").click();
  await app.detail.getByRole("button", { name: "End job…" }).click();
  await page.keyboard.down("Escape");
  await page.keyboard.down("Escape");
  await page.keyboard.up("Escape");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.detail, "only the form is closed").toBeVisible();

  // An arrow that is held down moves on.
  await app.row("Alpha").focus();
  await page.keyboard.down("ArrowDown");
  await page.keyboard.down("ArrowDown");
  await page.keyboard.up("ArrowDown");
  await expect(app.row("ไทย")).toBeFocused();
});
