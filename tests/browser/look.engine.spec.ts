// The look of trees that only an engine can be made to have.
import { expect, test } from "./fixtures.ts";
import { BEGIN, idOf, Pretend, type PretendStep } from "./pretend.ts";

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

test("rows do not move or change their height when they change", async ({ app }) => {
  const pretend = await Pretend.on(app, [
    { id: idOf(2), description: "Above", start: BEGIN + 2000, steps: [] },
    { id: idOf(1), description: "Changes", start: BEGIN, steps: [{ description: "One", progress: 5 }, { description: "Two" }] },
  ]);
  await app.openLoggedIn();
  await expect(app.row("Changes")).toContainText("0/2");
  const places = () => app.grid.locator(".row, .row > .cell").evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON()));
  const before = await places();
  await pretend.show(pretend.jobs.map((job) => ({ ...job, status: "failed", end: BEGIN + 90_000, updated: BEGIN + 90_000 })));
  await app.updateNow();
  await expect(app.row("Changes")).toContainText("Failed");
  expect(await places()).toEqual(before);
});
