// The number of elements in the document, and which of them a poll or a tick changes.
import type { Page } from "@playwright/test";
import { type App, expect, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";

const list = /\/ovirt-engine\/api\/jobs(\?|$)/;

const elements = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);

/** Checks the number of rows and elements in the middle, at the end and at the top, and returns the numbers of elements. */
async function expectSmall(app: App, page: Page, jobs: number): Promise<number[]> {
  await expect(app.grid).toHaveAttribute("aria-rowcount", String(jobs + 1), { timeout: 60_000 });
  const counts: number[] = [];
  for (const part of [0.5, 1, 0]) {
    const at = await page.locator(".grid-scroller").evaluate((element, part) => {
      // At the edge of a row, so that the number of rows in view is always the same. Except at the end.
      const far = (element.scrollHeight - element.clientHeight) * part;
      element.scrollTop = part < 1 ? Math.floor(far / 32) * 32 : far;
      return element.scrollTop;
    }, part);
    // The rows follow the scroll position.
    await expect.poll(() => page.locator(".row").evaluateAll((rows, at) => rows.some((row) => Math.abs((row as HTMLElement).offsetTop - at) < 64), at)).toBe(true);
    // Rows whose steps are not loaded can be opened, and have other elements.
    await expect(page.locator(".row[aria-expanded]").filter({ hasNotText: "Nightly backup" })).toHaveCount(0);
    const { rows, view } = await page.evaluate(() => ({
      rows: document.querySelectorAll(".grid-body > .row").length,
      view: Math.ceil(((document.querySelector(".grid-scroller")?.clientHeight ?? 0) - 30) / 32),
    }));
    expect(rows).toBeLessThanOrEqual(view + 8);
    expect(rows).toBeGreaterThanOrEqual(view);
    const count = await elements(page);
    expect(count, `elements at ${part}`).toBeLessThanOrEqual(1_200);
    counts.push(count);
  }
  return counts;
}

/** A failed job with thirty steps, each with one sub-step. It is above the others. */
const backup = {
  id: idOf(200_000),
  description: "Nightly backup",
  status: "failed",
  start: BEGIN + 9e8,
  end: BEGIN + 9.1e8,
  steps: Array.from({ length: 30 }, (_, step) => ({
    ...{ description: `Copy ${step + 1}`, status: "failed", progress: 50, start: BEGIN + 9e8, end: BEGIN + 9.1e8 },
    steps: [{ description: `Volume ${step + 1}`, status: "failed", progress: 40, start: BEGIN + 9e8, end: BEGIN + 9.1e8 }],
  })),
};

/** The numbers of elements of the list, and of the page with everything open: all steps of a job, its detail, and a row's menu. */
async function elementsOf(app: App, page: Page, jobs: number): Promise<number[]> {
  await app.open();
  await app.logIn();
  const counts = await expectSmall(app, page, jobs);
  await app.row("Nightly backup").click();
  await expect(app.detail.getByRole("button", { name: "Go to the failed step" })).toBeVisible();
  await app.row("Nightly backup").focus();
  await page.keyboard.press("ArrowRight");
  await expect(app.row("Copy 1")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("*");
  await expect(app.grid).toHaveAttribute("aria-rowcount", String(jobs + 1 + 60));
  await expect(app.row("Volume 10")).toBeVisible();
  await app.openMenu(app.row("Nightly backup"));
  const count = await elements(page);
  expect(count, "elements with all that can be open").toBeLessThanOrEqual(1_200);
  // Expansion is kept over a reload, but the next list must start collapsed.
  await page.keyboard.press("Escape");
  await app.row("Nightly backup").locator(".expander").click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", String(jobs + 1));
  return [...counts, count];
}

test("100,000 jobs need as many elements as 100, in the list and with everything open", async ({ app, page }) => {
  test.slow();
  expect(page.viewportSize()).toEqual({ width: 1440, height: 900 });
  const pretend = await Pretend.on(app, [backup, ...manyJobs(99)]);
  const few = await elementsOf(app, page, 100);
  pretend.jobs = [backup, ...manyJobs(99_999)];
  const many = await elementsOf(app, page, 100_000);
  expect(many).toEqual(few);
  console.log(`elements in the middle, at the end, at the top, and with everything open: ${many.join(", ")}`);
  await app.search.fill("number 99998");
  await expect(app.grid).toHaveAttribute("aria-rowcount", "2");
  await app.search.fill("");
  await app.row("Nightly backup").focus();
  await page.keyboard.press("End");
  await expect(app.row("Job number 1")).toBeFocused();
});

test("among 20,000 jobs, which are matched in parts, the last of several changes of the filter counts", async ({ app, page }) => {
  await Pretend.on(app, [backup, ...manyJobs(20_000)]);
  await app.openLoggedIn();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "20002");
  // In one task, so that the second change comes while the first is under way.
  await page.evaluate(() => {
    const [first, second, third] = ["Finished", "Failed", "Finished"].map((name) => [...document.querySelectorAll<HTMLButtonElement>(".count")].find((button) => button.textContent?.includes(name)));
    first?.click();
    second?.click();
    third?.click();
  });
  await expect(app.grid).toHaveAttribute("aria-rowcount", "2");
  await expect(app.row("Nightly backup")).toBeVisible();
  await app.search.fill("number 19999");
  await expect(app.grid).toHaveAttribute("aria-rowcount", "1");
  await page.getByRole("button", { name: "Failed 1" }).click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "2");
  await expect(app.row("Job number 19999")).toBeVisible();
  // Enter waits for nothing: the focus moves to a match.
  await app.search.fill("number 19998");
  await page.keyboard.press("Enter");
  await expect(app.row("Job number 19998")).toBeFocused();
});

