// A stand-in for oVirt's web admin: the host page, the files of plug-ins, and an engine behind them, on one origin.
//
//   const webAdmin = await WebAdmin.start(engine);   // a jobs-engine
//   await webAdmin.install(taskMonitor, dashboard);  // plug-ins, as their packages would
//   await page.goto(webAdmin.url);
//
// What it does as the real one does is the table in rules.ts.
import { buildSync } from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { admin, type JobsEngine, type User } from "../jobs-engine.ts";
import { Descriptors } from "./descriptors.ts";
import { Engine } from "./engine.ts";
import { defaultSettings, type PageSettings } from "./host/settings.ts";
import { type Plugin, PluginFiles } from "./plugins.ts";
import { askAgain, guards, locate, mailcap, type MimeTypes, sendFile } from "./resources.ts";

const home = "/ovirt-engine/webadmin/";

/** How this web admin is set up. */
export type Settings = PageSettings & {
  /** Who is logged in. */
  user: User;
  /** What the machine says files are, where that differs from most. */
  types: MimeTypes;
  /** A content security policy that the site has added. */
  policy: string | undefined;
  /** Whether the engine is restarted each time that it has served the host page. */
  restarted: boolean;
};

export class WebAdmin {
  readonly engine: Engine;
  readonly plugins: PluginFiles;
  #descriptors: Descriptors;
  #settings: Settings = standard();
  readonly #aliases = new Map<string, string>();
  readonly #server: Server;
  /** Requests for the host page and for files of plug-ins, in order, without what is before `webadmin/`. */
  served: string[] = [];

  private constructor(engine: JobsEngine, folder: string) {
    this.engine = new Engine(engine);
    this.plugins = new PluginFiles(folder);
    this.#descriptors = this.#readAnew();
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

  get log(): string[] {
    return this.#descriptors.log;
  }

  /** Differently from now on; what is not named stays. */
  configure(settings: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  install(...plugins: Plugin[]): void {
    for (const plugin of plugins) this.plugins.install(plugin);
  }

  /** Puts a folder beside the engine, as an alias in the proxy's configuration does. */
  serveFolder(mount: string, folder: string): void {
    this.#aliases.set(mount, folder);
  }

  /** An engine restart: what it knew of plug-ins is gone until somebody opens the host page. */
  restart(): void {
    this.#descriptors = this.#readAnew();
  }

  /** As new: no plug-ins, nobody logged in, nothing recorded. */
  reset(): void {
    this.plugins.clear();
    this.engine.forget();
    this.#settings = standard();
    this.#aliases.clear();
    this.served = [];
    this.restart();
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
    if (alias) return sendFile(request, response, join(alias[1], path.slice(alias[0].length) || "index.html"), { ...mailcap, ".wasm": "application/wasm" });
    if (path === "/framed.html") return void response.writeHead(200, { "Content-Type": "text/html" }).end(framed);
    if (!path.startsWith(home)) return void response.writeHead(404).end();
    if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405).end();
    for (const [name, value] of Object.entries(guards)) response.setHeader(name, value);
    if (this.#settings.policy !== undefined) response.setHeader("Content-Security-Policy", this.#settings.policy);
    const name = path.slice(home.length);
    if (name === "webadmin.nocache.js") return void response.writeHead(200, { "Content-Type": "text/javascript" }).end(script());
    if (name === "webadmin.css") return void response.writeHead(200, { "Content-Type": "text/css" }).end(style);
    for (const [header, value] of Object.entries(askAgain())) response.setHeader(header, value);
    this.served.push(name);
    if (name === "" || name === "WebAdmin.html") return this.#hostPage(response);
    if (name.startsWith("plugin/")) return this.#resource(request, response, name.slice("plugin".length));
    return void response.writeHead(404).end();
  }

  async #hostPage(response: ServerResponse): Promise<void> {
    this.#descriptors.reload();
    const { user, types: _, policy: __, restarted, ...settings } = this.#settings;
    const [userName = "", domain = "internal"] = user.name.split("@");
    const told = {
      pluginDefinitions: this.#descriptors.definitions,
      userInfo: { id: idOf(user), userName, domain, ssoToken: await this.engine.token(user) },
      settings,
    };
    if (restarted) this.restart();
    // Cookies as an engine sets them: requests of the API must not carry them.
    response.setHeader("Set-Cookie", ["JSESSIONID=of-the-web-admin; Path=/ovirt-engine; HttpOnly", "locale=en_US; Path=/; HttpOnly"]);
    response.writeHead(200, { "Content-Type": "text/html; charset=UTF-8" });
    response.end(page.replace("TOLD", JSON.stringify(told).replaceAll("<", "\\u003c")));
  }

  #resource(request: IncomingMessage, response: ServerResponse, encoded: string): void {
    // As servlets see it: decoded, and without what follows a semicolon.
    const pathInfo = decodeURIComponent(encoded.replace(/;[^/]*/g, ""));
    const found = locate(this.#descriptors.all, this.plugins.data, pathInfo);
    if ("refusal" in found) return void response.writeHead(404).end(found.refusal);
    sendFile(request, response, found.file, { ...mailcap, ...this.#settings.types });
  }

  #readAnew(): Descriptors {
    return new Descriptors(this.plugins.data, this.plugins.etc);
  }
}

function standard(): Settings {
  return { ...defaultSettings, user: admin, types: {}, policy: undefined, restarted: false };
}

const read = (name: string): string => readFileSync(new URL(`host/${name}`, import.meta.url), "utf8");
const page = read("page.html");
const style = read("page.css");
const framed = `<!doctype html><meta charset="utf-8"><title>A portal</title><link rel="icon" href="data:,">
<style>body { margin: 0 } iframe { width: 100%; height: 100vh; border: 0; display: block }</style>
<iframe title="Web admin"></iframe>
<script>document.querySelector("iframe").src = "${home}" + location.hash;</script>`;

let built: string | undefined;

/** The client, from TypeScript to one script. */
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

/** The same id for the same user, whenever asked. */
function idOf({ name }: User): string {
  const [a, b] = [createHash("sha256").update(name).digest("hex"), "4000-8000"];
  return `${a.slice(0, 8)}-${a.slice(8, 12)}-${b}-${a.slice(12, 24)}`;
}
