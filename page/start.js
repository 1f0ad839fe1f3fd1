// Starts the program, shows the progress of loading, and shows why the start failed. It is a file because the content security
// policy forbids inline scripts. The names of the two files to load contain hashes. They are in the preload links from Trunk.

/** An error whose message is a sentence for the admin. */
class StartError extends Error {}

const NOT_LOADED = "A file of this page could not be loaded";

/** Progress is shown after this time, in milliseconds. */
const PATIENCE = 500;

/** The program's size in bytes, 0 if unknown, and how many bytes have arrived. */
const load = { size: 0, arrived: 0, broken: false };

setTimeout(showProgress, PATIENCE);
start().catch(explain);

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new StartError("WebAssembly is turned off in this browser. Turn it on, or use another browser.");
  }
  // Without its styles the list cannot be used. In WebKit, modules may run before all styles are there.
  if (!hasStyles() && document.readyState !== "complete") await new Promise((complete) => addEventListener("load", complete, { once: true }));
  if (!hasStyles()) throw new StartError(`${NOT_LOADED}.`);
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

function hasStyles() {
  return [...document.querySelectorAll('link[rel="stylesheet"]')].every(({ sheet }) => sheet?.cssRules.length);
}

async function loadBindings(address) {
  try {
    return await import(address);
  } catch (cause) {
    throw new StartError(`${NOT_LOADED}.`, { cause });
  }
}

/** Returns a value that wasm-bindgen can start from. A response is best, because the browser compiles it while it arrives. Browsers
 *  do that only for the type application/wasm, which not every engine sends. So a response whose bytes can be counted is wrapped in
 *  one of that type. The bytes of a compressed response cannot be counted: its Content-Length is the compressed length. */
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
        load.arrived += value.length;
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
  // If the line is gone, the program has started or has failed.
  if (!line) return;
  line.hidden = false;
  if (load.size > 0) {
    const [bar, words] = line.children;
    bar.max = load.size;
    bar.value = load.arrived;
    words.textContent = `${Math.floor(load.arrived / 1000)} of ${Math.ceil(load.size / 1000)} KB`;
  }
  setTimeout(showProgress, 100);
}

function explain(error) {
  const message = document.getElementById("shell-message");
  // If the shell is gone, the program had started. Then page/crash.js shows the failure.
  if (!message) return reportError(error);
  console.error(error);
  const reason = error instanceof StartError ? error.message : "This page could not start.";
  const reload = Object.assign(document.createElement("button"), { type: "button", textContent: "Reload", onclick: () => location.reload() });
  message.setAttribute("role", "alert");
  message.replaceChildren(`${reason} Reload the page; if that does not help, the browser's console says more. `, reload);
  document.getElementById("shell-progress").remove();
  document.querySelector(".shell-rows").remove();
}
