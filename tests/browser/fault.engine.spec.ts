// Everything that can go wrong between the page and an engine. The faults are in the tables of the folder fault/; a row there is a test
// here. For each: what the page shows is correct, or said to be old and why. Nothing typed is lost, nothing is thrown, and when the
// fault ends, the page is right again by itself.
import { expect, test as base } from "./fixtures.ts";
import { bodies } from "./fault/body.ts";
import { FaultyProxy } from "./fault/proxy.ts";
import { carryOut, type Row } from "./fault/row.ts";
import { shapes } from "./fault/shape.ts";
import { Stand } from "./fault/stand.ts";
import { files, logIns, storages } from "./fault/start.ts";
import { redirects, statuses } from "./fault/status.ts";
import { sessions, times } from "./fault/time.ts";
import { transport } from "./fault/transport.ts";
import { unique } from "./world.ts";

const tables: [string, Row[]][] = [
  ["transport", transport],
  ["status", statuses],
  ["redirect", redirects],
  ["body", bodies],
  ["shape", shapes],
  ["time", times],
  ["session", sessions],
];

type Stands = { direct: Stand; connected: Stand };

// For a short journey: a trace of each row would cost more time than the row.
base.use({ trace: "off" });

const test = base.extend<{ faulty: FaultyProxy }, Stands>({
  direct: [({ browser }, use) => stand(browser, "direct", use), { scope: "worker" }],
  connected: [({ browser }, use) => stand(browser, "connect", use), { scope: "worker" }],

  /** A proxy before the engine that the tests of this worker share. */
  faulty: async ({ engine }, use) => {
    const proxy = await FaultyProxy.before(engine.url);
    await use(proxy);
    await proxy.refuse();
  },
});

async function stand(browser: Parameters<typeof Stand.open>[0], way: Parameters<typeof Stand.open>[1], use: (stand: Stand) => Promise<void>): Promise<void> {
  const stand = await Stand.open(browser, way);
  await use(stand);
  await stand.close();
}

for (const [kind, rows] of tables) {
  for (const row of rows) {
    test(`${kind}: ${row.name}`, ({ direct }) => carryOut(row, row.page, direct));
    const { throughConnect } = row;
    if (throughConnect) test(`through connect: ${kind}: ${row.name}`, ({ connected }) => carryOut(row, throughConnect, connected));
  }
}

for (const { name, file, does, says } of files) {
  test(`start: ${name}: told, and a reload helps`, async ({ faulty, noise, page }) => {
    noise.allow(/./);
    faulty.begin(file, does);
    await page.goto(faulty.url);
    const told = page.getByRole("alert");
    await expect(told).toContainText(says);
    faulty.end();
    await told.getByRole("button", { name: "Reload" }).click();
    await expect(page.getByLabel("Password")).toBeVisible();
  });
}

for (const { name, does } of storages) {
  test(`start: ${name}: the page works`, async ({ app, page }) => {
    await page.addInitScript(does);
    await app.openLoggedIn();
    await page.getByRole("button", { name: /^Theme/ }).click();
    await app.openAddJob();
    await expect(app.dialog.getByLabel("Description")).toBeFocused();
  });
}

test("log-in: whatever comes in place of a token is told, and what was typed stays", async ({ app, faulty, noise, page }) => {
  noise.allow(/Failed to load resource/);
  await app.open("", faulty.url);
  for (const { name, does, says } of logIns) {
    faulty.begin(/\/token$/, does);
    await app.logIn();
    await expect(page.getByRole("alert"), name).toHaveText(says);
    await expect(page.getByLabel("User name"), name).toHaveValue("admin@internal");
    faulty.end();
  }
  await app.logIn();
  await expect(app.grid).toBeVisible();
});

test("additions: the browser sends one again whose connection drops, and it is added once", async ({ app, engine, faulty, noise }) => {
  noise.allow(/Failed to load resource/);
  await app.open("", faulty.url);
  await app.logIn();
  await app.openAddJob();
  const name = unique("Sent again");
  faulty.begin(/^POST \/ovirt-engine\/api\/jobs(\?|$)/, async (exchange) => {
    await exchange.ask();
    exchange.reset("HTTP/1.1 201 Created\r\n");
  });
  await app.dialog.getByLabel("Description").fill(name);
  await app.dialog.getByLabel("Description").press("Enter");
  await expect.poll(() => faulty.met.length).toBeGreaterThan(1);
  faulty.end();
  await expect(app.row(name)).toHaveCount(1);
  const { job } = await engine.call<{ job: { description: string }[] }>("GET", "jobs");
  expect(job.filter(({ description }) => description === name)).toHaveLength(1);
});
