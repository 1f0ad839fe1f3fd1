// What the main thread of the page did, told by Chromium's own trace. Times are milliseconds of the machine's monotonic clock, which
// the engine's answers have, too.
/** @import { Visit } from "./visit.mjs" */

const CATEGORIES = ["blink.user_timing", "disabled-by-default-devtools.timeline"];
const BEGIN = "bench: begin";

/** @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number }} Event `ts` and `dur` in microseconds */

export class Trace {
  /** @param {Event[]} events */
  constructor(events) {
    const begin = events.find(({ name }) => name === BEGIN);
    const main = events.filter(({ pid, tid }) => pid === begin?.pid && tid === begin.tid);
    this.marks = new Map(main.filter(({ ph }) => ph !== "X").map(({ name, ts }) => [name, ts / 1_000]));
    this.tasks = main
      .filter(({ name, ph }) => name === "RunTask" && ph === "X")
      .map(({ ts, dur = 0 }) => ({ start: ts / 1_000, duration: dur / 1_000 }));
  }

  /**
   * When a mark was last set.
   * @param {string} name
   */
  mark(name) {
    const time = this.marks.get(name);
    if (time === undefined) throw new Error(`no mark "${name}"`);
    return time;
  }

  /**
   * The durations of the tasks that began in this time.
   * @param {number} from
   * @param {number} to
   */
  durations(from, to) {
    return this.tasks.filter(({ start, duration }) => start + duration >= from && start <= to).map(({ duration }) => duration);
  }
}

/**
 * @param {Visit} visit
 * @param {() => Promise<unknown>} action
 */
export async function traced({ browser, page }, action) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await action();
  await page.evaluate((name) => performance.mark(name), BEGIN);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return new Trace(traceEvents);
}
