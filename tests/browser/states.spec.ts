// States that are designed, not left over.
import type { Locator, Page } from "@playwright/test";
import { expect, JobsEngine, stopClock, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { unique } from "./world.ts";

const list = /\/ovirt-engine\/api\/jobs(\?|$)/;
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
  await expect(page.getByRole("status").filter({ hasText: "Nothing runs, and nothing that ran is kept." })).toBeVisible();
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
