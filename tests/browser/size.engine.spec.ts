// How much there is in the document, whatever the engine has; and that nothing is touched without need.
import type { Page } from "@playwright/test";
import { type App, expect, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";

const list = /\/ovirt-engine\/api\/jobs(\?|$)/;

const elements = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);

/** Looks at the top, in the middle and at the end: few rows, few elements. Gives the numbers of elements. */
async function expectSmall(app: App, page: Page, jobs: number): Promise<number[]> {
  await expect(app.grid).toHaveAttribute("aria-rowcount", String(jobs + 1), { timeout: 60_000 });
  // Rows whose steps are not known yet have other things in them.
  await expect(page.getByRole("contentinfo")).not.toContainText("not loaded", { timeout: 60_000 });
  const counts: number[] = [];
  for (const part of [0.5, 1, 0]) {
    const at = await page.locator(".grid-scroller").evaluate((element, part) => {
      // At the edge of a row, but for the end: how many rows are in view does not hang on where they begin.
      const far = (element.scrollHeight - element.clientHeight) * part;
      element.scrollTop = part < 1 ? Math.floor(far / 32) * 32 : far;
      return element.scrollTop;
    }, part);
    // The rows follow the scroll position.
    await expect.poll(() => page.locator(".row").evaluateAll((rows, at) => rows.some((row) => Math.abs((row as HTMLElement).offsetTop - at) < 64), at)).toBe(true);
    const { rows, view } = await page.evaluate(() => ({
      rows: document.querySelectorAll(".grid-body > .row").length,
      view: Math.ceil(((document.querySelector(".grid-scroller")?.clientHeight ?? 0) - 30) / 32),
    }));
    expect(rows).toBeLessThanOrEqual(view + 8);
    expect(rows).toBeGreaterThanOrEqual(view);
    const count = await elements(page);
    expect(count, `elements at ${part}`).toBeLessThanOrEqual(900);
    counts.push(count);
  }
  return counts;
}

test("the document stays small: 10,000 jobs", async ({ app, page }) => {
  test.slow();
  await Pretend.on(app, manyJobs(10_000));
  await app.open();
  await app.logIn();
  await expectSmall(app, page, 10_000);
  await app.search.fill("number 9999");
  await expect(app.grid).toHaveAttribute("aria-rowcount", "2");
  await app.search.fill("");
  await app.row("Job number 10000").focus();
  await page.keyboard.press("End");
  await expect(app.row("Job number 1")).toBeFocused();
});

/** A failed job with thirty steps, in each of them another one, above the others. */
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

/** The numbers of elements of the list, and with all that can be beside it: steps in every row in view, open down to the last,
 *  the detail of a failed job, and a row's menu. */
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
  expect(count, "elements with all that can be open").toBeLessThanOrEqual(900);
  // What is open stays so over a reload; the next list is to begin closed.
  await page.keyboard.press("Escape");
  await app.row("Nightly backup").locator(".expander").click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", String(jobs + 1));
  return [...counts, count];
}

test("as many elements for 100,000 jobs as for 100, in the list and with all that can be open", async ({ app, page }) => {
  test.slow();
  expect(page.viewportSize()).toEqual({ width: 1440, height: 900 });
  const pretend = await Pretend.on(app, [backup, ...manyJobs(99)]);
  const few = await elementsOf(app, page, 100);
  await pretend.show([backup, ...manyJobs(99_999)]);
  const many = await elementsOf(app, page, 100_000);
  expect(many).toEqual(few);
  console.log(`elements, of the list, also scrolled, and with all that can be open: ${many.join(", ")}`);
});

/** Begins to count what changes inside the tree grid, by the class of the nearest cell. */
const watchMutations = (page: Page) =>
  page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const place = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest(".cell, .row, .grid")?.className ?? "?";
    new MutationObserver((records) => seen.push(...records.map((record) => `${record.type} ${record.attributeName ?? ""} in ${place(record.target)}`))).observe(
      document.querySelector("[role=treegrid]") ?? document,
      { subtree: true, childList: true, attributes: true, characterData: true },
    );
  });

const seen = (page: Page) => page.evaluate(() => (window as unknown as { seen: string[] }).seen);

/** One poll, to its end. */
async function poll(app: App, page: Page): Promise<void> {
  const answered = page.waitForResponse(list);
  await app.updateNow();
  await (await answered).finished();
  // The page works in microtasks; messages come after all of them. Several, for what follows from what.
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

test("a poll that brings nothing new touches nothing", async ({ app, page }) => {
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

test("as time passes, only cells that tick are touched", async ({ app, page }) => {
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
  // Of those, texts of what runs alone.
  expect(touched.filter((one) => one.startsWith("characterData")).length).toBeLessThanOrEqual(2 * 3);
});

test("a poll in which one job changed touches that job's row alone", async ({ app, page }) => {
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
  await pretend.show(pretend.jobs.map((job) => (job.description === "Job number 35" ? { ...job, description: "Job number 35, changed" } : job)));
  await poll(app, page);
  await expect(app.row("Job number 35, changed")).toBeVisible();
  expect(await page.evaluate(() => [...(window as unknown as { rows: Set<string> }).rows])).toEqual([`row-${idOf(35)}`]);
});
