// How the panel's files come: types, policies, a slow line, and other addresses than web admin's.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import { admin } from "../jobs-engine.ts";
import { plant, unique } from "../world.ts";
import { resourceFile, taskMonitor, token } from "./panel.ts";
import { dashboard } from "./plugins.ts";

for (const types of [
  { ".wasm": "application/wasm", ".js": "text/javascript" },
  { ".wasm": "application/octet-stream", ".js": "application/javascript" },
]) {
  test(`starts in quiet with .wasm as ${types[".wasm"]} and .js as ${types[".js"]}`, async ({ app, engine, webAdmin }) => {
    const name = unique("Served");
    await plant(engine, name);
    webAdmin.configure({ types });
    await app.openLoggedIn();
    await expect(app.row(name)).toBeVisible();
  });
}

test("under a content security policy that knows the bootstrap's hash", async ({ app, engine, host, webAdmin }) => {
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

test("web admin waits for ever under a policy that does not know it", async ({ host, noise, webAdmin }) => {
  noise.allow(/[Cc]ontent [Ss]ecurity [Pp]olicy/);
  webAdmin.configure({ policy: "script-src 'self' 'wasm-unsafe-eval'" });
  webAdmin.install(taskMonitor());
  await host.start();
  await host.page.locator("body > iframe").evaluate((frame: HTMLIFrameElement) => frame.contentDocument?.readyState === "complete" || new Promise((loaded) => frame.addEventListener("load", loaded)));
  expect(await host.state(token)).toBe("LOADING");
});

test("opened in a tab of its own, on the engine: it logs in by itself and works", async ({ app, engine, page, webAdmin }) => {
  const name = unique("Alone");
  const { job } = await plant(engine, name);
  webAdmin.install(taskMonitor());
  // Until somebody has opened web admin, an engine does not know of the plug-in.
  await page.goto(webAdmin.url);
  await page.goto(`${webAdmin.url}plugin/task-monitor/index.html#/jobs/${job.id}`);
  await page.getByLabel("User name").fill(admin.name);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("complementary", { name: "Details" }).getByRole("heading", { name })).toBeVisible();
  expect(webAdmin.engine.asked.map(({ path }) => path)).toContain("sso/oauth/token");
  expect(app.home).toBe("web-admin");
});

test("from the panel into a tab of its own", async ({ app, engine, page }) => {
  const name = unique("Apart");
  const { job } = await plant(engine, name);
  await app.openLoggedIn(`#/jobs/${job.id}`);
  const opened = page.waitForEvent("popup");
  await app.view.getByRole("link", { name: /own tab/i }).click();
  const tab = await opened;
  await expect(tab.getByLabel("User name")).toBeVisible();
  await expect(tab).toHaveURL(new RegExp(`/plugin/task-monitor/index\\.html#/jobs/${job.id}`));
});

test("as files of a plain host, in a folder of the engine's origin", async ({ engine, page, webAdmin }) => {
  const name = unique("Plain host");
  await plant(engine, name);
  webAdmin.serveFolder("/tools/tasks/", resourceFile(""));
  await page.goto(`${webAdmin.origin}/tools/tasks/`);
  await page.getByLabel("User name").fill(admin.name);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("row").filter({ hasText: name }).first()).toBeVisible();
});

test("something is to be seen before the slow part is there", async ({ app, host, page, webAdmin }) => {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  webAdmin.install(dashboard, taskMonitor());
  await host.open(`#${token}`);
  const shell = app.view.locator("#shell");
  await expect(shell).toBeVisible();
  await expect(shell).toContainText("Task Monitor");
  letGo();
  await expect(shell).toHaveCount(0);
  await expect(app.grid).toBeVisible();
});

test("says what is missing when a file is, and goes on when it is back", async ({ app, host, noise, page, webAdmin }) => {
  noise.allow(/./);
  webAdmin.install(dashboard, taskMonitor());
  await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
  await host.open(`#${token}`);
  await expect(app.view.getByRole("alert")).toContainText("404");
  await page.unroute("**/*.wasm");
  await app.view.getByRole("button", { name: "Reload" }).click();
  await expect(app.grid).toBeVisible();
  expect(await host.place()).toBe(token);
});
