// What is shown when the program itself fails while it runs. A panic ends in a trap, which reaches the window as an error that
// nobody caught; after it nothing of the program is to be relied on, and so this is no part of it.

addEventListener("error", ({ error }) => explain(error));
addEventListener("unhandledrejection", ({ reason }) => explain(reason));

/** @param {unknown} error */
function explain(error) {
  if (!isTrap(error) || document.querySelector(".crash")) return;
  const heading = make("h2", { id: "crash-title", textContent: "Task Monitor has stopped" });
  const words = make("p", {
    id: "crash-words",
    textContent: "This page has failed, and no longer follows the engine. What the engine has accepted is safe. Reload the page to go on; the browser's console says what has failed.",
  });
  const reload = make("button", { type: "button", className: "primary", textContent: "Reload" });
  reload.addEventListener("click", () => location.reload());
  const dialog = make("dialog", { className: "crash", role: "alertdialog" });
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.setAttribute("aria-describedby", words.id);
  dialog.append(inDiv("dialog-head", heading), words, inDiv("dialog-foot", reload));
  // There is nothing behind it to go back to. Browsers let a second Escape through all the same.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => dialog.showModal());
  document.body.append(dialog);
  dialog.showModal();
}

/** An error of JavaScript, say of one of the browser's extensions, leaves the program as it was. A RangeError is a stack that
 *  has run out: that of WebAssembly is the browser's own. */
function isTrap(error) {
  return typeof WebAssembly === "object" && (error instanceof WebAssembly.RuntimeError || error instanceof RangeError);
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function inDiv(className, child) {
  const div = make("div", { className });
  div.append(child);
  return div;
}
