// What was measured, on what, and when.
/** @import { Browser } from "@playwright/test" */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";

/** Before the measurements: how many processes wanted a core on average in the last minute. */
const load = loadavg()[0] ?? NaN;

/** @param {Browser} browser */
export function machine(browser) {
  const cores = cpus();
  const memory = (totalmem() / 1e9).toFixed(0);
  const { devDependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const libraries = ["@tanstack/virtual-core", "wunderbaum"].map((name) => `${name} ${devDependencies[name]}`).join(", ");
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} at commit \`${commit()}\` with Chromium ${browser.version()}, ${libraries}.`,
    `The machine: ${cores.length} cores (${cores[0]?.model.trim()}), ${memory} GB, ${type()} ${release()}, Node.js ${process.versions.node};`,
    `before the measurements its load was ${load.toFixed(1)}.`,
  ].join("\n");
}

function commit() {
  return execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim();
}
