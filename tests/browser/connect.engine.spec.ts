// The page in front of an engine, served and forwarded by `jobs-engine connect`. Its faults are in fault.engine.spec.ts.
import { App } from "./app.ts";
import { certify } from "./certificate.ts";
import { expect, test } from "./fixtures.ts";
import { Connection, JobsEngine } from "./jobs-engine.ts";
import { unique } from "./world.ts";

test("jobs are added, ended and followed through connect; a killed engine is told, and comes back", async ({ noise, page }) => {
  noise.allow(/502|503/);
  const engine = await JobsEngine.start();
  const connection = await Connection.to(engine.url);
  const app = new App(page, "engine", connection.url);
  await app.openLoggedIn();
  const name = unique("Through connect");
  await page.getByRole("button", { name: "Add job" }).click();
  await app.dialog.getByLabel("Description").fill(name);
  await app.dialog.getByRole("button", { name: "Add job" }).click();
  await expect(app.row(name)).toContainText("Running");
  await app.detail.getByRole("button", { name: "End job…" }).click();
  await app.dialog.getByLabel("Failed").check();
  await app.dialog.getByRole("button", { name: "End as failed" }).click();
  await expect(app.row(name)).toContainText("Failed");

  await engine.kill();
  await app.refreshNow();
  await expect(page.getByRole("alert").filter({ hasText: "The engine cannot be reached (HTTP 502)" })).toBeVisible();
  await expect(app.row(name), "the last data stays").toBeVisible();
  await engine.serve();
  const later = unique("After the restart");
  await engine.addJob(later);
  // It tries again by itself, and the session is still valid.
  await expect(app.row(later)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("banner")).toContainText("Live");
  await connection.stop();
  await engine.stop();
});

test("an engine over TLS is reached with its certificate as the CA", async ({ page }) => {
  const certificate = await certify();
  const engine = await JobsEngine.start(...certificate.serve);
  const connection = await Connection.to(engine.url, "--engine-ca", certificate.file);
  const app = new App(page, "engine", connection.url);
  await app.openLoggedIn();
  await expect(page.getByRole("banner")).toContainText("Live");
  await expect(page.locator(".insecure")).toHaveCount(0);
  await connection.stop();
  await engine.stop();
  await certificate.remove();
});

for (const mark of ["Certificate not checked", "Not encrypted"]) {
  test(`an insecure way to the engine is marked: ${mark}`, async ({ page }) => {
    const certificate = await certify();
    const engine = await JobsEngine.start(...(mark === "Not encrypted" ? [] : certificate.serve));
    const connection = await Connection.to(engine.url, "--engine-insecure");
    const app = new App(page, "engine", connection.url);
    await app.openLoggedIn();
    await expect(page.getByRole("banner").getByText(mark)).toHaveAttribute("title", engine.url.replace(/\/$/, ""));
    await connection.stop();
    await engine.stop();
    await certificate.remove();
  });
}
