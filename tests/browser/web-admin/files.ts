// The files of plug-ins, served as the engine serves them.
// Sources: PluginResourceServlet.java, ServletUtils.java, CachingFilter.java and HeaderFilter.java of oVirt's engine.
import { createReadStream, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type { PluginData } from "./descriptors.ts";

/** The type of a file by its extension. Other files are application/octet-stream; on many machines, so is .wasm. */
export type MimeTypes = Record<string, string>;

export const mailcap: MimeTypes = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "application/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** The headers of every answer of the web admin: no frames of other origins, no guessing of types, no use without asking again. */
export const headers = {
  "X-FRAME-OPTIONS": "SAMEORIGIN",
  "X-CONTENT-TYPE-OPTIONS": "NOSNIFF",
  "Cache-Control": "no-cache",
  Pragma: "no-cache",
};

/** Where a plug-in's file is. `pathInfo` is like "/task-monitor/index.html". */
export function locate(plugins: PluginData[], data: string, pathInfo: string): string | undefined {
  const [, name, path] = pathInfo.match(/^\/([^/]+)\/(.+)$/) ?? [];
  const plugin = plugins.find((one) => one.name === name);
  if (plugin?.resourcePath === undefined || path === undefined || path.includes("..")) return undefined;
  return join(data, plugin.resourcePath, path);
}

export function sendFile(response: ServerResponse, file: string | undefined, types: MimeTypes): void {
  const found = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  if (file === undefined || !found?.isFile()) return void response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream", "Content-Length": found.size });
  createReadStream(file).pipe(response);
}
