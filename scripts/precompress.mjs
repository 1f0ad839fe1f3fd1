// Writes a .br and a .gz file for each file of a release build, so that a server need not compress. Trunk calls it after a build.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

// Trunk moves its staging folder to dist/… when this is done.
const { TRUNK_PROFILE, TRUNK_STAGING_DIR = "" } = process.env;
const names = TRUNK_PROFILE === "release" ? readdirSync(TRUNK_STAGING_DIR) : [];

for (const name of names.filter((name) => [".css", ".html", ".js", ".svg", ".wasm"].includes(extname(name)))) {
  const path = join(TRUNK_STAGING_DIR, name);
  const bytes = readFileSync(path);
  // Both at the best level. For brotli that is Node's default.
  writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
