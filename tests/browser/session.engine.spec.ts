// Logging in and out, and a session that ends while the page is in use.
import type { Page, Route } from "@playwright/test";
import { admin, expect, expectAccessible, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { plant, unique } from "./world.ts";
import { actions, errors, sessionEnded } from "./words.ts";

/** Everything that the browser stores for the page. */
const kept = (page: Page) => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));

/** The answer to a token that is no longer valid. */
const unknown = (route: Route) => route.fulfill({ status: 401, headers: { "www-authenticate": 'Bearer realm="x"' } });

test("a wrong password shows the engine's words; the right one logs in", async ({ app, noise, page }) => {
  noise.allow(/400|401/);
  await app.open();
  await expect(page.getByLabel("User name")).toBeFocused();
  await app.logIn({ ...admin, password: "not it" });
  await expect(page.getByRole("alert")).toContainText("The user name or password is incorrect.");
  await expect(page.getByLabel("User name")).toHaveValue(admin.name);
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.getByLabel("Password").fill(admin.password);
  await page.keyboard.press("Enter");
  await expect(app.grid).toBeVisible();
  await expect(page.getByRole("banner")).toContainText(admin.name);
});

test("an empty log-in is refused without a request", async ({ app, page }) => {
  await app.open();
  let asked = 0;
  await page.route("**/sso/**", (route) => {
    asked += 1;
    return route.continue();
  });
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveText("Enter a user name and a password.");
  expect(asked).toBe(0);
  // A name without a profile gets the profile that every engine has.
  await app.logIn({ name: "admin", password: admin.password });
  await expect(page.getByRole("banner")).toContainText("admin@internal");
  expect(asked).toBe(1);
});

test("a log-in at an unreachable engine says so", async ({ app, noise, page }) => {
  noise.allow(/ERR_CONNECTION_REFUSED/);
  await app.open();
  await page.route("**/sso/**", (route) => route.abort("connectionrefused"));
  await app.logIn();
  await expect(page.getByRole("alert")).toHaveText(errors.unreachable);
  await page.unroute("**/sso/**");
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(app.grid).toBeVisible();
});

test("a log-out forgets all data and revokes the token", async ({ app, engine, noise, page }) => {
  noise.allow(/401/);
  const name = unique("Secret");
  await plant(engine, name);
  let token = "";
  page.on("request", (request) => (token ||= request.headers()["authorization"] ?? ""));
  await app.openLoggedIn();
  await app.row(name).click();
  await page.getByRole("button", { name: admin.name }).click();
  const revoked = page.waitForResponse("**/services/sso-logout");
  await page.getByRole("menuitem", { name: "Log out" }).click();
  expect((await revoked).status()).toBe(200);
  await expect(page.getByRole("button", { name: "Log in", exact: true })).toBeVisible();
  await expect(page.getByText(name)).toHaveCount(0);
  expect(token).toMatch(/^Bearer ./);
  const again = await fetch(`${engine.url}ovirt-engine/api/jobs`, { headers: { Authorization: token, Accept: "application/json" } });
  expect(again.status).toBe(401);
});

test("the token, the password and the engine's data are never stored", async ({ app, engine, page }) => {
  const name = unique("Unkept");
  await plant(engine, name, [{ name: `${name} step` }]);
  let token = "";
  page.on("request", (request) => (token ||= request.headers()["authorization"]?.replace("Bearer ", "") ?? ""));
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  await app.row(`${name} step`).click();
  await page.getByRole("button", { name: /^Theme/ }).click();
  expect(token).not.toBe("");
  const all = await kept(page);
  expect(all).toContain("task-monitor/");
  for (const secret of [token, admin.password, admin.name, name]) expect(all).not.toContain(secret);
  // So a reload needs a new log-in.
  await page.reload();
  await expect(page.getByRole("button", { name: "Log in", exact: true })).toBeVisible();
});

test("the session ends: the data stays, greyed, and everything continues after a log-in", async ({ app, noise, page }) => {
  noise.allow(/401/);
  await takeClock(page);
  const pretend = await Pretend.on(app, [
    { id: idOf(900), description: "Runs", start: BEGIN + 1e9, steps: [{ description: "Inside" }] },
    ...manyJobs(100),
  ]);
  await app.openLoggedIn();
  await app.row("Runs").locator(".expander").click();
  await page.locator(".grid-scroller").evaluate((element) => (element.scrollTop = 320));
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill("half typed");

  const jobs = /\/ovirt-engine\/api\/jobs/;
  await page.route(jobs, unknown);
  await page.clock.runFor(20_000);
  const again = page.getByRole("dialog", { name: sessionEnded });
  await expect(again).toBeVisible();
  await expect(page.locator(".page")).toHaveClass(/stale/);
  await expect(app.row("Job number 90")).toBeVisible();
  await expect(again.getByLabel("User name")).toHaveValue(admin.name);
  await expect(again.getByLabel("Password")).toBeFocused();
  await expectAccessible(page);
  // The log-in cannot be closed.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(again).toBeVisible();

  await page.unroute(jobs, unknown);
  pretend.jobs = pretend.jobs.map((job) => (job.id === idOf(900) ? { ...job, description: "Still runs" } : job));
  await again.getByLabel("Password").fill(admin.password);
  await page.keyboard.press("Enter");
  await expect(again).toHaveCount(0);
  await expect(page.locator(".page")).not.toHaveClass(/stale/);
  await expect(page.getByRole("dialog", { name: "Add a job" }).getByLabel("Description")).toHaveValue("half typed");
  expect(await page.locator(".grid-scroller").evaluate((element) => element.scrollTop)).toBe(320);
  await page.keyboard.press("Escape");
  await page.locator(".grid-scroller").evaluate((element) => (element.scrollTop = 0));
  await expect(app.row("Still runs")).toHaveAttribute("aria-expanded", "true");
});

