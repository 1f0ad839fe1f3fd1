// A minimal static host: the files of one folder under one path, and 404 for any other path. The demo must work with it.
/** @import { Server } from "node:http" */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

/** @type {Record<string, string>} By the extension of a file's name. */
export const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * @param {string} folder
 * @param {string} mount where the folder appears, like "/some/where/"
 */
export async function serveFolder(folder, mount) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    const name = pathname === mount ? "index.html" : pathname.slice(mount.length);
    try {
      // The folder has no subfolders.
      if (!pathname.startsWith(mount) || name.includes("/")) throw new Error("not here");
      const bytes = await readFile(join(folder, name));
      response.writeHead(200, { "Content-Type": types[extname(name)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  const { url, stop } = await listen(server);
  return { url: url + mount, stop };
}

/**
 * Starts a server on a port of its own on loopback.
 * @param {Server} server
 */
export async function listen(server) {
  await new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((stopped) => server.close(stopped));
    },
  };
}
