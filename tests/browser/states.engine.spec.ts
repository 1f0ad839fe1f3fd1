// What the page shows while it loads, when it has no data, and when the engine or the connection fails.
import type { Locator, Page, Route } from "@playwright/test";
import { expect, JobsEngine, stopClock, takeClock, test } from "./fixtures.ts";
import { actions, before, errors, refresh, sessionEnded } from "./words.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { plant, unique } from "./world.ts";

const list = /\/ovirt-engine\/api\/jobs(\?|$)/;
const steps = /\/steps$/;
const runs = { id: idOf(900), description: "Runs", start: BEGIN };

/** Moves the page's clock on until something is visible. In small steps, so that a request that is answered at once does not seem
 *  to have taken a minute. */
async function letTimePass(page: Page, until: Locator): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(3_000);
    await expect(until).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 60_000 });
}

test("the first load: the grid is busy and nothing says that there are no jobs", async ({ app, page }) => {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route(list, async (route) => {
    await answered;
    await route.continue();
  });
  await app.open();
  await app.logIn();
  await expect(app.grid).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("banner")).toContainText("Loading…");
  await expect(page.getByRole("heading", { name: "No jobs" })).toHaveCount(0);
  answer();
  await expect(app.grid).not.toHaveAttribute("aria-busy");
  await expect(page.getByRole("banner")).toContainText("Live");
});

test("an engine without jobs", async ({ app, page }) => {
  await Pretend.on(app, []);
  await app.openLoggedIn();
  await expect(page.getByRole("status").filter({ hasText: "Jobs appear here when the engine or an external program starts them." })).toBeVisible();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "1");
});

test("a user who may not list jobs is told to ask for a role", async ({ app, engine, noise, page }) => {
  noise.allow(/40[03]/);
  const user = await engine.addUser({ name: `${unique("user").replace(" ", "-")}@internal`, password: "no admin" }, "UserRole");
  await app.open();
  await app.logIn(user);
  const told = page.getByRole("status").filter({ hasText: "Not allowed" });
  await expect(told).toContainText(errors.noJobAccess);
  await page.getByRole("button", { name: user.name }).click();
  await expect(page.getByRole("menuitem", { name: "Log out" })).toBeVisible();
});

