// How the panel's files are served: types, a content security policy, and other addresses than web admin's.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import { admin } from "../jobs-engine.ts";
import { plant, unique } from "../world.ts";
import { resourceFile, taskMonitor, token } from "./panel.ts";

test("starts under a content security policy with the hash of the plug-in's script", async ({ app, engine, host, webAdmin }) => {
  const name = unique("Strict");
  await plant(engine, name);
  const [, script = ""] = readFileSync(resourceFile("plugin.html"), "utf8").match(/<script>([\s\S]*?)<\/script>/) ?? [];
  const hash = createHash("sha256").update(script).digest("base64");
  webAdmin.configure({ policy: `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'` });
  webAdmin.install(taskMonitor());
  await host.open();
  expect(await host.state(token)).toBe("IN_USE");
  await host.entry("Task Monitor").click();
  await expect(app.row(name)).toBeVisible();
});

test("in a tab of its own the page logs in by itself and works", async ({ app, engine, page, webAdmin }) => {
  const name = unique("Alone");
  const { job } = await plant(engine, name);
  webAdmin.install(taskMonitor());
  // An engine serves a plug-in's files only after somebody has opened web admin.
  await page.goto(webAdmin.url);
  await page.goto(`${webAdmin.url}plugin/task-monitor/index.html#/jobs/${job.id}`);
  await page.getByLabel("User name").fill(admin.name);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByRole("complementary", { name: "Details" }).getByRole("heading", { name })).toBeVisible();
  expect(webAdmin.engine.asked.map(({ path }) => path)).toContain("sso/oauth/token");
  expect(app.home).toBe("web-admin");
});

test("the panel links to the page in its own tab", async ({ app, engine, page }) => {
  const name = unique("Apart");
  const { job } = await plant(engine, name);
  await app.openLoggedIn(`#/jobs/${job.id}`);
  const opened = page.waitForEvent("popup");
  await app.view.getByRole("link", { name: /own tab/i }).click();
  const tab = await opened;
  await expect(tab.getByLabel("User name")).toBeVisible();
  await expect(tab).toHaveURL(new RegExp(`/plugin/task-monitor/index\\.html#/jobs/${job.id}`));
});

test("the same files work in another folder of the engine's origin", async ({ engine, page, webAdmin }) => {
  const name = unique("Plain host");
  await plant(engine, name);
  webAdmin.serveFolder("/tools/tasks/", resourceFile(""));
  await page.goto(`${webAdmin.origin}/tools/tasks/`);
  await page.getByLabel("User name").fill(admin.name);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: name }).first()).toBeVisible();
});
