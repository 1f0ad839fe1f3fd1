// Starts the page that may be a place of oVirt's web admin, and does for it what cannot wait for the program. That finds out
// by itself where it is.
import "./start.js";

// Web admin is light.
if (isInWebAdmin()) document.documentElement.dataset.theme = "light";

function isInWebAdmin() {
  try {
    return parent !== window && typeof parent.pluginApi === "function";
  } catch {
    // A window of another origin.
    return false;
  }
}
