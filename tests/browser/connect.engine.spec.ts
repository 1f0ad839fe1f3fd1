// The page in front of an engine, served and forwarded by `jobs-engine connect`.
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { App } from "./app.ts";
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

const faults: [string, RequestListener, string][] = [
  ["a redirect", (_, answer) => void answer.writeHead(302, { location: "https://sso.example.com/log-in?secret=1" }).end(), "https://sso.example.com/log-in"],
  ["HTML in place of JSON", (_, answer) => void answer.setHeader("content-type", "text/html").end("<html>Maintenance</html>"), "The engine's answer cannot be read."],
  ["an answer that breaks off", (_, answer) => void answer.writeHead(200, { "content-length": "1000" }).write("{", () => answer.destroy()), "The engine cannot be reached."],
  ["503 with advice", (_, answer) => void answer.writeHead(503, { "retry-after": "1" }).end(), "The engine reported an error (HTTP 503)."],
];

for (const [name, listener, sentence] of faults) {
  test(`through connect: ${name} is told in words`, async ({ noise, page }) => {
    noise.allow(/50\d|ERR_/);
    const fake = createServer(listener).listen(0, "127.0.0.1");
    await once(fake, "listening");
    const connection = await Connection.to(`http://127.0.0.1:${(fake.address() as AddressInfo).port}`);
    const app = new App(page, "engine", connection.url);
    await app.open();
    await app.logIn();
    await expect(page.getByRole("alert")).toContainText(sentence);
    await connection.stop();
    fake.closeAllConnections();
    fake.close();
  });
}

test("an engine whose certificate is not checked is marked so", async ({ page }) => {
  const engine = await JobsEngine.start();
  const connection = await Connection.to(engine.url, "--engine-insecure");
  const app = new App(page, "engine", connection.url);
  await app.openLoggedIn();
  await expect(page.getByRole("banner").getByText("Not encrypted")).toHaveAttribute("title", engine.url.replace(/\/$/, ""));
  await connection.stop();
  await engine.stop();
});
