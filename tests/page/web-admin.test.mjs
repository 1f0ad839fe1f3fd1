// The page's scripts around the program in web admin, run in a window of our own making: the light theme from the beginning, and a
// line in the engine's log when the program has failed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

// In the order of index.html. Each is a module, with names of its own.
const scripts = ["crash", "web-admin", "start"].map((name) => {
  const source = readFileSync(new URL(`../../page/${name}.js`, import.meta.url), "utf8");
  return `(() => { "use strict"; ${source}\n})();`;
});

class RuntimeError extends Error {
  name = "RuntimeError";
}

const elsewhere = new Proxy({}, { get: () => assert.fail("cross-origin") });

/** A page in which a trap has happened, with this around it; before it a panic, if there is one.
 *  @returns the theme, whether the dialog is shown, and all texts of elements */
function trapped({ parent, top = parent, stack, panic }) {
  const listeners = {};
  const elements = [];
  const element = () => {
    const made = { append() {}, addEventListener() {}, setAttribute() {}, showModal: () => (stopped = true) };
    elements.push(made);
    return made;
  };
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
      documentElement: { dataset: { version: "1.2.3" } },
      body: element(),
      createElement: element,
      getElementById: () => null,
      querySelector: (selector) => (selector === ".crash" ? null : { href: "about:blank" }),
    },
  };
  const context = createContext(Object.assign(page, { parent: parent ?? page, top: top ?? page }));
  for (const script of scripts) runInContext(script, context);
  const error = new RuntimeError("unreachable");
  error.stack = stack;
  if (panic) listeners.panic({ detail: panic });
  listeners.error({ error });
  return { stopped, theme: page.document.documentElement.dataset.theme, texts: elements.flatMap(({ textContent }) => textContent ?? []) };
}

/** A window with web admin in it, whose API has these members; and what was logged there. */
function webAdmin(members) {
  const log = [];
  const api = { logger: () => ({ severe: (text) => log.push(text) }), ...members };
  return { log, window: { pluginApi: (name) => (name === "task-monitor" ? api : undefined) } };
}

const AT = "    at wasm://wasm/1:wasm-function[7]:0x12";
const throws = () => assert.fail("not now");

const TRAP = `Task Monitor 1.2.3: RuntimeError: unreachable\n${AT}`;
const PANIC = "panicked at src/lib.rs:1:2:\nfor s3cret reasons";

for (const [name, members, { stack = AT, panic }, expected] of [
  ["a stack that begins with the error's text", {}, { stack: `RuntimeError: unreachable\n${AT}` }, [TRAP]],
  ["a stack that does not", {}, {}, [TRAP]],
  ["a panic before it", {}, { panic: PANIC }, [`Task Monitor 1.2.3: ${PANIC}\n${AT}`]],
  ["the token in it", { ssoToken: () => "s3cret" }, { stack: "s3cret s3cret" }, ["Task Monitor 1.2.3: RuntimeError: unreachable\n… …"]],
  ["the token in a panic", { ssoToken: () => "s3cret" }, { panic: PANIC }, [`Task Monitor 1.2.3: panicked at src/lib.rs:1:2:\nfor … reasons\n${AT}`]],
  ["no token", { ssoToken: () => "" }, {}, [TRAP]],
  ["a token that cannot be read", { ssoToken: throws }, {}, [TRAP]],
  ["no logger", { logger: undefined }, {}, []],
  ["a logger that throws", { logger: throws }, {}, []],
  ["a logger without severe()", { logger: () => ({}) }, {}, []],
]) {
  test(`a trap, with ${name}`, () => {
    const { log, window } = webAdmin(members);
    const { stopped, theme } = trapped({ parent: window, stack, panic });
    assert.deepEqual({ stopped, theme }, { stopped: true, theme: "light" });
    assert.deepEqual(log, expected);
  });
}

for (const [name, panic, expected] of [
  ["the text and place of a panic", PANIC, `Task Monitor 1.2.3: ${PANIC}`],
  ["the error, if there was no panic", undefined, "Task Monitor 1.2.3: RuntimeError: unreachable"],
]) {
  test(`the dialog shows ${name}`, () => {
    const { texts } = trapped({ stack: AT, panic });
    assert.ok(texts.includes(expected), texts.join("\n"));
  });
}

test("web admin is found at the top, too", () => {
  const { log, window } = webAdmin({});
  assert.equal(trapped({ parent: elsewhere, top: window, stack: AT }).theme, "light");
  assert.deepEqual(log, [TRAP]);
});

for (const [name, around] of [
  ["in a tab of its own", undefined],
  ["in a frame of another origin", elsewhere],
  ["in a frame of something else", {}],
]) {
  test(`${name} there is no log to write to, and no theme to take`, () => {
    const { stopped, theme } = trapped({ parent: around, stack: AT });
    assert.deepEqual({ stopped, theme }, { stopped: true, theme: undefined });
  });
}
