// Positions and sizes in the page: deep trees, and nothing that moves when data changes.
import type { Locator } from "@playwright/test";
import { expect, stopClock, test } from "./fixtures.ts";
import { refresh } from "./words.ts";
import { BEGIN, idOf, manyJobs, Pretend, type PretendStep } from "./pretend.ts";

function chain(depth: number): PretendStep[] {
  let steps: PretendStep[] = [];
  for (let level = depth; level > 0; level -= 1) steps = [{ description: `Level ${level}`, steps }];
  return steps;
}

for (const width of [1440, 360]) {
  test(`a tree 30 deep keeps its texts legible at ${width} px`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 1300 });
    await Pretend.on(app, [{ id: idOf(1), description: "Deep", start: BEGIN, steps: chain(30) }]);
    await app.openLoggedIn();
    await app.row("Deep").focus();
    for (let press = 0; press < 30; press += 1) {
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowDown");
    }
    await expect(app.row("Level 30")).toHaveAttribute("aria-level", "31");
    for (const level of [1, 7, 15, 30]) {
      const row = app.row(`Level ${level}`);
      const [text, cell] = await Promise.all([row.locator(".text").boundingBox(), row.locator(".cell-description").boundingBox()]);
      const end = (box: { x: number; width: number } | null) => (box ? box.x + box.width : Number.NaN);
      expect(text?.width, `level ${level}`).toBeGreaterThanOrEqual(36);
      expect(end(text), `level ${level} ends in its cell`).toBeLessThanOrEqual(end(cell));
      // What is behind the text is inside the cell too.
      for (const behind of await row.locator(".cell-description > span:visible").all()) expect(end(await behind.boundingBox())).toBeLessThanOrEqual(end(cell));
    }
    const left = async (level: number) => (await app.row(`Level ${level}`).locator(".text").boundingBox())?.x ?? 0;
    expect(await left(2)).toBeGreaterThan(await left(1));
    expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)).toBe(false);
  });
}

const boxes = (of: Locator) => of.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON()));

test("rows do not move or change their height when they change", async ({ app }) => {
  const pretend = await Pretend.on(app, [
    { id: idOf(2), description: "Above", start: BEGIN + 2000, steps: [] },
    { id: idOf(1), description: "Changes", start: BEGIN, steps: [{ description: "One", progress: 5 }, { description: "Two" }] },
  ]);
  await app.openLoggedIn();
  await expect(app.row("Changes")).toContainText("0/2");
  const places = () => boxes(app.grid.locator(".row, .row > .cell"));
  const before = await places();
  pretend.jobs = pretend.jobs.map((job) => ({ ...job, status: "failed", end: BEGIN + 90_000, updated: BEGIN + 90_000 }));
  await app.refreshNow();
  await expect(app.row("Changes")).toContainText("Failed");
  expect(await places()).toEqual(before);
});

for (const [width, end, numbers] of [[1440, "Home", [60, 59, 58]], [360, "End", [12, 11, 10]]] as const) {
  test(`a failed poll moves nothing and covers no row for good, at ${width} px, after ${end}`, async ({ app, noise, page }) => {
    noise.allow(/ERR_FAILED/);
    await page.setViewportSize({ width, height: 800 });
    await Pretend.on(app, manyJobs(60));
    await app.openLoggedIn();
    // No timed retry takes the banner away before it is pressed.
    await page.getByRole("button", { name: refresh.pause }).click();
    await app.row("Job number 60").focus();
    await page.keyboard.press(end);
    const rows = numbers.map((number) => app.row(`Job number ${number}`));
    for (const row of rows) await expect(row).toBeInViewport({ ratio: 1 });
    const places = () => Promise.all([app.search, ...rows].map(boxes));
    const before = await places();
    const jobs = /\/ovirt-engine\/api\/jobs/;
    await page.route(jobs, (route) => route.abort());
    await app.refreshNow();
    const again = page.getByRole("button", { name: "Try now" });
    await expect(again).toBeInViewport({ ratio: 1 });
    expect(await places()).toEqual(before);
    await page.unroute(jobs);
    await again.click();
    await expect(again).toHaveCount(0);
    expect(await places()).toEqual(before);
    await page.route(jobs, (route) => route.abort());
    await app.refreshNow();
    await expect(again).toBeInViewport({ ratio: 1 });
    await app.grid.locator(".row[tabindex='0']").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("End");
    await expect(app.row("Job number 1")).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Home");
    await expect(app.row("Job number 60")).toBeInViewport({ ratio: 1 });
  });
}

// 1240 px is the panel's width in web admin on a screen of 1440 px.
for (const width of [1440, 1240]) {
  test(`the toolbar is one line at ${width} px`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await Pretend.on(app, manyJobs(120));
    await app.openLoggedIn();
    await expect(app.row("Job number 120")).toBeVisible();
    const things: DOMRect[] = await boxes(page.locator(".toolbar > :visible"));
    expect(Math.max(...things.map(({ top }) => top))).toBeLessThan(Math.min(...things.map(({ bottom }) => bottom)));
  });
}

test("the line with the age of the data stays in place as seconds pass", async ({ app, page }) => {
  await stopClock(page);
  await Pretend.on(app, manyJobs(3));
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await app.openLoggedIn();
    await page.getByRole("button", { name: refresh.pause }).click();
    const line = page.locator(".freshness");
    const places = () => boxes(page.locator(".top > *, .freshness > *"));
    const before = await places();
    for (const [seconds, age] of [[9, "9 s"], [1, "10 s"], [49, "59 s"]] as const) {
      await page.clock.runFor(seconds * 1_000);
      await expect(line).toContainText(`${age} ago`);
      expect(await places(), `${age}, ${width} px`).toEqual(before);
    }
  }
});
