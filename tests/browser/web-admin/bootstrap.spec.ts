// What web admin loads of ours before it shows anything of itself: the menu entry, and nothing in its way.
import { expect, test } from "../fixtures.ts";
import { taskMonitor, token } from "./panel.ts";
import { dashboard, neighbours } from "./plugins.ts";

const labels: Record<string, string> = {
  en_US: "Task Monitor",
  es_ES: "Monitor de tareas",
  fr_FR: "Moniteur de tâches",
  ja_JP: "タスクモニター",
  pt_BR: "Monitor de tarefas",
  zh_CN: "任务监视器",
  de_DE: "Aufgabenmonitor",
  ko_KR: "작업 모니터",
  it_IT: "Monitor delle attività",
  cs_CZ: "Sledování úloh",
  ka_GE: "ამოცანების მონიტორი",
  // What nobody has translated for, and GWT's word for its own default.
  ru_RU: "Task Monitor",
  default: "Task Monitor",
};

const bothOrders = ["before UserLogin", "after UserLogin"] as const;

test("ready at once, from one file, with WebAssembly out of reach", async ({ host, page, webAdmin }) => {
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

for (const firstPlace of bothOrders) {
  test.describe(`first place ${firstPlace}`, () => {
    test("whoever names no place lands on the Dashboard, as without us", async ({ host, webAdmin }) => {
      webAdmin.configure({ firstPlace });
      webAdmin.install(taskMonitor(), dashboard);
      await host.open();
      await expect(host.entry("Task Monitor")).toBeVisible();
      expect(await host.place()).toBe("dashboard");
      expect((await host.records()).revealed).toEqual(["dashboard"]);
    });

    test("whoever names another place gets that", async ({ host, webAdmin }) => {
      webAdmin.configure({ firstPlace });
      webAdmin.install(taskMonitor(), dashboard);
      await host.open("#hosts");
      await expect(host.entry("Task Monitor")).toBeVisible();
      expect((await host.records()).revealed).toEqual(["hosts"]);
    });

    test("whoever names ours gets ours, at once and after a reload", async ({ app, host, page, webAdmin }) => {
      webAdmin.configure({ firstPlace });
      await app.openLoggedIn();
      expect((await host.records()).revealed).toEqual([token]);
      await page.reload();
      await expect(app.grid).toBeVisible();
      expect((await host.records()).revealed).toEqual([token]);
    });

    test("whoever has made it the home page lands there", async ({ app, host, webAdmin }) => {
      webAdmin.configure({ firstPlace, customHomePage: `#${token}` });
      webAdmin.install(taskMonitor(), dashboard);
      await host.open();
      await expect(app.grid).toBeVisible();
      expect((await host.records()).revealed).toEqual([token]);
    });
  });
}

test("the entry stands last in the menu, in the admin's language", async ({ host, webAdmin }) => {
  webAdmin.install(taskMonitor(), dashboard);
  for (const [locale, label] of Object.entries(labels)) {
    webAdmin.configure({ locale });
    await host.open("#vms");
    await expect(host.entry(label), locale).toBeVisible();
    expect((await host.menuLabels()).at(-1), locale).toBe(label);
    expect(await host.state(token), locale).toBe("IN_USE");
  }
});

test("the entry opens the panel, and shows where the admin is", async ({ app, host, webAdmin }) => {
  webAdmin.install(taskMonitor(), dashboard);
  await host.open();
  await host.entry("Task Monitor").click();
  await expect(app.grid).toBeVisible();
  await expect(host.menu.locator("li.active")).toHaveText("Task Monitor");
});

test("inside a menu of web admin's, where the admin likes it there", async ({ app, host, webAdmin }) => {
  webAdmin.install(taskMonitor({ config: { menu: "admin" } }), dashboard);
  await host.open();
  await expect(host.menu.locator("li", { hasText: "Administration" }).getByRole("link", { name: "Task Monitor" })).toBeVisible();
  await host.entry("Task Monitor").click();
  await expect(app.grid).toBeVisible();
});

test("nothing of it when the admin has switched it off", async ({ host, webAdmin }) => {
  webAdmin.install(taskMonitor({ enabled: false }), dashboard);
  await host.open(`#${token}`);
  expect(await host.state(token)).toBe("DEFINED");
  expect(await host.place()).toBe("dashboard");
  await expect(host.entry("Task Monitor")).toHaveCount(0);
  expect(webAdmin.served.filter((name) => name.startsWith("plugin/task-monitor/"))).toEqual([]);
});

test("with a configuration of nonsense", async ({ app, host, webAdmin }) => {
  webAdmin.install(taskMonitor({ config: { menu: { no: "menu" }, pollSeconds: "often", keepMinutes: -1, locale: ["xx"], unheard: null } }), dashboard);
  await host.open(`#${token}`);
  await expect(app.grid).toBeVisible();
  await expect(host.entry("Task Monitor")).toBeVisible();
});

test("an engine that was restarted in between serves no files: web admin waits, as it was told to, and a reload mends it", async ({ host, noise, webAdmin }) => {
  noise.allow(/404/);
  webAdmin.configure({ restarted: true });
  webAdmin.install(taskMonitor());
  const refused = host.page.waitForResponse((response) => response.url().endsWith("plugin.html"));
  await host.start();
  expect((await refused).status()).toBe(404);
  expect(await host.state(token)).toBe("LOADING");
  await expect(host.page.locator("#loading")).toBeVisible();
  webAdmin.configure({ restarted: false });
  await host.open();
  expect(await host.state(token)).toBe("IN_USE");
});

test.describe("beside other plug-ins, which fail in every way there is", () => {
  for (const order of [0, 500]) {
    test(`ours at ${order}`, async ({ app, host, webAdmin }) => {
      webAdmin.install(...neighbours, taskMonitor({ order }));
      await host.open();
      // Neither hurts the other: each ends as it would have ended alone.
      await expect.poll(() => host.state("late")).toBe("IN_USE");
      await expect(host.entry("Late")).toBeVisible();
      await expect.poll(() => host.state("throwing-later")).toBe("FAILED");
      expect(await host.state("throwing")).toBe("FAILED");
      expect(await host.state("never-ready")).toBe("LOADING");
      for (const plugin of ["early", "dashboard", token]) expect(await host.state(plugin), plugin).toBe("IN_USE");
      expect(["early", "dashboard"]).toContain(await host.place());
      await host.entry("Early").click();
      await expect(host.inPlace.getByRole("heading")).toHaveText("The place of early");
      await host.entry("Task Monitor").click();
      await expect(app.grid).toBeVisible();
      await host.entry("Late").click();
      await expect(host.inPlace.getByRole("heading")).toHaveText("The place of late");
    });
  }

  test("one that keeps web admin waiting for ever keeps ours from nothing", async ({ host, webAdmin }) => {
    const waitedFor = neighbours.find(({ file }) => file === "never-ready");
    if (!waitedFor) throw new Error("no such plug-in");
    webAdmin.install({ ...waitedFor, descriptor: { ...(waitedFor.descriptor as object), lazyLoad: false } }, taskMonitor(), dashboard);
    await host.start();
    await expect.poll(() => host.state(token)).toBe("IN_USE");
    await expect(host.page.locator("#loading")).toBeVisible();
  });
});

const missing = ["logger", "showToast", "showAlert", "configObject", "currentLocale", "loginUserId", "loginUserName", "setPlaceUnloadHandler", "revealPlace", "setSearchString", "addSecondaryMenuPlace", "reportFatalError"];

test("an older engine, without what came later", async ({ app, engine, host, webAdmin }) => {
  const job = await engine.addJob("On an older engine");
  webAdmin.configure({ missing });
  webAdmin.install(taskMonitor({ config: { menu: "admin" } }), dashboard);
  await host.open(`#${token}`);
  await expect(app.row(job.description).first()).toBeVisible();
});

test("web admin itself inside a frame", async ({ app, engine, host, page, webAdmin }) => {
  const job = await engine.addJob("Framed twice");
  webAdmin.install(taskMonitor(), dashboard);
  await page.goto(`${webAdmin.origin}/framed.html#${token};id=${job.id}`);
  const panel = page.frameLocator("iframe").frameLocator("#place iframe");
  await expect(panel.getByRole("complementary", { name: "Details" }).getByRole("heading", { name: job.description })).toBeVisible();
  expect(await host.state(token)).toBe("IN_USE");
  expect(app.home).toBe("web-admin");
});
