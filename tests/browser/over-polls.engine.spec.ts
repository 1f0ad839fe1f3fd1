// Focus, scroll, selection, expansion and typed text are kept over polls.
import { expect, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { plant, unique } from "./world.ts";

const newest = (number: number) => ({ id: idOf(number, 7), description: `Newcomer ${number}`, start: BEGIN + 9e8 + number * 1000 });

test("focus, selection and expansion stay when rows are added and changed", async ({ app, world, page }) => {
  const name = unique("Kept");
  const { job, step } = await plant(world, name, [{ name: "Outer", steps: [{ name: "Inner" }] }, { name: "Later" }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  await app.row("Outer").locator(".expander").click();
  await app.row("Inner").click();
  await app.row("Inner").focus();
  await expect(app.row("Inner")).toHaveAttribute("aria-selected", "true");

  const other = unique("Above");
  await plant(world, other, [{ name: "Something" }]);
  await world.addStep(job.id, "Newest");
  await world.endStep(job.id, step("Later").id);
  await app.refreshNow();
  await expect(app.row(other)).toBeVisible();
  await expect(app.row("Newest")).toBeVisible();
  await expect(app.row("Inner")).toHaveAttribute("aria-selected", "true");
  await expect(app.row(name)).toHaveAttribute("aria-expanded", "true");
  await expect(app.row("Outer")).toHaveAttribute("aria-expanded", "true");
  // The click on "Refresh now" took the browser's focus. The grid kept its own.
  await expect(app.row("Inner")).toHaveAttribute("tabindex", "0");
  await expect(page.locator(".row[tabindex='0']")).toHaveCount(1);
});

test("a timed poll leaves the browser's focus on its row", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, [{ id: idOf(900), description: "Running", start: BEGIN }, ...manyJobs(40)]);
  await app.openLoggedIn();
  await app.row("Job number 30").focus();
  pretend.jobs = [newest(1), newest(2), ...pretend.jobs.filter(({ description }) => description !== "Job number 31")];
  await page.clock.runFor(6_000);
  await expect(app.row("Newcomer 1")).toBeVisible();
  await expect(app.row("Job number 30")).toBeFocused();
  // When the row itself is removed, its neighbour gets the focus.
  pretend.jobs = pretend.jobs.filter(({ description }) => description !== "Job number 30");
  await page.clock.runFor(6_000);
  await expect(app.row("Job number 30")).toHaveCount(0);
  await expect(app.row("Job number 29")).toBeFocused();
});

test("the rows in view stay in place when rows are added above", async ({ app, page }) => {
  const pretend = await Pretend.on(app, manyJobs(300));
  await app.openLoggedIn();
  const scroller = page.locator(".grid-scroller");
  await scroller.evaluate((element) => (element.scrollTop = 100 * 32 + 10));
  const row = app.row("Job number 195");
  await expect(row).toBeVisible();
  const before = await row.boundingBox();
  pretend.jobs = [...pretend.jobs, newest(1), newest(2), newest(3)];
  await app.refreshNow();
  await expect(page.getByRole("contentinfo")).toContainText("303 jobs");
  await expect.poll(() => row.boundingBox()).toEqual(before);
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(103 * 32 + 10);
});

test("half-typed text and the caret stay in place in an open form", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, [{ id: idOf(900), description: "Running", start: BEGIN }]);
  await app.openLoggedIn();
  await app.openAddJob();
  const field = app.dialog.getByLabel("Description");
  await expect(field).toBeFocused();
  await field.pressSequentially("half typed");
  await page.keyboard.press("ArrowLeft");
  pretend.jobs = [...pretend.jobs, newest(1)];
  await page.clock.runFor(6_000);
  await expect(app.grid).toHaveAttribute("aria-rowcount", "3");
  await expect(field).toBeFocused();
  await page.keyboard.type("!");
  await expect(field).toHaveValue("half type!d");
});

test("the search text stays, and an open menu and the help stay open", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, [{ id: idOf(900), description: "Running", start: BEGIN }]);
  await app.openLoggedIn();
  await app.search.fill("r");
  await app.openMenu(app.row("Running"));
  await page.keyboard.press("ArrowDown");
  const focused = app.menu.locator(":focus");
  const item = await focused.textContent();
  pretend.jobs = [...pretend.jobs, newest(1)];
  await page.clock.runFor(6_000);
  await expect(app.row("Newcomer 1")).toBeVisible();
  await expect(focused).toHaveText(item ?? "");
  await page.keyboard.press("Escape");
  await expect(app.search).toHaveValue("r");

  await page.getByRole("button", { name: "Help" }).click();
  pretend.jobs = [...pretend.jobs, newest(2)];
  await page.clock.runFor(6_000);
  await expect(app.grid).toHaveAttribute("aria-rowcount", "4");
  await expect(app.dialog).toBeVisible();
});

test("expansion is kept over a reload of the tab", async ({ app, world }) => {
  const name = unique("Reloaded");
  await plant(world, name, [{ name: "Outer", steps: [{ name: "Inner" }] }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  await app.row("Outer").locator(".expander").click();
  await expect(app.row("Inner")).toBeVisible();
  await app.reload();
  await expect(app.row("Inner")).toBeVisible();
});

test("a row that disappears does not take the focus out of the detail", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, [{ id: idOf(900), description: "Ends soon", start: BEGIN + 1e9 }, ...manyJobs(5)]);
  await app.openLoggedIn();
  await page.getByRole("group", { name: "Jobs by status" }).getByRole("button", { name: "Running" }).click();
  pretend.jobs = [{ id: idOf(901), description: "Runs too", start: BEGIN + 9e8 }, ...pretend.jobs];
  await app.refreshNow();
  // Wait for the poll: one that is under way while the clock moves on counts as slow, and the next one comes much later.
  await expect(app.row("Runs too")).toBeVisible();
  await app.row("Ends soon").focus();
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("heading", { name: "Ends soon" })).toBeFocused();
  pretend.jobs = pretend.jobs.map((job) => (job.id === idOf(900) ? { ...job, status: "finished", end: BEGIN + 2e9 } : job));
  await page.clock.runFor(6_000);
  await expect(app.row("Ends soon")).toHaveCount(0);
  await expect(app.detail.getByRole("heading", { name: "Ends soon" })).toBeFocused();
});
