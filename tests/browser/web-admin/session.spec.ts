// The admin's session in the panel: its token, and its end.
import type { Page } from "@playwright/test";
import { expect, takeClock, test } from "../fixtures.ts";
import { plant, unique } from "../world.ts";
import { token as ours } from "./panel.ts";

test.use({ interceptable: false });

/** The requests for which the browser would ask the user for a password. */
async function passwordDialogs(page: Page): Promise<string[]> {
  const asked: string[] = [];
  const browser = await page.context().newCDPSession(page);
  browser.on("Fetch.requestPaused", ({ requestId }) => void browser.send("Fetch.continueRequest", { requestId }).catch(() => {}));
  browser.on("Fetch.authRequired", ({ requestId, request }) => {
    asked.push(request.url);
    void browser.send("Fetch.continueWithAuth", { requestId, authChallengeResponse: { response: "CancelAuth" } });
  });
  await browser.send("Fetch.enable", { handleAuthRequests: true, patterns: [{ urlPattern: "*/ovirt-engine/api/*" }] });
  return asked;
}

test("the panel uses web admin's session: no log-in, no log-out, the same user", async ({ app, engine, webAdmin }) => {
  const reader = await engine.addUser({ name: `${unique("reader").replace(" ", "-")}@internal`, password: "read only" }, "ReadOnlyAdmin");
  await engine.addJob("For reading");
  await app.openLoggedIn("", reader);
  await expect(app.grid).toBeVisible();
  await expect(app.view.getByLabel("Password")).toHaveCount(0);
  await expect(app.view.getByText("Log out")).toHaveCount(0);
  const sent = new Set(webAdmin.engine.asked.map(({ authorization }) => authorization));
  expect([...sent]).toEqual([`Bearer ${await webAdmin.engine.token(reader)}`]);
});

test("the token is in no storage, no address, no document and not on the console", async ({ app, engine, host, page, webAdmin }) => {
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  const name = unique("Secretive");
  const { job } = await plant(engine, name, [{ name: `${name} step` }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  await app.row(`${name} step`).click();
  await app.search.fill(name);
  const { tokens } = webAdmin.engine;
  expect(tokens.length).toBeGreaterThan(0);
  const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, window.name, document.documentElement.outerHTML]);
  const panel = await app.view.locator("html").evaluate(stored);
  const outside = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, window.name]));
  const { log, fatal } = await host.records();
  const all = [panel, outside, JSON.stringify([log, fatal]), ...lines, ...addresses];
  for (const secret of tokens) expect(all.filter((text) => text.includes(secret))).toEqual([]);
  // The engine's data is not stored either.
  const storage = await app.view.locator("html").evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(storage).not.toContain(job.description);
});

test("the session ends: the list stays, greyed, without a password prompt; after signing in again the panel is back", async ({ app, engine, host, noise, page, webAdmin }) => {
  noise.allow(/401/);
  const name = unique("Outlived");
  const { job } = await plant(engine, name);
  const dialogs = await passwordDialogs(page);
  await takeClock(page);
  await app.openLoggedIn(`#/jobs/${job.id}`);
  await webAdmin.engine.endSession();
  await app.refreshNow();
  const again = app.view.getByRole("button", { name: "Sign in again" });
  await expect(again).toBeVisible();
  await expect(app.view.locator(".page")).toHaveClass(/stale/);
  await expect(app.row(name)).toBeVisible();
  expect(dialogs).toEqual([]);
  // No more requests are made with the ended session.
  const before = webAdmin.engine.asked.length;
  await page.clock.runFor(600_000);
  expect(webAdmin.engine.asked.length).toBe(before);
  await again.click();
  await expect(app.view.locator(".page")).not.toHaveClass(/stale/);
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  expect(await host.place()).toBe(ours);
  await expect(again).toHaveCount(0);
});

test("web admin notices the end of the session first and reloads: the panel comes back by itself", async ({ app, engine, host, noise, webAdmin }) => {
  // The panel may have made a request in between.
  noise.allow(/401/);
  const name = unique("Reloaded");
  const { job } = await plant(engine, name);
  await app.openLoggedIn(`#/jobs/${job.id}`);
  await webAdmin.engine.endSession();
  await host.sessionExpired();
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  expect(await host.place()).toBe(ours);
});

test("the engine's address may come without a slash at its end", async ({ app, engine, webAdmin }) => {
  const name = unique("Addressed");
  await plant(engine, name);
  webAdmin.configure({ baseContextPath: "/ovirt-engine" });
  await app.openLoggedIn();
  await expect(app.row(name)).toBeVisible();
  expect(webAdmin.engine.asked.every(({ path }) => path.startsWith("api"))).toBe(true);
});

test("the token is not sent to an engine of another origin", async ({ app, page, webAdmin }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(webAdmin.origin) && !request.url().startsWith("data:")) elsewhere.push(request.url());
  });
  // The stand-in puts its origin before this path, so the result is another origin.
  webAdmin.configure({ baseContextPath: ".example.org/ovirt-engine/" });
  await app.open();
  await expect(app.view.getByText("The engine's address is not that of this page. Nothing was sent.")).toBeVisible();
  expect(elsewhere).toEqual([]);
  expect(webAdmin.engine.asked).toEqual([]);
});
