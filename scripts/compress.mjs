// Puts a .br and a .gz beside each file of a built page, so that the server has nothing to compress while it serves.
// usage: node scripts/compress.mjs FOLDER
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2] ?? "dist/app";
const worthwhile = new Set([".css", ".html", ".js", ".svg", ".wasm"]);

for (const name of readdirSync(folder)) {
  if (!worthwhile.has(extname(name))) continue;
  const path = join(folder, name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
