// One submission is one job: the key of each addition, and additions that an oVirt engine has carried out twice.
import type { Page } from "@playwright/test";
import { expect, stopClock, test } from "./fixtures.ts";
import { lose } from "./lose.ts";
import { actions, lostReply } from "./words.ts";
import { plant, unique } from "./world.ts";

const jobs = /\/ovirt-engine\/api\/jobs(\?|$)/;
const root = /\/ovirt-engine\/api\/?$/;

test.beforeEach(({ noise }) => noise.allow(/ERR_CONNECTION_RESET/));

/** The keys of the additions that the page sends. */
function keysOf(page: Page): string[] {
  const keys: string[] = [];
  page.on("request", (request) => {
    const adds = request.method() === "POST" && /\/(jobs|steps)(\?|$)/.test(request.url());
    if (adds) keys.push(request.headers()["idempotency-key"] ?? "none");
  });
  return keys;
}

/** From now on the engine calls itself an oVirt engine. */
async function asOvirt(page: Page): Promise<void> {
  await page.route(root, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { product_info: object };
    await route.fulfill({ json: { ...body, product_info: { ...body.product_info, name: "oVirt Engine" } } });
  });
}

test("each addition has a key of its own; sent again after a lost reply, it has the same", async ({ app, page, world }) => {
  const job = unique("Parent");
  await plant(world, job);
  await app.openLoggedIn();
  const keys = keysOf(page);
  for (const name of [unique("First"), unique("Second")]) {
    await app.openAddJob();
    await app.dialog.getByLabel("Description").fill(name);
    await page.keyboard.press("Enter");
    await expect(app.notice(`Added “${name}”.`)).toBeVisible();
  }
  await app.row(job).click();
  await stopClock(page);
  const lost = await lose(page, /\/steps$/, "request");
  await app.detail.getByRole("button", { name: actions.addStep }).click();
  await app.dialog.getByLabel("Description").fill("Again");
  await page.keyboard.press("Enter");
  for (const [index, wait] of [1_000, 3_000, 6_000].entries()) {
    await expect(app.dialog.getByRole("status")).toContainText(`(${index + 1} of 3)`);
    await page.clock.runFor(wait);
  }
  await expect(app.dialog.getByRole("alert")).toContainText(lostReply.notDone);
  await lost.stop();
  await page.clock.resume();
  await app.dialog.getByRole("button", { name: "Send again" }).click();
  await expect(app.notice("Added “Again”.")).toBeVisible();
  expect(keys).toHaveLength(4);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(keys).size).toBe(3);
  expect(keys[3]).toBe(keys[2]);
});

test("only additions have a key", async ({ app, page, world }) => {
  const job = unique("Ends");
  await plant(world, job);
  const others: string[] = [];
  page.on("request", (request) => {
    if ("idempotency-key" in request.headers()) others.push(`${request.method()} ${request.url()}`);
  });
  await app.openLoggedIn();
  await app.choose(app.row(job), actions.endJob);
  await app.dialog.getByLabel("Succeeded").check();
  await app.dialog.getByRole("button", { name: "End as succeeded" }).click();
  await expect(app.dialog).toHaveCount(0);
  expect(others).toEqual([]);
});

test("at an oVirt engine: a job that the browser has sent twice is told", async ({ app, page }) => {
  await asOvirt(page);
  await app.openLoggedIn();
  await expect(page.getByRole("contentinfo")).toContainText("oVirt Engine");
  // The browser sends a request again by itself if its connection drops before the first byte of the reply.
  await page.route(jobs, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    const { "idempotency-key": _, ...headers } = route.request().headers();
    await route.fetch({ headers });
    return route.fulfill({ response: await route.fetch({ headers }) });
  });
  const name = unique("Twice");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  await page.keyboard.press("Enter");
  await expect(app.notice(`“${name}” was added twice: the connection dropped, and the browser sent it again.`)).toBeVisible();
  await expect(app.row(name)).toHaveCount(2);
});

test("at an oVirt engine: a step that the browser has sent twice is told, and one that was sent once is not", async ({ app, page, world }) => {
  const job = unique("Has steps");
  const planted = await plant(world, job, [{ name: "Copy" }]);
  await asOvirt(page);
  await app.openLoggedIn();
  await expect(page.getByRole("contentinfo")).toContainText("oVirt Engine");
  const add = async () => {
    await app.row(job).click();
    await app.detail.getByRole("button", { name: actions.addStep }).click();
    await app.dialog.getByLabel("Description").fill("Copy");
    await page.keyboard.press("Enter");
    await expect(app.notice("Added “Copy”.").first()).toBeVisible();
  };
  await add();
  await expect(app.notice(/was added/)).toHaveCount(0);
  await page.route(/\/steps$/, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await world.addStep(planted.job.id, "Copy");
    return route.fallback();
  });
  await add();
  await expect(app.notice("“Copy” was added twice:")).toBeVisible();
});
