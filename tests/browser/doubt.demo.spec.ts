// A lost reply in the demo, by its fault menu: what was asked for is done once, and found by looking.
import type { Page } from "@playwright/test";
import type { App } from "./app.ts";
import { choose } from "./demo.ts";
import { DemoWorld } from "./demo-world.ts";
import { expect, stopClock, test } from "./fixtures.ts";
import { plant, unique, type World } from "./world.ts";

/** Opens a form for a job or for its step "Runs", and fills it. */
const acts: { what: string; open(app: App, name: string): Promise<void>; says: RegExp; done(world: World, job: string): Promise<void> }[] = [
  {
    what: "add step",
    async open(app, name) {
      await app.choose(app.row(name), "Add step…");
      await app.dialog.getByLabel("Description").fill("Runs");
    },
    says: /^Added “Runs”\.$/,
    async done(world, job) {
      expect(await world.steps(job)).toHaveLength(2);
    },
  },
  {
    what: "end step",
    async open(app) {
      await app.choose(app.row("Runs"), "End step…");
      await app.dialog.getByLabel("Succeeded").check();
    },
    says: /^The step is finished now\./,
    async done(world, job) {
      expect((await world.steps(job)).map(({ status }) => status)).toEqual(["finished"]);
      expect((await world.job(job)).status).toBe("started");
    },
  },
  {
    what: "end job",
    async open(app, name) {
      await app.choose(app.row(name), "End job…");
      await app.dialog.getByLabel("Failed").check();
    },
    says: /^The job is failed now\. 1 running step became failed with it\./,
    async done(world, job) {
      expect((await world.job(job)).status).toBe("failed");
    },
  },
  {
    what: "clear",
    open: (app, name) => app.choose(app.row(name), "Clear…"),
    says: /The engine removes the job some time after its end\./,
    async done(world, job) {
      expect(await world.job(job)).toMatchObject({ auto_cleared: "true", status: "started" });
    },
  },
];

for (const { what, open, says, done } of acts) {
  test(`${what}: the reply is lost, and what became of it is read`, async ({ app, page, world }) => {
    const name = unique("Lost reply");
    const { job } = await plant(world, name, [{ name: "Runs" }]);
    await app.openLoggedIn();
    await app.row(name).locator(".expander").click();
    await expect(app.row("Runs")).toBeVisible();
    await choose(page, "Lost reply");
    await open(app, name);
    await stopClock(page);
    await app.dialog.locator("[type=submit]").click();
    await expect(app.dialog.getByRole("status")).toContainText("The reply was lost. Looking whether it was done (1 of 3)");
    await page.clock.resume();
    await expect(app.notice(says)).toBeVisible();
    await expect(app.dialog).toHaveCount(0);
    await done(world, job.id);
  });
}

async function threeLooks(app: App, page: Page): Promise<void> {
  for (const [look, wait] of [1_000, 3_000, 6_000].entries()) {
    await expect(app.dialog.getByRole("status")).toContainText(`(${look + 1} of 3)`);
    await page.clock.runFor(wait);
  }
}

test("add step: several that it may be are shown, to choose from", async ({ app, page, world }) => {
  const name = unique("Twins");
  const { job } = await plant(world, name);
  await app.openLoggedIn();
  await app.row(name).click();
  await expect(app.row(name)).not.toHaveAttribute("aria-expanded");
  await choose(page, "Lost reply");
  await stopClock(page);
  await app.detail.getByRole("button", { name: "Add step…" }).click();
  await app.dialog.getByLabel("Description").fill("Twin");
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("status")).toContainText("(1 of 3)");
  await world.addStep(job.id, "Twin");
  await page.clock.resume();
  await expect(app.dialog.getByRole("alert")).toContainText("it may be any of these");
  await expect(app.dialog.getByRole("listitem")).toHaveCount(2);
  await app.dialog.getByRole("listitem").first().getByRole("button").click();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.detail.getByRole("heading", { name: "Twin" })).toBeVisible();
  expect(await world.steps(job.id)).toHaveLength(2);
});

for (const what of ["Add job", "Add step…"]) {
  test(`${what}: what was done is undone by another tab before it was seen; said after three looks, and sent again`, async ({ app, page, world }) => {
    const [name, added] = [unique("Parent"), unique("Sent twice")];
    const { job } = await plant(world, name, [{ name: "Known" }]);
    await app.openLoggedIn();
    await app.row(name).click();
    await expect(app.detail.getByRole("heading", { name })).toBeVisible();
    await choose(page, "Lost reply");
    await stopClock(page);
    await page.getByRole("button", { name: what, exact: true }).click();
    await app.dialog.getByLabel("Description").fill(added);
    await page.keyboard.press("Enter");
    await expect(app.dialog.getByRole("status")).toContainText("The reply was lost. Looking whether it was done (1 of 3)");
    const demo = new DemoWorld(page, app.url);
    expect(await demo.forget(added), "was done").toBe(1);
    await threeLooks(app, page);
    await expect(app.dialog.getByRole("alert")).toContainText("The engine shows no sign that it was done. You can send it again.");
    await expect(app.dialog.getByLabel("Description")).toHaveValue(added);
    await app.dialog.getByRole("button", { name: "Send again" }).click();
    await expect(app.notice(`Added “${added}”.`)).toBeVisible();
    await expect(app.dialog).toHaveCount(0);
    await expect(app.row(added)).toHaveAttribute("aria-selected", "true");
    expect(await world.steps(job.id)).toHaveLength(what === "Add job" ? 1 : 2);
    expect(await demo.forget(added), "done once").toBe(1);
  });
}

for (const { what, open } of acts.filter(({ what }) => ["end job", "clear"].includes(what))) {
  test(`${what}: three looks fail, which is said, and nothing was done`, async ({ app, page, world }) => {
    const name = unique("Unreachable");
    const { job } = await plant(world, name, [{ name: "Runs" }]);
    await app.openLoggedIn();
    await app.row(name).locator(".expander").click();
    await expect(app.row("Runs")).toBeVisible();
    await stopClock(page);
    await choose(page, "Unreachable");
    await open(app, name);
    await app.dialog.locator("[type=submit]").click();
    await threeLooks(app, page);
    await expect(app.dialog.getByRole("alert")).toContainText("The engine could not be asked whether it was done. You can send it again.");
    await expect(app.dialog.getByRole("button", { name: "Send again" })).toBeVisible();
    expect(await world.job(job.id)).toMatchObject({ status: "started", auto_cleared: "false" });
  });
}
