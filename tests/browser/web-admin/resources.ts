// The files of plug-ins, served as the engine serves them (rules.ts says where).
import { createReadStream, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type { PluginData } from "./descriptors.ts";

const PATH_MAX = 512;
const DAY = 86_400_000;

/** What the engine's machine says a file is, by the end of its name. Many a machine does not know what a .wasm is. */
export type MimeTypes = Record<string, string>;

export const mailcap: MimeTypes = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "application/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
};

/** What every answer of the web admin carries. */
export const guards = {
  "X-FRAME-OPTIONS": "SAMEORIGIN",
  "X-CONTENT-TYPE-OPTIONS": "NOSNIFF",
  "X-XSS-PROTECTION": "1; MODE=BLOCK",
};

/** What the host page and the files of plug-ins carry besides. */
export function askAgain(): Record<string, string> {
  return { "Cache-Control": "no-cache", Pragma: "no-cache", Expires: new Date(Date.now() - DAY).toUTCString() };
}

/** Where a file of a plug-in is, or why it is not to be had. */
export function locate(plugins: PluginData[], data: string, pathInfo: string): { file: string } | { refusal: string } {
  const [, name = "", path = ""] = pathInfo.match(/^\/*([^/]*)\/(.*)$/s) ?? [];
  if (name.trim() === "" || path.trim() === "") return { refusal: "Missing UI plugin name and/or relative file path" };
  const plugin = plugins.find((one) => one.name === name);
  if (!plugin) return { refusal: `No data available for UI plugin '${name}'` };
  if (plugin.resourcePath === undefined) return { refusal: "Local resource path not specified" };
  const relative = `${plugin.resourcePath}/${path}`;
  if (!isSane(relative)) return { refusal: `Requested file path '${relative}' is not sane` };
  return { file: join(data, relative) };
}

/** Answers with a file: whole, or "you have it already". */
export function sendFile(request: IncomingMessage, response: ServerResponse, file: string, types: MimeTypes): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) return void response.writeHead(404).end();
  const tag = `W/"${found.size}-${Math.floor(found.mtimeMs)}"`;
  response.setHeader("ETag", tag);
  const known = request.headers["if-none-match"];
  if (known === "*") return void response.writeHead(412).end();
  if (known === tag) return void response.writeHead(304).end();
  const type = types[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "Content-Type": type, "Content-Length": found.size });
  if (request.method === "HEAD") return void response.end();
  createReadStream(file).pipe(response);
}

function isSane(path: string): boolean {
  return path.length <= PATH_MAX && !["..", "//", "./"].some((sequence) => path.includes(sequence));
}
