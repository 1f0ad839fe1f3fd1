// One visit to a candidate, in a browser context of its own: nothing is cached.
/** @import { Browser, CDPSession, Page } from "@playwright/test" */
/** @import { Candidate } from "./candidates.mjs" */
/** @import { Engine } from "./engine.mjs" */
import { now } from "./engine.mjs";
import { instrument } from "./instrument.mjs";

const VIEWPORT = { width: 1440, height: 900 };
/** A busy machine may be slow. The numbers then show it. */
const TIMEOUT = 120_000;
/** So long, in milliseconds, nothing is asked and the page has time, before all is taken to be done. */
const QUIET = 300;

/**
 * @typedef {{
 *   browser: Browser,
 *   page: Page,
 *   session: CDPSession,
 *   candidate: Candidate,
 *   engine: Engine,
 *   url: string,
 * }} Visit
 */

/**
 * @template T
 * @param {Browser} browser
 * @param {{ url: string, engine: Engine }} server
 * @param {Candidate} candidate
 * @param {(visit: Visit) => Promise<T>} measure
 */
export async function visiting(browser, { url, engine }, candidate, measure) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  context.setDefaultTimeout(TIMEOUT);
  const page = await context.newPage();
  await instrument(page);
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  engine.reset(engine.size);
  const measured = await measure({ browser, page, session, candidate, engine, url: url + candidate.path });
  await context.close();
  return measured;
}

/**
 * Waits until the page asks nothing more and has nothing to do. It may ask in any order.
 * @param {Visit} visit
 */
export async function settled({ page, engine }) {
  for (let idle = 0; idle < 3; ) {
    await new Promise((done) => setTimeout(done, QUIET / 3));
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    const since = engine.quietSince();
    idle = since !== undefined && now() - since > QUIET ? idle + 1 : 0;
  }
}

/**
 * A time that Chromium has measured since the page began, in milliseconds.
 * @param {Visit} visit
 * @param {string} name
 */
export async function metric({ session }, name) {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1_000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
}
