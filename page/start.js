// Starts the app. A file of its own, since the content security policy allows no inline script. The names of the two files
// to start carry hashes; they stand in the document as the preload links that Trunk wrote.
import { reloadButton } from "./crash.js";

/** A reason that is already a sentence for the admin. */
class StartError extends Error {}

const NOT_LOADED = "A file of this page could not be loaded";

/** Who waits longer than this, in milliseconds, is shown how it goes. */
const PATIENCE = 500;

/** The size of what is loaded, in bytes, as far as it is known; and how much has come. */
const load = { size: 0, came: 0, broken: false };

setTimeout(showProgress, PATIENCE);
start().catch(explain);

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new StartError("WebAssembly is turned off in this browser. Turn it on, or use another browser.");
  }
  const [bindings, wasm] = await Promise.all([
    loadBindings(document.querySelector('link[rel="modulepreload"]').href),
    loadWasm(document.querySelector('link[rel="preload"][type="application/wasm"]').href),
  ]);
  try {
    await bindings.default({ module_or_path: wasm });
  } catch (cause) {
    throw load.broken ? new StartError(`${NOT_LOADED}.`, { cause }) : cause;
  }
}

async function loadBindings(address) {
  try {
    return await import(address);
  } catch (cause) {
    throw new StartError(`${NOT_LOADED}.`, { cause });
  }
}

/** What wasm-bindgen starts from: a response, to compile while it arrives. Browsers do that only with application/wasm, which
 *  many an engine does not know; so where it can be counted as it comes, it is handed on under that name. A compressed one
 *  cannot be counted: its length is another one than that of what it brings. */
async function loadWasm(address) {
  let response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new StartError(`${NOT_LOADED}.`, { cause });
  }
  if (!response.ok) throw new StartError(`${NOT_LOADED}: the server answered ${response.status}.`);
  const { headers } = response;
  if (headers.get("Content-Length") && !headers.has("Content-Encoding")) {
    load.size = Number(headers.get("Content-Length"));
    return new Response(counted(response.body.getReader()), { headers: { "Content-Type": "application/wasm" } });
  }
  return headers.get("Content-Type") === "application/wasm" ? response : response.arrayBuffer();
}

function counted(reader) {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        load.came += value.length;
        controller.enqueue(value);
      } catch (error) {
        load.broken = true;
        controller.error(error);
      }
    },
  });
}

function showProgress() {
  const line = document.getElementById("shell-progress");
  // No line: the app has started, or could not.
  if (!line) return;
  line.hidden = false;
  if (load.size > 0) {
    const [bar, words] = line.children;
    bar.max = load.size;
    bar.value = load.came;
    words.textContent = `${Math.floor(load.came / 1000)} of ${Math.ceil(load.size / 1000)} KB`;
  }
  setTimeout(showProgress, 100);
}

function explain(error) {
  const message = document.getElementById("shell-message");
  // No shell: the app had started. What is said then is page/crash.js's.
  if (!message) return reportError(error);
  console.error(error);
  const reason = error instanceof StartError ? error.message : "This page could not start.";
  message.setAttribute("role", "alert");
  message.replaceChildren(`${reason} Reload the page; if that does not help, the browser's console says more. `, reloadButton());
  document.getElementById("shell-progress").remove();
  document.querySelector(".shell-rows").remove();
}
