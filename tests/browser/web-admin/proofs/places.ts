// Proofs of the rules about places and the menu, and about the end of a session, in the page.
import { expect } from "@playwright/test";
import { dashboard, scripted } from "../plugins.ts";
import type { RuleName } from "../rules.ts";
import type { ShownProof } from "./life.ts";

/** A plug-in that does this in UiInit. */
const doing = (name: string, script: string, order = 10) => scripted(name, `api.register({ UiInit() { ${script} } }); api.ready();`, { lazyLoad: false, order });
const adds = (name: string, options = "{}", order = 10) => doing(name, `api.addPrimaryMenuPlace("${name}", "${name}", "plugin/${name}/place.html", ${options});`, order);

export const placeProofs = {
  async "menu order"(host) {
    host.server.install(adds("top", "{ priority: -7, icon: 'pficon-memory' }"), adds("second", "{ priority: 1, icon: 'fa-tasks' }"), adds("beyond", "{ priority: 99 }"), adds("none"));
    await host.open();
    const labels = await host.menuLabels();
    expect(labels[0]).toBe("top");
    expect(labels.slice(-3, -2)).toEqual(["Events"]);
    expect(labels.slice(-2).sort()).toEqual(["beyond", "none"]);
    expect(labels.filter((label) => label !== "top" && label !== "second")).toEqual(["Compute", "Network", "Storage", "Administration", "Events", ...labels.slice(-2)]);
    await expect(host.entry("top").locator("span").first()).toHaveClass("pficon pficon-memory");
    await expect(host.entry("second").locator("span").first()).toHaveClass("fa fa-tasks");
  },

  async "secondary places"(host) {
    host.server.install(
      doing(
        "inside",
        `api.addSecondaryMenuPlace("storage", "First of storage", "one", "plugin/inside/place.html", { priority: 0 });
         api.addSecondaryMenuPlace("nowhere", "Lost", "lost", "plugin/inside/place.html");
         api.addPrimaryMenuContainer("Ours", "ours", { priority: 0 });
         api.addPrimaryMenuContainer("Again", "ours");
         api.addSecondaryMenuPlace("ours", "In ours", "in-ours", "plugin/inside/place.html");`,
      ),
    );
    await host.open("#one");
    await expect(host.menu.locator("li", { has: host.page.getByText("Storage") }).locator("li").first()).toHaveText("First of storage");
    await expect(host.entry("Lost")).toHaveCount(0);
    expect(await host.menuLabels()).toEqual(["Ours", "Compute", "Network", "Storage", "Administration", "Events"]);
    await host.entry("In ours").click();
    await expect(host.inPlace.getByRole("heading")).toHaveText("The place of inside");
  },

  async "default place"(host) {
    host.server.install(dashboard);
    await host.open();
    expect(await host.place()).toBe("dashboard");
    host.server.install(adds("thief", "{ defaultPlace: false }", 99));
    // Nobody knows which is the last to be ready, so one that waits for the other.
    host.server.install(
      scripted("last", `setTimeout(function again() { if (top.webAdmin.states.thief !== "IN_USE" || top.webAdmin.states.dashboard !== "IN_USE") return setTimeout(again);
        api.register({ UiInit() { api.addPrimaryMenuPlace("Last", "last", "plugin/last/place.html", { defaultPlace: false }); } }); api.ready(); });`, { lazyLoad: false }),
    );
    await host.open();
    expect(await host.place()).toBe("last");
    await expect(host.page).toHaveURL(/#last$/);
  },

  async "unknown place"(host) {
    host.server.install(dashboard);
    await host.open("#no-such-place;id=1");
    expect(await host.place()).toBe("dashboard");
    await host.leaveFor("vms");
    await host.goTo("nor-this");
    await expect.poll(() => host.place()).toBe("dashboard");
  },

  async "home page"(host) {
    host.server.install(dashboard, adds("favourite"));
    host.server.configure({ customHomePage: "#hosts" });
    await host.open();
    expect(await host.place()).toBe("hosts");
    await host.open("#dashboard");
    expect(await host.place()).toBe("dashboard");
  },

  async "place frame"(host) {
    host.server.install(adds("framed"));
    await host.open("#framed");
    const marked = () => host.inPlace.locator("html").evaluate(() => "marked" in window);
    await host.inPlace.locator("html").evaluate(() => void Object.assign(window, { marked: true }));
    expect(await marked()).toBe(true);
    await host.leaveFor("vms");
    await expect(host.placeFrame).toHaveCount(0);
    await host.entry("framed").click();
    await expect(host.inPlace.getByRole("heading")).toHaveText("The place of framed");
    expect(await marked()).toBe(false);
    expect(host.server.served.filter((name) => name.endsWith("place.html"))).toHaveLength(2);
  },

  async "frame height"(host) {
    host.server.install(adds("framed"));
    await host.open("#framed");
    const [width, height] = [1000, 700];
    await host.page.setViewportSize({ width, height });
    await expect.poll(() => host.placeFrame.boundingBox()).toEqual({ x: 200, y: 60, width: width - 200, height: height - 60 - 6 });
  },

  async parameters(host) {
    host.server.install(adds("framed"));
    await host.open("#framed;id=1;q=x");
    expect(await host.place()).toBe("framed");
    await expect.poll(() => host.inPlace.locator("html").evaluate(() => location.href)).toBe(`${host.server.url}plugin/framed/place.html`);
    // Another address of the same place leaves the frame where it is.
    await host.inPlace.locator("html").evaluate(() => void Object.assign(window, { marked: true }));
    await host.goTo("framed;id=2");
    await expect.poll(async () => (await host.records()).revealed.length).toBe(2);
    expect(await host.inPlace.locator("html").evaluate(() => "marked" in window)).toBe(true);
  },

  async later(host) {
    host.server.install(
      adds("framed"),
      scripted("moves", 'api.register({ UserLogin() { setTimeout(() => { api.revealPlace("events"); api.setPlaceContentUrl("framed", "plugin/moves/place.html"); api.setSearchString("Events: severity = error"); top.placeThen = top.webAdmin.place; }); } }); api.ready();'),
    );
    await host.open("#vms");
    await expect.poll(() => host.place()).toBe("events");
    expect(await host.page.evaluate(() => (window as unknown as { placeThen: string }).placeThen)).toBe("vms");
    expect((await host.records()).searches).toEqual(["Events: severity = error"]);
    await host.entry("framed").click();
    await expect(host.inPlace.getByRole("heading")).toHaveText("The place of moves");
  },

  async unload(host) {
    host.server.install(
      adds("framed"),
      scripted("watches", 'api.register({ UserLogin() { top.watch = () => api.setPlaceUnloadHandler("framed", () => { top.unloaded = true; }); } }); api.ready();'),
    );
    await host.open("#framed");
    await host.page.waitForFunction(() => "watch" in window);
    await host.page.evaluate(() => (window as unknown as { watch(): void }).watch());
    await host.page.waitForFunction(() => typeof document.querySelector<HTMLIFrameElement>("#place iframe")?.contentWindow?.onunload === "function");
  },

  async toasts(host) {
    host.server.install(doing("noisy", 'api.showToast("Danger", "bad"); api.showToast("odd", "what"); api.showAlert("success", "good", { autoHideMs: 9 }); api.showAlert("", "plain");'));
    await host.open();
    await expect.poll(async () => (await host.records()).alerts).toEqual([
      { type: "SUCCESS", text: "good", autoHideMs: 9 },
      { type: "INFO", text: "plain", autoHideMs: 0 },
    ]);
    expect((await host.records()).toasts).toEqual([
      { type: "DANGER", text: "bad" },
      { type: "INFO", text: "what" },
    ]);
  },

  async "log and fatal errors"(host) {
    host.server.install(scripted("speaks", 'api.logger().info("one"); api.logger().warning("two"); api.logger().severe("three"); api.reportFatalError("four");'));
    await host.open();
    await expect.poll(async () => (await host.records()).fatal).toEqual(["four"]);
    expect((await host.records()).log).toEqual([
      { level: "info", text: "one" },
      { level: "warning", text: "two" },
      { level: "severe", text: "three" },
    ]);
  },

  async expiry(host) {
    host.server.install(dashboard);
    await host.open("#dashboard");
    const loads = () => host.server.served.filter((name) => name === "").length;
    expect(loads()).toBe(1);
    await host.sessionExpired();
    await expect.poll(loads).toBe(2);
    await expect.poll(() => host.place()).toBe("dashboard");
  },
} satisfies Partial<Record<RuleName, ShownProof>>;
