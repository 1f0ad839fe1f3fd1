// What the page says when an answer about an own action is no good, and what it does about it.
import { admin, expect, stopClock, test } from "./fixtures.ts";
import { lose } from "./lose.ts";
import { plant, unique } from "./world.ts";

const jobs = /\/ovirt-engine\/api\/jobs(\?|$)/;
const api = /\/ovirt-engine\/api\//;

test("done, but what came of it cannot be read: that is what is said", async ({ app, noise, page, world }) => {
  noise.allow(/500/);
  const name = unique("Unread");
  const { job } = await plant(world, name, [{ name: "Runs" }]);
  await app.openLoggedIn();
  await app.row(name).click();
  await app.detail.getByRole("button", { name: "End job…" }).click();
  await app.dialog.getByLabel("Failed").check();
  // No poll is to bring the news before the page has said what it knows.
  await stopClock(page);
  await page.route(api, (route) => (route.request().method() === "GET" ? route.fulfill({ status: 500, body: "{}" }) : route.fallback()));
  await app.dialog.getByRole("button", { name: "End as failed" }).click();
  const told = app.view.getByText("It is done. What came of it could not be read: The engine is in trouble (HTTP 500).");
  await expect(told).toBeVisible();
  await expect(app.dialog).toHaveCount(0);
  expect((await world.job(job.id)).status).toBe("failed");
});

test("an engine in trouble is heard, and asked whether it was done", async ({ app, engine, noise, page }) => {
  noise.allow(/503/);
  await app.openLoggedIn();
  await stopClock(page);
  const fault = { reason: "Operation Failed", detail: "[Too many requests at once]" };
  // It was done all the same.
  const lost = await lose(page, jobs, "reply", (route) => route.fulfill({ status: 503, json: fault }));
  const name = unique("In trouble");
  await page.getByRole("button", { name: "Add job", exact: true }).click();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  const words = "The engine is in trouble (HTTP 503): Too many requests at once. Looking whether it was done (1 of 3)…";
  await expect(app.dialog.getByRole("status")).toHaveText(words);
  await page.clock.resume();
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  const { job } = await engine.call<{ job: { description: string }[] }>("GET", "jobs");
  expect([lost.sent, job.filter(({ description }) => description === name).length]).toEqual([1, 1]);
});

test("a session that ends while the page looks: after the log-in it looks on, and nothing is sent twice", async ({ app, engine, noise, page }) => {
  noise.allow(/401|ERR_CONNECTION_RESET/);
  await app.openLoggedIn();
  await stopClock(page);
  const lost = await lose(page, jobs, "reply");
  const refuse = (route: import("@playwright/test").Route) =>
    route.request().method() === "GET" ? route.fulfill({ status: 401, body: "" }) : route.fallback();
  const name = unique("Ended meanwhile");
  await page.getByRole("button", { name: "Add job", exact: true }).click();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByText("The reply was lost. Looking whether it was done (1 of 3)…")).toBeVisible();
  await page.route(api, refuse);
  await page.clock.runFor(1_000);
  await expect(page.getByLabel("Password")).toBeVisible();
  await page.unroute(api, refuse);
  await page.clock.resume();
  await page.getByLabel("Password").fill(admin.password);
  await page.getByLabel("Password").press("Enter");
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  await expect(app.row(name)).toHaveCount(1);
  const { job } = await engine.call<{ job: { description: string }[] }>("GET", "jobs");
  expect([lost.sent, job.filter(({ description }) => description === name).length]).toEqual([1, 1]);
});

test("an engine that could not say what it is at first is asked again", async ({ app, noise, page, world }) => {
  noise.allow(/ERR_FAILED/);
  const name = unique("Whose rules");
  await plant(world, name, [{ name: "Runs" }]);
  const root = /\/ovirt-engine\/api\/?$/;
  await page.route(root, (route) => route.abort());
  const failed = page.waitForEvent("requestfailed", (request) => root.test(request.url()));
  await app.openLoggedIn();
  await failed;
  await page.unroute(root);
  await app.updateNow();
  await expect(page.getByRole("contentinfo")).toContainText("jobs-engine");
  // And what will follow is told by its rules.
  await app.row(name).click();
  await app.detail.getByRole("button", { name: "End job…" }).click();
  await app.dialog.getByLabel("Succeeded").check();
  await app.dialog.getByLabel("Force").check();
  await expect(app.dialog).toContainText("1 running step becomes aborted with it.");
});
