// What the panel keeps between two visits in the same tab, and what a site can configure.
import { expect, test } from "../fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "../pretend.ts";
import { unique } from "../world.ts";
import { taskMonitor, token } from "./panel.ts";
import { dashboard } from "./plugins.ts";

const last = "Job number 200";

test("coming back by the menu restores search, selection and scroll; a link replaces them", async ({ app, host, page }) => {
  await Pretend.on(app, manyJobs(200));
  await app.openLoggedIn();
  await app.search.fill("number");
  await app.row(last).click();
  const scroller = app.view.locator(".grid-scroller");
  await scroller.evaluate((element) => (element.scrollTop = 640));
  // The row is mounted only once the page has handled the scroll.
  await expect(app.row("Job number 165")).toBeVisible();
  await host.leaveFor("vms");
  await host.entry("Task Monitor").click();
  await expect(app.search).toHaveValue("number");
  await expect(app.detail.getByRole("heading", { name: last })).toBeVisible();
  await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(640);
  await expect(page).toHaveURL(new RegExp(`#${token};id=${idOf(200)};q=number$`));
  await host.leaveFor("vms");
  await host.goTo(`${token};q=Job`);
  await expect(app.search).toHaveValue("Job");
  await expect(app.detail).toHaveCount(0);
});

test("another user of the same tab does not get them, nor does the page in its own tab", async ({ app, engine, host, page, webAdmin }) => {
  const reader = await engine.addUser({ name: `${unique("kept").replace(" ", "-")}@internal`, password: "read only" }, "ReadOnlyAdmin");
  await Pretend.on(app, manyJobs(3));
  await app.openLoggedIn();
  await app.search.fill("mine");
  await app.view.getByRole("button", { name: /^Theme/ }).click();
  await host.leaveFor("vms");
  await app.openLoggedIn("", reader);
  await expect(app.search).toHaveValue("");
  await expect(app.view.getByRole("button", { name: "Theme: light. Switch to dark" })).toBeVisible();
  const keys = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
  const ours = keys.filter((key) => key.startsWith("task-monitor"));
  expect(ours.filter((key) => !/^task-monitor\/panel\/[0-9a-f-]{36}\/(preferences|1\/(open|view))$/.test(key))).toEqual([]);
  expect(new Set(ours.map((key) => key.split("/")[2])).size).toBe(2);
  await page.goto(`${webAdmin.url}plugin/task-monitor/index.html`);
  await expect(page.getByLabel("User name")).toBeVisible();
  await expect(page).toHaveURL(/index\.html(#\/jobs)?$/);
  await page.goto("about:blank");
});

test("a site can set the poll interval and the language of dates; other members are ignored", async ({ app, page, webAdmin }) => {
  await page.addInitScript(() => {
    const waits: number[] = [];
    const first = window.setTimeout.bind(window);
    Object.assign(window, { waits, setTimeout: (what: TimerHandler, wait = 0) => (waits.push(wait), first(what, wait)) });
  });
  await Pretend.on(app, [{ id: idOf(1), description: "Runs", start: BEGIN }]);
  webAdmin.install(dashboard, taskMonitor({ config: { pollSeconds: 40, locale: "de-DE", colour: "red" } }));
  await app.openLoggedIn(`#/jobs/${idOf(1)}`);
  await expect(app.detail.locator("time").first()).toContainText(/\d+\. [A-Z][a-zä]+\.? \d{4}/);
  const waits = () => app.view.locator("html").evaluate(() => (window as unknown as { waits: number[] }).waits);
  await expect.poll(waits).toContain(40_000);
  expect(await waits()).not.toContain(5_000);
});
