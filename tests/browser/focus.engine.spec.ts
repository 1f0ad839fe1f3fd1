// The focus always has somewhere to go: what leaves while something of it is open.
import type { Page } from "@playwright/test";
import { type App, expect, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, Pretend, type PretendJob } from "./pretend.ts";
import { actions, errors } from "./words.ts";

const leaving: PretendJob = { id: idOf(5), description: "Leaves", start: BEGIN + 5_000, steps: [{ description: "Step that leaves" }] };
const other = (number: number, description: string): PretendJob => ({ id: idOf(number), description, start: BEGIN + number * 1000, steps: [] });
const others = [other(9, "First"), other(1, "Next")];
const jobs = [others[0], leaving, others[1]] as PretendJob[];

/** What leaves: the job itself, the job from the list of a filter, or the only step of it. */
const leaves: Record<string, (pretend: Pretend) => void> = {
  "the job is removed": (pretend) => (pretend.jobs = others),
  "the filter no longer lets it through": (pretend) => (pretend.jobs = [...others, { ...leaving, status: "finished", end: BEGIN + 6_000 }]),
  "all jobs are removed": (pretend) => (pretend.jobs = []),
};

/** What is open: how it is opened, and where the focus is afterwards, by what has left. */
type Opened = { open(app: App): Promise<void>; after: Record<keyof typeof leaves, string> };

const inGrid = { "the job is removed": "row Next", "the filter no longer lets it through": "row Next", "all jobs are removed": "main" };

const opened: Record<string, Opened> = {
  "its row": { open: (app) => app.row("Leaves").focus(), after: inGrid },
  "the button of its row": { open: (app) => app.row("Leaves").getByRole("button").focus(), after: inGrid },
  "its menu": {
    open: async (app) => void (await app.openMenu(app.row("Leaves"))),
    after: { ...inGrid, "the filter no longer lets it through": "menuitem Details" },
  },
  "its detail": {
    async open(app) {
      await app.row("Leaves").focus();
      await app.page.keyboard.press("Enter");
      await expect(app.detail.getByRole("heading", { name: "Leaves" })).toBeFocused();
    },
    after: { "the job is removed": "h2 Leaves", "the filter no longer lets it through": "h2 Leaves", "all jobs are removed": "h2 Leaves" },
  },
  "a button of its detail": {
    async open(app) {
      await app.row("Leaves").click();
      await app.detail.getByRole("button", { name: actions.addStep }).focus();
    },
    after: { "the job is removed": "h2 Leaves", "the filter no longer lets it through": `button ${actions.addStep}`, "all jobs are removed": "h2 Leaves" },
  },
  "its raw JSON": {
    async open(app) {
      await app.row("Leaves").click();
      await app.detail.getByRole("button", { name: "Raw JSON" }).click();
      await app.dialog.getByRole("button", { name: "Copy" }).focus();
    },
    after: { "the job is removed": "button Copy", "the filter no longer lets it through": "button Copy", "all jobs are removed": "button Copy" },
  },
  "a form on it": {
    async open(app) {
      await app.choose(app.row("Leaves"), actions.addStep);
      await app.page.keyboard.type("Typed");
    },
    after: { "the job is removed": "textarea Typed", "the filter no longer lets it through": "textarea Typed", "all jobs are removed": "textarea Typed" },
  },
};

/** What has the focus: the kind of element and its name. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    if (element.matches(".row")) return `row ${element.querySelector(".text")?.textContent}`;
    if (element.matches(".row *")) return `row ${element.closest(".row")?.querySelector(".text")?.textContent}`;
    if (element.matches("[role=menuitem]")) return `menuitem ${element.textContent}`;
    const kind = element.tagName.toLowerCase();
    const name = (element as HTMLTextAreaElement).value || element.textContent || "";
    return kind === "main" || kind === "body" ? kind : `${kind} ${name}`;
  });

for (const [what, { open, after }] of Object.entries(opened)) {
  for (const [how, leave] of Object.entries(leaves)) {
    test(`${what} is open, and ${how}`, async ({ app, page }) => {
      await takeClock(page);
      const pretend = await Pretend.on(app, jobs);
      await app.openLoggedIn("#/jobs?status=started");
      await expect(app.row("Leaves")).toBeVisible();
      await open(app);
      leave(pretend);
      await page.clock.runFor(6_000);
      await expect(page.locator("#row-" + leaving.id)).toHaveCount(0);
      await page.clock.runFor(100);
      await expect.poll(() => focused(page)).toBe(after[how]);
      // What was open closes, and the focus goes on from there.
      for (let press = 0; press < 3; press += 1) {
        await page.keyboard.press("Escape");
        await page.clock.runFor(100);
      }
      await expect.poll(() => focused(page)).toMatch(how === "all jobs are removed" ? /^main$/ : /^row (First|Next)$/);
    });
  }
}

test("a menu whose job is removed says so when it closes", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, jobs);
  await app.openLoggedIn();
  await app.openMenu(app.row("Leaves"));
  pretend.jobs = others;
  await page.clock.runFor(6_000);
  await expect(app.menu).toHaveCount(0);
  await expect(app.notice("The engine does not have “Leaves” any more. Its menu was closed.")).toBeAttached();
});

test("a form whose job is removed keeps what was typed, says so, and offers it again", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, jobs);
  await app.openLoggedIn();
  await app.choose(app.row("Leaves"), actions.addStep);
  await page.keyboard.type("Typed");
  pretend.jobs = others;
  await page.clock.runFor(6_000);
  await expect(app.dialog).toContainText(errors.gone);
  await page.keyboard.press("Escape");
  await expect(app.notice("The form was closed. What you typed is kept.")).toBeVisible();
  await app.view.getByRole("button", { name: "Reopen the form" }).press("Enter");
  await expect(app.dialog.getByLabel("Description")).toHaveValue("Typed");
});

test("a notice does not close under the focus", async ({ app, page }) => {
  await takeClock(page);
  await Pretend.on(app, jobs);
  await app.openLoggedIn();
  await app.openAddJob();
  await page.keyboard.type("Typed");
  await page.keyboard.press("Escape");
  const reopen = app.view.getByRole("button", { name: "Reopen the form" });
  await reopen.focus();
  await page.clock.runFor(30_000);
  await expect(reopen).toBeFocused();
  await app.row("First").focus();
  await page.clock.runFor(11_000);
  await expect(reopen).toHaveCount(0);
});
