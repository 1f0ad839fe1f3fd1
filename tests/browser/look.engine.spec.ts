// The look of trees that only an engine can be made to have, and what moves when something happens: nothing.
import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
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
      const text = await app.row(`Level ${level}`).locator(".text").boundingBox();
      expect(text?.width, `level ${level}`).toBeGreaterThanOrEqual(20);
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
  await pretend.show(pretend.jobs.map((job) => ({ ...job, status: "failed", end: BEGIN + 90_000, updated: BEGIN + 90_000 })));
  await app.updateNow();
  await expect(app.row("Changes")).toContainText("Failed");
  expect(await places()).toEqual(before);
});

for (const width of [1440, 360]) {
  test(`a failed poll moves nothing, and hides nothing for good, at ${width} px`, async ({ app, noise, page }) => {
    noise.allow(/ERR_FAILED/);
    await page.setViewportSize({ width, height: 800 });
    await Pretend.on(app, manyJobs(60));
    await app.openLoggedIn();
    const first = ["Job number 60", "Job number 59", "Job number 58"].map((name) => app.row(name));
    const places = () => Promise.all([app.search, ...first].map(boxes));
    const before = await places();
    const jobs = /\/ovirt-engine\/api\/jobs/;
    await page.route(jobs, (route) => route.abort());
    await app.updateNow();
    const again = page.getByRole("button", { name: "Try now" });
    await expect(again).toBeInViewport({ ratio: 1 });
    expect(await places()).toEqual(before);
    await first[0]?.focus();
    await page.keyboard.press("End");
    await expect(app.row("Job number 1")).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Home");
    await page.unroute(jobs);
    await again.click();
    await expect(again).toHaveCount(0);
    expect(await places()).toEqual(before);
  });
}

test("a count that grows moves nothing in the toolbar", async ({ app, page }) => {
  const pretend = await Pretend.on(app, manyJobs(9));
  await app.openLoggedIn();
  const finished = page.getByRole("button", { name: /^Finished/ });
  await expect(finished).toContainText("9");
  const places = () => boxes(page.locator(".toolbar button, .toolbar input, .toolbar select"));
  const before = await places();
  for (const count of [10, 100]) {
    await pretend.show(manyJobs(count));
    await app.updateNow();
    await expect(finished).toContainText(String(count));
    expect(await places()).toEqual(before);
  }
});
