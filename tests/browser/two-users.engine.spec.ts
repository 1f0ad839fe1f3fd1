// What belongs to one session stays in it, when it ends and another user logs in while a request is under way.
import type { Page, Route } from "@playwright/test";
import type { App } from "./app.ts";
import { expect, JobsEngine, test, type User } from "./fixtures.ts";
import { sessionEnded } from "./words.ts";
import { unique } from "./world.ts";

/** Ends the page's session, and logs in as another user, who may do everything. */
async function replaceUser(page: Page, app: App, engine: JobsEngine): Promise<void> {
  const other: User = { name: `${unique("other").replace(" ", "-")}@internal`, password: "another password" };
  await engine.addUser(other, "SuperUser");
  const list = /\/ovirt-engine\/api\/jobs(\?|$)/;
  const refuse = (route: Route) => (route.request().method() === "GET" ? route.fulfill({ status: 401 }) : route.fallback());
  await page.route(list, refuse);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  const again = page.getByRole("dialog", { name: sessionEnded });
  await again.getByLabel("User name").fill(other.name);
  await again.getByLabel("Password").fill(other.password);
  await page.unroute(list, refuse);
  await page.keyboard.press("Enter");
  await expect(again).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText(other.name);
  await expect(page.getByRole("banner")).toContainText("Live");
  await expect(app.grid).not.toHaveAttribute("aria-busy");
}

/** Holds the first request that matches, until the returned function lets it go. */
async function hold(page: Page, method: string, path: RegExp): Promise<() => Promise<void>> {
  let held: Route | undefined;
  await page.route(path, (route) => {
    if (held || route.request().method() !== method) return route.fallback();
    held = route;
    return undefined;
  });
  return async () => {
    await expect.poll(() => held !== undefined).toBe(true);
    // The page may have given it up.
    await held?.continue().catch(() => undefined);
  };
}

/** The writes about jobs that the page sends. */
function writes(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("/api/jobs")) sent.push(new URL(request.url()).pathname);
  });
  return sent;
}

test("a command that waits for a read is not sent with the next user's token", async ({ app, engine, noise, page }) => {
  noise.allow(/401/);
  const name = unique("First user's");
  const job = await engine.addJob(name);
  await app.openLoggedIn();
  await app.choose(app.row(name), "Add step…");
  await app.dialog.getByLabel("Description").fill("Step of the first user");
  const sent = writes(page);
  // Before it adds a step, the page reads the job.
  const letGo = await hold(page, "GET", new RegExp(`/jobs/${job.id}$`));
  const asked = page.waitForRequest(new RegExp(`/jobs/${job.id}$`));
  await page.keyboard.press("Enter");
  await asked;
  await replaceUser(page, app, engine);
  await letGo();
  await app.refreshNow();
  await expect(app.row(name)).toBeVisible();
  await expect(page.getByText("Step of the first user")).toHaveCount(0);
  expect([sent, await engine.steps(job.id)]).toEqual([[], []]);
});

test("what became of a command is told to nobody else, and the draft is offered to nobody else", async ({ app, engine, noise, page }) => {
  noise.allow(/401|ERR_FAILED/);
  await app.openLoggedIn();
  const name = unique("Of the first user");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  const sent = writes(page);
  const posted = page.waitForRequest((request) => request.method() === "POST" && request.url().includes("/api/jobs"));
  const letGo = await hold(page, "POST", /\/api\/jobs\?/);
  await page.keyboard.press("Enter");
  await posted;
  await replaceUser(page, app, engine);
  await letGo();
  const later = unique("Later");
  await engine.addJob(later);
  await app.refreshNow();
  await expect(app.row(later)).toBeVisible();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.notice(name)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Reopen the form" })).toHaveCount(0);
  expect(sent).toHaveLength(1);
});

test("a lost reply is not looked for with the next user's token", async ({ app, engine, noise, page }) => {
  noise.allow(/401|ERR_/);
  await app.openLoggedIn();
  const name = unique("Of the first user");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/api\/jobs\?correlation_id/, async (route) => {
    await released;
    await route.abort("connectionreset").catch(() => undefined);
  });
  const posted = page.waitForRequest(/\/api\/jobs\?correlation_id/);
  await page.keyboard.press("Enter");
  await posted;
  await replaceUser(page, app, engine);
  const looks: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("search=")) looks.push(request.url());
  });
  release();
  const later = unique("Later");
  await engine.addJob(later);
  await app.refreshNow();
  await expect(app.row(later)).toBeVisible();
  await expect(page.getByText(/The reply was lost/)).toHaveCount(0);
  expect(looks).toEqual([]);
});

test("the steps of the next user's jobs come at once, though a request for steps was under way", async ({ app, engine, noise, page }) => {
  noise.allow(/401/);
  const name = unique("With a step");
  const job = await engine.addJob(name);
  await engine.addStep(job.id, "Seen by both");
  const letGo = await hold(page, "GET", new RegExp(`/jobs/${job.id}/steps$`));
  await app.open();
  await app.logIn();
  await expect(app.row(name)).toBeVisible();
  await replaceUser(page, app, engine);
  await expect(app.row(name)).toContainText("0/1");
  await letGo();
});
