// Proofs of the rules about the life of plug-ins, in the page.
import { expect } from "@playwright/test";
import type { HostPage } from "../host-page.ts";
import { dashboard, scripted } from "../plugins.ts";
import type { RuleName } from "../rules.ts";

export type ShownProof = (host: HostPage) => Promise<void>;

/** What a plug-in's script has left in `window.top.notes`. */
const notes = <Value = unknown>(host: HostPage) => host.page.evaluate(() => (window as unknown as { notes?: unknown }).notes) as Promise<Value>;
const note = "const note = (line) => (top.notes ??= []).push(line);";
const lives = `${note} api.register({ UiInit() { note("UiInit"); } }); api.ready();`;

export const lifeProofs = {
  async frames(host) {
    host.server.install(scripted("works", lives), { ...scripted("disabled", lives), settings: { enabled: false } });
    await host.open();
    const frames = host.page.locator("body > iframe");
    await expect(frames).toHaveCount(1);
    await expect(frames).toHaveAttribute("src", "plugin/works/plugin.html");
    expect(await frames.evaluate(({ style }) => [style.position, style.width, style.height, style.borderStyle])).toEqual(["absolute", "0pt", "0pt", "none"]);
    await expect.poll(() => host.state("works")).toBe("IN_USE");
    expect(await host.state("disabled")).toBe("DEFINED");
  },

  async "one per name"(host) {
    const first = scripted("twin", `${note} note("first");`, { order: 1 });
    const second = { ...scripted("twin", `${note} note("second");`, { order: 2 }), file: "other" };
    host.server.install(first, second);
    await host.open();
    await expect(host.page.locator("body > iframe")).toHaveCount(1);
    expect((await host.records()).log.map(({ text }) => text)).toContain("Plugin [twin] is already defined");
  },

  async api(host) {
    host.server.install(
      scripted(
        "several",
        `${note} new parent.pluginApi("several").register({ UiInit() { note("UiInit"); } });
         note(typeof parent.pluginApi("unheard of").ready);
         note(String(parent.pluginApi("unheard of").ssoToken()));
         parent.pluginApi("several").ready();`,
      ),
    );
    await host.open();
    await expect.poll(() => host.state("several")).toBe("IN_USE");
    expect(await notes(host)).toEqual(["function", "undefined", "UiInit"]);
  },

  async "register once"(host) {
    host.server.install(scripted("twice", `${note} api.register({ UiInit() { note("first"); } }); api.register({ UiInit() { note("second"); } }); api.ready();`));
    await host.open();
    await expect.poll(() => host.state("twice")).toBe("IN_USE");
    expect(await notes(host)).toEqual(["first"]);
    expect((await host.records()).log).toEqual([{ level: "warning", text: "Plugin [twice] has already registered the event handler object" }]);
  },

  async ready(host) {
    const script = `${note} api.ready(); note("too early"); api.register({ UiInit() { note("UiInit"); } }); note("registered"); api.ready(); note("ready"); api.ready();`;
    host.server.install(scripted("eager", script));
    await host.open();
    await expect.poll(() => host.state("eager")).toBe("IN_USE");
    expect(await notes(host)).toEqual(["too early", "registered", "UiInit", "ready"]);
  },

  async states(host) {
    const state = 'note(top.webAdmin.states["changes"]);';
    host.server.install(
      scripted("changes", `${note} ${state} api.register({ UiInit() { ${state} }, UserLogin() { ${state} throw new Error("over"); } }); api.ready(); setTimeout(() => { ${state} });`),
    );
    await host.open();
    await expect.poll(() => host.state("changes")).toBe("FAILED");
    expect(await notes<string[]>(host)).toEqual(expect.arrayContaining(["LOADING", "INITIALIZING", "IN_USE"]));
  },

  async "fails at its start"(host) {
    host.server.install(dashboard, scripted("fails", 'api.register({ UiInit() { throw new Error("no"); }, UserLogin() { top.told = true; } }); api.ready();', { lazyLoad: false }));
    await host.open();
    expect(await host.state("fails")).toBe("FAILED");
    expect(await host.place()).toBe("dashboard");
    await expect(host.page.locator("body > iframe")).toHaveCount(1);
    const [first, second] = (await host.records()).log;
    expect(first).toEqual({ level: "severe", text: "Exception caught while invoking event handler function [UiInit] for plugin [fails]: Error: no" });
    expect(second).toEqual({ level: "warning", text: "Plugin [fails] removed from service due to failure" });
  },

  async "fails later"(host) {
    const told = `${note} api.register({ UserLogin() { note("told"); } }); api.ready();`;
    host.server.install(scripted("fails", 'api.register({ UserLogin() { throw new Error("no"); } }); api.ready();', { lazyLoad: false, order: 1 }), scripted("works", told, { order: 2 }));
    await host.open();
    await expect.poll(() => host.state("fails")).toBe("FAILED");
    await expect.poll(() => notes(host)).toEqual(["told"]);
    expect(await host.state("works")).toBe("IN_USE");
  },

  async gate(host) {
    host.server.install(
      scripted(
        "gated",
        `${note} note(String(api.showToast("info", "too early"))); note(typeof api.ssoToken()); note(typeof api.configObject());
         api.register({ UiInit() { api.showToast("info", "in time"); } }); api.ready();`,
      ),
    );
    await host.open();
    await expect.poll(async () => (await host.records()).toasts).toEqual([{ type: "INFO", text: "in time" }]);
    expect(await notes(host)).toEqual(["undefined", "string", "object"]);
    expect(await host.blockedCalls("gated")).toEqual(["showToast"]);
  },

  async readers(host) {
    host.server.configure({ locale: "pt_BR" });
    const readers = ["loginUserName", "loginUserId", "engineBaseUrl", "currentLocale", "currentPlace"];
    const script = `${note} api.register({ UserLogin(...who) { note(who); note(${JSON.stringify(readers)}.map((name) => api[name]())); note(api.configObject()); } }); api.ready();`;
    host.server.install({ ...dashboard }, scripted("reads", script, { config: { answer: 42 } }));
    await host.open();
    await expect.poll(() => host.state("reads")).toBe("IN_USE");
    const [who, read, config] = await notes<[string[], string[], object]>(host);
    expect(who).toEqual(["admin@internal", read[1]]);
    expect(read).toEqual(["admin@internal", expect.stringMatching(/^[0-9a-f-]{36}$/), `${host.server.origin}/ovirt-engine/`, "pt-BR", "dashboard"]);
    expect(config).toEqual({ answer: 42 });
  },

  async waits(host) {
    const slow = `setTimeout(() => top.letGo = () => { api.register({}); api.ready(); });`;
    host.server.install(dashboard, scripted("lazy", ""), scripted("slow", slow, { lazyLoad: false }));
    await host.start();
    await host.page.waitForFunction(() => "letGo" in window);
    await expect.poll(() => host.state("dashboard")).toBe("IN_USE");
    await expect(host.page.locator("#loading")).toBeVisible();
    expect(await host.place()).toBe("");
    await host.page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
    await expect(host.page.locator("#loading")).toHaveCount(0);
    await expect.poll(() => host.place()).toBe("dashboard");
  },

  async login(host) {
    const slow = `${note} setTimeout(() => top.letGo = () => { api.register({ UiInit() { note("UiInit"); }, UserLogin(...who) { note(who.length); } }); api.ready(); });`;
    host.server.install(scripted("slow", slow));
    await host.open();
    await host.page.waitForFunction(() => "letGo" in window);
    expect(await notes(host)).toBeUndefined();
    await host.page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
    expect(await notes(host)).toEqual(["UiInit", 2]);
  },

  async messages(host) {
    const hears = (name: string, options: string) =>
      scripted(name, `${note} ${options} api.register({ MessageReceived(...all) { note([${JSON.stringify(name)}, all.length, typeof all[0]]); } }); api.ready();`);
    host.server.install(hears("all", 'api.options({ allowedMessageOrigins: ["*"] });'), hears("ours", "api.options({ allowedMessageOrigins: location.origin });"), hears("none", ""));
    await host.open();
    for (const name of ["all", "ours", "none"]) await expect.poll(() => host.state(name)).toBe("IN_USE");
    await host.page.evaluate(() => [{ a: 1 }, undefined].forEach((data) => postMessage(data, "*")));
    await expect.poll(async () => (await notes<unknown[]>(host))?.length).toBe(4);
    const heard = (await notes<unknown[]>(host)).map((line) => JSON.stringify(line)).sort();
    expect(heard).toEqual(['["all",1,"object"]', '["all",2,"object"]', '["ours",1,"object"]', '["ours",2,"object"]']);
  },
} satisfies Partial<Record<RuleName, ShownProof>>;
