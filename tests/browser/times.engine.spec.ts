// Times in the computer's zone: over a change of the clocks, another zone, and New Year, in a tab that stays open.
import type { CDPSession, Page } from "@playwright/test";
import { expect, takeClock, test } from "./fixtures.ts";
import { idOf, Pretend, type PretendJob } from "./pretend.ts";

/** Puts the computer into a zone, as its user does. */
async function moveTo(computer: CDPSession, timezoneId: string): Promise<void> {
  await computer.send("Emulation.setTimezoneOverride", { timezoneId });
}

// The zone of the test's own context cannot be changed. A plain `undefined` would stand for the zone of the configuration.
test.use({ timezoneId: async ({}, use) => use(undefined) });

const started = (app: { row(name: string): ReturnType<Page["locator"]> }, name: string) => app.row(name).locator(".cell-started");

const job = (number: number, description: string, start: number): PretendJob => ({
  id: idOf(number),
  description,
  start,
  end: start + 60_000,
  status: "finished",
  steps: [],
});

test("each time has the offset of its moment, is found as it is shown, and follows the zone and the year", async ({ app, page }) => {
  const computer = await page.context().newCDPSession(page);
  await moveTo(computer, "Europe/Berlin");
  await takeClock(page);
  await page.clock.setSystemTime(new Date("2026-11-22T12:00:00Z"));
  await Pretend.on(app, [
    job(1, "Today", Date.UTC(2026, 10, 22, 2, 15, 4)),
    job(2, "In summer", Date.UTC(2026, 6, 1, 10, 0, 0)),
    job(3, "First half past two", Date.UTC(2026, 9, 25, 0, 30, 0)),
    job(4, "Second half past two", Date.UTC(2026, 9, 25, 1, 30, 0)),
    job(5, "Last year", Date.UTC(2025, 11, 31, 12, 0, 0)),
  ]);
  await app.openLoggedIn();
  await expect(started(app, "Today")).toHaveText("03:15:04");
  await expect(started(app, "In summer")).toHaveText("1 Jul, 12:00 UTC+02:00");
  await expect(started(app, "First half past two")).toHaveText("25 Oct, 02:30 UTC+02:00");
  await expect(started(app, "Second half past two")).toHaveText("25 Oct, 02:30");
  await expect(started(app, "Last year")).toHaveText("31 Dec 2025, 13:00");
  // What is shown is found.
  await app.search.fill("25 Oct, 02:30 UTC+02:00");
  await expect(app.grid.getByRole("row")).toHaveCount(2);
  await expect(app.row("First half past two")).toBeVisible();
  await app.row("First half past two").click();
  await expect(app.detail.locator("time").first()).toHaveText("25 Oct 2026, 02:30:00 UTC+02:00");
  // The computer moves. The page notices within a minute, and the search follows.
  await moveTo(computer, "Asia/Kathmandu");
  await page.clock.runFor(61_000);
  await expect(app.detail.locator("time").first()).toHaveText("25 Oct 2026, 06:15:00 UTC+05:45");
  await expect(app.row("First half past two")).toBeVisible();
  await app.search.fill("25 Oct, 06:15");
  await expect(started(app, "First half past two")).toHaveText("25 Oct, 06:15");
  await app.search.fill("");
  await expect(started(app, "Today")).toHaveText("08:00:04");
  // The tab stays open over New Year.
  await page.clock.setSystemTime(new Date("2027-01-02T12:00:00Z"));
  await page.clock.runFor(2_000);
  await expect(started(app, "Today")).toHaveText("22 Nov 2026, 08:00");
  await app.search.fill("22 Nov 2026, 08:00");
  await expect(app.grid.getByRole("row")).toHaveCount(2);
  await expect(app.row("Today")).toBeVisible();
});

test("the page notices another zone at once when its tab is shown again", async ({ app, page }) => {
  const computer = await page.context().newCDPSession(page);
  await moveTo(computer, "Europe/Berlin");
  await Pretend.on(app, [job(1, "Moved", Date.UTC(2025, 0, 1, 12, 0, 0))]);
  await app.openLoggedIn();
  await expect(started(app, "Moved")).toHaveText("1 Jan 2025, 13:00");
  await moveTo(computer, "Australia/Lord_Howe");
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await expect(started(app, "Moved")).toHaveText(/^1 Jan 2025, 23:00/);
});
