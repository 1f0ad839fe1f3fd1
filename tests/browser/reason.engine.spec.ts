// Why jobs failed: what the page shows of an engine's events, and how little it asks for.
import { type App, expect, test } from "./fixtures.ts";
import { failures, Recorded, recorded, successes } from "./recorded.ts";
import { unique } from "./world.ts";

const levels = {
  task: "Logged for this task",
  group: "Logged for this group of 4 tasks",
  hint: "At the same time, probably why",
};
const refusal = "The engine logged no reason; whoever started this got it as the answer.";

/** The job, then what stands under which heading first. */
const rows: [string, string, [string, RegExp][]][] = [
  ["a proven reason of several lines", "2366bc92", [[levels.task, /Cannot run VM without at least one bootable disk\.\s+Alternatives:\s+- Create a disk/]]],
  ["a hint beside a proven event that says little", "4cc6ebcb", [[levels.task, /Failed to run VM crash1/], [levels.hint, /VM crash1 is down with error\. Exit message: internal error/]]],
  ["a shared id and a hint", "e8525ff1", [[levels.group, /Failed to delete snapshot/], [levels.hint, /command MergeVDS failed: Method not found/]]],
  ["a hint alone", "ed37d44f", [[levels.hint, /Host host1 became non responsive/]]],
  ["a refusal that nobody logged", "f7b0c94d", []],
];

for (const [what, id, sections] of rows) {
  test(`one click leads to ${what}`, { tag: "@panel" }, async ({ app }) => {
    const [job] = recorded(id);
    await Recorded.on(app, [job!, ...successes.slice(0, 3)]);
    await app.openLoggedIn();
    await app.grid.getByRole("row").filter({ hasText: "Failed" }).click();
    const reasons = app.detail.locator(".reasons");
    for (const [heading, text] of sections) {
      const section = reasons.locator("section").filter({ has: app.view.getByRole("heading", { name: heading, exact: true }) });
      await expect(section.getByRole("listitem").first()).toContainText(text);
    }
    await expect(reasons.getByRole("heading")).toHaveCount(sections.length);
    if (sections.length === 0) await expect(reasons).toHaveText(refusal);
    else await expect(reasons).not.toContainText(refusal);
  });
}

test("from a cold page, two actions lead to the reason of a failed step", async ({ app, page }) => {
  const [job] = recorded("c673791a");
  await Recorded.on(app, [job!, ...successes.slice(0, 3)]);
  await app.openLoggedIn();
  await page.evaluate(() => {
    const counted = Object.assign(window, { actions: 0 });
    for (const type of ["pointerdown", "keydown"]) addEventListener(type, () => (counted.actions += 1), true);
  });
  await app.row(job!.description).click();
  await app.detail.getByRole("button", { name: "Go to the failed step" }).click();
  await expect(app.detail.getByRole("heading", { name: "Creating Volume" })).toBeVisible();
  await expect(app.detail.locator(".reasons")).toContainText("Cannot create volume");
  expect(await page.evaluate(() => (window as unknown as { actions: number }).actions)).toBe(2);
});

test("before the events were read, nothing is said about them", async ({ app, page }) => {
  const [job] = recorded("f7b0c94d");
  await Recorded.on(app, [job!]);
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/api\/events/, async (route) => {
    await held;
    await route.fallback();
  });
  await app.openLoggedIn();
  await app.row("Sparsify image").click();
  const reasons = app.detail.locator(".reasons");
  await expect(reasons).toHaveText("The engine's events were not looked for yet.");
  answer();
  await expect(reasons).toHaveText(refusal);
});

/** Polls once more. */
async function poll(app: App, answers: Recorded): Promise<void> {
  const before = polls(answers);
  await app.refreshNow();
  await expect.poll(() => polls(answers)).toBeGreaterThan(before);
  await expect(app.grid).not.toHaveAttribute("aria-busy");
}

const polls = ({ asked }: Recorded) => asked.filter((line) => line === "jobs").length;

