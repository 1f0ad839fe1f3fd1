// The appearance: themes, widths, long texts, and what the operating system asks for.
import type { Page } from "@playwright/test";
import { type App, expect, test } from "./fixtures.ts";
import { refresh } from "./words.ts";
import { unique } from "./world.ts";

/** Adds a running job in the page. */
async function withJob(app: App, page: Page, description = unique("Looked at")): Promise<string> {
  await app.openLoggedIn();
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(description);
  await page.keyboard.press("Enter");
  await expect(app.row(description)).toBeVisible();
  await expect(app.dialog).toHaveCount(0);
  return description;
}

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

const LIGHT = "rgb(255, 255, 255)";
const DARK = "rgb(22, 24, 28)";

test("the theme follows the system or the switch", async ({ app, page }) => {
  await app.openLoggedIn();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await background(page)).toBe(LIGHT);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await background(page)).toBe(DARK);
  const theme = page.getByRole("button", { name: /^Theme/ });
  await expect(theme).toHaveAccessibleName("Theme: system. Switch to light");
  await theme.click();
  expect(await background(page)).toBe(LIGHT);
  await theme.click();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await background(page)).toBe(DARK);
  await app.reload();
  await expect(theme).toHaveAccessibleName("Theme: dark. Switch to system");
  expect(await background(page)).toBe(DARK);
});

/** The columns in the order in which narrower pages hide them. */
const leaving = ["Owner", "Timeline", "Progress", "Started"];

for (const { width, height = 800, gone } of [
  { width: 2560, height: 1440, gone: 0 },
  { width: 1440, gone: 0 },
  { width: 1024, gone: 0 },
  { width: 700, gone: 2 },
  { width: 360, gone: 4 },
]) {
  test(`${width} px: no sideways scrolling, columns hidden in their order, room for the description`, async ({ app, page }) => {
    await page.setViewportSize({ width, height });
    const name = await withJob(app, page, unique("A description of ordinary length"));
    await app.detail.getByRole("button", { name: "Close details" }).click();
    expect(await scrollsSideways(page)).toBe(false);
    const shown = await Promise.all(leaving.map((column) => app.grid.locator(`.head-row .cell-${column.toLowerCase()}`).isVisible()));
    // Columns are hidden in this order.
    expect(shown).toEqual(leaving.map((_, index) => index >= shown.filter((one) => !one).length));
    expect(shown.filter((one) => !one).length).toBeGreaterThanOrEqual(gone);
    const description = await app.row(name).getByRole("rowheader").boundingBox();
    if (width >= 500) expect(description?.width).toBeGreaterThanOrEqual(280);
    await expect(app.row(name)).toContainText("Running");
    for (const control of [app.search, page.getByRole("button", { name: "Add job", exact: true }), page.getByRole("button", { name: refresh.pause })]) {
      await expect(control).toBeInViewport({ ratio: 1 });
    }
  });
}

test("the detail is beside the tree, or over it in a narrow page", async ({ app, page }) => {
  const name = await withJob(app, page);
  const tree = async () => (await page.locator(".grid-scroller").boundingBox())?.width ?? 0;
  const sheet = async () => (await app.detail.boundingBox()) ?? { x: 0, width: 0 };
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  expect((await tree()) + (await sheet()).width).toBeLessThanOrEqual(1440);
  await page.setViewportSize({ width: 700, height: 800 });
  expect(await tree()).toBe(700);
  expect((await sheet()).width).toBe(460);
  await page.setViewportSize({ width: 360, height: 700 });
  expect((await sheet()).width).toBe(360);
  expect(await scrollsSideways(page)).toBe(false);
  await page.keyboard.press("Escape");
  await expect(app.detail).toHaveCount(0);
});

