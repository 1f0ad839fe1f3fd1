// The plug-in's first page, run in a window of our own making: what it does to web admin, and what it never does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const html = readFileSync(new URL("../../plugin/plugin.html", import.meta.url), "utf8");
const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";

const PANEL = "plugin/task-monitor/index.html";
const LABELS = {
  "en-US": "Task Monitor",
  "es-ES": "Monitor de tareas",
  "fr-FR": "Moniteur de tâches",
  "ja-JP": "タスクモニター",
  "pt-BR": "Monitor de tarefas",
  "zh-CN": "任务监视器",
  "de-DE": "Aufgabenmonitor",
  "ko-KR": "작업 모니터",
  "it-IT": "Monitor delle attività",
  "cs-CZ": "Sledování úloh",
  "ka-GE": "ამოცანების მონიტორი",
};

/** The least that web admin does around a plug-in, with a record of what was called. `api` replaces functions of the API. */
function webAdmin({ hash = "", locale = "en-US", config = {}, api = {} } = {}) {
  const calls = [];
  const later = [];
  let handlers;
  const whole = {
    register: (given) => (handlers = given),
    ready: () => {
      calls.push(["ready"]);
      handlers?.UiInit();
    },
    configObject: () => config,
    currentLocale: () => locale,
    logger: () => ({ warning: (words) => calls.push(["warning", words]) }),
    addPrimaryMenuPlace: (...given) => calls.push(["primary", ...given]),
    addSecondaryMenuPlace: (...given) => calls.push(["secondary", ...given]),
    ...api,
  };
  const host = { location: { hash }, pluginApi: (name) => (calls.push(["pluginApi", name]), whole) };
  return {
    host,
    run({ parent = host, top = host } = {}) {
      const frame = { setTimeout: (what) => later.push(what) };
      frame.window = Object.assign(frame, { parent: parent ?? frame, top: top ?? frame });
      runInContext(script, createContext(frame));
    },
    logIn: () => handlers.UserLogin("admin", "id"),
    settle: () => later.splice(0).forEach((what) => what()),
    /** Without what every run has. */
    get calls() {
      return plain(calls).filter(([name]) => name !== "pluginApi");
    },
    get added() {
      return this.calls.filter(([name]) => ["primary", "secondary"].includes(name));
    },
    get names() {
      return this.calls.map(([name]) => name);
    },
  };
}

/** Objects of the script's realm, as ones of ours. */
const plain = (value) => JSON.parse(JSON.stringify(value));

