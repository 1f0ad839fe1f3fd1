// The peers of our page, made as for production: each is one script and one style, without comments and checks for development.
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The document and the styles of each peer; its script is main.mjs in the folder of its name. */
const LIST = { document: "common/list.html", styles: "common/list.css" };
const PEERS = {
  vanilla: LIST,
  tanstack: LIST,
  wunderbaum: { document: "wunderbaum/index.html", styles: "wunderbaum/main.css" },
};

const folder = fileURLToPath(new URL("peers/", import.meta.url));

/** Returns the files of all peers: the path of each on the server, and its bytes. */
export async function bundlePeers() {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (const [name, { document, styles }] of Object.entries(PEERS)) {
    const { outputFiles } = await build({
      entryPoints: [`${folder}${name}/main.mjs`, folder + styles].map((path) => ({ in: path, out: "main" })),
      outdir: `${folder}${name}`,
      bundle: true,
      format: "esm",
      minify: true,
      write: false,
      define: { "process.env.NODE_ENV": '"production"' },
    });
    files.set(`/${name}/`, await readFile(folder + document));
    for (const { path, contents } of outputFiles) files.set(`/${name}/main${extname(path)}`, contents);
  }
  return files;
}
