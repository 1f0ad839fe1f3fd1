// What is shown when the program itself fails while it runs. A panic is a trap, which reaches the window as an error that
// nobody caught; after it nothing of the program is to be relied on, and so this is no part of it. A trap knows no reason: its
// kind and the numbers of the functions that led to it are all there is. What they are called stands in target/functions/ of
// the build.

// Chromium would tell ten places of the way.
Error.stackTraceLimit = 50;

addEventListener("error", ({ error }) => explain(error));
addEventListener("unhandledrejection", ({ reason }) => explain(reason));

/** @param {unknown} error */
function explain(error) {
  if (!isTrap(error) || document.querySelector(".crash")) return;
  const program = `Task Monitor ${VERSION}`;
  const heading = make("h2", { id: "crash-title", textContent: "Task Monitor has stopped" });
  const words = make("p", {
    id: "crash-words",
    textContent: "This page has failed, and no longer follows the engine. What the engine has accepted is safe. Reload the page to go on; the browser's console says where it has failed.",
  });
  const kind = make("p", { className: "quiet-text", textContent: `${program}: ${error}` });
  const reload = Object.assign(reloadButton(), { className: "primary" });
  const dialog = make("dialog", {
    className: "crash",
    role: "alertdialog",
    // There is nothing behind it to go back to. Browsers let a second Escape through all the same.
    oncancel: (event) => event.preventDefault(),
    onclose: () => dialog.showModal(),
  });
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.setAttribute("aria-describedby", words.id);
  dialog.append(inDiv("dialog-head", heading), words, kind, inDiv("dialog-foot", reload));
  document.body.append(dialog);
  dialog.showModal();
  // Some browsers begin the stack with what the error says, others do not.
  const stack = String(error.stack).replace(`${error}\n`, "");
  dispatchEvent(new CustomEvent("crash", { detail: `${program}: ${error}\n${stack}` }));
}

/** An error of JavaScript, say of one of the browser's extensions, leaves the program as it was. A RangeError is a stack that
 *  has run out: that of WebAssembly is the browser's own. */
function isTrap(error) {
  return typeof WebAssembly === "object" && (error instanceof WebAssembly.RuntimeError || error instanceof RangeError);
}

export function reloadButton() {
  return make("button", { type: "button", textContent: "Reload", onclick: () => location.reload() });
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function inDiv(className, child) {
  const div = make("div", { className });
  div.append(child);
  return div;
}
