// A lost reply is resolved by looking, not by sending twice.
import type { Locator, Page } from "@playwright/test";
import { expect, stopClock, test } from "./fixtures.ts";
import { lose } from "./lose.ts";
import { plant, unique } from "./world.ts";

test.beforeEach(({ noise }) => noise.allow(/ERR_CONNECTION_RESET/));

test("add job: found by its correlation id, exactly once", async ({ app, engine, page }) => {
  await app.openLoggedIn();
  await stopClock(page);
  const lost = await lose(page, /\/api\/jobs(\?|$)/, "reply");
  const searches: string[] = [];
  page.on("request", (request) => searches.push(...(request.url().match(/search=correlation_id[^&]+/) ?? [])));
  const name = unique("Lost reply");
  await page.getByRole("button", { name: "Add job", exact: true }).click();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("status")).toContainText("The reply was lost. Looking whether it was done (1 of 3)");
  await page.clock.resume();
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  await expect(app.row(name)).toHaveCount(1);
  await expect(app.row(name)).toHaveAttribute("aria-selected", "true");
  expect(lost.sent).toBe(1);
  expect(searches).toHaveLength(1);
  const { job } = await engine.call<{ job: { description: string }[] }>("GET", "jobs");
  expect(job.filter(({ description }) => description === name)).toHaveLength(1);
});

test("add step: the one that was not there before is adopted", async ({ app, world, page }) => {
  const name = unique("Lost step");
  const { job } = await plant(world, name, [{ name: "Same name" }]);
  await app.openLoggedIn();
  await app.row(name).click();
  const lost = await lose(page, /\/steps$/, "reply");
  await app.detail.getByRole("button", { name: "Add step…" }).click();
  await app.dialog.getByLabel("Description").fill("Same name");
  await page.keyboard.press("Enter");
  await expect(app.notice("Added “Same name”.")).toBeVisible();
  await expect(app.row("Same name")).toHaveCount(2);
  expect(lost.sent).toBe(1);
  expect(await world.steps(job.id)).toHaveLength(2);
});

test("add step: several that it may be are shown, to choose from", async ({ app, world, page }) => {
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
  await app.detail.getByRole("button", { name: "Add step…" }).click();
  await app.dialog.getByLabel("Description").fill("Twin");
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("alert")).toContainText("If it was done, it may be any of these:");
  await expect(app.dialog.getByRole("listitem")).toHaveText([/^started \d\d:\d\d:\d\d, id [0-9a-f-]{36}$/, /^started \d\d:\d\d:\d\d, id [0-9a-f-]{36}$/]);
  await expect(app.dialog.getByRole("button", { name: "Send again" })).toBeVisible();
  await app.dialog.getByRole("listitem").first().getByRole("button").click();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.detail.getByRole("heading", { name: "Twin" })).toBeVisible();
});

