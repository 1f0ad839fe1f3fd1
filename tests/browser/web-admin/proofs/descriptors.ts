// Proofs of the rules about descriptors and the admin's files.
import { expect } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "../plugins.ts";
import type { RuleName } from "../rules.ts";
import type { WebAdmin } from "../server.ts";

export type ServedProof = (webAdmin: WebAdmin) => Promise<void>;

type Definition = { name: string; url: string; config: object; lazyLoad: boolean; enabled: boolean };

/** A plug-in of a descriptor alone. */
function plain(file: string, descriptor: object | string = {}, settings?: object | string): Plugin {
  const whole = typeof descriptor === "string" ? descriptor : { name: file, url: `plugin/${file}/plugin.html`, ...descriptor };
  return { file, descriptor: whole, ...(settings !== undefined && { settings }) };
}

/** What the host page is told of plug-ins, after it was opened again. */
async function definitions(webAdmin: WebAdmin): Promise<Definition[]> {
  const page = await (await fetch(webAdmin.url)).text();
  const [, told = ""] = page.match(/id="told">(.*?)<\/script>/s) ?? [];
  return (JSON.parse(told) as { pluginDefinitions: Definition[] }).pluginDefinitions;
}

const names = async (webAdmin: WebAdmin) => (await definitions(webAdmin)).map(({ name }) => name);

/** Installs each case alone, and compares which of them are left in. */
async function expectLeftOut(webAdmin: WebAdmin, good: Plugin, bad: Plugin[]): Promise<void> {
  webAdmin.install(good, ...bad);
  expect(await names(webAdmin)).toEqual([good.file]);
  expect(webAdmin.log).toHaveLength(bad.length);
}

export const descriptorProofs = {
  async "which files"(webAdmin) {
    webAdmin.install(plain("seen", {}, { order: 7, config: { from: "the admin" } }));
    writeFileSync(join(webAdmin.plugins.data, "not-json.txt"), JSON.stringify({ name: "text", url: "x" }));
    mkdirSync(join(webAdmin.plugins.data, "deeper"));
    writeFileSync(join(webAdmin.plugins.data, "deeper/hidden.json"), JSON.stringify({ name: "hidden", url: "x" }));
    expect(await definitions(webAdmin)).toMatchObject([{ name: "seen", config: { from: "the admin" } }]);
  },

  async required(webAdmin) {
    await expectLeftOut(webAdmin, plain("good"), [
      plain("no-name", '{ "url": "x" }'),
      plain("blank-name", { name: "  " }),
      plain("no-url", '{ "name": "no-url" }'),
      plain("number-url", { url: 7 }),
    ]);
  },

  async types(webAdmin) {
    await expectLeftOut(webAdmin, plain("good", { config: {}, resourcePath: "x", lazyLoad: false }, { config: {}, enabled: false, order: -1 }), [
      plain("config", { config: "text" }),
      plain("config-list", { config: [] }),
      plain("path", { resourcePath: "" }),
      plain("lazy", { lazyLoad: "false" }),
      plain("own-config", {}, { config: 1 }),
      plain("enabled", {}, { enabled: "yes" }),
      plain("order", {}, { order: 1.5 }),
      plain("null", {}, { order: null }),
    ]);
  },

  async defaults(webAdmin) {
    webAdmin.install(plain("plain"), plain("ordered", {}, { order: 2 ** 30 }));
    expect(await definitions(webAdmin)).toEqual([
      { name: "ordered", url: "plugin/ordered/plugin.html", config: {}, lazyLoad: true, enabled: true },
      { name: "plain", url: "plugin/plain/plugin.html", config: {}, lazyLoad: true, enabled: true },
    ]);
  },

  async merge(webAdmin) {
    webAdmin.install(plain("merged", { config: { kept: 1, replaced: { a: 1, b: 2 } } }, { config: { replaced: { a: 3 }, added: true } }));
    expect(await definitions(webAdmin)).toMatchObject([{ config: { kept: 1, replaced: { a: 3 }, added: true } }]);
    expect((await definitions(webAdmin))[0]?.config).not.toHaveProperty("replaced.b");
  },

  async comments(webAdmin) {
    webAdmin.install(plain("commented", '// by hand\n{ "name": "commented", /* not // this */ "url": "http://x" }', "{ /* off */ \"enabled\": false }"));
    expect(await definitions(webAdmin)).toMatchObject([{ name: "commented", url: "http://x", enabled: false }]);
  },

  async "broken settings"(webAdmin) {
    webAdmin.install(plain("whole", { config: { a: 1 } }, "{ not json"));
    expect(await definitions(webAdmin)).toMatchObject([{ name: "whole", config: { a: 1 }, enabled: true }]);
  },

  async reload(webAdmin) {
    webAdmin.install(plain("one", {}, { enabled: false }), plain("two"));
    expect(await names(webAdmin)).toEqual(["one", "two"]);
    webAdmin.install(plain("one", { url: "elsewhere" }, { enabled: true }));
    expect((await definitions(webAdmin)).find(({ name }) => name === "one")).toMatchObject({ url: "elsewhere", enabled: true });
    // With the time of before, as a downgrade has it, nobody notices.
    webAdmin.plugins.install(plain("one", { url: "older" }), { aged: true });
    expect((await definitions(webAdmin)).find(({ name }) => name === "one")).toMatchObject({ url: "elsewhere" });
    webAdmin.plugins.remove("two");
    expect(await names(webAdmin)).toEqual(["one"]);
    webAdmin.plugins.unconfigure("one");
    webAdmin.plugins.configure("one", { enabled: false });
    expect(await definitions(webAdmin)).toMatchObject([{ enabled: false }]);
    webAdmin.plugins.unconfigure("one");
    expect(await definitions(webAdmin)).toMatchObject([{ enabled: true }]);
  },

  async "kept when invalid"(webAdmin) {
    webAdmin.install(plain("steady", { config: { good: true } }));
    expect(await names(webAdmin)).toEqual(["steady"]);
    for (const worse of ["{ not json", '{ "name": "steady" }']) {
      webAdmin.install(plain("steady", worse));
      expect(await definitions(webAdmin)).toMatchObject([{ name: "steady", config: { good: true } }]);
    }
  },

  async order(webAdmin) {
    webAdmin.install(plain("c", {}, { order: 3 }), plain("a", {}, { order: -5 }), plain("last"), plain("b", {}, { order: 2 }));
    expect(await names(webAdmin)).toEqual(["a", "b", "c", "last"]);
  },

  async definitions(webAdmin) {
    webAdmin.install(plain("told", { resourcePath: "secret-folder", lazyLoad: false, config: { shown: "to everybody" } }, { order: 1, enabled: false }));
    expect(await definitions(webAdmin)).toEqual([
      { name: "told", url: "plugin/told/plugin.html", config: { shown: "to everybody" }, lazyLoad: false, enabled: false },
    ]);
  },

  async "token of the page"(webAdmin) {
    const told = async () => (await (await fetch(webAdmin.url)).text()).match(/"ssoToken":"([^"]+)"/)?.[1];
    const token = await told();
    expect(token).toMatch(/^\S{20,}$/);
    expect(await told()).toBe(token);
    await webAdmin.engine.endSession();
    expect(await told()).not.toBe(token);
  },
} satisfies Partial<Record<RuleName, ServedProof>>;
