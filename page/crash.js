// Shows a dialog after the program has ended. A panic writes its text to the console, dispatches it as the event "panic"
// (src/ui/crash.rs), and ends in a trap. A trap, and any other error that went through the program, reaches the window as an uncaught
// error or an unhandled rejection. After it the program is unusable, so this file does not use it.

// Chromium's default is ten lines of the stack.
Error.stackTraceLimit = 50;

/** The files of the program, from the preload links of Trunk. */
const files = ['link[rel="modulepreload"]', 'link[rel="preload"][type="application/wasm"]']
  .map((link) => document.querySelector(link)?.href)
  .filter(Boolean);

/** The text and location of the last panic. Some traps have none, such as a stack overflow. */
let panic = "";

addEventListener("panic", ({ detail }) => (panic = detail));
addEventListener("error", ({ error, filename, message }) => explain(error ?? message, filename));
addEventListener("unhandledrejection", ({ reason }) => explain(reason, ""));

/** @param {unknown} error
 *  @param {string} filename where it was thrown, if the browser tells */
function explain(error, filename) {
  if (!isOfProgram(error, filename) || document.querySelector(".crash")) return;
  const program = `Task Monitor ${document.documentElement.dataset.version}`;
  const report = `${program}: ${panic || error}`;
  showDialog(report);
  // Some browsers begin the stack with the error's own text, others do not.
  const stack = String(error?.stack).replace(`${error}\n`, "");
  dispatchEvent(new CustomEvent("crash", { detail: `${report}\n${stack}` }));
}

/** Whether an error went through the program: its stack names a file of the program, or only WebAssembly, whose file browsers do not
 *  always name. Errors of other scripts, for example of a browser extension, do not stop the program. A stack overflow is a RangeError,
 *  because WebAssembly uses the browser's own stack. */
function isOfProgram(error, filename) {
  const stack = String(error?.stack ?? "");
  if (files.includes(filename) || files.some((file) => stack.includes(file))) return true;
  const isTrap = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
  const namesAnother = /\b(?!wasm:)[\w-]+:\/\//.test(stack);
  return (isTrap || stack.includes("wasm-function")) && !namesAnother;
}

/** @param {string} report */
function showDialog(report) {
  const heading = make("h2", { id: "crash-title", textContent: "Task Monitor has stopped" });
  const words = make("p", {
    id: "crash-words",
    textContent: "This page has failed and shows nothing new. What the engine has accepted is safe. Reload the page to go on; the browser's console has more about the failure.",
  });
  const reload = make("button", { type: "button", className: "primary", textContent: "Reload", onclick: () => location.reload() });
  const dialog = make("dialog", {
    className: "crash",
    role: "alertdialog",
    // The dialog must stay open. Browsers close it at a second Escape, so it opens again.
    oncancel: (event) => event.preventDefault(),
    onclose: () => dialog.showModal(),
  });
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.setAttribute("aria-describedby", words.id);
  dialog.append(inDiv("dialog-head", heading), words, make("p", { className: "quiet-text", textContent: report }), inDiv("dialog-foot", reload));
  document.body.append(dialog);
  dialog.showModal();
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function inDiv(className, child) {
  const div = make("div", { className });
  div.append(child);
  return div;
}
