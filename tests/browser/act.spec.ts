// Acting, from the first job to its end, in the page alone: the same against jobs-engine and in the demo.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { plant, unique } from "./world.ts";

// In the demo: a world in which nothing else happens. What the sample world does beside it takes a browser without a graphics
// card several times as long.
test.beforeEach(({ world }) => void world);

/** Presses a key until the element has the focus, which must not take long. */
async function pressUntil(page: Page, key: string, element: Locator): Promise<void> {
  await expect(element).toBeVisible();
  for (let press = 0; press < 8; press += 1) {
    if (await element.evaluate((element) => element.ownerDocument.activeElement === element)) return;
    await page.keyboard.press(key);
  }
  await expect(element).toBeFocused();
}

test("a job, a step, a sub-step, their ends and the clearing", { tag: "@panel" }, async ({ app, page, view }) => {
  await app.openLoggedIn();
  const name = unique("Whole life");
  await view.getByRole("button", { name: "Add job", exact: true }).click();
  const addJob = view.getByRole("dialog", { name: "Add a job" });
  await addJob.getByLabel("Description").fill(name);
  await addJob.getByLabel("Clear automatically").uncheck();
  await addJob.getByRole("button", { name: "Add job", exact: true }).click();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  await expect(app.row(name)).toHaveAttribute("aria-selected", "true");
  await expect(app.row(name)).toContainText("Running");

  const step = unique("Outer step");
  await app.detail.getByRole("button", { name: "Add step…" }).click();
  const addStep = view.getByRole("dialog", { name: "Add a step" });
  await expect(addStep).toContainText(`Under “${name}”`);
  await addStep.getByLabel("Type").selectOption("validating");
  await addStep.getByLabel("Description").fill(step);
  await addStep.getByRole("button", { name: "Add step" }).click();
  await expect(app.row(step)).toHaveAttribute("aria-level", "2");
  await expect(app.row(step)).toContainText("validating");

  const inner = unique("Inner step");
  await app.choose(app.row(step), "Add sub-step…");
  const addInner = view.getByRole("dialog", { name: "Add a sub-step" });
  await expect(addInner).toContainText(`Under “${step}”`);
  await addInner.getByLabel("Description").fill(inner);
  await page.keyboard.press("Enter");
  await expect(app.row(inner)).toHaveAttribute("aria-level", "3");
  await expect(app.row(inner)).toHaveAttribute("aria-selected", "true");
  await expect(app.row(inner)).toBeFocused();

  await app.detail.getByRole("button", { name: "End step…" }).click();
  const endStep = view.getByRole("dialog", { name: `End “${inner}”` });
  await endStep.getByLabel("Succeeded").check();
  await expect(endStep.getByRole("listitem")).toHaveText([
    "The step becomes finished.",
    "The job goes on running until it is ended itself.",
    "The engine keeps the job until it is cleared.",
  ]);
  await endStep.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.notice(/^The step is finished now\./)).toBeVisible();
  await expect(app.row(inner)).toContainText("Finished");

  await app.choose(app.row(name), "End job…");
  const endJob = view.getByRole("dialog", { name: `End “${name}”` });
  await endJob.getByLabel("Failed").check();
  await expect(endJob.getByRole("listitem").first()).toHaveText("The job becomes failed.");
  await expect(endJob).toContainText("1 running step becomes failed with it.");
  await endJob.getByRole("button", { name: "End as failed" }).click();
  await expect(app.row(name)).toContainText("Failed");
  await expect(app.row(step)).toContainText("Failed");

  await app.choose(app.row(name), "Clear…");
  const clear = view.getByRole("dialog", { name: `Clear “${name}”` });
  await expect(clear.getByRole("listitem")).toHaveText([
    "The job stays failed: it is over already.",
    "The engine removes the job some time after its end.",
  ]);
  await clear.getByRole("button", { name: "Clear job" }).click();
  await expect(app.notice(/The engine removes the job some time after its end\./)).toBeVisible();
  await app.row(name).click();
  await expect(app.detail).toContainText("soon, by the engine");
});

