// Measures the whole page in Chromium: its start on the demo's files, typing on the production page's. `make bench`.
import { chromium as browsers } from "@playwright/test";
import { chromium } from "../scripts/chromium.mjs";
import { serveFolder } from "../scripts/static-server.mjs";
import { answerInEnginesPlace } from "./engine.mjs";

const RUNS = 9;
/** The second tells what a frame costs on this machine with next to nothing to look through. */
const SIZES = [
  { jobs: 10_000, steps: 10 },
  { jobs: 100, steps: 10 },
];
/** A letter that finds nearly everything, then words that find little and much, and nothing in between. */
const TYPED = "a backup 4321 running";

const browser = await browsers.launch(chromium);

/**
 * A first visit: nothing is cached, neither files nor compiled code.
 * @param {{ url: string }} host
 */
async function start(host) {
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
  await page.waitForFunction(() => ["first-contentful-paint", "started"].every((name) => performance.getEntriesByName(name).length > 0));
  const measured = await page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    started: performance.getEntriesByName("started")[0]?.startTime ?? NaN,
    elements: document.querySelectorAll("*").length,
  }));
  await context.close();
  return measured;
}

/**
 * Milliseconds from each key to the end of the frame that shows it, and of the one that shows what it finds, typing into the
 * search while that many jobs are loaded.
 * @param {{ url: string }} host
 * @param {{ jobs: number, steps: number }} size
 */
async function type(host, { jobs, steps }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await answerInEnginesPlace(page, jobs, steps);
  await page.goto(host.url);
  await page.getByLabel("User name").fill("admin@internal");
  await page.getByLabel("Password").fill("any");
  await page.getByRole("button", { name: "Log in" }).click();
  // All jobs and all steps are there.
  await page.getByRole("contentinfo").getByText(`${(jobs * steps).toLocaleString("en-GB")} steps`).waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "Pause updates" }).click();
  await page.evaluate(() => {
    let pressed = 0;
    /** @type {{ shown: number, found: number }[]} */
    const took = [];
    Object.assign(window, { took });
    // What is posted in a frame comes once that is done.
    const frame = () =>
      new Promise((done) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = done;
          port2.postMessage(undefined);
        }),
      );
    addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
    addEventListener(
      "input",
      async () => {
        const since = pressed;
        await frame();
        const shown = performance.now() - since;
        // The page searches in a timer that it sets in the frame.
        await new Promise((done) => setTimeout(done));
        await frame();
        took.push({ shown, found: performance.now() - since });
      },
      true,
    );
  });
  await page.getByRole("searchbox").focus();
  for (let key = 0; key < TYPED.length; key += 1) {
    await page.keyboard.press(TYPED[key] ?? "");
    await page.waitForFunction((keys) => /** @type {any} */ (window).took.length > keys, key);
  }
  /** @type {{ shown: number, found: number }[]} */
  const took = await page.evaluate(() => /** @type {any} */ (window).took);
  await context.close();
  return took;
}

const demo = await serveFolder("dist/demo", "/");
const runs = [];
for (let run = 0; run < RUNS; run += 1) runs.push(await start(demo));
await demo.stop();

const app = await serveFolder("dist/app", "/");
const keys = [];
for (const size of SIZES) keys.push({ ...size, took: await type(app, size) });
await app.stop();
await browser.close();

console.table({
  "from navigation to the first paint, which is the shell, ms": median(runs.map((run) => run.painted)).toFixed(0),
  "from navigation to the app's first view, ms": median(runs.map((run) => run.started)).toFixed(0),
  "elements in the document after it": median(runs.map((run) => run.elements)),
  ...Object.fromEntries(
    keys.flatMap(({ jobs, steps, took }) =>
      /** @type {const} */ ([
        ["its frame", took.map((key) => key.shown)],
        ["what it finds", took.map((key) => key.found)],
      ]).map(([what, times]) => [
        `from a key in the search to ${what}, ${jobs} jobs with ${steps} steps each, ms: median, slowest`,
        `${median([...times]).toFixed(1)}, ${Math.max(...times).toFixed(1)}`,
      ]),
    ),
  ),
});

/** @param {number[]} numbers an odd number of them */
function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
