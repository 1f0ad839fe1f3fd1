// Shows a dialog after the program has crashed. A panic writes its text to the console, dispatches it as the event "panic"
// (src/ui/crash.rs), and ends in a trap. A trap reaches the window as an uncaught error. After a trap the program is unusable, so
// this file does not use it.

// Chromium's default is ten lines of the stack.
Error.stackTraceLimit = 50;

/** The text and location of the last panic. Some traps have none, such as a stack overflow. */
let panic = "";

addEventListener("panic", ({ detail }) => (panic = detail));
addEventListener("error", ({ error }) => explain(error));
addEventListener("unhandledrejection", ({ reason }) => explain(reason));

/** @param {unknown} error */
function explain(error) {
  if (!isTrap(error) || document.querySelector(".crash")) return;
  const program = `Task Monitor ${document.documentElement.dataset.version}`;
  const report = `${program}: ${panic || error}`;
  showDialog(report);
  // Some browsers begin the stack with the error's own text, others do not.
  const stack = String(error.stack).replace(`${error}\n`, "");
  dispatchEvent(new CustomEvent("crash", { detail: `${report}\n${stack}` }));
}

/** Other errors of JavaScript, for example of a browser extension, do not stop the program. A RangeError is a stack overflow:
 *  WebAssembly uses the browser's own stack. */
function isTrap(error) {
  return typeof WebAssembly === "object" && (error instanceof WebAssembly.RuntimeError || error instanceof RangeError);
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
