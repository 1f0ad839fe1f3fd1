// `make bench`: measures a built page in Chromium: its start, reading a long list, typing in the search, and scrolling.
// usage: node bench/page.mjs [FOLDER]. FOLDER has a build of the production page, perhaps an older one. The default is dist/app.
/** @import { CDPSession, Page } from "@playwright/test" */
import { chromium as browsers } from "@playwright/test";
import { chromium } from "../scripts/chromium.mjs";
import { serveFolder } from "../scripts/static-server.mjs";
import { answerInEnginesPlace } from "./engine.mjs";

const VIEWPORT = { width: 1440, height: 900 };
const STARTS = 9;
/** The second size shows the cost of a frame with few rows on this machine. */
const TYPED_IN = [
  { jobs: 10_000, steps: 10 },
  { jobs: 100, steps: 10 },
];
/** A letter that matches nearly all rows, then words that match few or many rows. */
const TYPED = "a backup 4321 running";
const READ = [{ jobs: 10_000, steps: 0 }];
const READINGS = 5;
const SCROLLED = [
  { jobs: 1_000, steps: 0 },
  { jobs: 10_000, steps: 0 },
];
const PIXELS_PER_FRAME = 400;
/** A frame that takes longer than this, in milliseconds, is late. Browsers draw a frame every 16.7 ms. */
const LATE = 20;

const browser = await browsers.launch(chromium);
const host = await serveFolder(process.argv[2] ?? "dist/app", "/");
/** @type {Record<string, string>} */
const table = {};
await measureStart();
for (const size of READ) await measureReading(size);
for (const size of TYPED_IN) await measureTyping(size);
for (const size of SCROLLED) await measureScrolling(size);
await browser.close();
await host.stop();
console.table(table);

async function measureStart() {
  const runs = [];
  for (let run = 0; run < STARTS; run += 1) runs.push(await inPage(start));
  table["from navigation to the first paint, the shell, ms"] = median(runs.map(({ painted }) => painted)).toFixed(0);
  table["from navigation to the first view, the log-in, ms"] = median(runs.map(({ started }) => started)).toFixed(0);
}

/** @param {Size} size */
async function measureReading(size) {
  const runs = [];
  for (let run = 0; run < READINGS; run += 1) runs.push(await inPage((page) => read(page, size)));
  table[`from the answer to its first rows, ${told(size)}, ms`] = median(runs.map(({ first }) => first)).toFixed(0);
  table[`script of a later poll in which nothing changed, ${told(size)}, ms`] = median(runs.map(({ later }) => later)).toFixed(0);
}

/** @param {Size} size */
async function measureTyping(size) {
  const keys = await inPage((page) => type(page, size));
  for (const [what, times] of /** @type {const} */ ([
    ["its frame", keys.map(({ shown }) => shown)],
    ["the frame with the matches", keys.map(({ found }) => found)],
  ])) {
    table[`from a key in the search to ${what}, ${told(size)}, ms: median, slowest`] = `${median(times).toFixed(1)}, ${Math.max(...times).toFixed(1)}`;
  }
}

/** @param {Size} size */
async function measureScrolling(size) {
  const { frames, script, style } = await inPage((page) => scroll(page, size));
  const late = frames.filter((time) => time > LATE).length / frames.length;
  const what = `scrolling ${PIXELS_PER_FRAME} px a frame, ${told(size)}`;
  table[`${what}: frame, ms: median, p95`] = `${median(frames).toFixed(1)}, ${quantile(frames, 0.95).toFixed(1)}`;
  table[`${what}: frames over ${LATE} ms`] = `${(100 * late).toFixed(1)} % of ${frames.length}`;
  table[`${what}: script, style and layout, ms a frame`] = `${script.toFixed(2)}, ${style.toFixed(2)}`;
}

/** @typedef {{ jobs: number, steps: number }} Size */

/** @param {Size} size */
function told({ jobs, steps }) {
  return `${jobs.toLocaleString("en-GB")} jobs${steps ? ` with ${steps} steps each` : ""}`;
}

/**
 * Measures in a new browser context, as on a first visit: no file and no compiled code is cached.
 * @template T
 * @param {(page: Page) => Promise<T>} measure
 */
async function inPage(measure) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  // A busy machine may be slow. The numbers then show it.
  context.setDefaultTimeout(120_000);
  const measured = await measure(await context.newPage());
  await context.close();
  return measured;
}

