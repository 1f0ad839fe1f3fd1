// The accessibility tree, word by word.
import type { Page } from "@playwright/test";
import { expect, takeClock, test } from "./fixtures.ts";
import { actions, before } from "./words.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";

const backup = {
  id: idOf(1),
  description: "Nightly backup",
  status: "failed",
  start: BEGIN + 60_000,
  end: BEGIN + 125_000,
  steps: [
    { description: "Check", type: "validating", status: "finished", start: BEGIN + 60_000, end: BEGIN + 65_000 },
    { description: "Copy", status: "failed", start: BEGIN + 65_000, end: BEGIN + 125_000, steps: [{ description: "Volume 1", status: "failed", progress: 40, start: BEGIN + 65_000, end: BEGIN + 125_000 }] },
  ],
};
const patching = { id: idOf(2), description: "Patching", status: "finished", external: false, start: BEGIN, end: BEGIN + 45_000, steps: [] };

/** Stops the clock one hour after BEGIN, so that "ago" is exact. */
async function oneHourLater(page: Page): Promise<void> {
  await takeClock(page);
  await page.clock.setFixedTime(BEGIN + 3_600_000);
}

test("the tree grid with an expanded job", { tag: "@panel" }, async ({ app, page }) => {
  await oneHourLater(page);
  await Pretend.on(app, [backup, patching]);
  await app.openLoggedIn();
  await app.row("Nightly backup").locator(".expander").click();
  await expect(app.grid).toMatchAriaSnapshot(`
    - treegrid "Jobs and their steps":
      - rowgroup:
        - row:
          - columnheader "Task"
          - columnheader "Status"
          - columnheader "Progress"
          - columnheader
          - columnheader "Started"
          - columnheader "Duration"
          - columnheader "Owner"
          - columnheader "Actions"
      - rowgroup:
        - row /Nightly backup/ [expanded] [level=1]:
          - rowheader /Nightly backup › Copy › Volume 1 · failed 57 min ago 1 of 2 steps failed external/
          - gridcell "Failed"
          - gridcell
          - gridcell
          - gridcell "02:01:00"
          - gridcell "1 m 05 s"
          - gridcell
          - gridcell:
            - button "Actions for Nightly backup"
        - row /Check/ [level=2]:
          - rowheader "Check validating"
          - gridcell "Finished"
        - row /Copy/ [level=2]:
          - rowheader /Copy › Volume 1 · failed 57 min ago 1 of 1 steps failed executing/
          - gridcell "Failed"
        - row /Patching/ [level=1]:
          - rowheader "Patching"
          - gridcell "Finished"
  `);
});

test("the detail of a failed job", async ({ app, page }) => {
  await oneHourLater(page);
  await Pretend.on(app, [backup, patching]);
  await app.openLoggedIn(`#/jobs/${idOf(1)}`);
  await expect(app.detail).toMatchAriaSnapshot(`
    - complementary "Details":
      - button "Close details"
      - text: Failed
      - heading "Nightly backup" [level=2]
      - paragraph: "Failed in: Copy › Volume 1"
      - button "Go to the failed step"
      - term: Started
      - definition:
        - text: 59 min ago ·
        - time: 22 Nov 2026, 02:01:00 UTC
      - term: Ended
      - definition:
        - text: 57 min ago ·
        - time: 22 Nov 2026, 02:02:05 UTC
      - term: Duration
      - definition: 1 m 05 s
      - term: Updated
      - definition
      - term: Steps
      - definition: 2 of 2 ended
      - term: Owner
      - definition: Engine
      - term: Origin
      - definition: External program
      - term: Removal
      - definition: Kept until removal is allowed
      - term: Id
      - definition
      - heading "Actions" [level=3]
      - button "Add step…"
      - button "End job…"
      - button "Allow removal…"
      - button "Copy link"
      - button "Copy id"
      - button "Raw JSON"
  `);
});

