// Links from the panel into web admin, and links to copy.
import { expect, test } from "../fixtures.ts";
import { idOf, Pretend } from "../pretend.ts";
import { plant, unique } from "../world.ts";
import { panelAddress, token } from "./panel.ts";

test.describe("copied", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("a copied link leads to the job in web admin, without the filter", async ({ app, engine, page, webAdmin }) => {
    const name = unique("Copied");
    const { job } = await plant(engine, name);
    await app.openLoggedIn("#/jobs?status=started");
    await app.row(name).click();
    await app.detail.getByRole("button", { name: "Copy link" }).click();
    await expect(app.notice("Link copied.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${webAdmin.url}${panelAddress(`#/jobs/${job.id}`)}`);
  });
});

test("a step's host is shown by name, requested once, and links to its place without a reload of web admin", async ({ app, host, page }) => {
  const where = idOf(5, 9);
  await Pretend.on(app, [{ id: idOf(1), description: "Migrate", external: false, steps: [{ description: "From", host: where }, { description: "To", host: where }] }]);
  let asked = 0;
  await page.route(`**/api/hosts/${where}`, (route) => {
    asked += 1;
    return route.fulfill({ json: { id: where, name: "host-01.example.org" } });
  });
  await app.openLoggedIn();
  await page.evaluate(() => void Object.assign(window, { marked: true }));
  await app.row("Migrate").locator(".expander").click();
  for (const step of ["From", "To"]) {
    await app.row(step).click();
    await expect(app.detail.getByRole("heading", { name: step })).toBeVisible();
    await expect(app.detail.getByRole("link", { name: "host-01.example.org" })).toBeVisible();
  }
  expect(asked).toBe(1);
  await app.detail.getByRole("link", { name: "host-01.example.org" }).click();
  await expect(page).toHaveURL(/#hosts-general;name=host-01\.example\.org$/);
  await expect.poll(() => host.place()).toBe("hosts-general");
  expect(await page.evaluate(() => "marked" in window)).toBe(true);
});

test("a host that the engine does not know is shown by its id, without a link", async ({ app, noise, page }) => {
  noise.allow(/404/);
  const where = idOf(6, 9);
  await Pretend.on(app, [{ id: idOf(1), description: "Migrate", steps: [{ description: "From", host: where }] }]);
  const refused = page.waitForResponse(`**/api/hosts/${where}`);
  await page.route(`**/api/hosts/${where}`, (route) => route.fulfill({ status: 404 }));
  await app.openLoggedIn();
  await app.row("Migrate").locator(".expander").click();
  await app.row("From").click();
  await refused;
  await expect(app.detail.getByText(where)).toBeVisible();
  await expect(app.detail.getByRole("link")).toHaveCount(0);
});

test("the Events button is there only for jobs that were added here, and searches their events", async ({ app, engine, host }) => {
  const other = unique("Another's");
  await plant(engine, other);
  await app.openLoggedIn();
  const events = app.detail.getByRole("button", { name: "Events" });
  await app.row(other).click();
  await expect(app.detail.getByRole("heading", { name: other })).toBeVisible();
  await expect(events).toHaveCount(0);
  const name = unique("Added here");
  await app.openAddJob();
  await app.dialog.getByLabel("Description").fill(name);
  await app.page.keyboard.press("Enter");
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  await events.click();
  await expect.poll(() => host.place()).toBe("events");
  await expect.poll(async () => (await host.records()).searches).toEqual([expect.stringMatching(/^Events: correlation_id = [A-Za-z0-9_-]+$/)]);
  const { calls } = await host.records();
  expect(calls.filter(({ plugin }) => plugin === token).map(({ name }) => name)).toContain("revealPlace");
});