test("a poll brings at most one request for events and four for proofs, and none once all is settled", async ({ app }) => {
  const answers = await Recorded.on(app, failures);
  await app.openLoggedIn();
  for (let quiet = 0; quiet < 3; ) {
    const before = answers.aboutReasons.length;
    await poll(app, answers);
    const [events, proofs] = ["events", "proof"].map((kind) => answers.asked.filter((line) => line.startsWith(kind)).length);
    expect(events).toBeLessThanOrEqual(polls(answers));
    expect(proofs).toBeLessThanOrEqual(4 * polls(answers));
    expect(polls(answers), "it comes to rest").toBeLessThan(50);
    quiet = answers.aboutReasons.length === before && before > 10 ? quiet + 1 : 0;
  }
  expect(answers.aboutReasons.every((line) => !line.startsWith("events") || line.includes("max="))).toBe(true);
});

test("while nothing has failed, nothing more is asked", async ({ app }) => {
  const answers = await Recorded.on(app, successes);
  await app.openLoggedIn();
  await app.grid.getByRole("row").nth(1).click();
  await expect(app.detail.getByRole("heading").first()).toBeVisible();
  for (let count = 0; count < 3; count += 1) await poll(app, answers);
  expect(answers.aboutReasons).toEqual([]);
});

for (const status of [403, 404]) {
  test(`after a refusal of events with ${status} nothing is said of them, and they are not asked for again`, async ({ app, noise }) => {
    noise.allow(new RegExp(`${status}`));
    const answers = await Recorded.on(app, recorded("2366bc92", "4cc6ebcb"));
    answers.events = status;
    await app.openLoggedIn();
    await app.row("Launching VM db01").click();
    await expect.poll(() => answers.aboutReasons.length).toBe(1);
    for (let count = 0; count < 3; count += 1) await poll(app, answers);
    expect(answers.aboutReasons.length).toBe(1);
    await expect(app.detail).toContainText("Failed while validating");
    await expect(app.detail.locator(".reasons")).toBeEmpty();
  });
}

test("an engine without events is never asked for them", async ({ app }) => {
  const answers = await Recorded.on(app, recorded("2366bc92"), { hasEvents: false });
  await app.openLoggedIn();
  await app.row("Launching VM db01").click();
  for (let count = 0; count < 3; count += 1) await poll(app, answers);
  await expect(app.detail.locator(".reasons")).toBeEmpty();
  expect(answers.aboutReasons).toEqual([]);
});

test("a reason given when ending an own job is logged with the job's own id, and kept if it cannot be", async ({ app, noise, page }) => {
  noise.allow(/403/);
  await Recorded.root(app);
  const posted: Record<string, string>[] = [];
  let status = 201;
  await page.route(/\/api\/events(\?|$)/, async (route) => {
    if (route.request().method() === "POST") posted.push(route.request().postDataJSON());
    await route.fulfill(route.request().method() === "POST" ? { status, json: {} } : { json: {} });
  });
  await app.openLoggedIn();
  for (const [answer, note] of [[201, undefined], [403, /The reason is kept on this page, but the engine did not log it/]] as const) {
    status = answer;
    const name = unique(`Ended ${answer}`);
    const added = page.waitForRequest((request) => request.method() === "POST" && /\/api\/jobs/.test(request.url()));
    await app.openAddJob();
    await app.dialog.getByLabel("Description").fill(name);
    await app.dialog.getByRole("button", { name: "Add job" }).click();
    await expect(app.detail.getByRole("heading", { name })).toBeVisible();
    await app.detail.getByRole("button", { name: "End job…" }).click();
    await expect(app.dialog.getByLabel("Reason")).toHaveCount(0);
    await app.dialog.getByLabel("Failed").check();
    await app.dialog.getByLabel("Reason").fill("The target is full.\nTry nfs2.");
    await app.dialog.getByRole("button", { name: "End as failed" }).click();
    await expect.poll(() => posted.length).toBe(answer === 201 ? 1 : 2);
    const correlation = new URL((await added).url()).searchParams.get("correlation_id");
    expect(posted.at(-1)).toMatchObject({ origin: "Task Monitor", severity: "error", description: "The target is full.\nTry nfs2.", correlation_id: correlation });
    const given = app.detail.locator(".reasons section").filter({ has: app.view.getByRole("heading", { name: "The reason that you gave" }) });
    await expect(given).toContainText("The target is full.");
    if (note) await expect(app.notice(note)).toBeVisible();
  }
});
