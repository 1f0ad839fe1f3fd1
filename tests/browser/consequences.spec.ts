// What an action will do, what it did, what is sent, what the engine refuses, and what is not offered.
import { choose } from "./demo.ts";
import { expect, stopClock, test } from "./fixtures.ts";
import { actions, after, before, refresh } from "./words.ts";
import { idOf, Pretend } from "./pretend.ts";
import { plant, unique } from "./world.ts";

const jobs = /\/ovirt-engine\/api\/jobs(\?|$)/;

test("a failed step ends its job and the running steps, as the form said before", { tag: "@panel" }, async ({ app, world }) => {
  const name = unique("Consequences");
  const { job } = await plant(world, name, [{ name: "Fails" }, { name: "Beside" }, { name: "Beside too" }]);
  await app.openLoggedIn();
  await app.row(name).locator(".expander").click();
  await app.choose(app.row("Fails"), actions.endStep);
  await app.dialog.getByLabel("Failed").check();
  await expect(app.dialog.getByRole("listitem")).toHaveText([
    before.stepEnds("failed"),
    before.jobEnds("failed"),
    before.runningSteps(2, "failed"),
    before.kept,
  ]);
  await app.dialog.getByRole("button", { name: "End as failed" }).click();
  await expect(app.notice(`${after.jobEnded("failed")} ${after.runningSteps(2, "failed")}`)).toBeVisible();
  for (const { status } of await world.steps(job.id)) expect(status).toBe("failed");
  expect((await world.job(job.id)).status).toBe("failed");
});

test("force aborts running steps and allows the removal of the job", { tag: "@panel" }, async ({ app, world }) => {
  const name = unique("Forced");
  const { job } = await plant(world, name, [{ name: "Runs" }, { name: "Ran", ended: "succeeded" }]);
  await app.openLoggedIn();
  await app.row(name).click();
  await app.detail.getByRole("button", { name: actions.endJob }).click();
  await app.dialog.getByLabel("Succeeded").check();
  await expect(app.dialog).toContainText(before.runningStep("finished"));
  await app.dialog.getByLabel("Force").check();
  await expect(app.dialog).toContainText(before.runningStep("aborted"));
  await expect(app.dialog).toContainText(before.willBeRemoved);
  await app.dialog.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.dialog).toHaveCount(0);
  const steps = await world.steps(job.id);
  expect(steps.map(({ status }) => status).sort()).toEqual(["aborted", "finished"]);
  expect(await world.job(job.id)).toMatchObject({ status: "finished", auto_cleared: "true" });
});

test("the notice says what really happened, not what the form expected", async ({ app, world }) => {
  const name = unique("Meanwhile");
  const { job } = await plant(world, name, [{ name: "Runs" }]);
  await app.openLoggedIn();
  await app.row(name).click();
  await app.view.getByRole("button", { name: refresh.pause }).click();
  await app.detail.getByRole("button", { name: actions.endJob }).click();
  await app.dialog.getByLabel("Succeeded").check();
  await expect(app.dialog).toContainText(before.jobEnds("finished"));
  await world.endJob(job.id, { succeeded: false });
  await app.dialog.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.notice(after.jobEnded("failed"))).toBeVisible();
});

test("one submission is one request, however often the button is pressed", { tag: ["@panel", "@engine"] }, async ({ app, page }) => {
  await app.openLoggedIn();
  let sent = 0;
  let answer = () => {};
  const pressedEnough = new Promise<void>((resolve) => (answer = resolve));
  await page.route(jobs, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    sent += 1;
    await pressedEnough;
    return route.continue();
  });
  const name = unique("Once");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Enter");
  await app.dialog.getByRole("button", { name: "Sending…" }).dblclick({ force: true });
  answer();
  await expect(app.row(name)).toHaveCount(1);
  await expect(app.dialog).toHaveCount(0);
  expect(sent).toBe(1);
});

test("the form cannot change while it is being sent, and keeps its content when it is refused", { tag: "@engine" }, async ({ app, noise, page, world }) => {
  noise.allow(/400/);
  const name = unique("Sending");
  const { job } = await plant(world, name);
  await app.openLoggedIn();
  let refuse = (): void => undefined;
  const bodies: string[] = [];
  await page.route(/\/api\/jobs(\/[^/]+\/end)?(\?|$)/, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    bodies.push(route.request().postData() ?? "");
    await new Promise<void>((resolve) => (refuse = resolve));
    await route.fulfill({ status: 400, json: { detail: "[Not now.]", reason: "Operation Failed" } });
  });
  const refused = async (): Promise<void> => {
    refuse();
    await expect(app.dialog.getByRole("alert")).toHaveText("Not now.");
  };

  await app.openAddJob();
  const text = app.dialog.getByLabel("Description");
  await text.fill("abc");
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("button", { name: "Sending…" })).toBeVisible();
  await expect(text).toBeFocused();
  await page.keyboard.type("def");
  await app.dialog.getByLabel("Allow removal after its end").click();
  await expect(text).toHaveValue("abc");
  await expect(app.dialog.getByLabel("Allow removal after its end")).toBeChecked();
  await refused();
  await text.pressSequentially("def");
  await expect(text).toHaveValue("abcdef");
  await page.keyboard.press("Escape");

  await app.choose(app.row(name), actions.endJob);
  await app.dialog.getByLabel("Succeeded").check();
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("button", { name: "Sending…" })).toBeVisible();
  await app.dialog.getByText("Failed", { exact: true }).click();
  await page.keyboard.press("ArrowDown");
  await app.dialog.getByText("Force").click();
  for (const busy of [true, false]) {
    await expect(app.dialog.getByLabel("Succeeded")).toBeChecked();
    await expect(app.dialog.getByLabel("Force")).not.toBeChecked();
    if (busy) await refused();
  }
  expect(bodies.map((body) => JSON.parse(body))).toEqual([
    { description: "abc", auto_cleared: true },
    { status: "finished", succeeded: true },
  ]);
  expect((await world.job(job.id)).status).toBe("started");
});