/** Starts to record what changes inside the tree grid, with the class of the nearest cell. */
const watchMutations = (page: Page) =>
  page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const where = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest(".cell, .row, .grid")?.className ?? "?";
    new MutationObserver((records) => seen.push(...records.map((record) => `${record.type} ${record.attributeName ?? ""} in ${where(record.target)}`))).observe(
      document.querySelector("[role=treegrid]") ?? document,
      { subtree: true, childList: true, attributes: true, characterData: true },
    );
  });

const seen = (page: Page) => page.evaluate(() => (window as unknown as { seen: string[] }).seen);

/** Makes one poll and waits until the page has handled it. */
async function poll(app: App, page: Page): Promise<void> {
  const answered = page.waitForResponse(list);
  await app.refreshNow();
  await (await answered).finished();
  // The page works in microtasks, and a message comes after all of them. Several turns, because one update may start another.
  for (let turn = 0; turn < 5; turn += 1) {
    await page.evaluate(() => new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    }));
  }
}

const world = [
  { id: idOf(901), description: "Runs", start: BEGIN + 9e6, steps: [{ description: "Runs too", start: BEGIN + 9e6, progress: 10 }, { description: "Over", status: "finished", start: BEGIN + 9e6, end: BEGIN + 9.1e6 }] },
  ...manyJobs(40),
];

test("a poll without news changes nothing in the grid", async ({ app, page }) => {
  await takeClock(page);
  await Pretend.on(app, world);
  await app.openLoggedIn();
  await app.row("Runs").locator(".expander").click();
  await expect(app.row("Runs too")).toBeVisible();
  await poll(app, page);
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await poll(app, page);
  await watchMutations(page);
  await poll(app, page);
  await poll(app, page);
  expect(await seen(page)).toEqual([]);
});

test("a tick changes only durations and the timeline", async ({ app, page }) => {
  await takeClock(page);
  await Pretend.on(app, world);
  await app.openLoggedIn();
  await app.row("Runs").locator(".expander").click();
  await expect(app.row("Runs too")).toBeVisible();
  await poll(app, page);
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await poll(app, page);
  await watchMutations(page);
  await page.clock.runFor(2_000);
  await poll(app, page);
  const touched = await seen(page);
  expect(touched.filter((one) => !/in cell cell-(duration|timeline)$/.test(one))).toEqual([]);
  // Texts change only in running rows.
  expect(touched.filter((one) => one.startsWith("characterData")).length).toBeLessThanOrEqual(2 * 3);
});

test("a poll in which one job changed changes only that job's row", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, world);
  await app.openLoggedIn();
  await poll(app, page);
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await poll(app, page);
  await page.evaluate(() => {
    const rows = new Set<string>();
    Object.assign(window, { rows });
    new MutationObserver((records) => {
      for (const { target } of records) rows.add((target instanceof Element ? target : target.parentElement)?.closest(".row")?.id ?? "outside");
    }).observe(document.querySelector("[role=treegrid]") ?? document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  pretend.jobs = pretend.jobs.map((job) => (job.description === "Job number 35" ? { ...job, description: "Job number 35, changed" } : job));
  await poll(app, page);
  await expect(app.row("Job number 35, changed")).toBeVisible();
  expect(await page.evaluate(() => [...(window as unknown as { rows: Set<string> }).rows])).toEqual([`row-${idOf(35)}`]);
});
