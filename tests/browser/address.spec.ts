// The address of the page: links, history, and what of the view is in the query.
import { expect, test } from "./fixtures.ts";
import { errors, hiddenRow } from "./words.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { nested, plant, unique } from "./world.ts";

test("the selection is in the address, and back and forward work", async ({ app, world, page }) => {
  const name = unique("History");
  const { job, step } = await plant(world, name, [{ name: "Inside" }]);
  await app.openLoggedIn();
  await expect(page).toHaveURL(/(#\/jobs)?$/);
  await app.row(name).click();
  await expect(page).toHaveURL(`${app.url}#/jobs/${job.id}`);
  await app.row(name).locator(".expander").click();
  await app.row("Inside").click();
  await expect(page).toHaveURL(`${app.url}#/jobs/${job.id}/steps/${step("Inside").id}`);
  await page.goBack();
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  await expect(app.row(name)).toHaveAttribute("aria-selected", "true");
  await page.goBack();
  await expect(app.detail).toHaveCount(0);
  await page.goForward();
  await page.goForward();
  await expect(app.detail.getByRole("heading", { name: "Inside" })).toBeVisible();
});

test("a link to a deep step expands its parents, focuses it and shows it", async ({ app, world }) => {
  const name = unique("Linked");
  const { job, step } = await plant(world, name, nested(6));
  for (let other = 0; other < 3; other += 1) await plant(world, unique("Newer"));
  await app.openLoggedIn(`#/jobs/${job.id}/steps/${step("Level 6").id}`);
  const row = app.row("Level 6");
  await expect(row).toHaveAttribute("aria-level", "7");
  await expect(row).toHaveAttribute("aria-selected", "true");
  await expect(row).toHaveAttribute("tabindex", "0");
  await expect(row).toBeInViewport({ ratio: 1 });
  await expect(row).toBeFocused();
  await expect(app.detail.getByRole("heading", { name: "Level 6" })).toBeVisible();
});

test("a link to a step far down in a job far down scrolls to it", { tag: "@engine" }, async ({ app, page }) => {
  const steps = Array.from({ length: 60 }, (_, index) => ({ description: `Step ${index + 1}` }));
  await Pretend.on(app, [{ id: idOf(900), description: "Long", start: BEGIN - 1, steps }, ...manyJobs(12)]);
  const step = idOf(50, 900);
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await app.openLoggedIn();
    await page.goto("about:blank");
    await app.openLoggedIn(`#/jobs/${idOf(900)}/steps/${step}`);
    const heading = app.detail.getByRole("heading", { name: "Step 50" });
    await expect(heading).toBeVisible();
    // In a narrow page the detail lies over the row and has the focus until it is closed.
    await expect(width === 360 ? heading : app.row("Step 50")).toBeFocused();
    await app.detail.getByRole("button", { name: "Close details" }).click();
    await expect(app.row("Step 50")).toBeFocused();
    const [row, view] = [await app.row("Step 50").boundingBox(), await page.locator(".grid-scroller").boundingBox()];
    expect(row?.y).toBeGreaterThan((view?.y ?? 0) + 30);
    expect((row?.y ?? 0) + 32).toBeLessThanOrEqual((view?.y ?? 0) + (view?.height ?? 0));
  }
});

test("a link to a step that is gone says so, and the list stays usable", async ({ app, world }) => {
  const name = unique("Usable");
  const { job } = await plant(world, name, [{ name: "Still there" }]);
  await app.openLoggedIn(`#/jobs/${job.id}/steps/${idOf(79)}`);
  await expect(app.detail.getByRole("status")).toContainText(errors.gone);
  await app.row(name).click();
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
});

test("an invalid link says so", async ({ app, world, page }) => {
  const name = unique("Sense");
  await plant(world, name);
  await app.openLoggedIn("#/jobs/not-an-id/<b>x</b>");
  await expect(app.detail.getByRole("heading", { name: "Invalid link" })).toBeVisible();
  await app.row(name).click();
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  await page.goBack();
  await expect(app.detail.getByRole("heading", { name: "Invalid link" })).toBeVisible();
  await app.search.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Escape");
  await expect(app.detail).toHaveCount(0);
});

test("a link whose search hides its step says so and can show the step", async ({ app, world, page }) => {
  const name = unique("Hidden");
  const { job, step } = await plant(world, name, [{ name: "Inner" }, { name: "Other" }]);
  await app.openLoggedIn(`#/jobs/${job.id}/steps/${step("Inner").id}?q=other`);
  await expect(app.detail.getByRole("heading", { name: "Inner" })).toBeVisible();
  await expect(app.detail.getByRole("status")).toHaveText(hiddenRow);
  await expect(app.detail.getByRole("heading", { name: "Inner" })).toBeFocused();
  await expect(app.row("Inner")).toHaveCount(0);
  await app.detail.getByRole("button", { name: "Show it" }).click();
  await expect(app.row("Inner")).toBeVisible();
  await expect(app.row("Inner")).toHaveAttribute("aria-selected", "true");
  await expect(app.search).toHaveValue("");
  await expect(app.detail.getByRole("status")).toBeEmpty();
  await expect(page).not.toHaveURL(/q=/);
});

test("search, filters and sort are in the query and survive a reload", async ({ app, world, page }) => {
  const name = unique("Query");
  await plant(world, name);
  await app.openLoggedIn();
  await app.search.fill(name);
  await page.getByRole("group", { name: "Jobs by status" }).getByRole("button", { name: "Running" }).click();
  await page.getByRole("combobox", { name: "Origin" }).selectOption("External program");
  await page.getByRole("button", { name: "Failed or running" }).click();
  await app.grid.getByRole("columnheader", { name: "Task" }).getByRole("button").click();
  const query = `q=${name.replace(" ", "\\+")}&status=started&external=true&attention=true&sort=description`;
  await expect(page).toHaveURL(new RegExp(query));
  await app.reload();
  await expect(app.search).toHaveValue(name);
  await expect(page.getByRole("combobox", { name: "Origin" })).toHaveValue("true");
  await expect(page.getByRole("button", { name: "Failed or running" })).toHaveAttribute("aria-pressed", "true");
  await expect(app.grid.getByRole("columnheader", { name: "Task" })).toHaveAttribute("aria-sort", "ascending");
  await expect(app.row(name)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(query));
});

test("each change of filter or sort is a step of the history", async ({ app, world, page }) => {
  const name = unique("Filtered");
  await plant(world, name);
  await app.openLoggedIn();
  await app.search.fill(name);
  await app.row(name).click();
  const failed = page.getByRole("group", { name: "Jobs by status" }).getByRole("button", { name: "Failed" });
  const task = app.grid.getByRole("columnheader", { name: "Task" });
  await failed.click();
  await expect(app.row(name)).toHaveCount(0);
  await task.getByRole("button").click();
  await expect(task).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("button", { name: "View" }).click();
  const options = page.getByRole("group", { name: "View", exact: true });
  await options.getByRole("button", { name: "A to Z" }).click();
  await expect(task).toHaveAttribute("aria-sort", "descending");
  await expect(options.getByRole("button", { name: "Z to A" })).toBeVisible();
  await page.goBack();
  await expect(task).toHaveAttribute("aria-sort", "ascending");
  await page.goBack();
  await expect(task).toHaveAttribute("aria-sort", "none");
  await expect(failed).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await expect(failed).toHaveAttribute("aria-pressed", "false");
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  await expect(app.search).toHaveValue(name);
  await page.goForward();
  await expect(failed).toHaveAttribute("aria-pressed", "true");
  await expect(app.row(name)).toHaveCount(0);
});

test("typing a search adds nothing to the history", async ({ app, world, page }) => {
  const name = unique("Typed");
  const { job } = await plant(world, name);
  await app.openLoggedIn();
  await app.row(name).click();
  await app.search.pressSequentially(name);
  // Wait for the whole text: none of it may arrive while the page goes back.
  await expect(page).toHaveURL(new RegExp(`q=${name.replaceAll(" ", "\\+")}$`));
  await page.goBack();
  await expect(app.detail).toHaveCount(0);
  await page.goForward();
  await expect(page).toHaveURL(new RegExp(`#/jobs/${job.id}`));
});
