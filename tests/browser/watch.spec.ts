// Watching: the tree, changes by other clients, the age of the data, and the polls.
import { expect, takeClock, test } from "./fixtures.ts";
import { refresh } from "./words.ts";
import { idOf, manyJobs, Pretend } from "./pretend.ts";
import { plant, unique } from "./world.ts";

const list = /\/api\/jobs(\?|$)/;
/** The list of jobs, without the separate request for the steps of all jobs. */
const isPoll = (url: string) => list.test(url) && !url.includes("follow");
const copy = { name: "Copy data", steps: [{ name: "Volume 1", ended: "succeeded" as const }, { name: "Volume 2" }] };

test("jobs with steps are expanded and collapsed by mouse and by key", { tag: "@panel" }, async ({ app, world, page }) => {
  const name = unique("Backup");
  await plant(world, name, [{ name: "Check", ended: "succeeded", type: "validating" }, copy]);
  await app.openLoggedIn();
  const job = app.row(name);
  await expect(job).toHaveAttribute("aria-expanded", "false");
  await expect(job).toContainText("1/2");
  await expect(job).toContainText("admin@internal");

  await job.locator(".expander").click();
  await expect(job).toHaveAttribute("aria-expanded", "true");
  await expect(app.row("Copy data")).toHaveAttribute("aria-level", "2");
  await expect(app.row("Check")).toContainText("validating");
  await expect(app.row("Check")).not.toHaveAttribute("aria-expanded");
  await expect(app.row("Volume 1")).toHaveCount(0);

  await app.row("Copy data").focus();
  await page.keyboard.press("ArrowRight");
  await expect(app.row("Volume 1")).toHaveAttribute("aria-level", "3");
  await page.keyboard.press("ArrowLeft");
  await expect(app.row("Volume 1")).toHaveCount(0);
  await page.keyboard.press("ArrowLeft");
  await expect(job).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(app.row("Copy data")).toHaveCount(0);
});

