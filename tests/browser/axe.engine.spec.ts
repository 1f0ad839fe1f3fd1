// axe finds no violation of WCAG 2.2 A and AA, in both themes, in a wide and a narrow page.
import { type App, expect, expectAccessible, test } from "./fixtures.ts";
import { actions, before, errors } from "./words.ts";
import { BEGIN, idOf, Pretend } from "./pretend.ts";

const world = [
  {
    id: idOf(1),
    description: "Nightly backup",
    start: BEGIN + 3000,
    steps: [
      { description: "Check", type: "validating", status: "finished", end: BEGIN + 4000 },
      { description: "Copy", progress: 40, steps: [{ description: "Volume 1" }] },
    ],
  },
  { id: idOf(2), description: "Patching", status: "failed", start: BEGIN + 2000, end: BEGIN + 9000, steps: [{ description: "Drain", status: "failed", end: BEGIN + 8000 }] },
  { id: idOf(3), description: "Migrate VM", external: false, start: BEGIN + 1000, steps: [] },
  { id: idOf(4), description: "Stopped", status: "aborted", start: BEGIN, end: BEGIN + 500, steps: [] },
  { id: idOf(5), description: "Odd", status: "unknown", start: BEGIN, steps: [] },
];

/** `panel`: also checked in the web admin's frame, at one size. */
const views: { name: string; panel?: true; open(app: App): Promise<void> }[] = [
  {
    name: "the list with an expanded job and a detail",
    panel: true,
    async open(app) {
      await app.openLoggedIn(`#/jobs/${idOf(1)}`);
      await app.row("Nightly backup").locator(".expander").click({ force: true });
      await expect(app.detail.getByRole("heading", { name: "Nightly backup" })).toBeVisible();
    },
  },
  {
    name: "the filtered list with a focused cell",
    async open(app) {
      await app.openLoggedIn("#/jobs?status=failed,started");
      await app.row("Patching").focus();
      for (let press = 0; press < 3; press += 1) await app.page.keyboard.press("ArrowRight");
    },
  },
  {
    name: "the detail of a failed job",
    async open(app) {
      await app.openLoggedIn(`#/jobs/${idOf(2)}`);
      await expect(app.detail).toContainText("Drain");
    },
  },
  {
    name: "the detail of a job that cannot be changed",
    async open(app) {
      await app.openLoggedIn(`#/jobs/${idOf(3)}`);
      await expect(app.detail).toContainText("Only jobs of external programs can be changed.");
    },
  },
  { name: "the detail of a job that is gone", open: (app) => app.openLoggedIn(`#/jobs/${idOf(99)}`) },
  { name: "an invalid link", open: (app) => app.openLoggedIn("#/jobs/not-an-id") },
  { name: "nothing matches", open: (app) => app.openLoggedIn("#/jobs?q=nothing-like-this") },
  {
    name: "add job with an empty description",
    panel: true,
    async open(app) {
      await app.openLoggedIn();
      await app.openAddJob();
      await app.page.keyboard.press("Enter");
      await expect(app.dialog).toContainText("Enter a description.");
    },
  },
  {
    name: "add step",
    async open(app) {
      await app.openLoggedIn();
      await app.choose(app.row("Nightly backup"), actions.addStep);
    },
  },
  {
    name: "end job with its consequences",
    panel: true,
    async open(app) {
      await app.openLoggedIn();
      await app.choose(app.row("Nightly backup"), actions.endJob);
      await app.dialog.getByLabel("Failed").check();
      await expect(app.dialog).toContainText(before.jobEnds("failed"));
    },
  },
  {
    name: "allow removal",
    async open(app) {
      await app.openLoggedIn();
      await app.choose(app.row("Nightly backup"), actions.allowRemoval);
    },
  },
  {
    name: "help",
    async open(app) {
      await app.openLoggedIn();
      await app.view.getByRole("button", { name: "Help" }).click();
    },
  },
  {
    name: "the row's menu with disabled commands",
    panel: true,
    async open(app) {
      await app.openLoggedIn();
      await app.openMenu(app.row("Migrate VM"));
    },
  },
  {
    name: "the session's menu",
    async open(app) {
      await app.openLoggedIn();
      await app.view.getByRole("button", { name: "admin@internal" }).click();
    },
  },
  {
    name: "raw JSON",
    async open(app) {
      await app.openLoggedIn(`#/jobs/${idOf(1)}`);
      await app.detail.getByRole("button", { name: "Raw JSON" }).click();
      await expect(app.dialog).toContainText("Nightly backup");
    },
  },
];

const looks = [
  { colorScheme: "light", width: 1440, height: 900 },
  { colorScheme: "dark", width: 360, height: 740 },
] as const;

for (const { colorScheme, width, height } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height } });

    for (const { name, panel, open } of views) {
      const tag = panel && colorScheme === "light" ? ["@panel"] : [];
      test(name, { tag }, async ({ app, page, view }) => {
        await Pretend.on(app, world);
        await open(app);
        await expectAccessible(view);
        // The other theme changes only colours.
        await page.emulateMedia({ colorScheme: colorScheme === "light" ? "dark" : "light" });
        await expectAccessible(view);
      });
    }

    test("the log-in, and a refused log-in", async ({ app, noise, view }) => {
      noise.allow(/400/);
      await app.open();
      await expectAccessible(view);
      await app.logIn({ name: "admin", password: "wrong" });
      await expect(view.getByRole("alert")).not.toBeEmpty();
      await expectAccessible(view);
    });

    test("no jobs", async ({ app, view }) => {
      await Pretend.on(app, []);
      await app.openLoggedIn();
      await expect(view.getByRole("heading", { name: "No jobs" })).toBeVisible();
      await expectAccessible(view);
    });

    test("a lost connection before and after the first load", async ({ app, noise, page, view }) => {
      noise.allow(/ERR_FAILED/);
      await page.route(/\/api\/jobs/, (route) => route.abort());
      await app.open();
      await app.logIn();
      await expect(view.getByRole("heading", { name: "Nothing to show yet" })).toBeVisible();
      await expectAccessible(view);
      await page.unroute(/\/api\/jobs/);
      // "Try now" may be gone already, because the page also tries by itself.
      await app.refreshNow();
      await expect(app.grid).not.toHaveAttribute("aria-busy");
      await page.route(/\/api\/jobs/, (route) => route.abort());
      await app.refreshNow();
      await expect(view.getByRole("alert")).toHaveText(errors.unreachable);
      await expectAccessible(view);
    });
  });
}
