// Adding and ending jobs and steps, from the first job to its removal.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { actions, after, before, hiddenRow, reopenForm } from "./words.ts";
import { plant, unique } from "./world.ts";

// Uses `world` so that in the demo nothing else happens: a browser without a graphics card is slow with the sample jobs.
test.beforeEach(({ world }) => void world);

/** Presses a key until the element has the focus, at most eight times. */
async function pressUntil(page: Page, key: string, element: Locator): Promise<void> {
  await expect(element).toBeVisible();
  for (let press = 0; press < 8; press += 1) {
    if (await element.evaluate((element) => element.ownerDocument.activeElement === element)) return;
    await page.keyboard.press(key);
  }
  await expect(element).toBeFocused();
}

test("a job, a step and a sub-step are added and ended, and the removal is allowed", { tag: "@panel" }, async ({ app, page, view }) => {
  await app.openLoggedIn();
  const name = unique("Whole life");
  await app.openAddJob();
  const addJob = view.getByRole("dialog", { name: "Add a job" });
  await addJob.getByLabel("Description").fill(name);
  await addJob.getByLabel("Allow removal after its end").uncheck();
  await addJob.getByRole("button", { name: "Add job", exact: true }).click();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  await expect(app.row(name)).toHaveAttribute("aria-selected", "true");
  await expect(app.row(name)).toContainText("Running");

  const step = unique("Outer step");
  await app.detail.getByRole("button", { name: actions.addStep }).click();
  const addStep = view.getByRole("dialog", { name: "Add a step" });
  await expect(addStep).toContainText(`Under “${name}”`);
  await addStep.getByLabel("Type").selectOption("validating");
  await addStep.getByLabel("Description").fill(step);
  await addStep.getByRole("button", { name: "Add step" }).click();
  await expect(app.row(step)).toHaveAttribute("aria-level", "2");
  await expect(app.row(step)).toContainText("validating");

  const inner = unique("Inner step");
  await app.choose(app.row(step), actions.addSubStep);
  const addInner = view.getByRole("dialog", { name: "Add a sub-step" });
  await expect(addInner).toContainText(`Under “${step}”`);
  await addInner.getByLabel("Description").fill(inner);
  await page.keyboard.press("Enter");
  await expect(app.row(inner)).toHaveAttribute("aria-level", "3");
  await expect(app.row(inner)).toHaveAttribute("aria-selected", "true");
  await expect(app.row(inner)).toBeFocused();

  await app.detail.getByRole("button", { name: actions.endStep }).click();
  const endStep = view.getByRole("dialog", { name: `End “${inner}”` });
  await endStep.getByLabel("Succeeded").check();
  await expect(endStep.getByRole("listitem")).toHaveText([
    before.stepEnds("finished"),
    before.jobKeepsRunning,
    before.kept,
  ]);
  await endStep.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.notice(after.stepEnded("finished"))).toBeVisible();
  await expect(app.row(inner)).toContainText("Finished");

  await app.choose(app.row(name), actions.endJob);
  const endJob = view.getByRole("dialog", { name: `End “${name}”` });
  await endJob.getByLabel("Failed").check();
  await expect(endJob.getByRole("listitem").first()).toHaveText(before.jobEnds("failed"));
  await expect(endJob).toContainText(before.runningStep("failed"));
  await endJob.getByRole("button", { name: "End as failed" }).click();
  await expect(app.row(name)).toContainText("Failed");
  await expect(app.row(step)).toContainText("Failed");

  await app.choose(app.row(name), actions.allowRemoval);
  const removal = view.getByRole("dialog", { name: `Allow the removal of “${name}”` });
  await expect(removal.getByRole("listitem")).toHaveText([
    before.jobStays("failed"),
    before.willBeRemoved,
  ]);
  await removal.getByRole("button", { name: "Allow removal" }).click();
  await expect(app.notice(after.willBeRemoved)).toBeVisible();
  await app.row(name).click();
  await expect(app.detail).toContainText("Will be removed soon");
});

test("a job that is added while a filter hides it is shown in the detail, with a note", { tag: "@panel" }, async ({ app, view }) => {
  await app.openLoggedIn();
  await view.getByRole("button", { name: "Aborted" }).click();
  await app.openAddJob();
  const name = unique("Out of sight");
  await app.dialog.getByLabel("Description").fill(name);
  await app.dialog.getByRole("button", { name: "Add job", exact: true }).click();
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  await expect(app.detail.getByRole("status")).toHaveText(hiddenRow);
  await expect(app.row(name)).toHaveCount(0);
});

