// Builds the plug-in for oVirt's web admin from the production page. dist/plugin gets the files for the engine's ui-plugins folder.
// The tarball beside it has the same files. Prints the hash of the one inline script, for sites with a content security policy.
// usage: node scripts/build-plugin.mjs, after `make app`
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DESCRIPTOR = "task-monitor.json";
const RESOURCES = "task-monitor-resources";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "dist/plugin");
const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))?.[1];
const tarball = `task-monitor-plugin-${version}.tar.gz`;

collect();
pack();
console.log(`The plug-in is in dist/plugin and in dist/${tarball}. To install it: make install DESTDIR= PREFIX=/usr`);
console.log(`Its inline script, for a script-src policy: '${inlineScriptHash(readFileSync(join(root, "plugin/plugin.html"), "utf8"))}'`);

function collect() {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, RESOURCES), { recursive: true });
  const page = join(root, "dist/app");
  // An engine does not use the compressed files, and the panel shows no number on the icon of web admin's tab.
  const isUsed = (/** @type {string} */ name) => ![".br", ".gz"].includes(extname(name)) && !/^icon-\d(plus)?\.svg$/.test(name);
  for (const name of readdirSync(page).filter(isUsed)) {
    copyFileSync(join(page, name), join(target, RESOURCES, name));
  }
  copyFileSync(join(root, "plugin/plugin.html"), join(target, RESOURCES, "plugin.html"));
  copyFileSync(join(root, "plugin", DESCRIPTOR), join(target, DESCRIPTOR));
}

/** Makes the tarball, for the ui-plugins folder. The resources come first, because the engine looks for them once it has the
 *  descriptor. */
function pack() {
  for (const old of readdirSync(join(root, "dist")).filter((name) => /^task-monitor-plugin-.*\.tar\.gz$/.test(name))) {
    rmSync(join(root, "dist", old));
  }
  const readable = ["--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX", "--sort=name"];
  execFileSync("tar", ["--create", "--gzip", "--file", join(root, "dist", tarball), "--directory", target, ...readable, RESOURCES, DESCRIPTOR]);
}

/** The hash as browsers compute it: over all bytes between the tags.
 *  @param {string} html */
function inlineScriptHash(html) {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => String(text));
  if (scripts.length !== 1) throw new Error(`plugin.html must have one inline script, but has ${scripts.length}`);
  return `sha256-${createHash("sha256").update(scripts[0] ?? "").digest("base64")}`;
}