test("changes by another client appear by themselves", { tag: "@panel" }, async ({ app, world }) => {
  const name = unique("Patching");
  const { job, step } = await plant(world, name, [{ name: "Hosts" }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  await expect(app.row("Hosts")).toContainText("Running");

  const other = unique("Another client's");
  await world.addJob(other);
  await world.addStep(job.id, "Drain host01", { parent: step("Hosts").id });
  await expect(app.row(other)).toBeVisible();
  await app.row("Hosts").locator(".expander").click();
  await expect(app.row("Drain host01")).toContainText("Running");

  await world.endStep(job.id, step("Hosts").id, { succeeded: false });
  await expect(app.row(name)).toContainText("Failed");
  await expect(app.row("Drain host01")).toContainText("Failed");
});

test("progress is drawn as a bar, also in ended jobs", { tag: "@engine" }, async ({ app }) => {
  const steps = [{ description: "Did well", status: "finished" }, { description: "Broke off", status: "started" }];
  await Pretend.on(app, [
    { id: idOf(1), description: "Lost", status: "unknown", steps },
    { id: idOf(2), description: "Runs", steps: [{ description: "Half", steps }] },
    { id: idOf(3), description: "Bare", steps: [] },
  ]);
  await app.openLoggedIn();
  const bar = (name: string) => app.row(name).locator(".progress");
  const drawn = (name: string) => bar(name).evaluate((bar) => getComputedStyle(bar).backgroundSize.split(" ")[0]);
  await expect.poll(() => drawn("Lost")).toBe("50%");
  await app.row("Runs").locator(".expander").click();
  expect([await drawn("Runs"), await drawn("Half")]).toEqual(["0%", "50%"]);
  for (const name of ["Lost", "Runs", "Half"]) {
    await expect(bar(name)).toBeVisible();
    await expect(app.row(name)).not.toContainText("%");
  }
  await expect(bar("Bare")).toBeHidden();
});

test("one sentence tells screen readers what changed", async ({ app, world, view }) => {
  const name = unique("Told");
  const { job } = await plant(world, name, [{ name: "Only" }]);
  await app.openLoggedIn();
  await expect(app.row(name)).toBeVisible();
  await world.endJob(job.id, { succeeded: false });
  await app.refreshNow();
  await expect(view.getByRole("status").filter({ hasText: `Failed: ${name}` })).toHaveCount(1);
});

test("the counts per status and the title of the tab follow the engine", async ({ app, page, world, view }) => {
  const { job } = await plant(world, unique("Counted"));
  await app.openLoggedIn();
  const counts = view.getByRole("group", { name: "Jobs by status" });
  const count = async (status: string) =>
    Number((await counts.getByRole("button", { name: status }).textContent())?.replace(/\D/g, ""));
  const before = { running: await count("Running"), failed: await count("Failed"), all: await count("All") };
  await world.endJob(job.id, { succeeded: false });
  await app.refreshNow();
  await expect.poll(() => count("Failed")).toBe(before.failed + 1);
  expect(await count("Running")).toBe(before.running - 1);
  expect(await count("All")).toBe(before.all);
  await expect(page).toHaveTitle(before.running > 1 ? `(${before.running - 1}) Task Monitor` : "Task Monitor");
});

test("shows the age of the data, and refreshes at once when asked to", { tag: "@panel" }, async ({ app, world, page, view }) => {
  await takeClock(page);
  await app.openLoggedIn();
  const top = view.getByRole("banner");
  await expect(top).toContainText("Live");
  await expect(top).toContainText(/updated (just now|\d+ s ago)/);
  await top.getByRole("button", { name: refresh.pause }).click();
  await page.clock.fastForward("02:00");
  await expect(top).toContainText(/updated 2 m \d\d s ago/);
  const name = unique("Now");
  await world.addJob(name);
  await app.refreshNow();
  await expect(app.row(name)).toBeVisible();
  await expect(top).toContainText(/updated (just now|\d s ago)/);
});

test("pausing stops timed polls, but rows can still be expanded", { tag: "@panel" }, async ({ app, world, page, view }) => {
  await takeClock(page);
  const name = unique("Paused");
  const { job } = await plant(world, name, [{ name: "Outer", steps: [{ name: "Inner" }] }]);
  await app.openLoggedIn();
  await expect(app.row(name)).toBeVisible();
  await view.getByRole("button", { name: refresh.pause }).click();
  const top = view.getByRole("banner");
  await expect(top).toContainText(/Paused since \d\d:\d\d:\d\d/);

  let polls = 0;
  page.on("request", (request) => (polls += isPoll(request.url()) ? 1 : 0));
  const other = unique("Unseen");
  await world.addJob(other);
  await page.clock.fastForward("05:00");
  await app.row(name).locator(".expander").click();
  await expect(app.row("Outer")).toBeVisible();
  expect(polls).toBe(0);
  await expect(app.row(other)).toHaveCount(0);

  await world.endJob(job.id);
  await view.getByRole("button", { name: refresh.resume }).click();
  await expect(app.row(other)).toBeVisible();
  await expect(app.row(name)).toContainText("Finished");
  await expect(top).toContainText("Live");
});

test("polls by itself, and stops when refresh is off", async ({ app, home, world, page, view }) => {
  await takeClock(page);
  const { job } = await plant(world, unique("Pace"));
  await app.openLoggedIn();
  let polls = 0;
  page.on("response", (response) => (polls += isPoll(response.url()) ? 1 : 0));
  const [soon, late] = [unique("Soon"), unique("Late")];
  await world.addJob(soon);
  await page.clock.runFor(4_000);
  await page.clock.runFor(2_000);
  await expect(app.row(soon)).toBeVisible();
  // The demo makes no requests that the browser could show.
  if (home !== "demo") await expect.poll(() => polls).toBeGreaterThan(0);

  await view.locator(".view-button").click();
  await view.getByRole("group", { name: "View", exact: true }).getByLabel("Refresh").selectOption("Off");
  await expect(view.getByRole("banner")).toContainText("Refresh off");
  const before = polls;
  await world.addJob(late);
  await page.clock.fastForward("10:00");
  await expect(app.row(late)).toHaveCount(0);
  await app.refreshNow();
  await expect(app.row(late)).toBeVisible();
  if (home !== "demo") expect(polls).toBe(before + 1);
  await world.endJob(job.id);
});

test("the steps of many jobs come with one request, or with single ones from an engine without follow", { tag: "@engine" }, async ({ app, page, view }) => {
  const jobs = manyJobs(40).map((job) => ({ ...job, steps: [{ description: `In ${job.description}` }] }));
  const pretend = await Pretend.on(app, jobs);
  const follows: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("follow=steps")) follows.push(request.url());
  });
  await app.openLoggedIn();
  await expect(app.row("Job number 40")).toContainText("0/1");
  expect(follows.length).toBe(1);
  expect(pretend.asked.filter((asked) => asked.endsWith("/steps"))).toEqual([]);

  // As an engine before 4.2, which ignores `follow`.
  pretend.follows = false;
  await app.reload();
  await expect(app.row("Job number 40")).toContainText("0/1");
  expect(follows.length).toBe(2);
  await view.getByRole("button", { name: refresh.now }).click();
  await expect(view.getByRole("banner")).toContainText("Live");
  expect(follows.length, "asked once, and not again and again").toBe(2);
});

