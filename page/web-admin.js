// Starts the page that may be a place of oVirt's web admin, and does for it what cannot wait for the program, or comes after
// it. The program finds out by itself where it is (src/host/ovirt_plugin.rs).
import "./start.js";

const api = attempt(() => parent.pluginApi("task-monitor")) ?? attempt(() => top.pluginApi("task-monitor"));

if (api) {
  // Web admin is light.
  document.documentElement.dataset.theme = "light";
  addEventListener("crash", ({ detail }) => log(detail));
}

/** Writes to the engine's log, by way of web admin. To the log only: web admin's reportFatalError would alarm everybody. No
 *  token gets there.
 *  @param {string} report */
function log(report) {
  const token = attempt(() => api.ssoToken());
  const text = token ? report.replaceAll(token, "…") : report;
  attempt(() => api.logger().severe(text));
}

/** What a function says that may be absent, may throw, and may be another origin's.
 *  @param {() => any} what */
function attempt(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}
