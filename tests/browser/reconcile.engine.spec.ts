// When the reply to an action is lost, the page checks whether it was done. It does not send it twice by itself.
import type { Locator, Page, Route } from "@playwright/test";
import { admin, expect, type JobsEngine, stopClock, test } from "./fixtures.ts";
import type { Job } from "./jobs-engine.ts";
import { lose } from "./lose.ts";
import { actions, after, before, lostReply, refresh, reopenForm } from "./words.ts";
import { plant, unique } from "./world.ts";

const jobs = /\/ovirt-engine\/api\/jobs(\?|$)/;
const api = /\/ovirt-engine\/api\//;

test.beforeEach(({ noise }) => noise.allow(/ERR_CONNECTION_RESET/));

/** How many jobs of this name the engine has. */
async function countJobs(engine: JobsEngine, name: string): Promise<number> {
  const { job } = await engine.call<{ job: Job[] }>("GET", "jobs");
  return job.filter(({ description }) => description === name).length;
}

/** Moves the clock on through the three checks, after 1, 3 and 6 seconds. */
async function threeChecks(dialog: Locator, page: Page): Promise<void> {
  for (const [index, wait] of [1_000, 3_000, 6_000].entries()) {
    await expect(dialog.getByRole("status")).toContainText(`(${index + 1} of 3)`);
    await page.clock.runFor(wait);
  }
}

test("add job: the page finds the job by its correlation id, with one request", async ({ app, engine, page }) => {
  await app.openLoggedIn();
  await stopClock(page);
  const lost = await lose(page, jobs, "reply");
  const searches: string[] = [];
  page.on("request", (request) => searches.push(...(request.url().match(/search=correlation_id[^&]+/) ?? [])));
  const name = unique("Lost reply");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  const addition = page.waitForRequest((request) => request.method() === "POST" && jobs.test(request.url()));
  await page.keyboard.press("Enter");
  // It is the job's correlation id, too.
  const key = (await addition).headers()["idempotency-key"] ?? "none";
  await expect(app.dialog.getByRole("status")).toContainText(lostReply.checking(1));
  await page.clock.resume();
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  await expect(app.row(name)).toHaveCount(1);
  await expect(app.row(name)).toHaveAttribute("aria-selected", "true");
  expect(lost.sent).toBe(1);
  expect(searches.filter((search) => search.includes(key))).toHaveLength(1);
  expect(await countJobs(engine, name)).toBe(1);
});

test("add step: the step that was not there before is taken as the added one", async ({ app, world, page }) => {
  const name = unique("Lost step");
  const { job } = await plant(world, name, [{ name: "Same name" }]);
  await app.openLoggedIn();
  await app.row(name).click();
  const lost = await lose(page, /\/steps$/, "reply");
  await app.detail.getByRole("button", { name: actions.addStep }).click();
  await app.dialog.getByLabel("Description").fill("Same name");
  await page.keyboard.press("Enter");
  await expect(app.notice("Added “Same name”.")).toBeVisible();
  await expect(app.row("Same name")).toHaveCount(2);
  expect(lost.sent).toBe(1);
  expect(await world.steps(job.id)).toHaveLength(2);
});

test("add step: if several steps may be the added one, the user chooses", async ({ app, world, page }) => {
  const name = unique("Twins");
  const { job } = await plant(world, name);
  await app.openLoggedIn();
  await app.row(name).click();
  await expect(app.row(name)).not.toHaveAttribute("aria-expanded");
  await page.route(/\/steps$/, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await world.addStep(job.id, "Twin");
    await route.fetch();
    return route.abort("connectionreset");
  });
  await app.detail.getByRole("button", { name: actions.addStep }).click();
  await app.dialog.getByLabel("Description").fill("Twin");
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("alert")).toContainText(lostReply.several);
  await expect(app.dialog.getByRole("listitem")).toHaveText([/^started \d\d:\d\d:\d\d, id [0-9a-f-]{36}$/, /^started \d\d:\d\d:\d\d, id [0-9a-f-]{36}$/]);
  await expect(app.dialog.getByRole("button", { name: "Send again" })).toBeVisible();
  await app.dialog.getByRole("listitem").first().getByRole("button").click();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.detail.getByRole("heading", { name: "Twin" })).toBeVisible();
});

