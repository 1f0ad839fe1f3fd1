// Answers that ask to wait, redirects, and answers of a proxy while the engine is not there.
import { type Page, type Route } from "@playwright/test";
import { admin, expect, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { errors, refresh } from "./words.ts";

const list = /\/ovirt-engine\/api\/jobs(\?|$)/;
const runs = { id: idOf(900), description: "Runs", start: BEGIN };
const html = "<html><title>503</title><body>nginx</body></html>";
const banner = (page: Page) => page.locator(".banner");
const live = (page: Page) => page.getByRole("banner").getByText("Live", { exact: true });

test.beforeEach(({ noise }) => noise.allow(/4\d\d|50\d|ERR_FAILED/));

/** Answers the list of jobs so, and counts how often it was asked for. */
async function answering(page: Page, answer: Parameters<Route["fulfill"]>[0]): Promise<{ asked: number; stop(): Promise<void> }> {
  const handler = (route: Route) => {
    counted.asked += 1;
    return route.fulfill(answer);
  };
  const counted = { asked: 0, stop: () => page.unroute(list, handler) };
  await page.route(list, handler);
  return counted;
}

for (const { what, headers } of [
  { what: "seconds", headers: { "Retry-After": "40" } },
  { what: "a date", headers: { "Retry-After": "Sun, 22 Nov 2026 12:00:40 GMT", Date: "Sun, 22 Nov 2026 12:00:00 GMT" } },
]) {
  test(`429 with ${what}: the page waits as told, says when it asks again, and asks at once when told to`, async ({ app, page }) => {
    await takeClock(page);
    await Pretend.on(app, [runs]);
    await app.openLoggedIn();
    const busy = await answering(page, { status: 429, contentType: "text/html", body: html, headers });
    await app.refreshNow();
    await expect(page.getByRole("alert")).toHaveText(errors.fewer);
    await expect(banner(page)).toContainText(/Next try in (40|3\d) s\./);
    expect(busy.asked).toBe(1);
    await page.clock.runFor(25_000);
    expect(busy.asked).toBe(1);
    await page.getByRole("button", { name: refresh.now }).click();
    await expect.poll(() => busy.asked).toBe(2);
    await expect(banner(page)).toContainText(/Next try in (40|3\d) s\./);
    await page.clock.runFor(25_000);
    expect(busy.asked).toBe(2);
    await busy.stop();
    await page.clock.runFor(17_000);
    await expect(live(page)).toBeVisible();
    await expect(banner(page)).toHaveCount(0);
  });
}

test("a request for steps that asks to wait also delays the poll, and stops the other requests for steps", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, [runs, ...manyJobs(12)]);
  pretend.follows = false;
  const asked: string[] = [];
  await page.route(/\/steps$/, (route) => {
    asked.push(route.request().url());
    return route.fulfill({ status: 429, headers: { "Retry-After": "30" }, body: html });
  });
  await app.openLoggedIn();
  // Four are sent at once.
  await expect.poll(() => asked.length).toBe(4);
  const polls = pretend.asked.length;
  await page.clock.runFor(20_000);
  expect([asked.length, pretend.asked.length]).toEqual([4, polls]);
  await page.clock.runFor(12_000);
  await expect.poll(() => pretend.asked.length).toBeGreaterThan(polls);
});

test("a redirect to another address is told as one, also by a log-in, and nothing is asked there", async ({ app, page }) => {
  await takeClock(page);
  await Pretend.on(app, [runs]);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("login.example")) elsewhere.push(request.url());
  });
  const redirect = { status: 302, headers: { Location: "https://login.example/" } };
  await app.open();
  await page.route("**/sso/**", (route) => route.fulfill(redirect));
  await app.logIn();
  await expect(page.getByRole("alert")).toHaveText(errors.elsewhere);
  await page.unroute("**/sso/**");
  await page.getByLabel("Password").fill(admin.password);
  await page.keyboard.press("Enter");
  await expect(app.row("Runs")).toBeVisible();
  const sent = await answering(page, redirect);
  await app.refreshNow();
  await expect(page.getByRole("alert")).toHaveText(errors.elsewhere);
  await expect(app.row("Runs")).toBeVisible();
  await sent.stop();
  await page.clock.runFor(10_000);
  await expect(live(page)).toBeVisible();
  expect(elsewhere).toEqual([]);
});

for (const status of [404, 408, 409, 425, 429]) {
  test(`a proxy that restarts answers ${status}: the page recovers within ten seconds`, async ({ app, page }) => {
    await takeClock(page);
    await Pretend.on(app, [runs]);
    await app.openLoggedIn();
    const refused = await answering(page, { status, contentType: "text/html", body: html });
    await app.refreshNow();
    await expect(page.getByRole("alert")).toBeVisible();
    if (status === 404) await expect(page.getByRole("alert")).toHaveText(errors.noEngine);
    // In small steps, so that a request that is answered at once does not seem to have taken long.
    for (let seconds = 0; seconds < 40; seconds += 1) await page.clock.runFor(1_000);
    expect(refused.asked).toBeGreaterThan(1);
    await refused.stop();
    for (let seconds = 0; seconds < 12 && !(await live(page).isVisible()); seconds += 1) await page.clock.runFor(1_000);
    await expect(live(page)).toBeVisible();
  });
}
