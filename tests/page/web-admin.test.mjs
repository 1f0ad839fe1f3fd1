// What the page's scripts do around the program in web admin, run in a window of our own making: light from the beginning, and
// a line in the engine's log when the program has failed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { buildSync } from "esbuild";

const entry = fileURLToPath(new URL("../../page/web-admin.js", import.meta.url));
const options = { bundle: true, write: false, format: "iife", target: "es2022", define: { VERSION: '"1.2.3"' } };
const [{ text: script }] = buildSync({ entryPoints: [entry], ...options }).outputFiles;

class RuntimeError extends Error {
  name = "RuntimeError";
}

const elsewhere = new Proxy({}, { get: () => assert.fail("cross-origin") });

/** A page in which a trap has happened, with this around it.
 *  @returns what the log says, whether the page has said that it stopped, and its theme */
function trapped({ parent, top = parent, stack }) {
  const listeners = {};
  const element = () => ({ append() {}, addEventListener() {}, setAttribute() {}, showModal: () => (stopped = true) });
  let stopped = false;
  const page = {
    addEventListener: (kind, listener) => (listeners[kind] = listener),
    dispatchEvent: (event) => listeners[event.kind]?.(event),
    CustomEvent: class {
      constructor(kind, { detail }) {
        Object.assign(this, { kind, detail });
      }
    },
    WebAssembly: { RuntimeError },
    setTimeout() {},
    reportError() {},
    document: {
      documentElement: { dataset: {} },
      body: element(),
      createElement: element,
      getElementById: () => null,
      querySelector: (selector) => (selector === ".crash" ? null : { href: "about:blank" }),
    },
  };
  runInContext(script, createContext(Object.assign(page, { parent: parent ?? page, top: top ?? page })));
  const error = new RuntimeError("unreachable");
  error.stack = stack;
  listeners.error({ error });
  return { stopped, theme: page.document.documentElement.dataset.theme };
}

/** A window with web admin in it, whose API has these members, and what it has been told to log. */
function webAdmin(members) {
  const log = [];
  const api = { logger: () => ({ severe: (text) => log.push(text) }), ...members };
  return { log, window: { pluginApi: (name) => (name === "task-monitor" ? api : undefined) } };
}

const AT = "    at wasm://wasm/1:wasm-function[7]:0x12";
const throws = () => assert.fail("not now");

for (const [name, members, stack, expected] of [
  ["a stack that begins with what the error says", {}, `RuntimeError: unreachable\n${AT}`, [`Task Monitor 1.2.3: RuntimeError: unreachable\n${AT}`]],
  ["a stack that does not", {}, AT, [`Task Monitor 1.2.3: RuntimeError: unreachable\n${AT}`]],
  ["the token in it", { ssoToken: () => "s3cret" }, "s3cret s3cret", ["Task Monitor 1.2.3: RuntimeError: unreachable\n… …"]],
  ["no token", { ssoToken: () => "" }, AT, [`Task Monitor 1.2.3: RuntimeError: unreachable\n${AT}`]],
  ["a token that is not to be had", { ssoToken: throws }, AT, [`Task Monitor 1.2.3: RuntimeError: unreachable\n${AT}`]],
  ["no logger", { logger: undefined }, AT, []],
  ["a logger that throws", { logger: throws }, AT, []],
  ["a logger that knows nothing severe", { logger: () => ({}) }, AT, []],
]) {
  test(`a trap, with ${name}`, () => {
    const { log, window } = webAdmin(members);
    assert.deepEqual(trapped({ parent: window, stack }), { stopped: true, theme: "light" });
    assert.deepEqual(log, expected);
  });
}

test("web admin is found at the top, too", () => {
  const { log, window } = webAdmin({});
  assert.deepEqual(trapped({ parent: elsewhere, top: window, stack: AT }), { stopped: true, theme: "light" });
  assert.equal(log.length, 1);
});

for (const [name, around] of [
  ["in a tab of its own", undefined],
  ["in a frame of another origin", elsewhere],
  ["in a frame of something else", {}],
]) {
  test(`${name} there is nobody to tell, and no theme to take`, () => {
    assert.deepEqual(trapped({ parent: around, stack: AT }), { stopped: true, theme: undefined });
  });
}
