// From the list to a failure: what a failed row says, new failures, the way through all failures, and stuck jobs.
import { expect, expectAccessible, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend, type PretendJob } from "./pretend.ts";

const MINUTE = 60_000;

/** A job whose second step failed. The first job of the list is the one with the highest number. */
const backup = (number: number): PretendJob => ({
  id: idOf(number),
  description: `Back up db0${number}`,
  status: "failed",
  start: BEGIN + number * 1_000,
  end: BEGIN + 5 * MINUTE,
  steps: [
    { description: "Volume 1", status: "finished", end: BEGIN + MINUTE },
    { description: "Volume 2: connection lost", status: "failed", end: BEGIN + 4 * MINUTE },
  ],
});

test("a failed row says where, why and when, and its bar stops at the failed share", { tag: "@panel" }, async ({ app, page }) => {
  await takeClock(page);
  await page.clock.setFixedTime(BEGIN + 43 * MINUTE);
  await Pretend.on(app, [backup(1), { ...backup(2), status: "finished", steps: [{ description: "Validating", type: "validating", status: "finished" }] }]);
  await app.openLoggedIn();
  const row = app.row("Back up db01");
  await expect(row.locator(".remark")).toHaveText("› Volume 2: connection lost · failed 38 min ago");
  await expect(row.locator(".share")).toHaveText("1 failed of 2");
  await expect(row.locator(".share")).toHaveAccessibleName("1 of 2 steps failed");
  const bar = row.locator(".progress");
  await expect(bar).toHaveCSS("--part", "50%");
  expect(await bar.evaluate((bar) => getComputedStyle(bar).backgroundImage)).toContain(await row.locator(".cell-status").evaluate((word) => getComputedStyle(word).color));
  await app.row("Back up db02").locator(".expander").click();
  await expect(app.row("Validating").getByRole("rowheader")).toHaveText("Validating");
  await page.clock.setFixedTime(BEGIN + 44 * MINUTE);
  await page.clock.runFor(1_000);
  await expect(row.locator(".remark")).toHaveText("› Volume 2: connection lost · failed 39 min ago");
  await expectAccessible(app.view);
});

test("a new failure out of view: a strip, the title and the icon tell of it until it is seen, and nothing moves", async ({ app, page, view }) => {
  const jobs = manyJobs(60);
  const [first] = jobs as [PretendJob];
  const running = { ...first, status: "started", end: undefined } as unknown as PretendJob;
  const pretend = await Pretend.on(app, [running, ...jobs.slice(1)]);
  await app.openLoggedIn();
  await expect(app.row("Job number 60")).toBeVisible();
  await expect(page).toHaveTitle("(1) Task Monitor");
  const icon = page.locator("link[rel=icon]");
  const own = (await icon.getAttribute("href")) ?? "";
  const boxes = () => view.locator(".toolbar > *, .row, .bottom").evaluateAll((all) => all.map((one) => ({ ...one.getBoundingClientRect().toJSON() })));
  const before = await boxes();
  pretend.jobs = [{ ...running, status: "failed", end: Date.now() }, ...jobs.slice(1)];
  await app.refreshNow();
  const strip = view.locator(".news");
  await expect(strip).toHaveText("1 new failure: Show");
  expect(await boxes()).toEqual(before);
  await expect(page).toHaveTitle("1 new failure · Task Monitor");
  await expect(icon).toHaveAttribute("href", "./icon-1.svg");
  await expect(view.locator("[role=status].unseen")).toHaveText("Failed: Job number 1");
  await expectAccessible(app.view);

  await strip.getByRole("button", { name: "Show" }).click();
  const row = app.row("Job number 1");
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
  await expect(row.locator(".flag")).toHaveText("New");
  await expect(row.locator(".flag")).toHaveText("");
  await expect(strip).toHaveCount(0);
  await expect(page).toHaveTitle("Task Monitor");
  await expect(icon).toHaveAttribute("href", own);
});

test("there is an icon for each number of new failures", async ({ app, page }) => {
  await app.open();
  for (const number of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "9plus"]) {
    const icon = await page.request.get(new URL(`./icon-${number}.svg`, page.url()).href);
    expect(icon.headers()["content-type"], number).toBe("image/svg+xml");
    expect(await icon.text(), number).toContain(`>${number.replace("plus", "+")}</text>`);
  }
});

