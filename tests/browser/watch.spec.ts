// Watching: the tree, what others do, how true it is, and how often the engine is asked.
import { expect, takeClock, test } from "./fixtures.ts";
import { idOf, manyJobs, Pretend } from "./pretend.ts";
import { plant, unique } from "./world.ts";

const list = /\/api\/jobs(\?|$)/;
/** Not the steps of all jobs, which are asked for by themselves. */
const isPoll = (url: string) => list.test(url) && !url.includes("follow");
const copy = { name: "Copy data", steps: [{ name: "Volume 1", ended: "succeeded" as const }, { name: "Volume 2" }] };

test("jobs with their steps, opened and closed by mouse and by key", { tag: "@panel" }, async ({ app, world, page }) => {
  const name = unique("Backup");
  await plant(world, name, [{ name: "Check", ended: "succeeded", type: "validating" }, copy]);
  await app.openLoggedIn();
  const job = app.row(name);
  await expect(job).toHaveAttribute("aria-expanded", "false");
  await expect(job).toContainText("1/2");

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

test("a job whose steps turn out to be none has no expander", async ({ app, world }) => {
  const name = unique("Empty");
  await plant(world, name);
  await app.openLoggedIn();
  await expect(app.row(name)).not.toHaveAttribute("aria-expanded");
});

test("what another client does appears by itself", { tag: "@panel" }, async ({ app, world }) => {
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

test("how far it got is drawn as a bar, also of what is over", async ({ app }) => {
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

test("a screen reader is told in one sentence what moved", async ({ app, world, view }) => {
  const name = unique("Told");
  const { job } = await plant(world, name, [{ name: "Only" }]);
  await app.openLoggedIn();
  await expect(app.row(name)).toBeVisible();
  await world.endJob(job.id, { succeeded: false });
  await app.updateNow();
  await expect(view.getByRole("status").filter({ hasText: `Failed: ${name}` })).toHaveCount(1);
});

test("counts of jobs per status follow the engine", async ({ app, world, view }) => {
  const { job } = await plant(world, unique("Counted"));
  await app.openLoggedIn();
  const counts = view.getByRole("group", { name: "Jobs by status" });
  const count = async (status: string) =>
    Number((await counts.getByRole("button", { name: status }).textContent())?.replace(/\D/g, ""));
  const before = { running: await count("Running"), failed: await count("Failed"), all: await count("All") };
  await world.endJob(job.id, { succeeded: false });
  await app.updateNow();
  await expect.poll(() => count("Failed")).toBe(before.failed + 1);
  expect(await count("Running")).toBe(before.running - 1);
  expect(await count("All")).toBe(before.all);
});

test("the tab's title says how many run", async ({ app, world, page }) => {
  await plant(world, unique("Running"));
  await app.openLoggedIn();
  await expect(page).toHaveTitle(/^\(\d+\) Task Monitor$/);
});

test("says how old the data is, and asks at once when told to", { tag: "@panel" }, async ({ app, world, page, view }) => {
  await takeClock(page);
  await app.openLoggedIn();
  const top = view.getByRole("banner");
  await expect(top).toContainText("Live");
  await expect(top).toContainText(/updated (just now|\d+ s ago)/);
  await top.getByRole("button", { name: "Pause updates" }).click();
  await page.clock.fastForward("02:00");
  await expect(top).toContainText(/updated 2 m \d\d s ago/);
  const name = unique("Now");
  await world.addJob(name);
  await app.updateNow();
  await expect(app.row(name)).toBeVisible();
  await expect(top).toContainText(/updated (just now|\d s ago)/);
});

test("pausing stops timed polls, not opening rows and own actions", { tag: "@panel" }, async ({ app, world, page, view }) => {
  await takeClock(page);
  const name = unique("Paused");
  const { job } = await plant(world, name, [{ name: "Outer", steps: [{ name: "Inner" }] }]);
  await app.openLoggedIn();
  await expect(app.row(name)).toBeVisible();
  await view.getByRole("button", { name: "Pause updates" }).click();
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
  await view.getByRole("button", { name: "Resume updates" }).click();
  await expect(app.row(other)).toBeVisible();
  await expect(app.row(name)).toContainText("Finished");
  await expect(top).toContainText("Live");
});

test("asks more often while something runs, seldom while nobody looks, and as the admin likes", async ({ app, home, world, page, view }) => {
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
  // What the demo asks itself, no browser sees.
  if (home !== "demo") await expect.poll(() => polls).toBeGreaterThan(0);

  await view.locator(".view-button").click();
  await view.getByRole("group", { name: "View", exact: true }).getByLabel("Update").selectOption("Off");
  await expect(view.getByRole("banner")).toContainText("Updates off");
  const before = polls;
  await world.addJob(late);
  await page.clock.fastForward("10:00");
  await expect(app.row(late)).toHaveCount(0);
  await app.updateNow();
  await expect(app.row(late)).toBeVisible();
  if (home !== "demo") expect(polls).toBe(before + 1);
  await world.endJob(job.id);
});

test("owners are shown by name", async ({ app, world }) => {
  const name = unique("Owned");
  await world.addJob(name);
  await app.openLoggedIn();
  await expect(app.row(name)).toContainText("admin@internal");
});

test("many jobs' steps come with one request, and with single ones where the engine does not follow", { tag: "@engine" }, async ({ app, page, view }) => {
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

  // As engines before 4.2, which do not know the question.
  pretend.follows = false;
  await app.reload();
  await expect(app.row("Job number 40")).toContainText("0/1");
  expect(follows.length).toBe(2);
  await view.getByRole("button", { name: "Update now" }).click();
  await expect(view.getByRole("banner")).toContainText("Live");
  expect(follows.length, "asked once, and not again and again").toBe(2);
});

test("the request for all steps is given its time, and as much rest after it as any", { tag: "@engine" }, async ({ app, page }) => {
  await takeClock(page);
  await Pretend.on(app, manyJobs(40).map((job) => ({ ...job, status: "started", steps: [{ description: "Runs" }] })));
  let asked = 0;
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route(list, async (route) => {
    asked += 1;
    if (route.request().url().includes("follow=steps")) await answered;
    await route.fallback();
  });
  await app.openLoggedIn();
  await expect.poll(() => asked, "the list, and the list with all steps").toBe(2);
  // Longer than from one poll to the next.
  await page.clock.runFor(6_000);
  answer();
  await expect(app.row("Job number 40")).toContainText("0/1");
  await page.clock.runFor(15_000);
  expect(asked, "it took 6 s, so the next one comes after 24").toBe(2);
  await page.clock.runFor(10_000);
  await expect.poll(() => asked).toBe(3);
});

test("whoever comes back to the tab sees the news at once", async ({ app, page, world }) => {
  await takeClock(page);
  await app.openLoggedIn();
  const look = (state: "hidden" | "visible") =>
    page.evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, state);
  await look("hidden");
  const name = unique("Meanwhile");
  await world.addJob(name);
  let polls = 0;
  page.on("request", (request) => (polls += isPoll(request.url()) ? 1 : 0));
  // The clock also goes on by itself: half of the minute is for a slow machine.
  await page.clock.runFor(30_000);
  expect(polls, "once a minute while nobody looks").toBe(0);
  await expect(app.row(name)).toHaveCount(0);
  await look("visible");
  await expect(app.row(name)).toBeVisible();
});

test("whoever leaves takes the requests along", { tag: "@engine" }, async ({ app, page }) => {
  await app.openLoggedIn();
  await page.route(list, () => undefined);
  await app.updateNow();
  const ended = page.waitForEvent("requestfailed", (request) => list.test(request.url()));
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide")));
  expect((await ended).failure()?.errorText).toContain("ABORTED");
});
