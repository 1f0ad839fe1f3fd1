// What Trunk does not do to a release: takes out what is exported and used by nobody; gives what passes between the bindings and the wasm names of one or two letters
// (wasm-bindgen's are some 40 characters long and half hash, in both files), numbers the wasm's functions by how often they are
// called (a small number is a short one), takes their names out and puts them into target/functions (a trap names functions by
// their numbers), minifies the bindings, and with --compress puts a .br and a .gz beside each file, so that the server has nothing
// to compress while it serves.
// usage: node scripts/finish-page.mjs FOLDER [--compress]
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { transformSync } from "esbuild";

const folder = process.argv[2] ?? "dist/app";
const wasm = join(folder, only(/^task-monitor-.*\.wasm$/));
const bindings = join(folder, only(/^task-monitor-.*\.js$/));

const used = withoutUnused(readFileSync(bindings, "utf8"));
keepOnly(wasm, new Set([...used.matchAll(/\bwasm\.([\w$]+)/g)].map(([, name]) => String(name))));
const { imports, exports } = shortenNames(wasm);
const renamed = rename(used, imports, new Map(exports));
writeFileSync(bindings, transformSync(renamed, { minify: true, format: "esm", target: "es2022", treeShaking: true }).code);
shortenTokens(join(folder, only(/^page-.*\.css$/)));
if (process.argv.includes("--compress")) compressAll();

/** @param {RegExp} pattern */
function only(pattern) {
  const names = readdirSync(folder).filter((name) => pattern.test(name));
  if (names.length !== 1) throw new Error(`one file like ${pattern} was expected in ${folder}: ${names.join(", ")}`);
  return String(names[0]);
}

/** The bindings without what they have and no page of ours uses: classes for streams, which gloo-net brings, a start that would
 *  stop the browser, and warnings of ways to start that page/start.js does not take.
 *  @param {string} source */
function withoutUnused(source) {
  const left = source
    .replace(/^export class \w+ \{\n[\s\S]*?\n\}\n(if \(Symbol\.dispose\).*\n)?/gm, "")
    .replace(/^const \w+Finalization = [\s\S]*?;\n/gm, "")
    .replace(/^ *console\.warn\(('using deprecated|"`WebAssembly).*$/gm, "")
    .replace("export { initSync, ", "export { ");
  if (/IntoUnderlying|export .*initSync/.test(left)) throw new Error("the bindings do not look as they did");
  return left;
}

/** Takes out of the wasm what none of these exports leads to.
 *  @param {string} file
 *  @param {Set<string>} names */
function keepOnly(file, names) {
  const graph = [{ name: "bindings", root: true, reaches: [...names] }, ...[...names].map((name) => ({ name, export: name }))];
  const described = `${file}.graph`;
  writeFileSync(described, JSON.stringify(graph));
  execFileSync("wasm-metadce", [file, "--detect-features", "--debuginfo", "--graph-file", described, "-o", file], { stdio: ["ignore", "ignore", "inherit"] });
  rmSync(described);
}

/** Optimizes once more, with branches and blocks taken apart and put together anew, which gives half a percent, and without the
 *  functions' names, which gives as much again; orders, renames, and writes down what each function is called, as NUMBER:NAME.
 *  wasm-opt says how it renames: imports as [module, name, short],
 *  exports as [name, short]; and it calls the module that all imports come from "a".
 *  @param {string} file
 *  @returns {{ imports: [string, string, string][], exports: [string, string][] }} */
function shortenNames(file) {
  const names = fileURLToPath(new URL("../target/functions", import.meta.url));
  mkdirSync(names, { recursive: true });
  const map = `--symbolmap=${join(names, `${basename(file, ".wasm")}.txt`)}`;
  const smaller = ["-Oz", "--low-memory-unused"];
  execFileSync("wasm-opt", [file, "--flatten", "--rereloop", "-Oz", ...smaller, "--converge", "--debuginfo", "-o", file]);
  const passes = [...smaller, "--reorder-functions", map, "--minify-imports-and-exports-and-modules"];
  return JSON.parse(execFileSync("wasm-opt", [file, ...passes, "-o", file], { encoding: "utf8" }));
}

/** Renames in the bindings: `NAME: function` in the object of imports, `wasm.NAME` for exports. Imports that the wasm does not
 *  have go; the functions of the others become arrows, which take less room.
 *  @param {string} source
 *  @param {[string, string, string][]} imports
 *  @param {Map<string, string>} exports */
function rename(source, imports, exports) {
  const waiting = new Map(imports.map(([, name, short]) => [name, short]));
  const modules = [...new Set(imports.map(([module]) => module))];
  if (modules.length !== 1) throw new Error(`one module to import from was expected: ${modules.join(", ")}`);
  const text = source
    .replace(/^ {8}([\w$]+): function[\s\S]*?(?=^ {8}[\w$]+: function|^ {4}\})/gm, (whole, name) => (waiting.has(name) ? whole : ""))
    .replace(/\b([\w$]+)(?=: function)/g, (name) => {
      const short = waiting.get(name) ?? name;
      waiting.delete(name);
      return short;
    })
    .replace(/: function\(\) \{ return handleError\(function \(([^)]*)\) \{/g, ": (...all) => handleError(($1) => {")
    .replace(/\}, arguments\); \}/g, "}, all)")
    .replace(/: function\(([^)]*)\) \{/g, ": ($1) => {")
    .replace(/\bwasm\.([\w$]+)/g, (whole, name) => (exports.has(name) ? `wasm.${exports.get(name)}` : whole))
    .replaceAll(JSON.stringify(modules[0]), '"a"');
  // A page that lacks one does not start: better that it is not built.
  if (/\barguments\)/.test(text)) throw new Error("a function of the bindings does not look as they did");
  if (waiting.size > 0) throw new Error(`imports that the bindings do not have: ${[...waiting.keys()].join(", ")}`);
  return text;
}

/** Renames the tokens and all other custom properties that the style sets itself: in the source they have plain names.
 *  @param {string} file */
function shortenTokens(file) {
  const style = readFileSync(file, "utf8");
  const program = readFileSync(wasm);
  const set = new Set([...style.matchAll(/(?<=[{;])--[\w-]+(?=:)/g)].map(([name]) => name));
  const tokens = [...set].filter((name) => !program.includes(name));
  if (tokens.length === 0) throw new Error(`tokens were expected in ${file}`);
  const short = new Map(tokens.map((name, index) => [name, `--${index.toString(36)}`]));
  writeFileSync(file, style.replace(/(?<![\w-])--[\w-]+/g, (name) => short.get(name) ?? name));
}

function compressAll() {
  const worthwhile = new Set([".css", ".html", ".js", ".svg", ".wasm"]);
  for (const name of readdirSync(folder).filter((name) => worthwhile.has(extname(name)))) {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.br`, smallestBrotli(bytes));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Brotli divides a file by rules of thumb. Which settings suit a program best differs from build to build, by a hundredth.
 *  @param {Buffer} bytes */
function smallestBrotli(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY, BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_NDIRECT } = constants;
  const settings = [[0, 0], [16, 15], [17, 15], [19, 15]];
  const tried = settings.map(([block = 0, direct = 0]) => {
    const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_LGBLOCK]: block, [BROTLI_PARAM_NDIRECT]: direct };
    return brotliCompressSync(bytes, { params });
  });
  return tried.reduce((best, next) => (next.length < best.length ? next : best));
}
