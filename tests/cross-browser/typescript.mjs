// Lets Node.js 20 import the tests' TypeScript, which newer versions read only in part: esbuild strips the types, and tsc checks
// them in a stage of its own. Use: node --import ./tests/cross-browser/typescript.mjs --test FILE.ts
import { transform } from "esbuild";
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

// Node.js runs hooks in a thread of their own, which loads this file again.
if (isMainThread) register(import.meta.url);

/** The hook for module loading.
 *  @type {import("node:module").LoadHook} */
export async function load(url, context, next) {
  if (!/^file:.*\.ts$/.test(url)) return next(url, context);
  const text = await readFile(new URL(url), "utf8");
  const { code } = await transform(text, { loader: "ts", target: "es2022", sourcemap: "inline", sourcefile: url });
  return { format: "module", source: code, shortCircuit: true };
}
