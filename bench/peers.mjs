// The peers of our page, made as for production: each is one script and one style, without comments and checks for development.
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** @type {Record<string, string>} The document of each peer; all are in bench/peers/. */
const DOCUMENTS = { vanilla: "common/list.html", tanstack: "common/list.html", wunderbaum: "wunderbaum/index.html" };

const folder = fileURLToPath(new URL("peers/", import.meta.url));

/** Returns the files of all peers: the path of each on the server, and its bytes. */
export async function bundlePeers() {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (const [name, html] of Object.entries(DOCUMENTS)) {
    const { outputFiles } = await build({
      entryPoints: [`${folder}${name}/main.mjs`],
      outdir: `${folder}${name}`,
      bundle: true,
      format: "esm",
      minify: true,
      write: false,
      define: { "process.env.NODE_ENV": '"production"' },
    });
    files.set(`/${name}/`, await readFile(folder + html));
    for (const { path, contents } of outputFiles) files.set(`/${name}/main${extname(path)}`, contents);
  }
  return files;
}