test("in a narrow page all counts are visible, and rows have their share and, for screen readers, their status", async ({ app, page }) => {
  const name = await withJob(app, page);
  await app.detail.getByRole("button", { name: "Add step" }).click();
  await app.dialog.getByLabel("Description").fill("First");
  await page.keyboard.press("Enter");
  await expect(app.row("First")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await app.detail.getByRole("button", { name: "Close details" }).click();
  const counts = page.getByRole("group", { name: "Jobs by status" });
  for (const status of ["All", "Running", "Failed", "Finished", "Aborted", "Unknown"]) {
    await expect(counts.getByRole("button", { name: new RegExp(`^${status} ?\\d`) })).toBeInViewport({ ratio: 1 });
  }
  await expect(app.row(name).getByRole("img", { name: "0 of 1 steps ended" })).toBeInViewport({ ratio: 1 });
  await expect(app.row(name).getByRole("gridcell", { name: "Running" })).toHaveCount(1);
  // In an even narrower page they scroll.
  await page.setViewportSize({ width: 300, height: 740 });
  await expect(counts.getByRole("button", { name: /^Unknown/ })).not.toBeInViewport({ ratio: 1 });
});

test("in a narrow page the detail can be scrolled clear of a notice", async ({ app, page }) => {
  await page.setViewportSize({ width: 360, height: 560 });
  await withJob(app, page);
  const [notice, last] = [page.locator(".notice"), app.detail.getByRole("button").last()];
  await last.evaluate((element) => element.scrollIntoView({ block: "end" }));
  const [above, below] = await Promise.all([last.boundingBox(), notice.boundingBox()]);
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
});

test("a description of 300 characters is cut in its row and complete in the detail, even as one word", async ({ app, page }) => {
  const name = await withJob(app, page, `${unique("Long")} and ${"longer".repeat(60)}`.slice(0, 300));
  // One line, cut with an ellipsis.
  const shortened = (part: string) => app.row(name).locator(part).evaluate((text) => [text.scrollHeight <= 32, text.scrollWidth > text.clientWidth]);
  expect(await shortened(".text")).toEqual([true, true]);
  await expect(app.row(name).getByRole("button")).toBeInViewport({ ratio: 1 });
  await expect(app.detail.getByRole("heading", { level: 2 })).toContainText(name);
  for (const width of [700, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await scrollsSideways(page)).toBe(false);
    expect(await shortened(".text")).toEqual([true, true]);
  }
});

test("with reduced motion nothing is animated", async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await withJob(app, page);
  await page.getByRole("button", { name: /^Theme/ }).click();
  const moving = await page.evaluate(() => document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().activeDuration) > 1).length);
  expect(moving).toBe(0);
});

test("with forced colours, icons, selection and focus are visible", async ({ app, page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const name = await withJob(app, page);
  await app.row(name).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  const row = app.row(name);
  await expect(row).toBeFocused();
  expect(await row.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
  await expect(row.locator(".status-icon")).toBeVisible();
  const looks = (of: string) => page.locator(of).first().evaluate((element) => {
    const { backgroundColor, outline, borderInlineStart, boxShadow } = getComputedStyle(element);
    return JSON.stringify([backgroundColor, outline, borderInlineStart, boxShadow]);
  });
  await page.keyboard.press("/");
  expect(await looks(".row.selected")).not.toBe(await looks(".head-row"));
  expect(await scrollsSideways(page)).toBe(false);
});

test("with the text spacing of WCAG 1.4.12 no text is cut", async ({ app, page }) => {
  const name = await withJob(app, page);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>("*")) {
      element.style.lineHeight = "1.5";
      element.style.letterSpacing = "0.12em";
      element.style.wordSpacing = "0.16em";
    }
  });
  await expect(app.row(name)).toContainText("Running");
  await expect(page.getByRole("button", { name: "Add job", exact: true })).toBeInViewport({ ratio: 1 });
  // Nothing is cut off, except texts with an ellipsis and a tooltip, and what can be scrolled.
  const cut = await page.locator("button:visible, h2:visible, dd:visible, .mood, .cell-status, .totals").evaluateAll((elements) =>
    elements.filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 || element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY === "hidden").map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(cut).toEqual([]);
});