test("the dialog that ends a job", async ({ app }) => {
  await Pretend.on(app, [backup, patching]);
  await app.openLoggedIn();
  await expect(app.row("Nightly backup")).toContainText("1 failed of 2");
  await app.choose(app.row("Nightly backup"), actions.endJob);
  await app.dialog.getByLabel("Succeeded").check();
  await expect(app.dialog).toMatchAriaSnapshot(`
    - dialog "End “Nightly backup”":
      - heading "End “Nightly backup”" [level=2]
      - button "Close"
      - group "How did it end?":
        - radio "Succeeded" [checked]
        - radio "Failed"
      - checkbox /Force/
      - heading "What will happen" [level=3]
      - list:
        - listitem: "${before.nothingChanges("failed")}"
        - listitem: "${before.kept}"
      - button "Cancel"
      - button "End as succeeded"
  `);
});

type RowPosition = { text: string; index: number; level: number; position: number; siblings: number; open: string | null };

const positions = (page: Page): Promise<RowPosition[]> =>
  page.locator(".grid-body > .row").evaluateAll((rows) =>
    rows
      .map((row) => ({
        text: row.querySelector(".text")?.textContent ?? "",
        index: Number(row.getAttribute("aria-rowindex")),
        level: Number(row.getAttribute("aria-level")),
        position: Number(row.getAttribute("aria-posinset")),
        siblings: Number(row.getAttribute("aria-setsize")),
        open: row.getAttribute("aria-expanded"),
      }))
      .sort((a, b) => a.index - b.index),
  );

test("each row has its index, level and position among its siblings", async ({ app, page }) => {
  await Pretend.on(app, [backup, patching]);
  await app.openLoggedIn();
  await expect(app.row("Patching")).not.toHaveAttribute("aria-expanded");
  await app.row("Nightly backup").locator(".expander").click();
  await app.row("Copy").locator(".expander").click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "6");
  await expect(app.grid).toHaveAttribute("aria-colcount", "8");
  await expect.poll(() => positions(page)).toEqual([
    { text: "Nightly backup", index: 2, level: 1, position: 1, siblings: 2, open: "true" },
    { text: "Check", index: 3, level: 2, position: 1, siblings: 2, open: null },
    { text: "Copy", index: 4, level: 2, position: 2, siblings: 2, open: "true" },
    { text: "Volume 1", index: 5, level: 3, position: 1, siblings: 1, open: null },
    { text: "Patching", index: 6, level: 1, position: 2, siblings: 2, open: null },
  ]);
});

test("after scrolling far, the mounted rows have no gap and are in order in the document", async ({ app, page, view }) => {
  await Pretend.on(app, manyJobs(500));
  await app.openLoggedIn();
  await view.locator(".grid-scroller").evaluate((element) => (element.scrollTop = 300 * 32));
  await expect(app.row("Job number 199")).toBeVisible();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "501");
  const mounted = (await positions(page)).filter(({ index }) => index > 2);
  for (const [nth, row] of mounted.entries()) {
    expect(row.index).toBe((mounted[0]?.index ?? 0) + nth);
    expect(row).toMatchObject({ text: `Job number ${502 - row.index}`, level: 1, position: row.index - 1, siblings: 500 });
  }
  // Screen readers follow the order of the document.
  const order = await view.locator(".grid-body > .row").evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("aria-rowindex"))));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test("rows stay in order in the document when rows are added, removed and moved", async ({ app, view }) => {
  const pretend = await Pretend.on(app, [backup, patching, ...manyJobs(10).slice(2)]);
  await app.openLoggedIn();
  await app.row("Nightly backup").locator(".expander").click();
  await app.row("Check").focus();
  const changed = pretend.jobs.slice(0, 7).map((job) => (job.id === idOf(2) ? { ...job, start: BEGIN + 9e6 } : job));
  pretend.jobs = [...changed, { id: idOf(77), description: "Between", start: BEGIN + 5_500, steps: [] }];
  await app.refreshNow();
  await expect(app.row("Between")).toBeVisible();
  const order = await view.locator(".grid-body > .row").evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("aria-rowindex"))));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  await expect(app.row("Patching")).toHaveAttribute("aria-rowindex", "2");
});
