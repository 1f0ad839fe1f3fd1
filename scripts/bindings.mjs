// The bindings between the page and its program, as wasm-bindgen has written them, in fewer words: a third less.
import { buildSync } from "esbuild";

/** page/start.js alone starts the program, from a response that says that it is one, or from bytes. */
const START = `
export default async ({ module_or_path: source }) => {
  const imports = __wbg_get_imports();
  const starting = source instanceof Response ? WebAssembly.instantiateStreaming(source, imports) : WebAssembly.instantiate(source, imports);
  const { instance, module } = await starting;
  __wbg_finalize_init(instance, module);
};

function giveText(to, text) {
  const start = isLikeNone(text) ? 0 : passStringToWasm0(text, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
  const memory = getDataViewMemory0();
  memory.setInt32(to + 4, WASM_VECTOR_LEN, true);
  memory.setInt32(to, start, true);
}
`;

/** What the pinned wasm-bindgen writes, and what does the same.
 *  @type {[RegExp, string][]} */
const RULES = [
  [/^export \{ initSync, __wbg_init as default \};/m, START],
  // A text that an import answers with.
  [/(const|var) ptr1 = .*\n\s*\1 len1 = WASM_VECTOR_LEN;\n.*setInt32\(arg0 \+ 4 \* 1, len1, true\);\n.*setInt32\(arg0 \+ 4 \* 0, ptr1, true\);/g, "giveText(arg0, ret);"],
  // Imports: none asks for `this`.
  [/: function\(\) \{ return handleError\(function \((.*)\) \{/g, ": caught(($1) => {"],
  [/\}, arguments\); \}/g, "})"],
  [/function handleError\(f, args\) \{\n(.*\n).*f\.apply\(this, args\);/, "const caught = (f) => (...args) => {\n$1return f(...args);"],
  [/: function\((.*)\) \{/g, ": ($1) => {"],
  // Every browser that can show this page has these.
  [/\(typeof FinalizationRegistry === 'undefined'\)\n.*\n\s*: /g, ""],
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{[^]*?^\}/m, ""],
  [/^ {4}if \(realloc === undefined\) \{[^]*?^ {4}\}/m, ""],
];

/** @param {string} source */
export function tighten(source) {
  return RULES.reduce((text, [wordy, short]) => {
    // A wasm-bindgen that writes something else would make the page grow unseen, or not start.
    if (text.search(wordy) < 0) throw new Error(`the bindings have nothing like ${wordy}`);
    return text.replace(wordy, short);
  }, source);
}

/** Renames imports, given as [module, name, short] all of one module, which becomes "a"; and exports.
 *  @param {string} source tightened
 *  @param {[string, string, string][]} imports
 *  @param {[string, string][]} exports as [name, short] */
export function rename(source, imports, exports) {
  const waiting = new Map(imports.map(([, name, short]) => [name, short]));
  const shorter = new Map(exports);
  const modules = [...new Set(imports.map(([module]) => module))];
  if (modules.length !== 1) throw new Error(`one module to import from was expected: ${modules.join(", ")}`);
  const text = source
    .replace(/\b([\w$]+)(?=: (?:caught\()?\()/g, (name) => {
      const short = waiting.get(name) ?? name;
      waiting.delete(name);
      return short;
    })
    .replace(/\bwasm\.([\w$]+)/g, (whole, name) => (shorter.has(name) ? `wasm.${shorter.get(name)}` : whole))
    .replaceAll(JSON.stringify(modules[0]), '"a"');
  // A page that lacks one does not start: better that it is not built.
  if (waiting.size > 0) throw new Error(`imports that the bindings do not have: ${[...waiting.keys()].join(", ")}`);
  return text;
}

/** As a bundle: it loses what is not exported and nobody calls.
 *  @param {string} source */
export function minify(source) {
  const options = /** @type {const} */ ({ bundle: true, minify: true, format: "esm", target: "es2022", write: false });
  return String(buildSync({ stdin: { contents: source }, ...options }).outputFiles[0]?.text);
}
