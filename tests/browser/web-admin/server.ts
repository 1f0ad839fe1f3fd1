// A stand-in for oVirt's web admin: the host page, the files of plug-ins, and an engine behind them, on one origin.
//
//   const webAdmin = await WebAdmin.start(engine);   // a jobs-engine
//   webAdmin.install(taskMonitor(), dashboard);
//   await page.goto(webAdmin.url);
//
// It follows oVirt's sources, which each file names: github.com/oVirt/ovirt-engine at 0111fc63036bca662aa6275a8ad16282cccf86bf.
import { buildSync } from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { admin, type JobsEngine, type User } from "../jobs-engine.ts";
import { definition, type PluginData, readPlugins } from "./descriptors.ts";
import { Engine } from "./engine.ts";
import { defaultSettings, type PageSettings } from "./host/settings.ts";
import { type Plugin, PluginFiles } from "./plugins.ts";
import { headers, locate, mailcap, type MimeTypes, sendFile } from "./files.ts";

const home = "/ovirt-engine/webadmin/";

/** The settings of this web admin. */
export type Settings = PageSettings & {
  /** Who is logged in. */
  user: User;
  /** Types of files that differ from the usual ones. */
  types: MimeTypes;
  /** A content security policy added by the site. */
  policy: string | undefined;
};

export class WebAdmin {
  readonly engine: Engine;
  readonly plugins: PluginFiles;
  /** What the engine knows of plug-ins. It reads the directories only when it serves the host page. */
  #known: PluginData[] = [];
  #settings: Settings = standard();
  readonly #aliases = new Map<string, string>();
  readonly #server: Server;
  /** Requests for the host page and for files of plug-ins, in order, as paths below `webadmin/`. */
  served: string[] = [];

  private constructor(engine: JobsEngine, folder: string) {
    this.engine = new Engine(engine);
    this.plugins = new PluginFiles(folder);
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(engine: JobsEngine): Promise<WebAdmin> {
    const webAdmin = new WebAdmin(engine, await mkdtemp(join(tmpdir(), "web-admin-")));
    await new Promise<void>((ready) => webAdmin.#server.listen(0, "127.0.0.1", ready));
    return webAdmin;
  }

  get origin(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return `http://127.0.0.1:${address.port}`;
  }

  get url(): string {
    return `${this.origin}${home}`;
  }

  /** Changes settings; those that are not named stay. */
  configure(settings: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  install(...plugins: Plugin[]): void {
    for (const plugin of plugins) this.plugins.install(plugin);
  }

  /** Serves a folder beside the engine, as an alias in the proxy's configuration does. */
  serveFolder(mount: string, folder: string): void {
    this.#aliases.set(mount, folder);
  }

  /** Resets everything: no plug-ins, nobody logged in, nothing recorded. */
  reset(): void {
    this.plugins.clear();
    this.engine.forget();
    this.#settings = standard();
    this.#aliases.clear();
    this.served = [];
    this.#known = [];
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((stopped) => this.#server.close(stopped));
    await rm(this.plugins.folder, { recursive: true, force: true });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.engine.watch(request);
    const [path = "/"] = (request.url ?? "/").split(/[?#]/);
    if (this.engine.answers(request)) return this.engine.handOn(request, response);
    const alias = [...this.#aliases].find(([mount]) => path.startsWith(mount));
    if (alias) return sendFile(response, join(alias[1], path.slice(alias[0].length) || "index.html"), { ...mailcap, ".wasm": "application/wasm" });
    if (path === "/framed.html") return void response.writeHead(200, { "Content-Type": "text/html" }).end(framed);
    if (!path.startsWith(home)) return void response.writeHead(404).end();
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (this.#settings.policy !== undefined) response.setHeader("Content-Security-Policy", this.#settings.policy);
    const name = path.slice(home.length);
    if (name === "webadmin.nocache.js") return void response.writeHead(200, { "Content-Type": "text/javascript" }).end(script());
    if (name === "webadmin.css") return void response.writeHead(200, { "Content-Type": "text/css" }).end(style);
    this.served.push(name);
    if (name === "" || name === "WebAdmin.html") return this.#hostPage(response);
    if (name.startsWith("plugin/")) return this.#sendPluginFile(response, name.slice("plugin".length));
    return void response.writeHead(404).end();
  }

  async #hostPage(response: ServerResponse): Promise<void> {
    this.#known = readPlugins(this.plugins.data, this.plugins.etc);
    const { user, types: _, policy: __, ...settings } = this.#settings;
    const [userName = "", domain = "internal"] = user.name.split("@");
    const told = {
      pluginDefinitions: this.#known.map(definition),
      userInfo: { id: idOf(user), userName, domain, ssoToken: await this.engine.token(user) },
      settings,
    };
    // Cookies as an engine sets them. Requests to the API must not carry them.
    response.setHeader("Set-Cookie", ["JSESSIONID=of-the-web-admin; Path=/ovirt-engine; HttpOnly", "locale=en_US; Path=/; HttpOnly"]);
    response.writeHead(200, { "Content-Type": "text/html; charset=UTF-8" });
    response.end(page.replace("TOLD", JSON.stringify(told).replaceAll("<", "\\u003c")));
  }

  #sendPluginFile(response: ServerResponse, encoded: string): void {
    // As a servlet sees it: decoded, and without parameters after a semicolon.
    const pathInfo = decodeURIComponent(encoded.replace(/;[^/]*/g, ""));
    sendFile(response, locate(this.#known, this.plugins.data, pathInfo), { ...mailcap, ...this.#settings.types });
  }
}

function standard(): Settings {
  return { ...defaultSettings, user: admin, types: {}, policy: undefined };
}

const read = (name: string): string => readFileSync(new URL(`host/${name}`, import.meta.url), "utf8");
const page = read("page.html");
const style = read("page.css");
const framed = `<!doctype html><meta charset="utf-8"><title>A portal</title><link rel="icon" href="data:,">
<style>body { margin: 0 } iframe { width: 100%; height: 100vh; border: 0; display: block }</style>
<iframe title="Web admin"></iframe>
<script>document.querySelector("iframe").src = "${home}" + location.hash;</script>`;

let built: string | undefined;

/** The client, bundled into one script. */
function script(): string {
  built ??= buildSync({
    entryPoints: [fileURLToPath(new URL("host/main.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  }).outputFiles[0]?.text;
  return built ?? "";
}

/** A user's id: always the same for the same name. */
function idOf({ name }: User): string {
  const [a, b] = [createHash("sha256").update(name).digest("hex"), "4000-8000"];
  return `${a.slice(0, 8)}-${a.slice(8, 12)}-${b}-${a.slice(12, 24)}`;
}