/** @param {Page} page */
async function start(page) {
  await page.addInitScript(() => {
    // Marks the moment at which the app has removed the static shell.
    const watch = new MutationObserver(() => {
      if (document.readyState === "loading" || document.getElementById("shell")) return;
      watch.disconnect();
      performance.mark("started");
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await page.goto(host.url);
  await page.waitForFunction(() => ["first-contentful-paint", "started"].every((name) => performance.getEntriesByName(name).length > 0));
  return page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    started: performance.getEntriesByName("started")[0]?.startTime ?? NaN,
  }));
}

/**
 * Logs in to an engine with so many jobs, and waits for the first rows.
 * @param {Page} page
 * @param {Size} size
 */
async function open(page, { jobs, steps }) {
  await answerInEnginesPlace(page, jobs, steps);
  await page.goto(host.url);
  await page.getByLabel("User name").fill("admin@internal");
  await page.getByLabel("Password").fill("any");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("treegrid").getByRole("row").nth(1).waitFor();
}

/**
 * Returns the milliseconds from the moment at which the whole list has arrived to the first frame with rows, and the script time of
 * a later poll without changes.
 * @param {Page} page
 * @param {Size} size
 */
async function read(page, size) {
  await page.addInitScript(() => {
    // The page reads the list as a stream. An older build reads it whole.
    const streams = new WeakSet();
    const isList = (/** @type {Response} */ { url }) => new URL(url).pathname.endsWith("/api/jobs");
    const body = Object.getOwnPropertyDescriptor(Response.prototype, "body");
    Object.defineProperty(Response.prototype, "body", {
      ...body,
      get() {
        const stream = body?.get?.call(this);
        if (stream && isList(this)) streams.add(stream);
        return stream;
      },
    });
    const usualReader = /** @type {(...options: any[]) => any} */ (ReadableStream.prototype.getReader);
    /**
     * @this {ReadableStream}
     * @param {any[]} options
     */
    const getReader = function (...options) {
      const reader = usualReader.apply(this, options);
      if (!streams.has(this)) return reader;
      const usual = reader.read.bind(reader);
      reader.read = async () => {
        const piece = await usual();
        if (piece.done) performance.mark("answered");
        return piece;
      };
      return reader;
    };
    Object.assign(ReadableStream.prototype, { getReader });
    for (const way of /** @type {const} */ (["arrayBuffer", "json", "text"])) {
      const usual = Response.prototype[way];
      /** @this {Response} */
      Response.prototype[way] = async function () {
        const body = await usual.call(this);
        if (isList(this)) performance.mark("answered");
        return body;
      };
    }
    const look = () => {
      if (document.querySelectorAll('[role="treegrid"] [role="row"]').length > 1) return performance.mark("shown");
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await open(page, size);
  const first = await page.evaluate(() => {
    const [answered, shown] = ["answered", "shown"].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? NaN);
    return Number(shown) - Number(answered);
  });
  const answers = () => page.evaluate(() => performance.getEntriesByName("answered").length);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const [before, scriptBefore] = [await answers(), await metric(session, "ScriptDuration")];
  await page.waitForFunction((before) => performance.getEntriesByName("answered").length > before, before);
  await frames(page, 5);
  const later = ((await metric(session, "ScriptDuration")) - scriptBefore) / ((await answers()) - before);
  return { first, later };
}

/**
 * Returns the milliseconds from each key to the end of the frame that shows the letter, and to the end of the frame with the matches.
 * @param {Page} page
 * @param {Size} size
 */
async function type(page, size) {
  await open(page, size);
  // Waits for all jobs and steps.
  await page.getByRole("contentinfo").getByText(`${(size.jobs * size.steps).toLocaleString("en-GB")} steps`).waitFor();
  await pause(page);
  await page.evaluate(() => {
    let pressed = 0;
    /** @type {{ shown: number, found: number }[]} */
    const took = [];
    Object.assign(window, { took });
    // A message that is posted in a frame arrives after the frame.
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
  return page.evaluate(() => /** @type {{ shown: number, found: number }[]} */ (/** @type {any} */ (window).took));
}

/**
 * Scrolls from the top to the bottom of the list. Returns the time of each frame, and the times of script, style and layout.
 * @param {Page} page
 * @param {Size} size
 */
async function scroll(page, size) {
  await open(page, size);
  await pause(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await frames(page, 30);
  const names = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
  const before = await Promise.all(names.map((name) => metric(session, name)));
  const times = await page.evaluate(scrollToBottom, PIXELS_PER_FRAME);
  const after = await Promise.all(names.map((name) => metric(session, name)));
  const [script = NaN, ...rest] = after.map((time, index) => (time - (before[index] ?? NaN)) / times.length);
  return { frames: times, script, style: rest.reduce((sum, time) => sum + time, 0) };
}

/**
 * Runs in the page.
 * @param {number} pixels
 */
function scrollToBottom(pixels) {
  const scrolls = (/** @type {Element} */ element) =>
    element.scrollHeight > element.clientHeight && ["auto", "scroll"].includes(getComputedStyle(element).overflowY);
  let element = document.querySelector('[role="treegrid"]');
  while (element && !scrolls(element)) element = element.parentElement;
  const box = element ?? document.scrollingElement ?? document.body;
  /** @type {number[]} */
  const times = [];
  return new Promise((/** @type {(times: number[]) => void} */ done, fail) => {
    let last = 0;
    requestAnimationFrame(function frame(now) {
      if (last > 0) times.push(now - last);
      last = now;
      const before = box.scrollTop;
      box.scrollTop += pixels;
      if (box.scrollTop > before) return requestAnimationFrame(frame);
      if (times.length < 10) return fail(new Error("the list does not scroll"));
      done(times);
    });
  });
}

/** @param {Page} page */
async function pause(page) {
  await page.getByRole("button", { name: /^Pause (refresh|updates)$/ }).click();
}

/**
 * @param {Page} page
 * @param {number} count
 */
async function frames(page, count) {
  await page.evaluate(async (count) => {
    for (let frame = 0; frame < count; frame += 1) await new Promise(requestAnimationFrame);
  }, count);
}

/**
 * A time that Chromium has measured since the page began, in milliseconds.
 * @param {CDPSession} session
 * @param {string} name
 */
async function metric(session, name) {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1_000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
}

/** @param {number[]} numbers */
function median(numbers) {
  return quantile(numbers, 0.5);
}

/**
 * @param {number[]} numbers
 * @param {number} share
 */
function quantile(numbers, share) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(share * (numbers.length - 1))] ?? NaN;
}
