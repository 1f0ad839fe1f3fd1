// Polls, and the buttons above the list, with the names that they have on our page.

/** Milliseconds between polls. */
const INTERVAL = 5_000;

/**
 * @param {() => Promise<void>} poll
 * @param {() => void} expandAll
 */
export function start(poll, expandAll) {
  let isPaused = false;
  const repeat = async () => {
    if (!isPaused) await poll();
    setTimeout(repeat, INTERVAL);
  };
  const pause = button("Pause refresh", () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? "Resume refresh" : "Pause refresh";
  });
  document.querySelector("header")?.append(button("Refresh now", poll), pause, button("Expand all", expandAll));
  repeat();
}

/**
 * @param {string} name
 * @param {() => void} press
 */
function button(name, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = name;
  element.addEventListener("click", press);
  return element;
}
