// The demo: its mark and menu, what is stored, and several tabs.
import type { Page } from "@playwright/test";
import { addJob, live, mark, reset, row } from "./demo.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { actions, refresh } from "./words.ts";

test("the demo says that it is one, and jobs run in it", async ({ app, page }) => {
  await app.open();
  await expect(mark(page)).toContainText("an invented data centre in this page");
  await expect(page.getByText("admin@internal").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Running/ })).not.toHaveText(/Running\s*0$/);
  await mark(page).click();
  await expect(page.getByRole("menu", { name: "Demo" })).toBeVisible();
  await expectAccessible(page);
});

test("a chosen fault does not make the top bar wider than the page", async ({ app, page }) => {
  await app.open();
  await live(page);
  for (const fault of ["Unreachable", "Slow", "Lost reply", "Session ended"]) {
    await mark(page).click();
    await page.getByRole("menuitemradio", { name: fault }).click();
    await expect(mark(page)).toContainText(fault);
    for (const width of [360, 420, 700, 1024, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${fault} at ${width} px`).toBe(width);
      await expect(mark(page)).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole("button", { name: refresh.pause })).toBeInViewport({ ratio: 1 });
    }
  }
});

test("the demo's menu works by keyboard alone", async ({ app, page }) => {
  await app.open();
  await live(page);
  await mark(page).press("Enter");
  await expect(page.getByRole("menuitemradio", { name: "No fault" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitemradio", { name: "Unreachable" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(mark(page)).toBeFocused();
  await mark(page).press("Enter");
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Reset the demo" })).toBeFocused();
});

test("a job is kept over a reload and removed by a reset", async ({ app, page }) => {
  await app.open();
  await live(page);
  await addJob(page, "lasts over a reload");
  await page.reload();
  await expect(row(page, "lasts over a reload")).toBeVisible();
  await reset(page);
  await expect(page.getByText("The demo was reset.")).toBeVisible();
  await expect(row(page, "lasts over a reload")).toHaveCount(0);
});

test("two tabs add steps to the same job: no step is lost", async ({ app, context, noise, page, world }) => {
  test.slow();
  const other = await context.newPage();
  await noise.listen(other);
  const { id } = await world.addJob("shared by two tabs");
  const job = `${app.url}#/jobs/${id}`;
  const addSteps = async (tab: Page, name: string) => {
    for (let number = 0; number < 3; number++) {
      await tab.goto(job);
      await tab.getByRole("button", { name: actions.addStep }).click();
      const form = tab.getByRole("dialog", { name: "Add a step" });
      await form.getByLabel("Description").fill(`step ${name} ${number}`);
      await form.getByRole("button", { name: "Add step" }).click();
      await expect(form).toHaveCount(0);
    }
  };
  await Promise.all([addSteps(page, "one"), addSteps(other, "two")]);
  await page.reload();
  await expect(row(page, "step one")).toHaveCount(3);
  await expect(row(page, "step two")).toHaveCount(3);
});

test("without storage the demo says so and works", async ({ app, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("not here", "SecurityError");
      },
    });
  });
  await app.open();
  await expect(page.getByText("does not let the demo store data: its jobs are lost when this tab closes")).toBeVisible();
  await addJob(page, "while the tab lasts");
  await expectAccessible(page);
});