test("the session ends at an action: after the log-in the form still has its text", async ({ app, noise, page, world }) => {
  noise.allow(/401/);
  const name = unique("Greyed");
  await world.addJob(name);
  await app.openLoggedIn();
  await app.row(name).click();
  await app.detail.getByRole("button", { name: actions.addStep }).click();
  await app.dialog.getByLabel("Description").fill("kept");
  await page.route(/\/steps$/, unknown);
  await page.keyboard.press("Enter");
  const again = page.getByRole("dialog", { name: sessionEnded });
  await expect(again).toBeVisible();
  await expect(page.locator(".page")).toHaveClass(/stale/);
  await page.unroute(/\/steps$/, unknown);
  await again.getByLabel("Password").fill(admin.password);
  await page.keyboard.press("Enter");
  await expect(again).toHaveCount(0);
  await expect(app.dialog.getByRole("alert")).toHaveCount(0);
  await expect(page.locator(".page")).not.toHaveClass(/stale/);
  await app.dialog.getByRole("button", { name: "Add step" }).click();
  await expect(app.notice("Added “kept”.")).toBeVisible();
});

test("another user who logs in does not find the previous user's data", async ({ app, engine, noise, page }) => {
  noise.allow(/401/);
  const reader = await engine.addUser({ name: `${unique("other").replace(" ", "-")}@internal`, password: "read only" }, "ReadOnlyAdmin");
  const name = unique("Before");
  await plant(engine, name);
  await app.openLoggedIn();
  await app.row(name).click();
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill("theirs");
  await page.route(/\/ovirt-engine\/api\/jobs/, unknown);
  await page.keyboard.press("Enter");
  const again = page.getByRole("dialog", { name: sessionEnded });
  await expect(again).toBeVisible();
  await page.unroute(/\/ovirt-engine\/api\/jobs/);
  await again.getByLabel("User name").fill(reader.name);
  await again.getByLabel("Password").fill(reader.password);
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText(reader.name);
});

test("logging in as someone else empties the page", async ({ app, noise, page }) => {
  noise.allow(/401/);
  // Without jobs, the page makes no request by itself.
  await Pretend.on(app, []);
  await app.openLoggedIn();
  await page.route("**/ovirt-engine/api/jobs**", unknown);
  await app.refreshNow();
  await page.getByRole("button", { name: "Log in as someone else" }).click();
  await expect(page.getByLabel("User name")).toHaveValue("");
  await expect(app.dialog).toHaveCount(0);
});

test("what one user's submission brings after another has logged in is not shown, and not looked for", async ({ app, engine, noise, page }) => {
  noise.allow(/401/);
  const reader = await engine.addUser({ name: `${unique("next").replace(" ", "-")}@internal`, password: "read only" }, "ReadOnlyAdmin");
  const name = unique("Theirs");
  await plant(engine, name);
  await app.openLoggedIn();
  await app.row(name).click();
  // The step is added, but reading the result is held until the other user is in.
  let added = false;
  const held: (() => Promise<void>)[] = [];
  await page.route(/\/ovirt-engine\/api\/jobs\/[^/?]+(\/steps)?$/, (route) => {
    added ||= route.request().method() === "POST";
    if (!added || route.request().method() === "POST") return route.fallback();
    held.push(() => route.fallback().catch(() => undefined));
    return undefined;
  });
  await app.detail.getByRole("button", { name: actions.addStep }).click();
  await app.dialog.getByLabel("Description").fill("Only theirs");
  await page.keyboard.press("Enter");
  await expect.poll(() => held.length).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  const list = /\/ovirt-engine\/api\/jobs(\?|$)/;
  await page.route(list, unknown);
  await app.refreshNow();
  const again = page.getByRole("dialog", { name: sessionEnded });
  await expect(again).toBeVisible();
  await page.unroute(list);
  const pretend = await Pretend.on(app, []);
  await again.getByLabel("User name").fill(reader.name);
  await again.getByLabel("Password").fill(reader.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("banner")).toContainText(reader.name);
  await expect(page.getByText("Jobs appear here")).toBeVisible();
  for (const answer of held) await answer();
  await app.refreshNow();
  await expect(page.getByText(/Only theirs|Theirs|It was done/)).toHaveCount(0);
  expect(pretend.asked.filter((asked) => asked.includes("jobs/"))).toEqual([]);
  expect(await kept(page)).not.toContain("/jobs/");
});
