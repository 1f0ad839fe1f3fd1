// Measures the whole page in Chromium, on the demo's files: `make bench`.
import { chromium as browsers } from "@playwright/test";
import { chromium } from "../scripts/chromium.mjs";
import { serveFolder } from "../scripts/static-server.mjs";

const RUNS = 9;

const host = await serveFolder("dist/demo", "/");
const browser = await browsers.launch(chromium);

/** A first visit: nothing is cached, neither files nor compiled code. */
async function start() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    // The moment at which the app has taken the static shell away.
    const watch = new MutationObserver(() => {
      if (document.readyState === "loading" || document.getElementById("shell")) return;
      watch.disconnect();
      performance.mark("started");
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await page.goto(host.url);
  await page.waitForFunction(() => performance.getEntriesByName("started").length > 0);
  const measured = await page.evaluate(() => ({
    started: performance.getEntriesByName("started")[0]?.startTime ?? NaN,
    elements: document.querySelectorAll("*").length,
  }));
  await context.close();
  return measured;
}

const runs = [];
for (let run = 0; run < RUNS; run += 1) runs.push(await start());

console.table({
  "from navigation to the app's first view, ms": median(runs.map((run) => run.started)).toFixed(0),
  "elements in the document after it": median(runs.map((run) => run.elements)),
});
await browser.close();
await host.stop();

/** @param {number[]} numbers an odd number of them */
function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
