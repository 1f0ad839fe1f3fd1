// What `make plugin` builds, and how it gets into an engine's folder of plug-ins and out again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const plugin = join(root, "dist/plugin");
const resources = join(plugin, "task-monitor-resources");
const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
const tarball = join(root, `dist/task-monitor-plugin-${version}.tar.gz`);

const temporary = mkdtempSync(join(tmpdir(), "task-monitor-plugin-"));
after(() => rmSync(temporary, { recursive: true }));

const DESCRIPTOR = "task-monitor.json";
const names = readdirSync(resources);

test("the built tree is the descriptor and one flat folder, with nothing in it that the engine does not serve", () => {
  assert.deepEqual(readdirSync(plugin).sort(), ["task-monitor-resources", DESCRIPTOR]);
  for (const name of names) {
    assert.match(name, /^(index\.html|plugin\.html|[a-z-]+-[0-9a-f]{12,16}(_bg)?\.(css|js|svg|wasm))$/);
    assert.ok(statSync(join(resources, name)).isFile(), name);
  }
});

test("the panel is the production page, to the byte, without the compressed files and the icons with a number", () => {
  const isLeftOut = (/** @type {string} */ name) => [".br", ".gz"].includes(extname(name)) || /^icon-\d(plus)?\.svg$/.test(name);
  const page = readdirSync(join(root, "dist/app")).filter((name) => !isLeftOut(name));
  assert.deepEqual([...page, "plugin.html"].sort(), [...names].sort());
  for (const name of page) {
    assert.ok(readFileSync(join(root, "dist/app", name)).equals(readFileSync(join(resources, name))), name);
  }
});

test("the descriptor says what web admin wants to know, and nothing that changes with a release", () => {
  const descriptor = JSON.parse(readFileSync(join(plugin, DESCRIPTOR), "utf8"));
  const { config, ...rest } = descriptor;
  assert.deepEqual(rest, {
    name: "task-monitor",
    url: "plugin/task-monitor/plugin.html",
    resourcePath: "task-monitor-resources",
    lazyLoad: false,
  });
  assert.equal(typeof config, "object");
  assert.ok(!JSON.stringify(descriptor).includes(version));
  assert.ok(names.includes("plugin.html"));
});

test("the printed hash is that of the inline script", () => {
  const html = readFileSync(join(resources, "plugin.html"), "utf8");
  const [, script] = /<script>([\s\S]*?)<\/script>/.exec(html);
  const expected = createHash("sha256").update(script, "utf8").digest("base64");
  const said = execFileSync("node", [join(root, "scripts/build-plugin.mjs")], { encoding: "utf8" });
  assert.ok(said.includes(`'sha256-${expected}'`), said);
});

test("the tarball has the same files, readable for all, the descriptor last", () => {
  const listed = execFileSync("tar", ["--list", "--verbose", "--numeric-owner", "--gzip", "--file", tarball], { encoding: "utf8" });
  const entries = listed.trim().split("\n").map((line) => line.split(/\s+/));
  assert.equal(entries.at(-1).at(-1), DESCRIPTOR);
  for (const [mode, owner] of entries) {
    assert.match(mode, /^(-rw-r--r--|drwxr-xr-x)$/);
    assert.equal(owner, "0/0");
  }
  const unpacked = join(temporary, "unpacked");
  mkdirSync(unpacked);
  execFileSync("tar", ["--extract", "--gzip", "--file", tarball, "--directory", unpacked]);
  assertSameTree(unpacked);
});

test("make install: real, readable files; resources first, descriptor last", () => {
  const installed = new Installation("fresh");
  const order = installed.run("install");
  assertSameTree(installed.folder);
  assert.equal(mode(join(installed.folder, "task-monitor-resources")), 0o755);
  for (const path of [DESCRIPTOR, ...names.map((name) => `task-monitor-resources/${name}`)]) {
    assert.equal(mode(join(installed.folder, path)), 0o644, path);
  }
  const placed = order.filter((name) => name === DESCRIPTOR || names.includes(name));
  assert.equal(placed.at(-1), DESCRIPTOR);
  assert.equal(placed.length, names.length + 1);
  const pages = placed.slice(0, -1).slice(-2);
  assert.deepEqual(pages.sort(), ["index.html", "plugin.html"], "a page is there after what it names");
});

test("an upgrade leaves nothing of the release before, and is noticed", () => {
  const installed = new Installation("upgrade");
  installed.run("install");
  const old = join(installed.folder, "task-monitor-resources/task-monitor-0000000000000000.js");
  writeFileSync(old, "old");
  const descriptor = join(installed.folder, DESCRIPTOR);
  const before = new Date(Date.now() - 60_000);
  utimesSync(descriptor, before, before);
  installed.run("install");
  assert.ok(!existsSync(old));
  assertSameTree(installed.folder);
  assert.ok(statSync(descriptor).mtime > before, "the engine reads a descriptor again only if it is newer");
});

test("make uninstall: descriptor first, and only what is ours", () => {
  const installed = new Installation("removed");
  installed.run("install");
  const other = join(installed.folder, "other.json");
  writeFileSync(other, "{}");
  const order = installed.run("uninstall");
  assert.deepEqual(readdirSync(installed.folder), ["other.json"]);
  assert.ok(order.indexOf(DESCRIPTOR) >= 0 && order.indexOf(DESCRIPTOR) < order.indexOf("task-monitor-resources"), order.join(" "));
  assert.doesNotThrow(() => installed.run("uninstall"), "a second time, there is nothing to do");
});

/** A root of its own that `make` installs into. */
class Installation {
  constructor(name) {
    this.root = join(temporary, name);
    this.folder = join(this.root, "opt/share/ovirt-engine/ui-plugins");
    this.programs = join(temporary, `${name}-programs`);
    this.log = join(this.programs, "log");
    mkdirSync(this.programs);
    for (const program of ["mv", "rm"]) this.#watch(program);
  }

  /** Runs make; gives the last word of each mv and rm, without its folder. */
  run(target) {
    writeFileSync(this.log, "");
    const env = { ...process.env, PATH: `${this.programs}:${process.env.PATH}` };
    execFileSync("make", [target, `DESTDIR=${this.root}`, "PREFIX=/opt"], { cwd: root, env, encoding: "utf8", stdio: "pipe" });
    const steps = readFileSync(this.log, "utf8").trim().split("\n");
    return steps.map((path) => path.slice(path.lastIndexOf("/") + 1));
  }

  /** Puts a program of the same name before the real one, which writes down what it is called for. */
  #watch(program) {
    const path = join(this.programs, program);
    writeFileSync(path, `#!/bin/sh\nfor last; do :; done\necho "$last" >>"${this.log}"\nPATH=$(echo "$PATH" | sed 's|${this.programs}:||g') exec ${program} "$@"\n`);
    chmodSync(path, 0o755);
  }
}

function assertSameTree(folder) {
  const files = (where) => readdirSync(where, { recursive: true }).filter((name) => statSync(join(where, name)).isFile()).sort();
  assert.deepEqual(files(folder), files(plugin));
  for (const name of files(plugin)) {
    assert.ok(readFileSync(join(folder, name)).equals(readFileSync(join(plugin, name))), name);
  }
}

function mode(path) {
  return statSync(path).mode & 0o777;
}
