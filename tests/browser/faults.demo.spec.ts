// What the page does when things go wrong, as the demo's fault menu shows it.
import { addJob, choose, live, mark, reset, row, sendJob } from "./demo.ts";
import { expect, expectAccessible, stopClock, test } from "./fixtures.ts";

test.beforeEach(async ({ app, page, world }) => {
  await world.addJob("runs meanwhile");
  await app.open();
  await live(page);
});

test("unreachable: the data stays, a banner says when the next try is", async ({ page }) => {
  await addJob(page, "stays on screen");
  await choose(page, "Unreachable");
  await expect(page.getByRole("alert")).toHaveText("The engine cannot be reached.");
  await expect(page.getByText(/Next try in|Trying now/)).toBeVisible();
  await expect(row(page, "stays on screen")).toBeVisible();
  await expect(mark(page)).toContainText("Unreachable");
  await expectAccessible(page);
  await choose(page, "All is well");
  await live(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("unreachable: a notice does not stand on the banner's button", async ({ app, page }) => {
  await choose(page, "Unreachable");
  await expect(page.getByRole("alert")).toBeVisible();
  await reset(page);
  await expect(app.notice("The demo's world has begun anew.")).toBeVisible();
  // A trial says whether a click would reach the button.
  await page.getByRole("button", { name: "Try now" }).click({ trial: true });
});

test("slow: the page can be used meanwhile, and what was asked comes", async ({ page }) => {
  await choose(page, "Slow");
  const begun = Date.now();
  await sendJob(page, "takes its time");
  await expect(page.getByRole("button", { name: "Sending…" })).toBeVisible();
  await expect(row(page, "takes its time")).toBeVisible();
  expect(Date.now() - begun).toBeGreaterThan(3_500);
});

test("session ended: asks to log in, and goes on where it was", async ({ app, page }) => {
  await addJob(page, "seen before");
  const url = page.url();
  await choose(page, "Session ended");
  const dialog = page.getByRole("dialog", { name: "The session has ended" });
  await expect(dialog).toContainText("any password will do");
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

test("session ended: logging out instead leads to the log-in and back", async ({ app, page }) => {
  await choose(page, "Session ended");
  await page.getByRole("button", { name: "Log out instead" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await app.logIn({ name: "admin@internal", password: "any" });
  await live(page);
  await expect(mark(page)).toBeVisible();
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
