// The start of the plug-in: web admin shows nothing before it is ready. Its script is tested alone in tests/plugin.
import { expect, test } from "../fixtures.ts";
import { taskMonitor, token } from "./panel.ts";
import { dashboard, neighbours } from "./plugins.ts";

test("the plug-in is ready at once, from one file, without WebAssembly", async ({ host, page, webAdmin }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.route("**/*.wasm", (route) => route.abort());
  webAdmin.install(taskMonitor(), dashboard);
  await host.open();
  expect(await host.state(token)).toBe("IN_USE");
  expect(webAdmin.served.filter((name) => name.startsWith("plugin/task-monitor/"))).toEqual(["plugin/task-monitor/plugin.html"]);
  expect(webAdmin.engine.asked).toEqual([]);
  const { calls } = await host.records();
  expect(calls.filter(({ plugin }) => plugin === token).map(({ name }) => name).slice(0, 2)).toEqual(["register", "ready"]);
});

for (const firstPlace of ["before UserLogin", "after UserLogin"] as const) {
  test(`first place ${firstPlace}: without a place in the address the Dashboard is shown, with one that place`, async ({ host, webAdmin }) => {
    webAdmin.configure({ firstPlace });
    webAdmin.install(taskMonitor(), dashboard);
    for (const [hash, place] of [["", "dashboard"], ["#hosts", "hosts"]] as const) {
      await host.open(hash);
      await expect(host.entry("Task Monitor")).toBeVisible();
      expect((await host.records()).revealed).toEqual([place]);
    }
  });

  test(`first place ${firstPlace}: the panel is shown by its address, after a reload, and as home page`, async ({ app, host, page, webAdmin }) => {
    webAdmin.configure({ firstPlace });
    await app.openLoggedIn();
    expect((await host.records()).revealed).toEqual([token]);
    await page.reload();
    await expect(app.grid).toBeVisible();
    expect((await host.records()).revealed).toEqual([token]);
    webAdmin.configure({ customHomePage: `#${token}` });
    await host.open();
    await expect(app.grid).toBeVisible();
    expect((await host.records()).revealed).toEqual([token]);
  });
}

test("the entry is last in the menu, in the admin's language", async ({ host, webAdmin }) => {
  webAdmin.configure({ locale: "de_DE" });
  webAdmin.install(taskMonitor(), dashboard);
  await host.open("#vms");
  await expect(host.entry("Aufgabenmonitor")).toBeVisible();
  expect((await host.menuLabels()).at(-1)).toBe("Aufgabenmonitor");
});

test("the menu entry opens the panel and is marked", async ({ app, host, webAdmin }) => {
  webAdmin.install(taskMonitor(), dashboard);
  await host.open();
  await host.entry("Task Monitor").click();
  await expect(app.grid).toBeVisible();
  await expect(host.menu.locator("li.active")).toHaveText("Task Monitor");
});

test("the entry is inside a menu of web admin's if the site configures it so", async ({ app, host, webAdmin }) => {
  webAdmin.install(taskMonitor({ config: { menu: "admin" } }), dashboard);
  await host.open();
  await host.menu.locator("li", { hasText: "Administration" }).getByRole("link", { name: "Task Monitor" }).click();
  await expect(app.grid).toBeVisible();
});

test("a plug-in that is switched off loads nothing", async ({ host, webAdmin }) => {
  webAdmin.install(taskMonitor({ enabled: false }), dashboard);
  await host.open(`#${token}`);
  expect(await host.state(token)).toBe("DEFINED");
  expect(await host.place()).toBe("dashboard");
  await expect(host.entry("Task Monitor")).toHaveCount(0);
  expect(webAdmin.served.filter((name) => name.startsWith("plugin/task-monitor/"))).toEqual([]);
});

test("beside other plug-ins that fail in several ways, ours works and so do the others", async ({ app, host, webAdmin }) => {
  webAdmin.install(...neighbours, taskMonitor());
  await host.open();
  await expect.poll(() => host.state("late")).toBe("IN_USE");
  await expect(host.entry("Late")).toBeVisible();
  await expect.poll(() => host.state("throwing-later")).toBe("FAILED");
  expect(await host.state("throwing")).toBe("FAILED");
  expect(await host.state("never-ready")).toBe("LOADING");
  expect(await host.place()).toBe("dashboard");
  await host.entry("Task Monitor").click();
  await expect(app.grid).toBeVisible();
  await host.entry("Late").click();
  await expect(host.inPlace.getByRole("heading")).toHaveText("The place of late");
});

/** Functions that older engines do not have. */
const missing = ["logger", "configObject", "currentLocale", "loginUserId", "loginUserName", "revealPlace", "setSearchString", "addSecondaryMenuPlace"];

test("the panel works in an older web admin without newer functions", async ({ app, engine, host, webAdmin }) => {
  const job = await engine.addJob("On an older engine");
  webAdmin.configure({ missing });
  webAdmin.install(taskMonitor({ config: { menu: "admin" } }), dashboard);
  await host.open(`#${token}`);
  await expect(app.row(job.description).first()).toBeVisible();
});

test("the panel works when web admin itself is in a frame", async ({ app, engine, host, page, webAdmin }) => {
  const job = await engine.addJob("Framed twice");
  webAdmin.install(taskMonitor(), dashboard);
  await page.goto(`${webAdmin.origin}/framed.html#${token};id=${job.id}`);
  const panel = page.frameLocator("iframe").frameLocator("#place iframe");
  await expect(panel.getByRole("complementary", { name: "Details" }).getByRole("heading", { name: job.description })).toBeVisible();
  expect(await host.state(token)).toBe("IN_USE");
  expect(app.home).toBe("web-admin");
});
