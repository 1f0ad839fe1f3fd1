// Starts the app. A file of its own, since the content security policy allows no inline script. The names of the two files
// to start carry hashes; they stand in the document as the preload links that Trunk wrote.

/** A reason that is already a sentence for the admin. */
class StartError extends Error {}

start().catch(explain);

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new StartError("WebAssembly is turned off in this browser. Turn it on, or use another browser.");
  }
  const [bindings, wasm] = await Promise.all([
    loadBindings(document.querySelector('link[rel="modulepreload"]').href),
    loadWasm(document.querySelector('link[rel="preload"][type="application/wasm"]').href),
  ]);
  await bindings.default({ module_or_path: wasm });
}

async function loadBindings(address) {
  try {
    return await import(address);
  } catch (cause) {
    throw new StartError("A file of this page could not be loaded.", { cause });
  }
}

/** What wasm-bindgen starts from: the response, to compile while it arrives; or the bytes, where a server calls the file
 *  something else than application/wasm and streaming is refused. */
async function loadWasm(address) {
  let response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new StartError("A file of this page could not be loaded.", { cause });
  }
  if (!response.ok) {
    throw new StartError(`A file of this page could not be loaded: the server answered ${response.status}.`);
  }
  return response.headers.get("Content-Type") === "application/wasm" ? response : response.arrayBuffer();
}

function explain(error) {
  console.error(error);
  const message = document.getElementById("shell-message");
  // No shell: the app had started, and speaks for itself.
  if (!message) return;
  const reason = error instanceof StartError ? error.message : "This page could not start.";
  const reload = document.createElement("button");
  reload.type = "button";
  reload.textContent = "Reload";
  reload.addEventListener("click", () => location.reload());
  message.setAttribute("role", "alert");
  message.replaceChildren(`${reason} Reload the page; if that does not help, the browser's console says more. `, reload);
  document.querySelector(".shell-rows").remove();
}
