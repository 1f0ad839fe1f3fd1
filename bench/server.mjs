// The one server of all candidates: the files of our page, those of its peers, and an engine, all on one origin.
/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { Size } from "./list.mjs" */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { listen, types } from "../scripts/static-server.mjs";
import { Engine } from "./engine.mjs";
import { bundlePeers } from "./peers.mjs";

/**
 * @param {string} folder with a build of our page
 * @param {Size} size of the engine's list
 */
export async function startServer(folder, size) {
  const engine = new Engine(size);
  const peers = await bundlePeers();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    if (pathname.startsWith("/ovirt-engine/")) return engine.answer(request, response);
    const peer = peers.get(pathname);
    if (peer) return send(response, pathname, peer);
    return sendOurs(folder, pathname, request, response);
  });
  return { engine, ...(await listen(server)) };
}

/**
 * As jobs-engine does: compressed, if the browser takes it.
 * @param {string} folder
 * @param {string} path
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function sendOurs(folder, path, request, response) {
  const name = path === "/" ? "index.html" : path.slice(1);
  try {
    // The folder has no subfolders.
    if (name.includes("/")) throw new Error("not here");
    if (!String(request.headers["accept-encoding"]).includes("br")) return send(response, name, await readFile(join(folder, name)));
    const bytes = await readFile(join(folder, `${name}.br`));
    return send(response, name, bytes, { "Content-Encoding": "br" });
  } catch {
    return response.writeHead(404).end();
  }
}

/**
 * @param {ServerResponse} response
 * @param {string} name
 * @param {Uint8Array} bytes
 * @param {Record<string, string>} headers
 */
function send(response, name, bytes, headers = {}) {
  const type = types[extname(name)] ?? types[".html"];
  response.writeHead(200, { "Content-Type": type, "Content-Length": bytes.length, "Cache-Control": "no-store", ...headers }).end(bytes);
}