test("add step: what another client has added unseen is not taken for it", async ({ app, world, page }) => {
  const name = unique("Foreign");
  const { job } = await plant(world, name, [{ name: "Known" }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  await expect(app.row("Known")).toBeVisible();
  await page.getByRole("button", { name: "Pause updates" }).click();
  await world.addStep(job.id, "Copy disk 1");
  const lost = await lose(page, /\/steps$/, "request");
  await app.choose(app.row(name), "Add step…");
  await stopClock(page);
  await app.dialog.getByLabel("Description").fill("Copy disk 1");
  await page.keyboard.press("Enter");
  for (const [look, wait] of [1_000, 3_000, 6_000].entries()) {
    await expect(app.dialog.getByRole("status")).toContainText(`(${look + 1} of 3)`);
    await page.clock.runFor(wait);
  }
  await expect(app.dialog.getByRole("alert")).toContainText("The engine shows no sign that it was done.");
  expect(lost.sent).toBe(1);
  expect(await world.steps(job.id)).toHaveLength(2);
});

test("end step and end job: resolved by reading", async ({ app, world, page }) => {
  const name = unique("Lost end");
  const { job } = await plant(world, name, [{ name: "Ends" }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  const lost = await lose(page, /\/end$/, "reply");
  await app.choose(app.row("Ends"), "End step…");
  await app.dialog.getByLabel("Succeeded").check();
  await app.dialog.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.notice(/^The step is finished now\./)).toBeVisible();
  await app.choose(app.row(name), "End job…");
  await app.dialog.getByLabel("Succeeded").check();
  await app.dialog.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.notice(/^The job is finished now\./)).toBeVisible();
  expect(lost.sent).toBe(2);
  expect((await world.job(job.id)).status).toBe("finished");
});

test("clear: resolved by reading", async ({ app, world, page }) => {
  const name = unique("Lost clear");
  const { job } = await plant(world, name);
  await app.openLoggedIn();
  const lost = await lose(page, /\/clear$/, "reply");
  await app.choose(app.row(name), "Clear…");
  await app.dialog.getByRole("button", { name: "Clear job" }).click();
  await expect(app.notice(/The engine removes the job some time after its end\./)).toBeVisible();
  expect(lost.sent).toBe(1);
  expect((await world.job(job.id))["auto_cleared"]).toBe("true");
});

const forms: { what: string; path: RegExp; open: string; fill(dialog: Locator): Promise<void>; kept(dialog: Locator): Promise<void> }[] = [
  ...[
    { what: "add job", path: /\/api\/jobs(\?|$)/, open: "Add job" },
    { what: "add step", path: /\/steps$/, open: "Add step…" },
  ].map((form) => ({
    ...form,
    fill: (dialog: Locator) => dialog.getByLabel("Description").fill("Sent twice"),
    kept: (dialog: Locator) => expect(dialog.getByLabel("Description")).toHaveValue("Sent twice"),
  })),
  {
    ...{ what: "end job", path: /\/end$/, open: "End job…" },
    fill: (dialog) => dialog.getByLabel("Failed").check(),
    kept: (dialog) => expect(dialog.getByLabel("Failed")).toBeChecked(),
  },
  { what: "clear", path: /\/clear$/, open: "Clear…", fill: async () => undefined, kept: async () => undefined },
];

async function threeLooks(dialog: Locator, page: Page): Promise<void> {
  for (const [look, wait] of [1_000, 3_000, 6_000].entries()) {
    await expect(dialog.getByRole("status")).toContainText(`(${look + 1} of 3)`);
    await page.clock.runFor(wait);
  }
}

for (const { what, path, open, fill, kept } of forms) {
  test(`nothing found after three looks is said, with an offer to send again: ${what}`, async ({ app, world, page }) => {
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
    await threeLooks(app.dialog, page);
    await expect(app.dialog.getByRole("alert")).toContainText("The engine shows no sign that it was done. You can send it again.");
    await kept(app.dialog);
    expect(lost.sent).toBe(1);
    await lost.stop();
    const sent = page.waitForResponse((response) => path.test(response.url()) && response.request().method() === "POST");
    await app.dialog.getByRole("button", { name: "Send again" }).click();
    expect((await sent).ok()).toBe(true);
    await expect(app.dialog).toHaveCount(0);
  });
}

test("an engine that cannot be asked is not said to show no sign", async ({ app, page }) => {
  await app.openLoggedIn();
  await stopClock(page);
  await page.getByRole("button", { name: "Add job", exact: true }).click();
  await app.dialog.getByLabel("Description").fill("Who knows");
  await page.route(/\/ovirt-engine\/api\//, (route) => route.abort("connectionreset"));
  await page.keyboard.press("Enter");
  await threeLooks(app.dialog, page);
  const words = "The engine could not be asked whether it was done. You can send it again.";
  await expect(app.dialog.getByRole("alert")).toContainText(words);
  await expect(app.dialog.getByLabel("Description")).toHaveValue("Who knows");
});

test("the form closed meanwhile, and nothing found: said of what, with a way to send it again", async ({ app, page }) => {
  await app.openLoggedIn();
  await stopClock(page);
  const lost = await lose(page, /\/api\/jobs(\?|$)/, "request");
  const name = unique("Left alone");
  await page.getByRole("button", { name: "Add job", exact: true }).click();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("status")).toContainText("Looking");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  const notice = app.notice(`Add “${name}”: The reply was lost. The engine shows no sign that it was done.`);
  await expect(async () => {
    await page.clock.runFor(2_000);
    await expect(notice).toBeVisible({ timeout: 300 });
  }).toPass();
  await lost.stop();
  await page.getByRole("button", { name: "Open the form again" }).click();
  await expect(notice).toHaveCount(0);
  await expect(app.dialog.getByLabel("Description")).toHaveValue(name);
  await app.dialog.getByRole("button", { name: "Add job", exact: true }).click();
  await page.clock.resume();
  await expect(app.row(name)).toHaveCount(1);
  expect(lost.sent).toBe(1);
});

test("the form closed meanwhile: what became of it is said all the same", async ({ app, page }) => {
  await app.openLoggedIn();
  // Or what was asked for may be found, and the form be gone, before it is closed by hand.
  await stopClock(page);
  await lose(page, /\/api\/jobs(\?|$)/, "reply");
  const name = unique("Left alone");
  await page.getByRole("button", { name: "Add job", exact: true }).click();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("status")).toContainText("Looking");
  await app.dialog.locator(".dialog-foot").getByRole("button", { name: "Close" }).click();
  await expect(app.dialog).toHaveCount(0);
  await page.clock.resume();
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
});