test("add step: a step that another client added unseen is not taken as the added one", async ({ app, world, page }) => {
  const name = unique("Foreign");
  const { job } = await plant(world, name, [{ name: "Known" }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  await expect(app.row("Known")).toBeVisible();
  await page.getByRole("button", { name: refresh.pause }).click();
  await world.addStep(job.id, "Copy disk 1");
  const lost = await lose(page, /\/steps$/, "request");
  await app.choose(app.row(name), actions.addStep);
  await stopClock(page);
  await app.dialog.getByLabel("Description").fill("Copy disk 1");
  await page.keyboard.press("Enter");
  await threeChecks(app.dialog, page);
  await expect(app.dialog.getByRole("alert")).toContainText(lostReply.notDone);
  expect(lost.sent).toBe(1);
  expect(await world.steps(job.id)).toHaveLength(2);
});

test("end step and end job: the page reads whether it was done", async ({ app, world, page }) => {
  const name = unique("Lost end");
  const { job } = await plant(world, name, [{ name: "Ends" }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  const lost = await lose(page, /\/end$/, "reply");
  await app.choose(app.row("Ends"), actions.endStep);
  await app.dialog.getByLabel("Succeeded").check();
  await app.dialog.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.notice(after.stepEnded("finished"))).toBeVisible();
  await app.choose(app.row(name), actions.endJob);
  await app.dialog.getByLabel("Succeeded").check();
  await app.dialog.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.notice(after.jobEnded("finished"))).toBeVisible();
  expect(lost.sent).toBe(2);
  expect((await world.job(job.id)).status).toBe("finished");
});

const forms: { what: string; path: RegExp; open: string; fill(dialog: Locator): Promise<void>; kept(dialog: Locator): Promise<void> }[] = [
  {
    what: "add step",
    path: /\/steps$/,
    open: actions.addStep,
    fill: (dialog) => dialog.getByLabel("Description").fill("Sent twice"),
    kept: (dialog) => expect(dialog.getByLabel("Description")).toHaveValue("Sent twice"),
  },
  {
    what: "end job",
    path: /\/end$/,
    open: actions.endJob,
    fill: (dialog) => dialog.getByLabel("Failed").check(),
    kept: (dialog) => expect(dialog.getByLabel("Failed")).toBeChecked(),
  },
];

for (const { what, path, open, fill, kept } of forms) {
  test(`after three checks without success the form says so and can be sent again: ${what}`, async ({ app, world, page }) => {
    const job = unique("Parent");
    await plant(world, job, [{ name: "Known" }]);
    await app.openLoggedIn();
    await app.row(job).click();
    await expect(app.detail.getByRole("heading", { name: job })).toBeVisible();
    await stopClock(page);
    const lost = await lose(page, path, "request");
    await page.getByRole("button", { name: open, exact: true }).click();
    await fill(app.dialog);
    await app.dialog.locator("[type=submit]").click();
    await threeChecks(app.dialog, page);
    await expect(app.dialog.getByRole("alert")).toContainText(lostReply.notDone);
    await kept(app.dialog);
    expect(lost.sent).toBe(1);
    await lost.stop();
    const sent = page.waitForResponse((response) => path.test(response.url()) && response.request().method() === "POST");
    await app.dialog.getByRole("button", { name: "Send again" }).click();
    expect((await sent).ok()).toBe(true);
    await expect(app.dialog).toHaveCount(0);
  });
}

test("if the engine cannot be asked, the form says so", async ({ app, page }) => {
  await app.openLoggedIn();
  await stopClock(page);
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill("Who knows");
  await page.route(api, (route) => route.abort("connectionreset"));
  await page.keyboard.press("Enter");
  await threeChecks(app.dialog, page);
  await expect(app.dialog.getByRole("alert")).toContainText(lostReply.notKnown);
  await expect(app.dialog.getByLabel("Description")).toHaveValue("Who knows");
});

test("the form is closed and nothing is found: a notice names the job and reopens the form", async ({ app, page }) => {
  await app.openLoggedIn();
  await stopClock(page);
  const lost = await lose(page, jobs, "request");
  const name = unique("Left alone");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("status")).toContainText("Checking");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  const notice = app.notice(`Add “${name}”: The reply was lost. The engine shows no sign that it was done.`);
  await expect(async () => {
    await page.clock.runFor(2_000);
    await expect(notice).toBeVisible({ timeout: 300 });
  }).toPass();
  await lost.stop();
  await page.getByRole("button", { name: reopenForm }).click();
  await expect(notice).toHaveCount(0);
  await expect(app.dialog.getByLabel("Description")).toHaveValue(name);
  await app.dialog.getByRole("button", { name: "Add job", exact: true }).click();
  await page.clock.resume();
  await expect(app.row(name)).toHaveCount(1);
  expect(lost.sent).toBe(1);
});

test("an action is done but its result cannot be read: the notice says so", async ({ app, noise, page, world }) => {
  noise.allow(/500/);
  const name = unique("Unread");
  const { job } = await plant(world, name, [{ name: "Runs" }]);
  await app.openLoggedIn();
  await app.row(name).click();
  await app.detail.getByRole("button", { name: actions.endJob }).click();
  await app.dialog.getByLabel("Failed").check();
  // No poll may bring the new data before the page has shown its notice.
  await stopClock(page);
  await page.route(api, (route) => (route.request().method() === "GET" ? route.fulfill({ status: 500, body: "{}" }) : route.fallback()));
  await app.dialog.getByRole("button", { name: "End as failed" }).click();
  const told = app.view.getByText("It was done, but its result could not be read: The engine reported an error (HTTP 500).");
  await expect(told).toBeVisible();
  await expect(app.dialog).toHaveCount(0);
  expect((await world.job(job.id)).status).toBe("failed");
});

test("the engine answers with an error: the form shows its words and checks whether it was done", async ({ app, engine, noise, page }) => {
  noise.allow(/503/);
  await app.openLoggedIn();
  await stopClock(page);
  const fault = { reason: "Operation Failed", detail: "[Too many requests at once]" };
  // The engine has added the job all the same.
  const lost = await lose(page, jobs, "reply", (route) => route.fulfill({ status: 503, json: fault }));
  const name = unique("Error");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  const words = "The engine reported an error (HTTP 503): Too many requests at once. Checking whether it was done (1 of 3)…";
  await expect(app.dialog.getByRole("status")).toHaveText(words);
  await page.clock.resume();
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  expect([lost.sent, await countJobs(engine, name)]).toEqual([1, 1]);
});

test("the session ends during the checks: after the log-in they continue, and nothing is sent twice", async ({ app, engine, noise, page }) => {
  noise.allow(/401|ERR_CONNECTION_RESET/);
  await app.openLoggedIn();
  await stopClock(page);
  const lost = await lose(page, jobs, "reply");
  const refuse = (route: Route) =>
    route.request().method() === "GET" ? route.fulfill({ status: 401, body: "" }) : route.fallback();
  const name = unique("Ended meanwhile");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByText(lostReply.checking(1))).toBeVisible();
  await page.route(api, refuse);
  await page.clock.runFor(1_000);
  await expect(page.getByLabel("Password")).toBeVisible();
  await page.unroute(api, refuse);
  await page.clock.resume();
  await page.getByLabel("Password").fill(admin.password);
  await page.getByLabel("Password").press("Enter");
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  await expect(app.row(name)).toHaveCount(1);
  expect([lost.sent, await countJobs(engine, name)]).toEqual([1, 1]);
});

test("if the engine's product could not be read at first, the page asks again", async ({ app, noise, page, world }) => {
  noise.allow(/ERR_FAILED/);
  const name = unique("Whose rules");
  await plant(world, name, [{ name: "Runs" }]);
  const root = /\/ovirt-engine\/api\/?$/;
  await page.route(root, (route) => route.abort());
  const failed = page.waitForEvent("requestfailed", (request) => root.test(request.url()));
  await app.openLoggedIn();
  await failed;
  await page.unroute(root);
  await app.refreshNow();
  await expect(page.getByRole("contentinfo")).toContainText("jobs-engine");
  // The consequences follow its rules.
  await app.row(name).click();
  await app.detail.getByRole("button", { name: actions.endJob }).click();
  await app.dialog.getByLabel("Succeeded").check();
  await app.dialog.getByLabel("Force").check();
  await expect(app.dialog).toContainText(before.runningStep("aborted"));
});