test("of 1,300 jobs 200 run: each poll is followed by four requests, the selected job's among them", { tag: "@engine" }, async ({ app, page, view }) => {
  const runs = { status: "started", end: undefined, steps: [{ description: "Goes on" }] };
  const pretend = await Pretend.on(app, manyJobs(1_300).map((job, index) => (index < 1_100 ? job : { ...job, ...runs })));
  const follows: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("follow=steps")) follows.push(request.url());
  });
  await app.openLoggedIn();
  await expect(app.row("Job number 1300")).toContainText("0/1");
  await expect(page.locator(".grid-body > .row").filter({ hasNotText: "0/1" })).toHaveCount(0);
  await app.row("Job number 1290").click();
  await view.getByRole("button", { name: refresh.pause }).click();
  // The requests after each poll.
  const polls = () => pretend.asked.join("\n").split("GET jobs\n").slice(2).map((rest) => rest.split("\n").filter((asked) => asked.endsWith("/steps")));
  for (let poll = 0; poll < 6; poll += 1) {
    const count = polls().length;
    await app.refreshNow();
    await expect.poll(() => polls().length > count && polls().at(-1)?.length).toBeGreaterThanOrEqual(4);
  }
  expect(polls().slice(-5).map((asked) => [asked.length, asked.includes(`GET jobs/${idOf(1_290)}/steps`)])).toEqual(Array(5).fill([4, true]));
  expect(follows).toEqual([]);
});

test("a hidden tab polls rarely, and refreshes at once when it is visible again", async ({ app, page, world }) => {
  await takeClock(page);
  await app.openLoggedIn();
  const look = (state: "hidden" | "visible") =>
    page.evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, state);
  await look("hidden");
  // A poll that is on its way ends: in the demo it would find the job.
  await page.clock.runFor(5_000);
  const name = unique("Meanwhile");
  await world.addJob(name);
  let polls = 0;
  page.on("request", (request) => (polls += isPoll(request.url()) ? 1 : 0));
  // The clock also runs by itself: the other half of the minute is for a slow machine.
  await page.clock.runFor(30_000);
  expect(polls, "once a minute while nobody looks").toBe(0);
  await expect(app.row(name)).toHaveCount(0);
  await look("visible");
  await expect(app.row(name)).toBeVisible();
});

test("leaving the page cancels its requests", { tag: "@engine" }, async ({ app, page }) => {
  await app.openLoggedIn();
  await page.route(list, () => undefined);
  await app.refreshNow();
  const ended = page.waitForEvent("requestfailed", (request) => list.test(request.url()));
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide")));
  expect((await ended).failure()?.errorText).toContain("ABORTED");
});