test("the page loads nothing and keeps nothing", () => {
  assert.doesNotMatch(html, /\s(src|href|action|data|poster|srcset)\s*=|url\(|@import|<link|<base|http-equiv/i);
  assert.doesNotMatch(script, /fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import|Worker|createElement|innerHTML|eval|Function\(/);
  assert.doesNotMatch(script, /Storage|cookie|indexedDB|ssoToken/);
});

test("the script is plain enough for old browsers", () => {
  const comments = /(^|\s)\/\/.*$/gm;
  assert.doesNotMatch(script.replace(comments, ""), /=>|`|\b(let|const|class|async|await|of)\b|\?\./);
});

test("the whole of web admin need not wait: ready() is called while the page is read", () => {
  const admin = webAdmin();
  admin.run();
  assert.deepEqual(admin.names, ["ready"]);
});

for (const [locale, label] of Object.entries(LABELS)) {
  test(`the menu entry in ${locale}`, () => {
    const admin = webAdmin({ locale, hash: "#task-monitor" });
    admin.run();
    assert.deepEqual(admin.added, [["primary", label, "task-monitor", PANEL, { icon: "fa-tasks" }]]);
  });
}

for (const [locale, label] of [
  ["de_AT", LABELS["de-DE"]],
  ["ja", LABELS["ja-JP"]],
  ["tlh-QO", LABELS["en-US"]],
  ["constructor", LABELS["en-US"]],
  [undefined, LABELS["en-US"]],
  [7, LABELS["en-US"]],
]) {
  test(`a language that is written otherwise, or that there is no label in: ${locale}`, () => {
    const admin = webAdmin({ api: { currentLocale: () => locale }, hash: "#task-monitor" });
    admin.run();
    assert.equal(admin.added[0][1], label);
  });
}

test("the landing page stays what it was: the place is added after the first one is open", () => {
  for (const hash of ["", "#dashboard-main", "#task-monitors", "#vms;name=task-monitor"]) {
    const admin = webAdmin({ hash });
    admin.run();
    assert.deepEqual(admin.added, [], `${hash}: not at the start`);
    admin.logIn();
    assert.deepEqual(admin.added, [], `${hash}: not within the event`);
    admin.settle();
    assert.equal(admin.added.length, 1, `${hash}: after it`);
  }
});

test("who asks for the place gets it: it is there before the first one is opened, and once", () => {
  for (const hash of ["#task-monitor", "task-monitor", "#task-monitor;id=7;q=a%20b", "#task-monitor?x"]) {
    const admin = webAdmin({ hash });
    admin.run();
    assert.equal(admin.added.length, 1, hash);
    admin.logIn();
    admin.logIn();
    admin.settle();
    assert.equal(admin.added.length, 1, hash);
  }
});

test("the configured menu and language", () => {
  const rows = [
    [{ menu: "admin" }, ["secondary", "admin", "Task Monitor", "task-monitor", PANEL]],
    [{ menu: "compute", locale: "fr-FR" }, ["secondary", "compute", LABELS["fr-FR"], "task-monitor", PANEL]],
    [{ menu: "primary", locale: "auto" }, ["primary", "Task Monitor", "task-monitor", PANEL, { icon: "fa-tasks" }]],
    [{ menu: "elsewhere", locale: 5 }, ["primary", "Task Monitor", "task-monitor", PANEL, { icon: "fa-tasks" }]],
    [{ menu: ["admin"], unknown: true }, ["primary", "Task Monitor", "task-monitor", PANEL, { icon: "fa-tasks" }]],
    [null, ["primary", "Task Monitor", "task-monitor", PANEL, { icon: "fa-tasks" }]],
  ];
  for (const [config, expected] of rows) {
    const admin = webAdmin({ config, hash: "#task-monitor" });
    admin.run();
    assert.deepEqual(admin.added, [expected], JSON.stringify(config));
  }
});

const fails = () => {
  throw new Error("on purpose");
};

for (const name of ["register", "configObject", "currentLocale", "logger", "addPrimaryMenuPlace"]) {
  for (const [how, broken] of [["throws", fails], ["is absent", undefined]]) {
    test(`ready() is reached and nothing is thrown when ${name} ${how}`, () => {
      const admin = webAdmin({ api: { [name]: broken }, hash: "#task-monitor" });
      assert.doesNotThrow(() => admin.run());
      assert.ok(admin.names.includes("ready"));
      if (name === "register") return;
      assert.doesNotThrow(() => (admin.logIn(), admin.settle()));
      if (name !== "addPrimaryMenuPlace") assert.equal(admin.added.length, 1);
      else assert.ok(admin.names.includes("warning"), "it is told");
    });
  }
}

test("a host that cannot be asked for its address gets the entry all the same, later", () => {
  const admin = webAdmin();
  Object.defineProperty(admin.host, "location", { get: fails });
  admin.run();
  admin.logIn();
  admin.settle();
  assert.equal(admin.added.length, 1);
});

/** As browsers do with a window of another origin. */
const foreign = new Proxy({}, { get: fails });

test("web admin is the parent, or the top, or not there at all", () => {
  const cases = [
    [{}, 1],
    [{ top: foreign }, 1],
    [{ parent: foreign }, 1],
    [{ parent: {} }, 1],
    [{ parent: foreign, top: foreign }, 0],
    [{ parent: null, top: null }, 0],
    [{ parent: { pluginApi: fails }, top: {} }, 0],
    [{ parent: { pluginApi: 5 }, top: { pluginApi: () => undefined } }, 0],
  ];
  for (const [windows, expected] of cases) {
    const admin = webAdmin({ hash: "#task-monitor" });
    assert.doesNotThrow(() => admin.run(windows));
    assert.equal(admin.added.length, expected, Object.keys(windows).join(" "));
  }
});