test("the engine is unreachable from the start", async ({ app, noise, page, world }) => {
  await plant(world, unique("Is there"));
  noise.allow(/ERR_FAILED/);
  // Otherwise the page could recover by itself and remove the button before it is pressed.
  await stopClock(page);
  await page.route(/\/ovirt-engine\/api\//, (route) => route.abort());
  await app.open();
  await app.logIn();
  await expect(page.getByRole("heading", { name: "Nothing to show yet" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Not live");
  await page.unroute(/\/ovirt-engine\/api\//);
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  // The button is gone. The focus is in the grid.
  await page.clock.runFor(100);
  await expect(app.grid.getByRole("row").nth(1)).toBeFocused();
});

test("the connection is lost: the data stays, the next try is announced, and the page recovers by itself", async ({ app, noise, page }) => {
  noise.allow(/ERR_FAILED/);
  await takeClock(page);
  const pretend = await Pretend.on(app, [runs]);
  await app.openLoggedIn();
  const abort = (route: Route) => route.abort();
  await page.route(list, abort);
  await page.clock.runFor(6_000);
  await expect(page.getByRole("alert")).toHaveText(errors.unreachable);
  const banner = page.locator(".banner");
  await expect(banner).toContainText(/The data shown is \d+ s old\./);
  await expect(banner).toContainText(/Next try in \d+ s\.|Trying now\./);
  await expect(page.getByRole("banner")).toContainText("Not live");
  await expect(app.row("Runs")).toBeVisible();
  const asked = pretend.asked.length;
  await page.unroute(list, abort);
  pretend.jobs = [runs, { ...runs, id: idOf(901), description: "Came meanwhile" }];
  await letTimePass(page, app.row("Came meanwhile"));
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText("Live");
  expect(pretend.asked.length).toBeGreaterThan(asked);
});

test("paused: steps that cannot be loaded are reported, and that there is no next try", async ({ app, noise, page }) => {
  noise.allow(/ERR_FAILED|401/);
  await stopClock(page);
  const jobs = manyJobs(60).map((job) => ({ ...job, steps: [{ description: `In ${job.description}` }] }));
  const pretend = await Pretend.on(app, jobs);
  pretend.follows = false;
  await app.openLoggedIn();
  await expect(app.row("Job number 60")).toContainText("0/1");
  await page.getByRole("button", { name: refresh.pause }).click();
  await page.route(steps, (route) => route.abort());
  await app.row("Job number 60").hover();
  await page.mouse.wheel(0, 20_000);
  await expect(page.getByRole("alert")).toHaveText(errors.unreachable);
  const banner = page.locator(".banner");
  await expect(banner).toContainText("Refresh is paused or off, so there is no next try.");
  await expect(page.getByRole("banner")).toContainText(/Not live · Paused since \d\d:\d\d/);
  let answer: (() => Promise<void>) | undefined;
  await page.route(list, (route) => {
    answer = () => route.abort();
  });
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(banner).toContainText("Trying now.");
  await expect.poll(() => answer !== undefined).toBe(true);
  await answer?.();
  await expect(banner).toContainText("Refresh is paused or off, so there is no next try.");
});

for (const { what, answer, says } of [
  { what: "a page instead of data", answer: { contentType: "text/html", body: "<html>Sign in</html>" }, says: errors.invalidAnswer },
  { what: "data that breaks off", answer: { contentType: "application/json", body: '{"job":[{"id"' }, says: errors.invalidAnswer },
  { what: "an error of the server", answer: { status: 500, body: "oops" }, says: errors.reported(500) },
]) {
  test(`${what}: reported, and the data stays`, async ({ app, noise, page }) => {
    noise.allow(/500/);
    await Pretend.on(app, [runs]);
    await app.openLoggedIn();
    await page.route(list, (route) => route.fulfill(answer));
    await app.refreshNow();
    await expect(page.getByRole("alert")).toHaveText(says);
    await expect(app.row("Runs")).toBeVisible();
    await page.unroute(list);
  });
}

test("a late reply is ignored", async ({ app, noise, page }) => {
  noise.allow(/ERR_FAILED/);
  await takeClock(page);
  const pretend = await Pretend.on(app, [runs]);
  await app.openLoggedIn();
  let late: (() => Promise<void>) | undefined;
  await page.route(list, (route) => {
    if (late) return route.fallback();
    late = () => route.fulfill({ json: { job: [] } }).catch(() => undefined);
    return undefined;
  });
  await page.clock.runFor(6_000);
  await expect.poll(() => late !== undefined).toBe(true);
  // The page gives up after half a minute. The next try brings the new data.
  pretend.jobs = [runs, { ...runs, id: idOf(901), description: "True now" }];
  await page.clock.runFor(30_000);
  await expect(page.getByRole("banner")).toContainText(/Not live|Live/);
  await letTimePass(page, app.row("True now"));
  await late?.();
  await expect(app.row("True now")).toBeVisible();
  await expect(app.row("Runs")).toBeVisible();
});

test("while the engine does not answer, the page does not say that the data is live", async ({ app, page }) => {
  await takeClock(page);
  await Pretend.on(app, [runs]);
  await app.openLoggedIn();
  await expect(app.row("Runs")).toBeVisible();
  let answer: (() => Promise<void>) | undefined;
  await page.route(list, (route) => {
    answer = () => route.fallback();
  });
  await page.clock.runFor(6_000);
  await expect.poll(() => answer !== undefined).toBe(true);
  const line = page.locator(".freshness");
  await expect(line).toContainText("Live");
  await page.clock.runFor(6_000);
  await expect(line).toContainText("Waiting…");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.unroute(list);
  await answer?.();
  await expect(line).toContainText("Live");
});

test("steps of a job that cannot be read are reported, and loaded once they can be", async ({ app, noise, page }) => {
  noise.allow(/500/);
  const pretend = await Pretend.on(app, [{ ...runs, steps: [{ description: "In it" }] }, ...manyJobs(2)]);
  pretend.follows = false;
  await page.route(steps, (route) => (route.request().url().includes(runs.id) ? route.fulfill({ status: 500 }) : route.fallback()));
  await app.openLoggedIn();
  const foot = page.getByRole("contentinfo");
  await expect(foot).toContainText("The steps of 1 job could not be read.");
  await page.goto(`${app.url}#/jobs/${runs.id}/steps/${idOf(1, 900)}`);
  await expect(app.detail.getByRole("status")).toHaveText("Not loaded yet.");
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.unroute(steps);
  await app.refreshNow();
  await expect(app.row("Runs")).toContainText("0/1");
  await expect(foot).not.toContainText("could not be read");
});

test("the selected job is removed: the detail says so and keeps its data", async ({ app }) => {
  const pretend = await Pretend.on(app, [runs, ...manyJobs(3)]);
  await app.openLoggedIn(`#/jobs/${runs.id}`);
  await expect(app.detail.getByRole("heading", { name: "Runs" })).toBeVisible();
  pretend.jobs = manyJobs(3);
  await app.refreshNow();
  await expect(app.detail.getByRole("status")).toContainText(errors.gone);
  await expect(app.detail.getByRole("heading", { name: "Runs" })).toBeVisible();
  await expect(app.detail.getByRole("button", { name: actions.endJob })).toHaveCount(0);
  await app.row("Job number 2").click();
  await expect(app.detail.getByRole("heading", { name: "Job number 2" })).toBeVisible();
});

test("the job of an open form is removed: the form says so", async ({ app }) => {
  const pretend = await Pretend.on(app, [runs, ...manyJobs(1)]);
  await app.openLoggedIn();
  await app.choose(app.row("Runs"), actions.endJob);
  await app.dialog.getByLabel("Succeeded").check();
  await expect(app.dialog).toContainText(before.jobEnds("finished"));
  pretend.jobs = manyJobs(1);
  // The next poll notices it.
  await expect(app.dialog.getByRole("listitem")).toHaveText([errors.gone]);
});

test("the server is killed while the page polls, and comes back", async ({ app, noise, page }) => {
  noise.allow(/ERR_CONNECTION|ERR_EMPTY|Failed to load|401/);
  const own = await JobsEngine.start();
  const name = unique("Outlives");
  await own.addJob(name);
  await stopClock(page);
  await app.open("", own.url);
  await app.logIn();
  await expect(app.row(name)).toBeVisible();
  await own.kill();
  await app.refreshNow();
  await expect(page.getByRole("alert")).toHaveText(errors.unreachable);
  await expect(app.row(name)).toBeVisible();
  await own.serve();
  // The server may ask for a new log-in. After it, the page continues where it was.
  const again = page.getByRole("dialog", { name: sessionEnded });
  const live = page.getByRole("banner").getByText("Live", { exact: true });
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(again.or(live).first()).toBeVisible();
  if (await again.isVisible()) {
    await again.getByLabel("Password").fill("a password for tests");
    await page.keyboard.press("Enter");
  }
  await expect(live).toBeVisible();
  await expect(app.row(name)).toBeVisible();
  await own.stop();
});
