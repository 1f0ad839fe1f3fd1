// `make bench`: measures a built page in Chromium, beside its peers, and writes the numbers into docs/performance.md.
// usage: node bench/page.mjs [--size 10000x10] [--runs 3] [FOLDER]. The size is that of the compared list: jobs × steps of each.
// FOLDER has a build of the production page; of one that is not dist/app, perhaps an older one, the numbers are only printed.
import { chromium as browsers } from "@playwright/test";
import { parseArgs } from "node:util";
import { chromium } from "../scripts/chromium.mjs";
import { ours } from "./candidates.mjs";
import { compare } from "./compare.mjs";
import { writeMeasured } from "./document.mjs";
import { told } from "./list.mjs";
import { machine } from "./machine.mjs";
import { CONDITIONS, SIZE, measureStart } from "./measure/start.mjs";
import { SIZES, measureTyping } from "./measure/typing.mjs";
import { startServer } from "./server.mjs";
import * as tables from "./tables.mjs";
import { visiting } from "./visit.mjs";

const APP = "dist/app";
const { values, positionals } = parseArgs({
  options: { size: { type: "string", default: "10000x10" }, runs: { type: "string", default: "3" } },
  allowPositionals: true,
});
const [jobs = NaN, steps = NaN] = values.size.split("x").map(Number);
const [size, runs, folder = APP] = [{ jobs, steps }, Number(values.runs), ...positionals];
if (!(jobs > 0 && steps >= 0 && runs > 0)) throw new Error("usage: node bench/page.mjs [--size 10000x10] [--runs 3] [FOLDER]");

const server = await startServer(folder, size);
const browser = await browsers.launch(chromium);
const report = await measure().finally(() => Promise.all([browser.close(), server.stop()]));
console.log(report);
if (folder === APP) writeMeasured(report);

async function measure() {
  const compared = await compare(browser, server, runs);
  const starts = await measureStarts();
  const typings = await measureTypings();
  return [
    machine(browser),
    `\n### ${told(size)}, beside peers\n`,
    tables.comparison(compared),
    `\n### The first visit\n`,
    tables.start(starts),
    `\n### Typing in the search\n`,
    tables.typing(typings),
  ].join("\n");
}

async function measureStarts() {
  server.engine.reset(SIZE);
  const starts = [];
  for (const conditions of CONDITIONS) {
    const measured = [];
    for (let run = 0; run < runs; run += 1) {
      console.log(`start, ${conditions.name}, run ${run + 1} of ${runs}`);
      measured.push(await visiting(browser, server, ours, (visit) => measureStart(visit, conditions)));
    }
    starts.push({ conditions, runs: measured });
  }
  return starts;
}

async function measureTypings() {
  const typings = [];
  for (const size of SIZES) {
    console.log(`typing, ${told(size)}`);
    server.engine.reset(size);
    typings.push({ size, keys: await visiting(browser, server, ours, measureTyping) });
  }
  return typings;
}
