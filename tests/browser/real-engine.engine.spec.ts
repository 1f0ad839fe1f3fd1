// What a real oVirt engine answered (docs/ovirt-engine.md), and what the page makes of it.
import { admin, expect, test } from "./fixtures.ts";
import { BEGIN, idOf, Pretend } from "./pretend.ts";
import { unique } from "./world.ts";

const root = /\/ovirt-engine\/api$/;
const notAdmitted = "The user backup with profile [internal] is not authorized to perform login";

test("whom the single sign-on lets in and the engine does not is told so at the log-in", async ({ app, noise, page }) => {
  noise.allow(/401/);
  await app.open();
  const html = `<html><head><title>Error</title></head><body>${notAdmitted}</body></html>`;
  await page.route(root, (route) => route.fulfill({ status: 401, contentType: "text/html", body: html }));
  await app.logIn();
  await expect(page.getByRole("alert")).toHaveText(`${notAdmitted}.`);
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.unroute(root);
  await app.logIn();
  await expect(app.grid).toBeVisible();
});

for (const second of [false, true]) {
  test(`after ${second ? "a second" : "a"} log-in the first request goes alone`, async ({ app, noise, page }) => {
    noise.allow(/401/);
    if (second) {
      await app.openLoggedIn();
      await page.route("**/api/jobs**", (route) => route.fulfill({ status: 401 }));
      await page.evaluate(() => dispatchEvent(new Event("online")));
      await expect(app.dialog).toBeVisible();
      await page.unroute("**/api/jobs**");
    } else {
      await app.open();
    }
    const asked: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/ovirt-engine/api")) asked.push(pathname);
    });
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(root, async (route) => {
      await held;
      await route.continue();
    });
    const first = page.waitForRequest(root);
    await app.logIn();
    await first;
    // Everything that the page wants to send meanwhile waits.
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.getByRole("button", { name: "Logging in…" })).toBeVisible();
    expect(asked).toEqual(["/ovirt-engine/api"]);
    answer();
    await expect(page.getByRole("banner")).toContainText("Live");
    expect(asked.length).toBeGreaterThan(1);
  });
}

test("a refused log-in says which name was sent, and asks for the profile if that is what is wrong", async ({ app, noise, page }) => {
  noise.allow(/400/);
  await app.open();
  const names: (string | null)[] = [];
  let refuse = true;
  await page.route("**/sso/oauth/token", async (route) => {
    names.push(new URLSearchParams(route.request().postData() ?? "").get("username"));
    const body = JSON.stringify({ error_code: "access_denied", error: "No valid profile found in credentials." });
    await (refuse ? route.fulfill({ status: 400, contentType: "application/json", body }) : route.continue());
  });
  await app.logIn({ name: "admin", password: admin.password });
  await expect(page.getByRole("alert")).toHaveText("No valid profile found in credentials. The name was sent as admin@internal.");
  refuse = false;
  await page.getByLabel("Profile").fill("internal");
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(app.grid).toBeVisible();
  expect(names).toEqual(["admin@internal", "admin@internal"]);
});

test("a user who may add but not list sees the own job, and an addition that cannot be read back is told", async ({ app, noise, page }) => {
  noise.allow(/400/);
  const refused = { status: 400, contentType: "application/json", body: JSON.stringify({ detail: "query execution failed due to insufficient permissions.", reason: "Operation Failed" }) };
  await page.route(/\/api\/jobs(\?follow=steps)?$/, (route) => (route.request().method() === "GET" ? route.fulfill(refused) : route.continue()));
  await page.route(/\/api\/jobs\/[^/]+\/steps$/, async (route) => {
    if (route.request().method() === "POST") await route.fetch();
    await route.fulfill(refused);
  });
  await app.open();
  await app.logIn();
  const sentence = "You may not see jobs. Ask for a role with job access.";
  await expect(page.getByRole("status").filter({ hasText: "Not allowed" })).toContainText(sentence);
  const name = unique("Own");
  await page.getByRole("button", { name: "Add job" }).click();
  await app.dialog.getByLabel("Description").fill(name);
  await app.dialog.getByRole("button", { name: "Add job" }).click();
  await expect(app.row(name)).toContainText("Running");
  await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();

  await app.row(name).click();
  await app.detail.getByRole("button", { name: "Add step…" }).click();
  await app.dialog.getByLabel("Description").fill("Cannot be read back");
  await app.dialog.getByRole("button", { name: "Add step" }).click();
  await expect(app.notice("Added “Cannot be read back”. This user may not read it.")).toBeVisible();
  await expect(app.dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Send again|Reopen/ })).toHaveCount(0);
});

test("generic names do not stand alone; attempts are counted; an unknown outcome is explained; command names are words", async ({ app, page }) => {
  const failed = { status: "failed", external: false };
  const step = (description: string, status: string, start: number) => ({ description, status, start: BEGIN + start, end: BEGIN + start + 10 });
  await Pretend.on(app, [
    {
      id: idOf(1), description: "Launching VM web01", ...failed, end: BEGIN + 90_000,
      steps: [step("Validating", "finished", 0), step("Executing", "failed", 100), step("Validating", "finished", 200), step("Executing", "failed", 300), step("Finalizing", "failed", 400)],
    },
    { id: idOf(2), description: "SparsifyImage", ...failed, end: BEGIN + 90_000, steps: [step("Validating", "failed", 0)] },
    { id: idOf(3), description: "Moving Disk", status: "unknown", external: false, end: BEGIN + 90_000, steps: [] },
  ]);
  await app.openLoggedIn();
  for (const [name, sentence] of [
    ["Launching VM web01", "Both of 2 attempts failed while executing"],
    ["Sparsify image", "Failed while validating"],
    ["Moving Disk", /The engine restarted at .*02:01.* while this ran; nobody knows how it ended\./],
  ] as const) {
    await app.row(name).click();
    await expect(app.detail).toContainText(sentence);
  }
  await expect(app.row("Sparsify image").getByText("Sparsify image")).toHaveAttribute("title", "SparsifyImage");
  await page.getByLabel("Search jobs and steps").fill("sparsifyimage");
  await expect(app.row("Moving Disk")).toHaveCount(0);
  await expect(app.row("Sparsify image")).toBeVisible();
});

test("jobs that only added an event are left out and counted, unless they failed or are asked for", async ({ app, page }) => {
  const event = (number: number, status: string) => ({ id: idOf(number), description: "Adding an External Event", external: false, status, end: BEGIN + 5_000, steps: [] });
  await Pretend.on(app, [event(1, "finished"), event(2, "finished"), event(3, "failed"), { id: idOf(4), description: "Backup", steps: [] }]);
  await app.openLoggedIn();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "3");
  await expect(page.getByRole("contentinfo")).toContainText("2 jobs for added events not shown.");
  await page.getByRole("button", { name: "View" }).click();
  await page.getByLabel("Jobs for added events").check();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "5");
  await expect(page).toHaveURL(/events=true/);
  await page.getByRole("button", { name: "View" }).click();
  await page.goto(`${new URL(page.url()).origin}/#/jobs/${idOf(1)}`);
  await app.detail.getByRole("button", { name: "Show it" }).click();
  await expect(app.grid.getByRole("row", { selected: true })).toContainText("Adding an External Event");
});
