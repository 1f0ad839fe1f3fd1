// What the page does around the program when oVirt's web admin is around the page. Elsewhere it does nothing. The program finds
// out by itself where it runs (src/host.rs).

const api = attempt(() => parent.pluginApi("task-monitor")) ?? attempt(() => top.pluginApi("task-monitor"));

if (api) {
  // Web admin is light.
  document.documentElement.dataset.theme = "light";
  addEventListener("crash", ({ detail }) => log(detail));
}

/** Writes to the engine's log through web admin, without the token. Not with web admin's reportFatalError: that may raise an
 *  alert of web admin's own.
 *  @param {string} report */
function log(report) {
  const token = attempt(() => api.ssoToken());
  const text = token ? report.replaceAll(token, "…") : report;
  attempt(() => api.logger().severe(text));
}

/** The result of a function that may be absent, may throw, and may belong to another origin.
 *  @param {() => any} what */
function attempt(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}
