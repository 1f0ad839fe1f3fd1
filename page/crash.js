// Shows that the program has failed while it ran. A panic writes its text to the console, hands it over as the event "panic"
// (src/ui/crash.rs), and ends in a trap. A trap reaches the window as an error that nobody caught. After it no part of the
// program can be relied on, so this file uses none of it.

// Chromium would keep ten lines of the stack.
Error.stackTraceLimit = 50;

/** The text and place of the last panic. Some traps have none, such as a stack that has run out. */
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

/** An error of JavaScript, say of one of the browser's extensions, leaves the program as it was. A RangeError is a stack that
 *  has run out: WebAssembly uses the browser's own stack. */
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
    // There is nothing behind it to go back to. Browsers let a second Escape through all the same.
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
