// The keyboard in the real page. The table of all keys is tested natively in tests/keys.rs.
import { type App, expect, takeClock, test } from "./fixtures.ts";
import { refresh } from "./words.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";

const HOUR = 3_600_000;
const tree = [
  {
    id: idOf(901),
    description: "Alpha",
    start: BEGIN + 9 * HOUR,
    steps: [
      { description: "Check", steps: [{ description: "Disk" }, { description: "Network" }] },
      { description: "Copy", steps: [{ description: "Volume" }] },
    ],
  },
  { id: idOf(902), description: "Beta", start: BEGIN + 8 * HOUR, steps: [{ description: "Start" }] },
  { id: idOf(903), description: "Bravo", start: BEGIN + 7 * HOUR, steps: [] },
];

async function open(app: App): Promise<void> {
  await Pretend.on(app, [...tree, ...manyJobs(200)]);
  await app.openLoggedIn();
  // A job without steps has no expander, once that is known.
  await expect(app.row("Bravo")).not.toHaveAttribute("aria-expanded");
  await app.row("Alpha").focus();
}

test("the grid is one tab stop; the focused row's button is another", async ({ app, page, view }) => {
  await open(app);
  await expect(view.locator(".grid-scroller [tabindex='0']")).toHaveCount(2);
  await page.keyboard.press("Tab");
  await expect(app.row("Alpha").getByRole("button")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(view.locator(".grid-scroller :focus")).toHaveCount(0);
  await expect(view.locator(".grid-scroller [tabindex='0']")).toHaveCount(1);
  await page.keyboard.press("Shift+Tab");
  await expect(app.row("Alpha")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(view.locator(".grid-scroller :focus")).toHaveCount(0);
});

test("arrows expand, collapse and move among rows", async ({ app, page }) => {
  await open(app);
  await page.keyboard.press("ArrowRight");
  await expect(app.row("Alpha")).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  await expect(app.row("Check")).toBeFocused();
  await page.keyboard.press("*");
  await expect(app.row("Volume")).toBeVisible();
  await expect(app.row("Network")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(app.row("Disk")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(app.row("Check")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(app.row("Check")).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowLeft");
  await expect(app.row("Alpha")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(app.row("Alpha")).toBeFocused();
});

test("* expands all jobs and keeps the focused row in view", async ({ app, page }) => {
  const jobs = manyJobs(60).map((job) => ({ ...job, steps: [{ description: "One" }, { description: "Two" }] }));
  await Pretend.on(app, jobs);
  await app.openLoggedIn();
  await app.row("Job number 60").focus();
  await page.keyboard.press("End");
  await expect(app.row("Job number 1")).toBeFocused();
  await page.keyboard.press("*");
  await expect(app.row("Job number 1")).toHaveAttribute("aria-expanded", "true");
  await expect(app.row("Job number 1")).toBeInViewport({ ratio: 1 });
});

test("a select in the grid's header keeps its keys", async ({ app, page }) => {
  await open(app);
  const axis = app.grid.getByRole("combobox", { name: "Time axis" });
  await expect(axis).toHaveValue("30");
  // Both in one turn, before the page has followed the focus into the row.
  const row = await app.row("Beta").elementHandle();
  await axis.evaluate((list: HTMLElement, row) => ((row as HTMLElement).focus(), list.focus()), row);
  await page.keyboard.press("ArrowDown");
  await expect(axis).not.toHaveValue("30");
  await expect(axis).toBeFocused();
});

test("cells: right to the last, left to the row, up and down in the same column", async ({ app, page, view }) => {
  await open(app);
  await app.row("Bravo").focus();
  await page.keyboard.press("ArrowRight");
  await expect(app.row("Bravo").getByRole("rowheader")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(app.row("Bravo").locator("[aria-colindex='2']")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(app.row("Beta").locator("[aria-colindex='2']")).toBeFocused();
  await page.keyboard.press("End");
  await expect(app.row("Beta").locator("[aria-colindex='8']")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(app.row("Beta").locator("[aria-colindex='8']")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(view.getByRole("menu", { name: "Actions for Beta" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.row("Beta").locator("[aria-colindex='8']")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(app.row("Beta").getByRole("rowheader")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(app.row("Beta")).toBeFocused();
});

test("Home, End and the page keys also reach rows that are not mounted", async ({ app, page, view }) => {
  await open(app);
  await page.keyboard.press("End");
  await expect(app.row("Job number 1")).toBeFocused();
  await expect(app.row("Job number 1")).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Home");
  await expect(app.row("Alpha")).toBeFocused();
  await page.keyboard.press("PageDown");
  const index = async () => Number(await view.locator(".row:focus").getAttribute("aria-rowindex"));
  const height = await view.locator(".grid-scroller").evaluate((element) => element.clientHeight - 30);
  await expect.poll(index).toBe(2 + Math.floor(height / 32) - 1);
  await page.keyboard.press("PageUp");
  await expect(app.row("Alpha")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+End");
  await expect(app.row("Job number 1").locator("[aria-colindex='2']")).toBeFocused();
  await page.keyboard.press("Control+Home");
  await expect(app.row("Alpha").locator("[aria-colindex='2']")).toBeFocused();
});

// One call types all letters: with a check in between, a slow machine would take too long to count them as one word.
test("letters typed quickly go to the next row that starts with them", async ({ app, page }) => {
  await open(app);
  await page.keyboard.type("bra");
  await expect(app.row("Bravo")).toBeFocused();
});

test("when the last row goes and rows come back, so does the focus", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, tree);
  await app.openLoggedIn();
  await app.row("Beta").focus();
  pretend.jobs = [];
  await page.clock.runFor(6_000);
  await expect(page.getByRole("heading", { name: "No jobs" })).toBeVisible();
  await page.clock.runFor(100);
  await expect(page.getByRole("main")).toBeFocused();
  pretend.jobs = tree;
  await page.clock.runFor(16_000);
  await expect(app.row("Alpha")).toBeFocused();
});

test("in a narrow page the focus goes into the detail, and one Escape goes back", async ({ app, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const long = "A name that is much too long for so narrow a page, and is cut off";
  await Pretend.on(app, [{ id: idOf(1), description: long, status: "failed", steps: [{ description: `Step of ${long}`, status: "failed" }] }]);
  await app.openLoggedIn();
  await app.row(long).click();
  await expect(app.detail.getByRole("heading", { name: long, exact: true })).toBeFocused();
  await app.detail.getByRole("button", { name: "Go to the failed step" }).click();
  await expect(app.detail.getByRole("heading", { name: `Step of ${long}` })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.detail).toHaveCount(0);
  await expect(app.row(`Step of ${long}`)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await expect(app.detail.getByRole("heading", { name: long, exact: true })).toBeFocused();
});

test("the focused row is never under the header", async ({ app, page, view }) => {
  await open(app);
  await page.keyboard.press("End");
  for (let press = 0; press < 25; press += 1) await page.keyboard.press("ArrowUp");
  const header = await view.locator(".grid-head").boundingBox();
  const row = await view.locator(".row:focus").boundingBox();
  expect(row?.y).toBeGreaterThanOrEqual((header?.y ?? 0) + (header?.height ?? 0));
});

test("the focused row stays in the document when it is scrolled out of view", async ({ app, page, view }) => {
  await open(app);
  await view.locator(".grid-scroller").evaluate((element) => (element.scrollTop = 4000));
  await expect(app.row("Job number 70")).toBeVisible();
  await expect(app.row("Alpha")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(app.row("Beta")).toBeFocused();
  await expect(app.row("Beta")).toBeInViewport();
});

test("Enter opens the detail and focuses it; Escape goes back to the row", { tag: "@panel" }, async ({ app, page }) => {
  await open(app);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(app.row("Beta")).toHaveAttribute("aria-selected", "true");
  await expect(app.row("Beta")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("heading", { name: "Beta" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.detail).toHaveCount(0);
  await expect(app.row("Beta")).toBeFocused();
  await expect(app.row("Beta")).toHaveAttribute("aria-selected", "false");
});

test("/ goes to the search; Escape empties it and then goes back", { tag: "@panel" }, async ({ app, page }) => {
  await open(app);
  await app.row("Bravo").focus();
  await page.keyboard.press("/");
  await expect(app.search).toBeFocused();
  await page.keyboard.type("bravo");
  await expect(app.search).toHaveValue("bravo");
  await page.keyboard.press("Escape");
  await expect(app.search).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(app.row("Bravo")).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("a/b?");
  await expect(app.search).toHaveValue("a/b?");
});

test("? opens the help; Escape gives the focus back", { tag: "@panel" }, async ({ app, page, view }) => {
  await open(app);
  await page.keyboard.press("?");
  await expect(view.getByRole("dialog", { name: "Keyboard" })).toContainText("Expand all siblings");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.row("Alpha")).toBeFocused();
});

test("the row's menu opens by Shift+F10 and by Tab; arrows, Home, End and Escape work in it", { tag: "@panel" }, async ({ app, page, view }) => {
  await open(app);
  await page.keyboard.press("Shift+F10");
  const items = view.getByRole("menu", { name: "Actions for Alpha" }).getByRole("menuitem");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(items.last()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(items.last()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.row("Alpha")).toBeFocused();

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(app.menu).toHaveCount(0);
  await expect(app.row("Alpha").getByRole("button")).toBeFocused();
});

test("the keys / and ? can be turned off", async ({ app, page, view }) => {
  await open(app);
  const help = view.getByRole("dialog", { name: "Keyboard" });
  await page.keyboard.press("?");
  await help.getByLabel("The keys / and ? work everywhere").uncheck();
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await view.getByRole("button", { name: refresh.now }).focus();
  await page.keyboard.press("?");
  await page.keyboard.press("/");
  await expect(view.getByRole("button", { name: refresh.now })).toBeFocused();
  await expect(help).toHaveCount(0);
  await view.getByRole("button", { name: "Help" }).click();
  await help.getByRole("checkbox").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await expect(app.search).toBeFocused();
});

test("Escape closes the topmost thing only", async ({ app, page, view }) => {
  await open(app);
  await app.row("Alpha").click();
  await expect(app.detail).toBeVisible();
  await view.locator(".view-button").click();
  const options = view.getByRole("group", { name: "View", exact: true });
  await expect(options).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(options).toBeHidden();
  await expect(app.detail).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.detail).toHaveCount(0);
});
