// What belongs to one session stays in it, when it ends and another user logs in while an answer is under way.
import type { Page, Route } from "@playwright/test";
import { late } from "./fault/acts.ts";
import { type Act, FaultyProxy } from "./fault/proxy.ts";
import { expect, JobsEngine, takeClock, test as base, type User } from "./fixtures.ts";
import { reopenForm, sessionEnded } from "./words.ts";
import { unique } from "./world.ts";

const added = /^POST \S+\/api\/jobs\?/;

const test = base.extend<{ faulty: FaultyProxy }>({
  /** Before the engine, with the page opened through it and logged in. */
  faulty: async ({ app, engine, noise, page }, use) => {
    noise.allow(/401|ERR_/);
    await takeClock(page);
    const faulty = await FaultyProxy.before(engine.url);
    await app.open("", faulty.url);
    await app.logIn();
    await expect(app.grid).not.toHaveAttribute("aria-busy");
    await use(faulty);
    await faulty.refuse();
  },
});

/** Ends the page's session, and logs in as another user, who may do everything. */
async function replaceUser(page: Page, engine: JobsEngine): Promise<void> {
  const other: User = { name: `${unique("other").replace(" ", "-")}@internal`, password: "another password" };
  await engine.addUser(other, "SuperUser");
  const list = /\/ovirt-engine\/api\/jobs(\?|$)/;
  const refuse = (route: Route) => (route.request().method() === "GET" ? route.fulfill({ status: 401 }) : route.fallback());
  await page.route(list, refuse);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  const again = page.getByRole("dialog", { name: sessionEnded });
  await again.getByLabel("User name").fill(other.name);
  await again.getByLabel("Password").fill(other.password);
  await page.unroute(list, refuse);
  await page.keyboard.press("Enter");
  await expect(again).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText(other.name);
  await expect(page.getByRole("banner")).toContainText("Live");
}

/** Lets the answers go, and lets the page's clock go on for longer than it looks for a lost reply. */
async function letGo(page: Page, faulty: FaultyProxy): Promise<void> {
  faulty.end();
  await expect.poll(() => faulty.open).toEqual([]);
  for (let second = 0; second < 12; second += 1) await page.clock.runFor(1_000);
}

const met = (faulty: FaultyProxy) => expect.poll(() => faulty.met.length).toBeGreaterThan(0);

/** Only the first time. */
function once(does: Act): Act {
  let times = 0;
  return async (exchange) => {
    times += 1;
    if (times === 1) return does(exchange);
    const { status, headers, body } = await exchange.ask();
    return exchange.answer(status, body, headers);
  };
}

test("a command that waits for a read is not sent with the next user's token", async ({ app, engine, faulty, page }) => {
  const name = unique("First user's");
  const job = await engine.addJob(name);
  await app.refreshNow();
  await app.choose(app.row(name), "Add step…");
  await app.dialog.getByLabel("Description").fill("Step of the first user");
  // Before it adds a step, the page reads the job.
  faulty.begin(new RegExp(`^GET \\S+/jobs/${job.id}$`), late);
  await page.keyboard.press("Enter");
  await met(faulty);
  await replaceUser(page, engine);
  await letGo(page, faulty);
  await expect(app.row(name)).toBeVisible();
  expect(await engine.steps(job.id)).toEqual([]);
  expect(faulty.asked.filter((request) => request.startsWith("POST") && request.includes("/api/"))).toEqual([]);
});

test("what became of a command is told to nobody else, and the draft is offered to nobody else", async ({ app, engine, faulty, page }) => {
  const name = unique("Of the first user");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  faulty.begin(added, late);
  await page.keyboard.press("Enter");
  await met(faulty);
  await replaceUser(page, engine);
  // A notice would go by itself, so whatever a notice ever says is kept.
  await page.evaluate(() => {
    const said: string[] = Object.assign(window, { said: [] as string[] }).said;
    new MutationObserver(() => said.push(document.querySelector(".notices")?.textContent ?? "")).observe(document.body, { childList: true, subtree: true });
  });
  await letGo(page, faulty);
  // The job is the engine's, so the next user sees it. Nothing else is said about it.
  await expect(app.row(name)).toBeVisible();
  await expect(app.dialog).toHaveCount(0);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.join("\n"));
  expect(said).not.toContain(name);
  expect(said).not.toContain(reopenForm);
});

test("a lost reply is not looked for with the next user's token", async ({ app, engine, faulty, page }) => {
  const name = unique("Of the first user");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  faulty.begin(added, async (exchange) => {
    await exchange.ask();
    await exchange.end;
    // Without the beginning of an answer, Chromium would send the request again by itself.
    exchange.bytes("HTTP/1.1 201 Created\r\ncontent-length: 1000\r\n\r\n");
    exchange.hangUp();
  });
  const addition = page.waitForRequest((request) => request.method() === "POST" && /\/api\/jobs\?/.test(request.url()));
  await page.keyboard.press("Enter");
  // It is the job's correlation id, too.
  const key = (await addition).headers()["idempotency-key"] ?? "none";
  expect(key).not.toBe("none");
  await met(faulty);
  await replaceUser(page, engine);
  await letGo(page, faulty);
  await expect(app.row(name)).toBeVisible();
  await expect(app.dialog).toHaveCount(0);
  expect(faulty.asked.filter((request) => request.startsWith("GET") && request.includes(key))).toEqual([]);
});

test("the steps of the next user's jobs come at once, though a request for steps was under way", async ({ app, engine, faulty, page }) => {
  const name = unique("With a step");
  const job = await engine.addJob(name);
  await engine.addStep(job.id, "Seen by both");
  faulty.begin(new RegExp(`^GET \\S+/jobs/${job.id}/steps$`), once(late));
  await app.refreshNow();
  await met(faulty);
  await replaceUser(page, engine);
  await expect(app.row(name)).toContainText("0/1");
  faulty.end();
});
