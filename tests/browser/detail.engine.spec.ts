// The detail of the selected job or step.
import { expect, test } from "./fixtures.ts";
import { BEGIN, idOf, Pretend } from "./pretend.ts";
import { plant, unique } from "./world.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const fact = (name: string) => `dt:text-is("${name}") + dd`;

test("every field of a job", async ({ app, world }) => {
  const name = unique("Detailed");
  const { job } = await plant(world, name, [{ name: "Done", ended: "succeeded" }, { name: "Not done" }]);
  await app.openLoggedIn();
  await app.row(name).click();
  const { detail } = app;
  await expect(detail.getByRole("heading", { name })).toBeVisible();
  await expect(detail).toContainText("Running");
  await expect(detail.locator(fact("Started"))).toHaveText(/(just now|\d+ s ago) · \d+ \w+ 20\d\d, \d\d:\d\d:\d\d UTC/);
  await expect(detail.locator(fact("Ended"))).toHaveText("—");
  await expect(detail.locator(fact("Duration"))).toHaveText(/\d+ s so far/);
  await expect(detail.locator(fact("Updated"))).toContainText("UTC");
  await expect(detail.locator(fact("Steps"))).toHaveText("1 of 2 ended");
  await expect(detail.locator(fact("Owner"))).toHaveText("admin@internal");
  await expect(detail.locator(fact("Origin"))).toHaveText("External program");
  await expect(detail.locator(fact("Removal"))).toHaveText("Kept until removal is allowed");
  await expect(detail.locator(fact("Id"))).toHaveText(job.id);
});

test("every field of a step", async ({ app }) => {
  await Pretend.on(app, [
    {
      id: idOf(1),
      description: "Migrate",
      external: false,
      steps: [
        { description: "First", status: "finished", end: BEGIN + 5_000 },
        { description: "Memory", type: "executing", progress: 42, start: BEGIN, end: BEGIN + 65_000, status: "failed", external: false, steps: [{ description: "Page 1", type: "unknown", status: "failed" }] },
      ],
    },
  ]);
  await app.openLoggedIn();
  await app.row("Migrate").locator(".expander").click();
  await app.row("Memory").click();
  const { detail } = app;
  await expect(detail.locator(fact("Type"))).toHaveText("executing");
  await expect(detail.locator(fact("Started"))).toContainText("22 Nov 2026, 02:00:00 UTC");
  await expect(detail.locator(fact("Ended"))).toContainText("22 Nov 2026, 02:01:05 UTC");
  await expect(detail.locator(fact("Duration"))).toHaveText("1 m 05 s");
  await expect(detail.locator(fact("Progress"))).toHaveText("42%");
  await expect(detail.locator(fact("Position"))).toHaveText("2nd of 2");
  await expect(detail.locator(fact("Origin"))).toHaveText("Engine");
  await expect(detail.locator(fact("Id"))).toHaveText(idOf(2, 1));
  await app.row("Memory").locator(".expander").click();
  await app.row("Page 1").click();
  await expect(detail.locator(fact("Position"))).toHaveText("1st of 1");
  await expect(detail.locator(fact("Type"))).toHaveCount(0);
  await expect(detail.locator(fact("Parent step"))).toHaveText("Memory");
  await expect(detail.locator(".way-up")).toHaveText("Step of Memory in Migrate");
  await detail.locator(fact("Parent step")).getByRole("button").click();
  await expect(detail.getByRole("heading", { name: "Memory" })).toBeVisible();
  await detail.getByRole("button", { name: "Migrate" }).click();
  await expect(detail.getByRole("heading", { name: "Migrate" })).toBeVisible();
  await expect(app.row("Migrate")).toHaveAttribute("aria-selected", "true");
});

test("the link, the id and the raw JSON can be copied", async ({ app, world, page }) => {
  const name = unique("Copied");
  const { job } = await plant(world, name);
  await app.openLoggedIn("#/jobs?status=started");
  await app.row(name).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await app.detail.getByRole("button", { name: "Copy link" }).click();
  await expect(app.notice("Link copied.")).toBeVisible();
  // The link is to the job alone, without the filter.
  expect(await clipboard()).toBe(`${app.url}#/jobs/${job.id}`);
  await app.detail.getByRole("button", { name: "Copy id" }).click();
  await expect(app.notice("Id copied.")).toBeVisible();
  expect(await clipboard()).toBe(job.id);

  await app.detail.getByRole("button", { name: "Raw JSON" }).click();
  await expect(app.dialog).toHaveAccessibleName("Raw JSON");
  await expect(app.dialog).toContainText(`"description": "${name}"`);
  await expect(app.dialog).toContainText(`"external": "true"`);
  await app.dialog.getByRole("button", { name: "Copy" }).click();
  await expect.poll(async () => JSON.parse(await clipboard())).toMatchObject({ id: job.id, status: "started" });
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.detail.getByRole("button", { name: "Raw JSON" })).toBeFocused();
});

