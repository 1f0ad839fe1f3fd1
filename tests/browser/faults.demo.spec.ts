// What the page does when something goes wrong, with the faults of the demo's menu.
import type { App } from "./app.ts";
import { addJob, choose, live, mark, row, sendJob, show } from "./demo.ts";
import { expect, expectAccessible, stopClock, takeClock, test } from "./fixtures.ts";
import { actions, after, errors, lostReply, sessionEnded } from "./words.ts";
import { plant, unique } from "./world.ts";

test.beforeEach(async ({ app, page, world }) => {
  await world.addJob("runs meanwhile");
  await app.open();
  await live(page);
});

test("unreachable: the data stays, and a banner announces the next try", async ({ page }) => {
  await addJob(page, "stays on screen");
  await show(page, "Unreachable");
  await expect(page.getByRole("alert")).toHaveText(errors.unreachable);
  await expect(page.getByText(/Next try in|Trying now/)).toBeVisible();
  await expect(row(page, "stays on screen")).toBeVisible();
  await expect(mark(page)).toContainText("Unreachable");
  await expect(page.locator(".banner")).toContainText(/The data shown is \d+ s old\./);
  await expect(page.getByRole("banner")).toContainText("Not live");
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Raw JSON" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(errors.unreachable);
  await page.keyboard.press("Escape");
  await show(page, "No fault");
  await live(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("no answer: the page says that it waits, and after 30 seconds that no answer came", async ({ app, page }) => {
  await takeClock(page);
  await page.reload();
  await live(page);
  await show(page, "No answer");
  const line = page.locator(".freshness");
  await page.clock.runFor(6_000);
  await expect(line).toContainText("Waiting…");
  await expect(app.row("runs meanwhile")).toBeVisible();
  await page.clock.runFor(25_000);
  await expect(page.getByRole("alert")).toHaveText(errors.timeout);
  await expect(app.row("runs meanwhile")).toBeVisible();
  await choose(page, "No fault");
  await page.clock.runFor(60_000);
  await live(page);
});

test("not allowed: the banner, the form and, after a reload, the empty list say so", async ({ app, page }) => {
  await addJob(page, "stays on screen");
  await show(page, "Not allowed");
  await expect(page.getByRole("alert")).toHaveText(errors.noJobAccess);
  await expect(row(page, "stays on screen")).toBeVisible();
  await sendJob(page, "not mine to add");
  await expect(app.dialog).toContainText("User is not authorized to perform this action.");
  await expect(app.dialog.getByLabel("Description")).toHaveValue("not mine to add");
  await page.keyboard.press("Escape");
  await row(page, "stays on screen").click();
  await page.reload();
  await expect(app.detail).toContainText("Not loaded yet.");
  await expect(page.locator(".age")).toBeHidden();
  const told = page.getByRole("status").filter({ hasText: "Not allowed" });
  await expect(told).toContainText(errors.noJobAccess);
  await expectAccessible(page);
  await show(page, "No fault");
  await live(page);
  await expect(row(page, "not mine to add")).toHaveCount(0);
});

test("slow: a job is added once, however often the button is pressed", async ({ page }) => {
  await show(page, "Slow");
  await stopClock(page);
  await sendJob(page, "takes its time");
  const sending = page.getByRole("button", { name: "Sending…" });
  await expect(sending).toBeVisible();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Enter");
  await sending.dblclick({ force: true });
  await page.clock.runFor(3_900);
  await expect(sending).toBeVisible();
  await expect(row(page, "takes its time")).toHaveCount(0);
  // Time for all requests that may have been sent, and for the polls after them.
  await page.clock.runFor(20_000);
  await expect(row(page, "takes its time")).toHaveCount(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await choose(page, "No fault");
  await page.reload();
  await expect(row(page, "takes its time")).toHaveCount(1);
});

test("slow from the start: the grid is busy, and the foot says what is not loaded", async ({ app, page, world }) => {
  for (let number = 1; number <= 40; number += 1) await world.addJob(`Job number ${number}`);
  // Another tab holds the demo's lock until the fault is chosen.
  await page.addInitScript(() => {
    void navigator.locks.request("task-monitor-demo/1", () => new Promise<void>((end) => Object.assign(window, { release: end })));
  });
  await page.reload();
  await expect(app.grid).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("banner")).toContainText("Loading…");
  await expect(page.getByRole("heading", { name: "No jobs" })).toHaveCount(0);
  await expectAccessible(page);
  await show(page, "Slow");
  await stopClock(page);
  await page.evaluate(() => (window as unknown as { release(): void }).release());
  await expect(async () => {
    await page.clock.runFor(1_000);
    await expect(app.row("Job number 40")).toBeVisible({ timeout: 100 });
  }).toPass();
  await expect(app.grid).not.toHaveAttribute("aria-busy");
  // The request for their steps takes four seconds. Almost none of them has passed.
  const foot = page.getByRole("contentinfo");
  await expect(foot).toContainText(/Steps of \d+ jobs are not loaded yet\./);
  await app.search.fill("job");
  await page.clock.runFor(100);
  await expect(foot).toContainText(/Steps of \d+ jobs are not loaded yet, so they are not searched\./);
  await show(page, "No fault");
  await page.clock.resume();
  await expect(foot).not.toContainText("not loaded");
});

test("session ended: after the log-in the page continues where it was", async ({ app, page }) => {
  await addJob(page, "seen before");
  const url = page.url();
  await show(page, "Session ended");
  const dialog = page.getByRole("dialog", { name: sessionEnded });
  await expect(dialog).toContainText("with any password");
  for (const part of [".middle", ".counts"]) expect(await page.locator(part).evaluate((element) => getComputedStyle(element).filter)).toBe("grayscale(1)");
  await expect(row(page, "seen before")).toBeAttached();
  await app.logIn({ name: "nobody@internal", password: "any" });
  await expect(dialog.getByRole("alert")).toContainText("incorrect");
  await app.logIn({ name: "admin@internal", password: "any" });
  await expect(dialog).toHaveCount(0);
  await live(page);
  expect(page.url()).toBe(url);
  await expect(mark(page)).not.toContainText("Session ended");
  await addJob(page, "added afterwards");
});

test("session ended: logging in as someone else leads to the log-in page", async ({ app, page }) => {
  await show(page, "Session ended");
  await page.getByRole("button", { name: "Log in as someone else" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await app.logIn({ name: "admin@internal", password: "any" });
  await live(page);
  await expect(mark(page)).toBeVisible();
});

/** Actions whose reply is lost. Each opens a form for a job or for its step "Runs", and fills it. */
const acts: { what: string; open(app: App, job: string): Promise<void>; notice: string; statuses: string[] }[] = [
  {
    what: "add step",
    async open(app, job) {
      await app.choose(app.row(job), actions.addStep);
      await app.dialog.getByLabel("Description").fill("Added once");
    },
    notice: "Added “Added once”.",
    statuses: ["started", "started"],
  },
  {
    what: "end job",
    async open(app, job) {
      await app.choose(app.row(job), actions.endJob);
      await app.dialog.getByLabel("Failed").check();
    },
    notice: `${after.jobEnded("failed")} ${after.runningStep("failed")}`,
    statuses: ["failed"],
  },
];

for (const { what, open, notice, statuses } of acts) {
  test(`lost reply: ${what} is done once, and the page finds out`, async ({ app, page, world }) => {
    const name = unique("Lost reply");
    const { job } = await plant(world, name, [{ name: "Runs" }]);
    await expect(app.row(name)).toContainText("0/1");
    await choose(page, "Lost reply");
    await open(app, name);
    await stopClock(page);
    await app.dialog.locator("[type=submit]").click();
    await expect(app.dialog.getByRole("status")).toContainText(lostReply.checking(1));
    await page.clock.resume();
    await expect(app.notice(notice)).toBeVisible();
    await expect(app.dialog).toHaveCount(0);
    expect((await world.steps(job.id)).map(({ status }) => status)).toEqual(statuses);
  });
}

test("lost reply: the form is closed meanwhile, and a notice says what became of it", async ({ app, page }) => {
  await choose(page, "Lost reply");
  await stopClock(page);
  await sendJob(page, "closed meanwhile");
  await expect(page.getByText(lostReply.checking(1))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.clock.resume();
  await expect(app.notice("Added “closed meanwhile”.")).toBeVisible();
  await page.reload();
  await expect(row(page, "closed meanwhile")).toHaveCount(1);
});
