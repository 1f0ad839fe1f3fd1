// Proofs of the rules about files of plug-ins, and about the API behind the web admin.
import { expect } from "@playwright/test";
import { request } from "node:http";
import { admin } from "../../jobs-engine.ts";
import type { Plugin } from "../plugins.ts";
import type { RuleName } from "../rules.ts";
import type { WebAdmin } from "../server.ts";
import type { ServedProof } from "./descriptors.ts";

const files: Plugin = {
  file: "files",
  descriptor: { name: "files", url: "plugin/files/plugin.html", resourcePath: "files-resources" },
  resources: { "plugin.html": "<p>é</p>", "app.js": "1", "app.css": "p {}", "app.wasm": "\0asm", "deep/inner.txt": "inner" },
};

/** Installs, and lets the engine know of it. */
async function install(webAdmin: WebAdmin, ...plugins: Plugin[]): Promise<void> {
  webAdmin.install(...plugins);
  await fetch(webAdmin.url);
}

/** As it stands: `fetch` would tidy a path up before it asks. */
function ask(webAdmin: WebAdmin, path: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  const { hostname, port, pathname } = new URL(webAdmin.url);
  return new Promise((done, failed) => {
    request({ hostname, port, path: pathname + path, headers }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (part: string) => (body += part));
      answer.on("end", () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    })
      .on("error", failed)
      .end();
  });
}

async function expectStatus(webAdmin: WebAdmin, status: number, paths: string[]): Promise<void> {
  for (const path of paths) expect((await ask(webAdmin, path)).status, path).toBe(status);
}

export const resourceProofs = {
  async "resource path"(webAdmin) {
    await install(webAdmin, files, { ...files, file: "other", descriptor: { name: "renamed", url: "x", resourcePath: "files-resources/deep" } });
    expect((await ask(webAdmin, "plugin/files/plugin.html")).body).toBe("<p>é</p>");
    expect((await ask(webAdmin, "plugin/files/deep/inner.txt")).body).toBe("inner");
    expect((await ask(webAdmin, "plugin/renamed/inner.txt")).body).toBe("inner");
    // Parameters of any kind do not count.
    expect((await ask(webAdmin, "plugin/files/plugin.html;a=b?c=d")).status).toBe(200);
  },

  async "not a file"(webAdmin) {
    await install(webAdmin, files, { file: "bare", descriptor: { name: "bare", url: "x" }, resources: { "plugin.html": "" } });
    await expectStatus(webAdmin, 404, ["plugin", "plugin/", "plugin/files", "plugin/files/", "plugin/files/deep", "plugin/files/deep/"]);
    await expectStatus(webAdmin, 404, ["plugin/files/none.html", "plugin/unknown/plugin.html", "plugin/bare/plugin.html", "plugin/other/inner.txt"]);
  },

  async "insane path"(webAdmin) {
    await install(webAdmin, files);
    await expectStatus(webAdmin, 404, ["deep/../plugin.html", "deep//inner.txt", "./plugin.html", "%2e%2e/files.json"].map((path) => `plugin/files/${path}`));
    await expectStatus(webAdmin, 404, [`plugin/files/${"a".repeat(600)}`]);
  },

  async "after a restart"(webAdmin) {
    await install(webAdmin, files);
    await expectStatus(webAdmin, 200, ["plugin/files/plugin.html"]);
    webAdmin.restart();
    await expectStatus(webAdmin, 404, ["plugin/files/plugin.html"]);
    await fetch(webAdmin.url);
    await expectStatus(webAdmin, 200, ["plugin/files/plugin.html"]);
  },

  async "no log-in"(webAdmin) {
    await install(webAdmin, { ...files, settings: { enabled: false } });
    const { status, headers } = await ask(webAdmin, "plugin/files/plugin.html");
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty("set-cookie");
  },

  async "ask again"(webAdmin) {
    for (const path of ["", "WebAdmin.html"]) {
      const { headers } = await ask(webAdmin, path);
      expect(headers).toMatchObject({ "cache-control": "no-cache", pragma: "no-cache" });
      expect(Date.parse(String(headers.expires))).toBeLessThan(Date.now());
    }
  },

  async "which are to be asked for again"(webAdmin) {
    await install(webAdmin, files);
    for (const path of ["plugin/files/app.js", "plugin/files/none", "plugin/files/"]) {
      expect((await ask(webAdmin, path)).headers, path).toMatchObject({ "cache-control": "no-cache", pragma: "no-cache" });
    }
  },

  async "entity tag"(webAdmin) {
    await install(webAdmin, files);
    const { etag } = (await ask(webAdmin, "plugin/files/app.css")).headers;
    expect(etag).toMatch(/^W\/"4-\d{13}"$/);
    const again = (tag: string) => ask(webAdmin, "plugin/files/app.css", { "If-None-Match": tag });
    expect(await again(String(etag))).toMatchObject({ status: 304, body: "", headers: { etag } });
    expect(await again(String(etag).replace("W/", ""))).toMatchObject({ status: 200, body: "p {}" });
    expect(await again("*")).toMatchObject({ status: 412 });
  },

  async "content type"(webAdmin) {
    await install(webAdmin, files);
    const typeOf = async (name: string) => (await ask(webAdmin, `plugin/files/${name}`)).headers["content-type"];
    expect(await typeOf("plugin.html")).toBe("text/html");
    expect(await typeOf("app.js")).toBe("application/javascript");
    expect(await typeOf("app.wasm")).toBe("application/octet-stream");
    webAdmin.configure({ types: { ".wasm": "application/wasm", ".js": "text/javascript" } });
    expect(await typeOf("app.js")).toBe("text/javascript");
    expect(await typeOf("app.wasm")).toBe("application/wasm");
  },

  async uncompressed(webAdmin) {
    await install(webAdmin, files);
    for (const name of ["app.wasm", "app.js"]) {
      const { headers } = await ask(webAdmin, `plugin/files/${name}`, { "Accept-Encoding": "gzip, br" });
      expect(headers, name).not.toHaveProperty("content-encoding");
      expect(headers["content-length"], name).toBe(String((await ask(webAdmin, `plugin/files/${name}`)).body.length));
    }
  },

  async guards(webAdmin) {
    await install(webAdmin, files);
    for (const path of ["", "plugin/files/plugin.html", "plugin/files/none"]) {
      expect((await ask(webAdmin, path)).headers, path).toMatchObject({
        "x-frame-options": "SAMEORIGIN",
        "x-content-type-options": "NOSNIFF",
        "x-xss-protection": "1; MODE=BLOCK",
      });
    }
  },

  async bearer(webAdmin) {
    const token = await webAdmin.engine.token(admin);
    const list = (authorization: string) => fetch(`${webAdmin.origin}/ovirt-engine/api/jobs`, { headers: { Accept: "application/json", Authorization: authorization } });
    expect((await list(`Bearer ${token}`)).status).toBe(200);
    expect((await list("Bearer another")).status).toBe(401);
    await webAdmin.engine.endSession();
    expect((await list(`Bearer ${token}`)).status).toBe(401);
    expect(webAdmin.engine.asked.map(({ path }) => path)).toEqual(["api/jobs", "api/jobs", "api/jobs"]);
  },

  async challenge(webAdmin) {
    const refused = await fetch(`${webAdmin.origin}/ovirt-engine/api/jobs`, { headers: { Accept: "application/json" } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toBe('Basic realm="RESTAPI"');
  },
} satisfies Partial<Record<RuleName, ServedProof>>;