test("a form that is closed while it is being sent does not take the user to the added job", async ({ app, page }) => {
  const name = unique("Added behind");
  await app.openLoggedIn();
  await stopClock(page);
  if (app.home === "demo") await choose(page, "Slow");
  else await page.route(jobs, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await sent;
    await route.fallback();
  });
  let send = (): void => undefined;
  const sent = new Promise<void>((resolve) => (send = resolve));
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("button", { name: "Sending…" })).toBeVisible();
  await page.keyboard.press("Escape");
  await app.search.focus();
  send();
  // With jobs-engine no time has to pass, and the notice would disappear in that time.
  if (app.home === "demo") await page.clock.runFor(20_000);
  await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  await expect(app.search).toBeFocused();
  await expect(app.detail).toHaveCount(0);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
});

test("a user who may only read sees the engine's refusal in its own words", { tag: ["@panel", "@engine"] }, async ({ app, engine, noise, page }) => {
  noise.allow(/403/);
  const reader = await engine.addUser({ name: `${unique("reader").replace(" ", "-")}@internal`, password: "read only" }, "ReadOnlyAdmin");
  await app.openLoggedIn("", reader);
  await app.openAddJob();
  const field = app.dialog.getByLabel("Description");
  await field.fill("Not mine to add");
  await page.keyboard.press("Enter");
  await expect(app.dialog.getByRole("alert")).toHaveText(/not authorized/);
  await expect(field).toHaveValue("Not mine to add");
});

test("actions on a job of the engine itself are disabled, with the reason", { tag: ["@panel", "@engine"] }, async ({ app, page }) => {
  const pretend = await Pretend.on(app, [
    { id: idOf(1), description: "Migrate VM", external: false, steps: [{ description: "Memory", external: false }] },
  ]);
  await app.openLoggedIn();
  const reason = "The engine runs this job. Only jobs of external programs can be changed.";
  await app.row("Migrate VM").click();
  for (const name of [actions.addStep, actions.endJob, actions.allowRemoval]) {
    const button = app.detail.getByRole("button", { name });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(reason);
    await button.click({ force: true });
  }
  await expect(app.dialog).toHaveCount(0);
  const menu = await app.openMenu(app.row("Migrate VM"));
  await expect(menu.getByRole("menuitem", { name: actions.endJob })).toHaveAttribute("aria-disabled", "true");
  await expect(menu.getByRole("menuitem", { name: actions.endJob })).toContainText(reason);
  await page.keyboard.press("Escape");

  await app.row("Migrate VM").locator(".expander").click();
  await app.row("Memory").click();
  await expect(app.detail.getByRole("button", { name: actions.endStep })).toHaveAccessibleDescription(
    "The engine runs this step. Only steps of external programs can be ended.",
  );
  // Engines accept a sub-step under any step.
  await expect(app.detail.getByRole("button", { name: actions.addSubStep })).not.toHaveAttribute("aria-disabled");
  expect(pretend.asked.filter((request) => request.startsWith("POST"))).toEqual([]);
});

test("steps that could not be loaded are not counted as none", { tag: "@engine" }, async ({ app, world, noise, page }) => {
  noise.allow(/500/);
  const name = unique("Unknown steps");
  const { job } = await plant(world, name, [{ name: "Runs" }]);
  await page.route(/follow=steps/, (route) => route.fulfill({ status: 500 }));
  await page.route(`**/jobs/${job.id}/steps`, (route) => route.fulfill({ status: 500 }));
  await app.openLoggedIn();
  await app.choose(app.row(name), actions.endJob);
  await app.dialog.getByLabel("Failed").check();
  await expect(app.dialog.getByRole("listitem")).toHaveText([
    before.jobEnds("failed"),
    before.kept,
    "The steps are not loaded yet. Those that still run will end with it.",
  ]);
  await page.unroute(`**/jobs/${job.id}/steps`);
  await app.dialog.getByRole("button", { name: "End as failed" }).click();
  await expect(app.notice(`${after.jobEnded("failed")} ${after.runningStep("failed")}`)).toBeVisible();
});
