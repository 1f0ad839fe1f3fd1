// States that are designed, not left over.
import type { Locator, Page } from "@playwright/test";
import { expect, JobsEngine, stopClock, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { unique } from "./world.ts";

const list = /\/ovirt-engine\/api\/jobs(\?|$)/;
const steps = /\/steps$/;
const runs = { id: idOf(900), description: "Runs", start: BEGIN };

/** Moves the page's clock on until something is there. In small steps: a request that is answered in no time must not seem to
 *  have taken a minute. */
async function letTimePass(page: Page, until: Locator): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(3_000);
    await expect(until).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 60_000 });
}

test("first load: busy, and quiet about it", { tag: "@engine" }, async ({ app, page }) => {
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

test("empty", async ({ app, page }) => {
  await Pretend.on(app, []);
  await app.openLoggedIn();
  await expect(page.getByRole("status").filter({ hasText: "Jobs appear here as the engine or a program starts them." })).toBeVisible();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "1");
});

test("not allowed: who may not list is told what it takes", { tag: "@engine" }, async ({ app, engine, noise, page }) => {
  noise.allow(/40[03]/);
  const user = await engine.addUser({ name: `${unique("user").replace(" ", "-")}@internal`, password: "no admin" }, "UserRole");
  await app.open();
  await app.logIn(user);
  const told = page.getByRole("status").filter({ hasText: "Not allowed" });
  await expect(told).toContainText("a user needs a role of ADMIN type, such as ReadOnlyAdmin");
  await page.getByRole("button", { name: user.name }).click();
  await expect(page.getByRole("menuitem", { name: "Log out" })).toBeVisible();
});

test("unreachable from the start", { tag: "@engine" }, async ({ app, noise, page }) => {
  noise.allow(/ERR_FAILED/);
  // The page would recover by itself, and take the button away while it is being pressed.
  await stopClock(page);
  await page.route(/\/ovirt-engine\/api\//, (route) => route.abort());
  await app.open();
  await app.logIn();
  await expect(page.getByRole("heading", { name: "Nothing to show yet" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Not live");
  await page.unroute(/\/ovirt-engine\/api\//);
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  // The button is gone, the focus is not.
  await page.clock.runFor(100);
  await expect(app.grid.getByRole("row").nth(1)).toBeFocused();
});

test("lost on the way: the data stays, the next try is told, and it recovers by itself", { tag: "@engine" }, async ({ app, noise, page }) => {
  noise.allow(/ERR_FAILED/);
  await takeClock(page);
  const pretend = await Pretend.on(app, [runs]);
  await app.openLoggedIn();
  const abort = (route: import("@playwright/test").Route) => route.abort();
  await page.route(list, abort);
  await page.clock.runFor(6_000);
  await expect(page.getByRole("alert")).toHaveText("The engine cannot be reached.");
  const banner = page.locator(".banner");
  await expect(banner).toContainText(/What you see was true \d+ s ago\./);
  await expect(banner).toContainText(/Next try in \d+ s\.|Trying now\./);
  await expect(page.getByRole("banner")).toContainText("Not live");
  await expect(app.row("Runs")).toBeVisible();
  const asked = pretend.asked.length;
  await page.unroute(list, abort);
  await pretend.show([runs, { ...runs, id: idOf(901), description: "Came meanwhile" }]);
  await letTimePass(page, app.row("Came meanwhile"));
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText("Live");
  expect(pretend.asked.length).toBeGreaterThan(asked);
});

test("a failing engine is not asked at the usual pace", { tag: "@engine" }, async ({ app, noise, page }) => {
  noise.allow(/503/);
  await takeClock(page);
  await Pretend.on(app, [runs]);
  await app.openLoggedIn();
  let asked = 0;
  await page.route(list, (route) => {
    asked += 1;
    return route.fulfill({ status: 503, headers: { "retry-after": "40" } });
  });
  await page.clock.runFor(6_000);
  await expect(page.getByRole("alert")).toHaveText("The engine is in trouble (HTTP 503).");
  await page.clock.runFor(30_000);
  expect(asked).toBe(1);
  await page.clock.runFor(11_000);
  await expect.poll(() => asked).toBe(2);
});

test("however much is scrolled, an engine that is away is asked no sooner", { tag: "@engine" }, async ({ app, noise, page }) => {
  noise.allow(/ERR_FAILED/);
  await stopClock(page);
  const jobs = manyJobs(300).map((job) => ({ ...job, steps: [{ description: "Step" }] }));
  const pretend = await Pretend.on(app, jobs);
  await app.openLoggedIn();
  await expect(app.row("Job number 300")).toContainText("0/1");
  // All of them have moved: more are due in any view than is worth single requests.
  await pretend.show(jobs.map((job) => ({ ...job, updated: BEGIN + 3_600_000 })));
  let asked = 0;
  await page.route(list, (route) => {
    asked += 1;
    return route.request().url().includes("follow=steps") ? route.abort() : route.fallback();
  });
  await page.getByRole("button", { name: "Update now" }).click();
  await expect(page.getByRole("alert")).toHaveText("The engine cannot be reached.");
  expect(asked, "the list, and the list with all steps").toBe(2);
  await app.row("Job number 300").hover();
  for (const [pixels, row] of [[1_600, 230], [1_600, 180], [20_000, 1]] as const) {
    await page.mouse.wheel(0, pixels);
    await expect(app.row(`Job number ${row}`)).toBeVisible();
  }
  expect(asked).toBe(2);
  await page.getByRole("button", { name: "Try now" }).click();
  await expect.poll(() => asked).toBe(3);
});

test("paused: what cannot be had is told all the same, and that there is no next try", { tag: "@engine" }, async ({ app, noise, page }) => {
  noise.allow(/ERR_FAILED|401/);
  await stopClock(page);
  const jobs = manyJobs(60).map((job) => ({ ...job, steps: [{ description: `In ${job.description}` }] }));
  const pretend = await Pretend.on(app, jobs);
  pretend.follows = false;
  await app.openLoggedIn();
  await expect(app.row("Job number 60")).toContainText("0/1");
  await page.getByRole("button", { name: "Pause updates" }).click();
  await page.route(steps, (route) => route.abort());
  await app.row("Job number 60").hover();
  await page.mouse.wheel(0, 20_000);
  await expect(page.getByRole("alert")).toHaveText("The engine cannot be reached.");
  const banner = page.locator(".banner");
  await expect(banner).toContainText("Updates are paused or off, so there is no next try.");
  await expect(page.getByRole("banner")).toContainText(/Not live · Paused since \d\d:\d\d/);
  let answer: (() => Promise<void>) | undefined;
  await page.route(list, (route) => {
    answer = () => route.abort();
  });
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(banner).toContainText("Trying now.");
  await expect.poll(() => answer !== undefined).toBe(true);
  await answer?.();
  await expect(banner).toContainText("Updates are paused or off, so there is no next try.");
});

test("paused: a session that has ended is told by the first steps that are asked for", { tag: "@engine" }, async ({ app, noise, page }) => {
  noise.allow(/401/);
  await stopClock(page);
  await Pretend.on(app, [{ ...runs, steps: [{ description: "In it" }] }]);
  await app.openLoggedIn();
  await expect(app.row("Runs")).toContainText("0/1");
  await page.getByRole("button", { name: "Pause updates" }).click();
  await page.route(steps, (route) => route.fulfill({ status: 401, headers: { "www-authenticate": 'Bearer realm="x"' } }));
  await app.row("Runs").locator(".expander").click();
  await expect(page.getByRole("dialog", { name: "The session has ended" })).toBeVisible();
});

for (const { what, answer, says } of [
  { what: "a page instead of data", answer: { contentType: "text/html", body: "<html>Sign in</html>" }, says: "The answer was not one that an engine gives." },
  { what: "data that breaks off", answer: { contentType: "application/json", body: '{"job":[{"id"' }, says: "The answer was not one that an engine gives." },
  { what: "an error of the server", answer: { status: 500, body: "oops" }, says: "The engine is in trouble (HTTP 500)." },
]) {
  test(`${what}: told, with what was there kept`, { tag: "@engine" }, async ({ app, noise, page }) => {
    noise.allow(/500/);
    await Pretend.on(app, [runs]);
    await app.openLoggedIn();
    await page.route(list, (route) => route.fulfill(answer));
    await app.updateNow();
    await expect(page.getByRole("alert")).toHaveText(says);
    await expect(app.row("Runs")).toBeVisible();
    await page.unroute(list);
  });
}

test("a late reply is dropped", { tag: "@engine" }, async ({ app, noise, page }) => {
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
  // It is given up after half a minute; the next try brings what is true.
  await pretend.show([runs, { ...runs, id: idOf(901), description: "True now" }]);
  await page.clock.runFor(30_000);
  await expect(page.getByRole("banner")).toContainText(/Not live|Live/);
  await letTimePass(page, app.row("True now"));
  await late?.();
  await expect(app.row("True now")).toBeVisible();
  await expect(app.row("Runs")).toBeVisible();
});

test("an engine that has not answered for a while: the line does not say that all is well", { tag: "@engine" }, async ({ app, page }) => {
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

test("steps of one job that cannot be read are told of, and read when they can", { tag: "@engine" }, async ({ app, noise, page }) => {
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
  await app.updateNow();
  await expect(app.row("Runs")).toContainText("0/1");
  await expect(foot).not.toContainText("could not be read");
});

test("the selected job goes: said, with what it was kept on show", async ({ app }) => {
  const pretend = await Pretend.on(app, [runs, ...manyJobs(3)]);
  await app.openLoggedIn(`#/jobs/${runs.id}`);
  await expect(app.detail.getByRole("heading", { name: "Runs" })).toBeVisible();
  await pretend.show(manyJobs(3));
  await app.updateNow();
  await expect(app.detail.getByRole("status")).toContainText("The engine does not have this any more.");
  await expect(app.detail.getByRole("heading", { name: "Runs" })).toBeVisible();
  await expect(app.detail.getByRole("button", { name: "End job…" })).toHaveCount(0);
  await app.row("Job number 2").click();
  await expect(app.detail.getByRole("heading", { name: "Job number 2" })).toBeVisible();
});

test("the job of an open form goes: the form says so", async ({ app }) => {
  const pretend = await Pretend.on(app, [runs, ...manyJobs(1)]);
  await app.openLoggedIn();
  await app.choose(app.row("Runs"), "End job…");
  await app.dialog.getByLabel("Succeeded").check();
  await expect(app.dialog).toContainText("The job becomes finished.");
  await pretend.show(manyJobs(1));
  // The next poll finds out.
  await expect(app.dialog.getByRole("listitem")).toHaveText(["The engine does not have this any more."]);
});

test("the server dies while the page polls, and comes back", { tag: "@engine" }, async ({ app, noise, page }) => {
  noise.allow(/ERR_CONNECTION|ERR_EMPTY|Failed to load|401/);
  const own = await JobsEngine.start();
  const name = unique("Outlives");
  await own.addJob(name);
  await stopClock(page);
  await app.open("", own.url);
  await app.logIn();
  await expect(app.row(name)).toBeVisible();
  await own.kill();
  await app.updateNow();
  await expect(page.getByRole("alert")).toHaveText("The engine cannot be reached.");
  await expect(app.row(name)).toBeVisible();
  await own.serve();
  // Tokens live in the server's memory: a new server asks for a new log-in, and the page goes on where it was.
  const again = page.getByRole("dialog", { name: "The session has ended" });
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