test("a job and a step are added by keyboard alone", { tag: "@panel" }, async ({ app, page, view }) => {
  await app.openLoggedIn();
  const name = unique("By keys");
  await view.getByRole("button", { name: "Add job", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByLabel("Description")).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(app.row(name)).toHaveAttribute("aria-selected", "true");
  // The dialog has given the focus back to its button. Go from there to the tree.
  await expect(app.dialog).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await expect(app.row(name)).toBeFocused();
  await page.keyboard.press("Shift+F10");
  await page.keyboard.press("ArrowDown");
  await expect(app.menu.getByRole("menuitem", { name: actions.addStep })).toBeFocused();
  await page.keyboard.press("Enter");
  const step = unique("Step by keys");
  await expect(app.dialog.getByLabel("Description")).toBeFocused();
  await page.keyboard.type(step);
  await page.keyboard.press("Tab");
  await expect(app.dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(app.row(step)).toHaveAttribute("aria-selected", "true");
});

test("a missing field has a message, which disappears once the field is filled", { tag: "@panel" }, async ({ app, page }) => {
  await app.openLoggedIn();
  await app.openAddJob();
  const field = app.dialog.getByLabel("Description");
  await field.fill("   ");
  await app.dialog.getByRole("button", { name: "Add job", exact: true }).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription("Enter a description.");
  await field.pressSequentially("now");
  await expect(field).not.toHaveAttribute("aria-invalid");
  await expect(field).toHaveAccessibleDescription("");

  await field.fill(unique("Validated"));
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await app.detail.getByRole("button", { name: actions.endJob }).click();
  await app.dialog.getByRole("button", { name: "End", exact: true }).click();
  await expect(app.dialog).toContainText("Choose how it ended.");
  await expect(app.dialog.getByLabel("Succeeded")).toBeFocused();
  await app.dialog.getByLabel("Succeeded").check();
  await expect(app.dialog).not.toContainText("Choose how it ended.");
});

test("a form opens with the focus in its first field; a key that is still down does not send it", async ({ app, page, world }) => {
  const name = unique("Focus");
  await world.addJob(name);
  await app.openLoggedIn();
  await page.getByRole("button", { name: "Add job", exact: true }).focus();
  await page.keyboard.down("Enter");
  await expect(app.dialog.getByLabel("Description")).toBeFocused();
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(app.dialog.getByLabel("Description")).not.toHaveAttribute("aria-invalid");
  await page.keyboard.press("Escape");
  await app.choose(app.row(name), actions.endJob);
  await expect(app.dialog.getByLabel("Succeeded")).toBeFocused();
  await expect(app.dialog.getByLabel("Succeeded")).not.toBeChecked();
  await page.keyboard.press("Escape");
  await app.choose(app.row(name), actions.allowRemoval);
  await expect(app.dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
});

test("a cancelled form sends nothing, gives the focus back, and can be reopened with its text", { tag: "@panel" }, async ({ app, page, view }) => {
  await app.openLoggedIn();
  const add = view.getByRole("button", { name: "Add job", exact: true });
  const again = view.getByRole("button", { name: reopenForm });
  const [field, name] = [app.dialog.getByLabel("Description"), unique("Never")];
  await add.click();
  await app.dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(app.dialog).toHaveCount(0);
  await expect(add).toBeFocused();
  await expect(again).toHaveCount(0);
  await add.click();
  await field.fill(name);
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await expect(add).toBeFocused();
  await expect(app.notice("The form was closed. What you typed is kept.")).toBeVisible();
  await again.click();
  await expect(field).toHaveValue(name);
  await expect(again).toHaveCount(0);
  await field.fill("");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await expect(again).toHaveCount(0);
  await expect(app.row(name)).toHaveCount(0);
});

test("the removal is allowed by keyboard alone, from the row and from the detail", async ({ app, page, world }) => {
  const [first, second] = [unique("Removal by keys"), unique("Removal by keys")];
  const jobs = [await world.addJob(first), await world.addJob(second)];
  await app.openLoggedIn();
  await app.row(first).focus();
  await page.keyboard.press("Shift+F10");
  await pressUntil(page, "ArrowDown", app.menu.getByRole("menuitem", { name: actions.allowRemoval }));
  await page.keyboard.press("Enter");
  await expect(app.view.getByRole("dialog", { name: `Allow the removal of “${first}”` })).toBeVisible();
  await pressUntil(page, "Tab", app.dialog.getByRole("button", { name: "Allow removal" }));
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.row(first)).toBeFocused();

  await app.row(second).focus();
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("heading", { name: second })).toBeFocused();
  await expect(app.detail).toContainText("Kept until removal is allowed");
  await pressUntil(page, "Tab", app.detail.getByRole("button", { name: actions.allowRemoval }));
  await page.keyboard.press("Space");
  await expect(app.dialog.getByRole("listitem")).toHaveText([before.jobKeepsRunning, before.willBeRemoved]);
  await pressUntil(page, "Tab", app.dialog.getByRole("button", { name: "Allow removal" }));
  await page.keyboard.press("Space");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.detail).toContainText("Some time after its end");
  await expect(app.detail.getByRole("button", { name: actions.allowRemoval })).toBeFocused();
  for (const { id } of jobs) expect((await world.job(id))["auto_cleared"]).toBe("true");
});