test("what had failed before the page was opened is not new", async ({ app, page, view }) => {
  const pretend = await Pretend.on(app, [backup(1)]);
  await app.openLoggedIn();
  await expect(app.row("Back up db01")).toBeVisible();
  pretend.jobs = [backup(1), backup(2)].map((job) => ({ ...job, autoCleared: true }));
  await app.refreshNow();
  await expect(app.row("Back up db02")).toBeVisible();
  await expect(view.locator(".news")).toHaveCount(0);
  await expect(page).toHaveTitle("Task Monitor");
});

test("F8 and Shift+F8 go through all failures, collapsed and filtered ones too", { tag: "@panel" }, async ({ app, page, view }) => {
  await Pretend.on(app, [backup(1), { id: idOf(2), description: "Fine", status: "finished", start: BEGIN + 2_000, end: BEGIN + 3_000, steps: [] }, backup(3), backup(4)]);
  await app.openLoggedIn();
  const control = view.getByRole("group", { name: "Failures" });
  await expect(control).toContainText("3 failures");
  const failedStep = async (job: string, place: string): Promise<void> => {
    await expect(app.row("Volume 2: connection lost").and(view.locator(":focus"))).toBeVisible();
    await expect(app.detail.getByRole("heading", { name: "Volume 2: connection lost" })).toBeVisible();
    await expect(app.row(job)).toHaveAttribute("aria-expanded", "true");
    await expect(control).toContainText(place);
  };
  await app.row("Fine").focus();
  await page.keyboard.press("F8");
  await failedStep("Back up db01", "3 of 3");
  await page.keyboard.press("F8");
  await failedStep("Back up db04", "1 of 3");
  await page.keyboard.press("F8");
  await failedStep("Back up db03", "2 of 3");
  await page.keyboard.press("Shift+F8");
  await failedStep("Back up db04", "1 of 3");

  // A filter that hides the failure is cleared, as for a link. The way goes on from the detail.
  await app.search.fill("Fine");
  await expect(app.row("Fine")).toBeVisible();
  await expect(app.row("Back up db04")).toHaveCount(0);
  await app.row("Fine").focus();
  await expect(control).toContainText("1 of 3");
  await page.keyboard.press("F8");
  await failedStep("Back up db03", "2 of 3");
  await expect(app.search).toHaveValue("");

  await control.getByRole("button", { name: "Previous failure" }).click();
  await failedStep("Back up db04", "1 of 3");
  await control.getByRole("button", { name: "Next failure" }).click();
  await failedStep("Back up db03", "2 of 3");
});

test("while something has failed, the way to it is the primary action", async ({ app, view }) => {
  const pretend = await Pretend.on(app, manyJobs(3));
  await app.openLoggedIn();
  const next = view.getByRole("button", { name: "Next failure" });
  const primary = view.locator(".toolbar button.primary:visible");
  await expect(primary).toHaveText("Add job");
  await expect(next).toBeHidden();
  pretend.jobs = [...manyJobs(3), backup(4)];
  await app.refreshNow();
  await expect(primary).toHaveAccessibleName("Next failure");
});

test("a stuck job has a mark, and a filter finds it", { tag: "@panel" }, async ({ app, page, view }) => {
  await takeClock(page);
  await page.clock.setFixedTime(BEGIN + 39 * MINUTE);
  const usual = [1, 2, 3, 4, 5].map((number): PretendJob => ({ ...backup(number), status: "finished", end: BEGIN + number * 1_000 + 4 * MINUTE, steps: [] }));
  const running: PretendJob = { id: idOf(9), description: "Back up db09", start: BEGIN, updated: BEGIN + 3 * MINUTE, steps: [{ description: "Volume 1" }] };
  await Pretend.on(app, [...usual, running]);
  await app.openLoggedIn();
  const row = app.row("Back up db09");
  await expect(row.locator(".flag")).toHaveText("Stuck");
  await expect(row.locator(".remark")).toHaveText("· usually 4 min, now 39 min; no update for 36 min");
  await expect(row.locator(".remark")).toHaveAttribute("title", "Usually: the median of 5 tasks of this kind that finished.");
  const stuck = view.getByRole("button", { name: "Stuck 1" });
  await stuck.click();
  await expect(stuck).toHaveAttribute("aria-pressed", "true");
  await expect(app.grid.locator(".row.is-job")).toHaveCount(1);
  await expect(row).toBeVisible();
  await expectAccessible(app.view);
  await stuck.click();
  await expect(app.grid.locator(".row.is-job")).toHaveCount(6);
});
