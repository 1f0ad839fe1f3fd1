// The first visit: nothing is cached.
/** @import { Visit } from "../visit.mjs" */
import { JOB_ROW, logInView } from "../candidates.mjs";
import { PRESSED, markNext } from "../instrument.mjs";
import { settled } from "../visit.mjs";

/** @typedef {{ name: string, network?: { latency: number, bits: number }, processor?: number }} Conditions
 *  `latency` in milliseconds, `bits` for each second; `processor` is how many times slower it is. */

/** The list is short, because it is the page that is measured. */
export const SIZE = { jobs: 100, steps: 0 };

/** @type {Conditions[]} */
export const CONDITIONS = [
  { name: "this machine" },
  { name: "processor 4 times slower, network of 1.5 Mbit/s", network: { latency: 0, bits: 1_500_000 }, processor: 4 },
];

const SHOWN = "bench: jobs shown";

/**
 * All in milliseconds: from navigation to the first paint (the shell) and to the log-in; from the press of its button to the end of
 * the first frame with rows.
 * @param {Visit} visit
 * @param {Conditions} conditions
 */
export async function measureStart(visit, conditions) {
  const { page, candidate, url } = visit;
  await page.addInitScript(() => {
    // Marks the moment at which the app has removed the static shell.
    const watch = new MutationObserver(() => {
      if (document.readyState === "loading" || document.getElementById("shell")) return;
      watch.disconnect();
      performance.mark("bench: started");
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await throttle(visit, conditions);
  await candidate.prepare(page, url);
  await settled(visit);
  await markNext(page, JOB_ROW, SHOWN);
  await logInView(page).click();
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, SHOWN);
  const time = (/** @type {string} */ name) => page.evaluate((name) => performance.getEntriesByName(name).at(-1)?.startTime ?? NaN, name);
  return {
    shell: await time("first-contentful-paint"),
    logIn: await time("bench: started"),
    rows: (await time(SHOWN)) - (await time(PRESSED)),
  };
}

/**
 * @param {Visit} visit
 * @param {Conditions} conditions
 */
async function throttle({ session }, { network, processor = 1 }) {
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Emulation.setCPUThrottlingRate", { rate: processor });
  if (!network) return;
  const bytes = network.bits / 8;
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: network.latency,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
  });
}
