// If the page runs inside oVirt's web admin: sets the light theme, and logs crashes. Elsewhere it does nothing. The program
// detects by itself where it runs (src/host.rs).

const api = attempt(() => parent.pluginApi("task-monitor")) ?? attempt(() => top.pluginApi("task-monitor"));

if (api) {
  // Web admin has a light theme.
  document.documentElement.dataset.theme = "light";
  addEventListener("crash", ({ detail }) => log(detail));
}

/** Writes to the engine's log through web admin, without the token. It does not use web admin's reportFatalError, which may show an
 *  alert.
 *  @param {string} report */
function log(report) {
  const token = attempt(() => api.ssoToken());
  const text = token ? report.replaceAll(token, "…") : report;
  attempt(() => api.logger().severe(text));
}

/** Calls a function that may be absent, may throw, or may belong to another origin. Returns undefined if it fails.
 *  @param {() => any} what */
function attempt(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}