test("a failed job shows where it failed, with a button that goes there", { tag: "@panel" }, async ({ app, world }) => {
  const name = unique("Broken");
  await plant(world, name, [
    { name: "Before", ended: "succeeded" },
    { name: "Outer", steps: [{ name: "Middle", steps: [{ name: "The culprit", ended: "failed" }] }] },
  ]);
  await app.openLoggedIn();
  await app.row(name).click();
  await expect(app.detail).toContainText("Failed in: Outer › Middle › The culprit");
  await app.detail.getByRole("button", { name: "Go to the failed step" }).click();
  await expect(app.row("The culprit")).toHaveAttribute("aria-selected", "true");
  await expect(app.row("The culprit")).toHaveAttribute("aria-level", "4");
  await expect(app.row("The culprit")).toHaveAttribute("tabindex", "0");
  await expect(app.row("The culprit")).toBeFocused();
  await expect(app.detail.getByRole("heading", { name: "The culprit" })).toBeVisible();
});

test("the other failed steps are one press away, and each step has a bar that leads to it", async ({ app }) => {
  await Pretend.on(app, [
    {
      id: idOf(1),
      description: "Back up db01",
      status: "failed",
      end: BEGIN + 100_000,
      steps: [
        { description: "Volume 1", status: "failed", start: BEGIN, end: BEGIN + 20_000 },
        { description: "Volume 2", status: "failed", start: BEGIN + 20_000, end: BEGIN + 90_000 },
        { description: "Clean up", status: "finished", start: BEGIN + 90_000, end: BEGIN + 100_000 },
      ],
    },
  ]);
  await app.openLoggedIn();
  await app.row("Back up db01").click();
  const { detail } = app;
  await expect(detail.locator(".failure")).toContainText("Failed in: Volume 1");
  await expect(detail.locator(".failure")).toContainText(/ago · 22 Nov, 02:00/);
  await expect(detail).toContainText("Longest: Volume 2, 1 m 10 s.");
  const bars = detail.locator(".steps-bar");
  const widths = await bars.evaluateAll((all) => all.map((bar) => Math.round(Number.parseFloat((bar as HTMLElement).style.width))));
  expect(widths).toEqual([20, 70, 10]);
  await detail.getByText("and 1 more step failed").click();
  await detail.getByRole("button", { name: "Volume 2" }).click();
  await expect(detail.getByRole("heading", { name: "Volume 2" })).toBeVisible();
  await detail.locator(".way-up").getByRole("button").click();
  await detail.locator(".steps-row").filter({ hasText: "Clean up" }).click();
  await expect(detail.getByRole("heading", { name: "Clean up" })).toBeVisible();
  await expect(app.row("Clean up")).toBeFocused();
});

test("a running job says what runs now", async ({ app, world }) => {
  const name = unique("Runs now");
  await plant(world, name, [{ name: "Before", ended: "succeeded" }, { name: "Outer", steps: [{ name: "Inner" }] }]);
  await app.openLoggedIn();
  await app.row(name).click();
  await expect(app.detail).toContainText(/Now: Outer › Inner for \d+ s/);
  await app.detail.getByRole("button", { name: "Outer › Inner" }).click();
  await expect(app.detail.getByRole("heading", { name: "Inner" })).toBeVisible();
});

test("a job or step is copied for a ticket by the key for copying, and by a button", async ({ app, world, page }) => {
  const name = unique("Ticket");
  const { job } = await plant(world, name, [{ name: "The *culprit*", ended: "failed" }]);
  await world.endJob(job.id, { succeeded: false });
  await app.openLoggedIn();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await app.row(name).click();
  await page.keyboard.press("ControlOrMeta+c");
  await expect(app.notice("Copied for a ticket.")).toBeVisible();
  const ticket = await clipboard();
  expect(ticket).toContain(`**${name}: Failed**`);
  expect(ticket).toContain("- Failed in: The \\*culprit\\*");
  expect(ticket).toContain(`- Link: <${app.url}#/jobs/${job.id}>`);
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await app.detail.getByRole("button", { name: "Copy for a ticket" }).click();
  await expect.poll(clipboard).toContain(`**${name}: Failed**`);
  // A selected text is copied as it is.
  await app.detail.getByRole("heading", { name }).selectText();
  await page.keyboard.press("ControlOrMeta+c");
  await expect.poll(clipboard).toBe(name);
});

test("a job that was ended as failed without a failed step says so", async ({ app, world }) => {
  const name = unique("Itself");
  const { job } = await plant(world, name, [{ name: "Fine", ended: "succeeded" }]);
  await world.endJob(job.id, { succeeded: false });
  await app.openLoggedIn();
  await app.row(name).click();
  await expect(app.detail).toContainText("No step failed. The job was ended as failed.");
});

test("the open detail follows changes of the job", async ({ app, world }) => {
  const name = unique("Followed");
  const { job } = await plant(world, name, [{ name: "Only" }]);
  await app.openLoggedIn();
  await app.row(name).click();
  await expect(app.detail).toContainText("Running");
  await world.endJob(job.id);
  await app.refreshNow();
  await expect(app.detail).toContainText("Finished");
  await expect(app.detail.locator(fact("Ended"))).toContainText("UTC");
});

test("without a clipboard, the text is shown instead", async ({ app, world, page }) => {
  const name = unique("Plain HTTP");
  const { job } = await plant(world, name);
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await app.openLoggedIn();
  await app.row(name).click();
  await app.detail.getByRole("button", { name: "Copy id" }).click();
  await expect(app.notice(`The browser does not allow copying here. The text: ${job.id}`)).toBeVisible();
});