test("sub-steps are added, steps and jobs ended by keyboard alone, from the row and from the detail", async ({ app, page, view, world }) => {
  const [name, other] = [unique("Ended by keys"), unique("Ended by keys")];
  const { job, step } = await plant(world, name, [{ name: "Outer" }]);
  const { job: second } = await plant(world, other, [{ name: "Runs" }]);
  await app.openLoggedIn();
  const fromRow = async (row: Locator, item: string): Promise<void> => {
    await expect(row).toBeFocused();
    await page.keyboard.press("Shift+F10");
    await pressUntil(page, "ArrowDown", app.menu.getByRole("menuitem", { name: item }));
    await page.keyboard.press("Enter");
  };
  const fromDetail = async (row: Locator, name: string, button: string): Promise<void> => {
    await expect(row).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(app.detail.getByRole("heading", { name })).toBeFocused();
    await pressUntil(page, "Tab", app.detail.getByRole("button", { name: button }));
    await page.keyboard.press("Space");
  };
  /** Goes from anywhere to the grid's focused row. */
  const toGrid = async (row: Locator): Promise<void> => {
    await expect(app.dialog).toHaveCount(0);
    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    await expect(row).toBeFocused();
  };
  const addSubStep = async (under: string, description: string): Promise<void> => {
    await expect(view.getByRole("dialog", { name: "Add a sub-step" })).toContainText(`Under “${under}”`);
    await expect(app.dialog.getByLabel("Description")).toBeFocused();
    await page.keyboard.type(description);
    await page.keyboard.press("Enter");
    await expect(app.row(description)).toHaveAttribute("aria-selected", "true");
  };
  const end = async (what: string, how: "succeeded" | "failed"): Promise<void> => {
    await expect(view.getByRole("dialog", { name: `End “${what}”` })).toBeVisible();
    await pressUntil(page, "Tab", app.dialog.getByLabel("Succeeded"));
    await page.keyboard.press("Space");
    await expect(app.dialog.getByLabel("Succeeded")).toBeChecked();
    if (how === "failed") await page.keyboard.press("ArrowDown");
    await pressUntil(page, "Tab", app.dialog.getByRole("button", { name: `End as ${how}` }));
    await page.keyboard.press("Enter");
    await expect(app.dialog).toHaveCount(0);
  };

  await app.row(name).focus();
  await page.keyboard.press("ArrowRight");
  await expect(app.row("Outer")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await fromRow(app.row("Outer"), actions.addSubStep);
  await addSubStep("Outer", "Inner");
  await expect(app.row("Inner")).toHaveAttribute("aria-level", "3");
  // The focus goes to the added step, wherever the form was opened.
  await fromDetail(app.row("Inner"), "Inner", actions.addSubStep);
  await addSubStep("Inner", "Innermost");
  await expect(app.row("Innermost")).toHaveAttribute("aria-level", "4");

  await toGrid(app.row("Innermost"));
  await fromRow(app.row("Innermost"), actions.endStep);
  await end("Innermost", "succeeded");
  await expect(app.row("Innermost")).toContainText("Finished");
  await expect(app.row("Innermost")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await fromDetail(app.row("Inner"), "Inner", actions.endStep);
  await end("Inner", "succeeded");
  await expect(app.row("Inner")).toContainText("Finished");
  expect((await world.steps(job.id)).map(({ id, status }) => [id === step("Outer").id, status]).sort()).toEqual([
    [false, "finished"],
    [false, "finished"],
    [true, "started"],
  ]);

  await toGrid(app.row("Inner"));
  await page.keyboard.press("Control+Home");
  // The demo may have added jobs above it meanwhile.
  await pressUntil(page, "ArrowDown", app.row(other));
  await fromRow(app.row(other), actions.endJob);
  await end(other, "failed");
  await expect(app.row(other)).toContainText("Failed");
  expect((await world.job(second.id)).status).toBe("failed");
  await app.row(name).focus();
  await fromDetail(app.row(name), name, actions.endJob);
  await end(name, "failed");
  await expect(app.row("Outer")).toContainText("Failed");
  expect((await world.job(job.id)).status).toBe("failed");
});
