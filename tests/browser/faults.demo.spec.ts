// What the page does when things go wrong, as the demo's fault menu shows it.
import { addJob, choose, live, mark, reset, row, sendJob, show } from "./demo.ts";
import { expect, expectAccessible, stopClock, takeClock, test } from "./fixtures.ts";
import { manyJobs, Pretend } from "./pretend.ts";

test.beforeEach(async ({ app, page, world }) => {
  await world.addJob("runs meanwhile");
  await app.open();
  await live(page);
});

test("unreachable: the data stays, a banner says when the next try is", async ({ page }) => {
  await addJob(page, "stays on screen");
  await show(page, "Unreachable");
  await expect(page.getByRole("alert")).toHaveText("The engine cannot be reached.");
  await expect(page.getByText(/Next try in|Trying now/)).toBeVisible();
  await expect(row(page, "stays on screen")).toBeVisible();
  await expect(mark(page)).toContainText("Unreachable");
  await expect(page.locator(".banner")).toContainText(/What you see was true \d+ s ago\./);
  await expect(page.getByRole("banner")).toContainText("Not live");
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Raw JSON" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText("The engine cannot be reached.");
  await page.keyboard.press("Escape");
  await show(page, "All is well");
  await live(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("unreachable, and well again: the page recovers by itself", async ({ page, world }) => {
  await takeClock(page);
  await page.reload();
  await live(page);
  await show(page, "Unreachable");
  await expect(page.getByRole("alert")).toHaveText("The engine cannot be reached.");
  await choose(page, "All is well");
  await world.addJob("came meanwhile");
  await expect(page.getByRole("alert")).toBeVisible();
  await page.clock.runFor(60_000);
  await live(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(row(page, "came meanwhile")).toBeVisible();
});

test("unreachable from the start", async ({ page }) => {
  await choose(page, "Unreachable");
  await stopClock(page);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Nothing to show yet" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Not live");
  await choose(page, "All is well");
  await page.getByRole("button", { name: "Try now" }).click();
  await live(page);
});

test("no answer: the line says that it waits, and in the end that none came", async ({ app, page }) => {
  await takeClock(page);
  await page.reload();
  await live(page);
  await show(page, "No answer");
  const line = page.locator(".freshness");
  await page.clock.runFor(6_000);
  await expect(line).toContainText("Waiting…");
  await expect(app.row("runs meanwhile")).toBeVisible();
  await page.clock.runFor(25_000);
  await expect(page.getByRole("alert")).toHaveText("The engine did not answer in time.");
  await expect(app.row("runs meanwhile")).toBeVisible();
  await choose(page, "All is well");
  await page.clock.runFor(60_000);
  await live(page);
});

test("not allowed: told in the list from the start, beside the data later, and in forms", async ({ app, page }) => {
  await addJob(page, "stays on screen");
  await show(page, "Not allowed");
  await expect(page.getByRole("alert")).toHaveText(/insufficient permissions/);
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
  await expect(told).toContainText("a user needs a role of ADMIN type, such as ReadOnlyAdmin");
  await expectAccessible(page);
  await show(page, "All is well");
  await live(page);
  await expect(row(page, "not mine to add")).toHaveCount(0);
});

test("unreachable: a notice does not stand on the banner's button", async ({ app, page }) => {
  await show(page, "Unreachable");
  await expect(page.getByRole("alert")).toBeVisible();
  await reset(page);
  await expect(app.notice("The demo's world has begun anew.")).toBeVisible();
  // A trial says whether a click would reach the button.
  await page.getByRole("button", { name: "Try now" }).click({ trial: true });
});

test("slow: what is sent is sent once, however often it is pressed, and comes", async ({ page }) => {
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
  // Time for all that may have been sent, and for the polls after it.
  await page.clock.runFor(20_000);
  await expect(row(page, "takes its time")).toHaveCount(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await choose(page, "All is well");
  await page.reload();
  await expect(row(page, "takes its time")).toHaveCount(1);
});

test("slow from the first load on: busy, and quiet about it; what is not loaded yet is told", async ({ app, page }) => {
  await Pretend.on(app, manyJobs(40));
  // Another tab has its turn, for as long as it takes to choose what goes wrong.
  await page.addInitScript(() => {
    void navigator.locks.request("task-monitor-demo/1", () => new Promise<void>((end) => Object.assign(window, { endTurn: end })));
  });
  await app.open();
  await page.reload();
  await expect(app.grid).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("banner")).toContainText("Loading…");
  await expect(page.getByRole("heading", { name: "No jobs" })).toHaveCount(0);
  await expectAccessible(page);
  await show(page, "Slow");
  await stopClock(page);
  await page.evaluate(() => (window as unknown as { endTurn(): void }).endTurn());
  await expect(async () => {
    await page.clock.runFor(1_000);
    await expect(app.row("Job number 40")).toBeVisible({ timeout: 100 });
  }).toPass();
  await expect(app.grid).not.toHaveAttribute("aria-busy");
  // Their steps are under way for four seconds, of which next to nothing passes.
  const foot = page.getByRole("contentinfo");
  await expect(foot).toContainText(/Steps of \d+ jobs are not loaded yet\./);
  await app.search.fill("job");
  await page.clock.runFor(100);
  await expect(foot).toContainText(/Steps of \d+ jobs are not loaded, so they are not searched\./);
  await show(page, "All is well");
  await page.clock.resume();
  await expect(foot).not.toContainText("not loaded");
});

test("session ended: asks to log in, and goes on where it was", async ({ app, page }) => {
  await addJob(page, "seen before");
  const url = page.url();
  await show(page, "Session ended");
  const dialog = page.getByRole("dialog", { name: "The session has ended" });
  await expect(dialog).toContainText("any password will do");
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

test("session ended while something is typed: the form waits behind the log-in, with all that was typed", async ({ app, page }) => {
  await choose(page, "Session ended");
  await page.getByRole("button", { name: "Add job", exact: true }).click();
  const form = page.getByRole("dialog", { name: "Add a job" });
  await form.getByLabel("Description").fill("half typed");
  // The next poll finds out.
  await expect(page.getByRole("dialog", { name: "The session has ended" })).toBeVisible();
  await app.logIn({ name: "admin@internal", password: "any" });
  await expect(form.getByLabel("Description")).toHaveValue("half typed");
  await form.getByRole("button", { name: "Add job", exact: true }).click();
  await expect(row(page, "half typed")).toHaveCount(1);
});

test("session ended: logging out instead leads to the log-in and back", async ({ app, page }) => {
  await show(page, "Session ended");
  await page.getByRole("button", { name: "Log out instead" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await app.logIn({ name: "admin@internal", password: "any" });
  await live(page);
  await expect(mark(page)).toBeVisible();
});

test("lost reply: the form closed meanwhile, what became of it is said", async ({ app, page }) => {
  await choose(page, "Lost reply");
  await stopClock(page);
  await sendJob(page, "closed meanwhile");
  await expect(page.getByText("The reply was lost. Looking whether it was done")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.clock.resume();
  await expect(app.notice("Added “closed meanwhile”.")).toBeVisible();
  await expect(row(page, "closed meanwhile")).toHaveCount(1);
});

test("lost reply: found by looking, and added once", async ({ page }) => {
  await choose(page, "Lost reply");
  await stopClock(page);
  await sendJob(page, "answered by nobody");
  await expect(page.getByText("The reply was lost. Looking whether it was done")).toBeVisible();
  await page.clock.resume();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.reload();
  await expect(row(page, "answered by nobody")).toHaveCount(1);
});