test("a job is added from a row's menu and from the detail, too", { tag: "@panel" }, async ({ app, page, world }) => {
  const name = unique("Beside");
  await plant(world, name, [{ name: "Step of it" }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  for (const row of [app.row(name), app.row("Step of it")]) {
    await app.choose(row, "Add job…");
    await expect(app.dialog.getByRole("heading", { name: "Add a job" })).toBeVisible();
    await page.keyboard.press("Escape");
    await row.click();
    await app.detail.getByRole("button", { name: "Add job…" }).click();
    await expect(app.dialog.getByRole("heading", { name: "Add a job" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(app.dialog).toHaveCount(0);
  }
});

test("what is added while a filter hides it is told of", { tag: "@panel" }, async ({ app, view }) => {
  await app.openLoggedIn();
  await view.getByRole("button", { name: "Aborted" }).click();
  await view.getByRole("button", { name: "Add job", exact: true }).click();
  const name = unique("Out of sight");
  await app.dialog.getByLabel("Description").fill(name);
  await app.dialog.getByRole("button", { name: "Add job", exact: true }).click();
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  await expect(app.detail.getByRole("status")).toHaveText("Search or filters hide its row. Show it");
  await expect(app.row(name)).toHaveCount(0);
});

test("by keyboard alone", { tag: "@panel" }, async ({ app, page, view }) => {
  await app.openLoggedIn();
  const name = unique("By keys");
  await view.getByRole("button", { name: "Add job", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByLabel("Description")).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(app.row(name)).toHaveAttribute("aria-selected", "true");
  // The dialog gave the focus back to its button; from there to the tree.
  await expect(app.dialog).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await expect(app.row(name)).toBeFocused();
  await page.keyboard.press("Shift+F10");
  await page.keyboard.press("ArrowDown");
  await expect(app.menu.getByRole("menuitem", { name: "Add step…" })).toBeFocused();
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

test("what is missing is said at its field, and goes once it is mended", { tag: "@panel" }, async ({ app, page, view }) => {
  await app.openLoggedIn();
  await view.getByRole("button", { name: "Add job", exact: true }).click();
  const field = app.dialog.getByLabel("Description");
  await field.fill("   ");
  await app.dialog.getByRole("button", { name: "Add job", exact: true }).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription("Say what it is: the description cannot be empty.");
  await field.pressSequentially("now");
  await expect(field).not.toHaveAttribute("aria-invalid");
  await expect(field).toHaveAccessibleDescription("");

  await field.fill(unique("Validated"));
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await app.detail.getByRole("button", { name: "End job…" }).click();
  await app.dialog.getByRole("button", { name: "End", exact: true }).click();
  await expect(app.dialog).toContainText("Choose how it ended.");
  await expect(app.dialog.getByLabel("Succeeded")).toBeFocused();
  await app.dialog.getByLabel("Succeeded").check();
  await expect(app.dialog).not.toContainText("Choose how it ended.");
});

test("where the focus is when a form opens: nothing happens by a key that is still down", async ({ app, page, world }) => {
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
  await app.choose(app.row(name), "End job…");
  await expect(app.dialog.getByLabel("Succeeded")).toBeFocused();
  await expect(app.dialog.getByLabel("Succeeded")).not.toBeChecked();
  await page.keyboard.press("Escape");
  await app.choose(app.row(name), "Clear…");
  await expect(app.dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
});

test("what is too long for the engine is said at its field, with all of it kept", async ({ app, page, view }) => {
  await app.openLoggedIn();
  await view.getByRole("button", { name: "Add job", exact: true }).click();
  const field = app.dialog.getByLabel("Description");
  const [most, name] = [64 * 1024, unique("Long")];
  await field.fill(name.padEnd(most + 1, "x"));
  await page.keyboard.press("Enter");
  await expect(field).toHaveAccessibleDescription("Say it shorter: this engine takes no more than 64 KiB.");
  await expect(field).toHaveValue(name.padEnd(most + 1, "x"));
  await page.keyboard.press("Backspace");
  await expect(field).toHaveAccessibleDescription("");
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.row(name.padEnd(most, "x"))).toContainText("Running");
});

test("a form that is cancelled does nothing, gives the focus back, and can be opened again as it was", { tag: "@panel" }, async ({ app, page, view }) => {
  await app.openLoggedIn();
  const add = view.getByRole("button", { name: "Add job", exact: true });
  const again = view.getByRole("button", { name: "Open the form again" });
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
  await expect(app.notice("Closed, with what was typed.")).toBeVisible();
  await again.click();
  await expect(field).toHaveValue(name);
  await expect(again).toHaveCount(0);
  await field.fill("");
  await page.keyboard.press("Escape");
  await expect(app.dialog).toHaveCount(0);
  await expect(again).toHaveCount(0);
  await expect(app.row(name)).toHaveCount(0);
});

test("clearing from the detail, by mouse", { tag: "@panel" }, async ({ app, world }) => {
  const name = unique("Cleared");
  const job = await world.addJob(name);
  await app.openLoggedIn();
  await app.row(name).click();
  await expect(app.detail).toContainText("only after it is cleared");
  await app.detail.getByRole("button", { name: "Clear…" }).click();
  await app.dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(app.dialog).toHaveCount(0);
  expect((await world.job(job.id))["auto_cleared"]).toBe("false");
  await app.detail.getByRole("button", { name: "Clear…" }).click();
  await expect(app.dialog.getByRole("listitem")).toHaveText([
    "The job goes on running until it is ended itself.",
    "The engine removes the job some time after its end.",
  ]);
  await app.dialog.getByRole("button", { name: "Clear job" }).click();
  await expect(app.dialog).toHaveCount(0);
  await expect(app.detail).toContainText("by the engine, some time after its end");
  await expect(app.detail.getByRole("button", { name: "Clear…" })).toBeFocused();
  expect((await world.job(job.id))["auto_cleared"]).toBe("true");
});

test("clearing by keyboard alone, from the row and from the detail", async ({ app, page, world }) => {
  const [first, second] = [unique("Cleared by keys"), unique("Cleared by keys")];
  const jobs = [await world.addJob(first), await world.addJob(second)];
  await app.openLoggedIn();
  await app.row(first).focus();
  await page.keyboard.press("Shift+F10");
  await pressUntil(page, "ArrowDown", app.menu.getByRole("menuitem", { name: "Clear…" }));
  await page.keyboard.press("Enter");
  await expect(app.view.getByRole("dialog", { name: `Clear “${first}”` })).toBeVisible();
  await pressUntil(page, "Tab", app.dialog.getByRole("button", { name: "Clear job" }));
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.row(first)).toBeFocused();

  await app.row(second).focus();
  await page.keyboard.press("Enter");
  await expect(app.detail.getByRole("heading", { name: second })).toBeFocused();
  await pressUntil(page, "Tab", app.detail.getByRole("button", { name: "Clear…" }));
  await page.keyboard.press("Space");
  await pressUntil(page, "Tab", app.dialog.getByRole("button", { name: "Clear job" }));
  await page.keyboard.press("Space");
  await expect(app.dialog).toHaveCount(0);
  await expect(app.detail.getByRole("button", { name: "Clear…" })).toBeFocused();
  for (const { id } of jobs) expect((await world.job(id))["auto_cleared"]).toBe("true");
});

test("sub-steps and ends by keyboard alone, from the row and from the detail", async ({ app, page, view, world }) => {
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
  /** Back to the row that the grid has its focus on, from wherever. */
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
  await fromRow(app.row("Outer"), "Add sub-step…");
  await addSubStep("Outer", "Inner");
  await expect(app.row("Inner")).toHaveAttribute("aria-level", "3");
  // The focus goes to what was added, wherever the form was opened from.
  await fromDetail(app.row("Inner"), "Inner", "Add sub-step…");
  await addSubStep("Inner", "Innermost");
  await expect(app.row("Innermost")).toHaveAttribute("aria-level", "4");

  await toGrid(app.row("Innermost"));
  await fromRow(app.row("Innermost"), "End step…");
  await end("Innermost", "succeeded");
  await expect(app.row("Innermost")).toContainText("Finished");
  await expect(app.row("Innermost")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await fromDetail(app.row("Inner"), "Inner", "End step…");
  await end("Inner", "succeeded");
  await expect(app.row("Inner")).toContainText("Finished");
  expect((await world.steps(job.id)).map(({ id, status }) => [id === step("Outer").id, status]).sort()).toEqual([
    [false, "finished"],
    [false, "finished"],
    [true, "started"],
  ]);

  await toGrid(app.row("Inner"));
  await page.keyboard.press("Control+Home");
  await fromRow(app.row(other), "End job…");
  await end(other, "failed");
  await expect(app.row(other)).toContainText("Failed");
  expect((await world.job(second.id)).status).toBe("failed");
  await app.row(name).focus();
  await fromDetail(app.row(name), name, "End job…");
  await end(name, "failed");
  await expect(app.row("Outer")).toContainText("Failed");
  expect((await world.job(job.id)).status).toBe("failed");
});

test("a sub-step by mouse, from the detail", { tag: "@panel" }, async ({ app, world }) => {
  const name = unique("Sub-step from the detail");
  const { job, step } = await plant(world, name, [{ name: "Outer" }]);
  await app.openLoggedIn(`#/jobs/${job.id}/steps/${step("Outer").id}`);
  await app.detail.getByRole("button", { name: "Add sub-step…" }).click();
  await expect(app.dialog).toContainText("Under “Outer”");
  await app.dialog.getByLabel("Description").fill("Inner");
  await app.dialog.getByRole("button", { name: "Add sub-step" }).click();
  await expect(app.row("Inner")).toHaveAttribute("aria-level", "3");
  expect(await world.steps(job.id)).toHaveLength(2);
});
