// The list is scrolled by the same distance in every frame.
/** @import { Visit } from "../visit.mjs" */
import { JOB_ROW } from "../candidates.mjs";
import { median } from "../statistics.mjs";
import { metric } from "../visit.mjs";

export const PIXELS_PER_FRAME = 400;
/** A frame that takes longer than this, in milliseconds, is late. Browsers draw a frame every 16.7 ms. */
export const LATE = 20;
const FRAMES = 300;

/**
 * All in milliseconds but `late`, the percentage of late frames. `script`, `style` and `layout` are for each frame.
 * @param {Visit} visit
 */
export async function measureScrolling(visit) {
  const names = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
  const times = () => Promise.all(names.map((name) => metric(visit, name)));
  const before = await times();
  const frames = await visit.page.evaluate(scroll, { selector: JOB_ROW, pixels: PIXELS_PER_FRAME, most: FRAMES });
  const after = await times();
  const [script = NaN, style = NaN, layout = NaN] = after.map((time, index) => (time - (before[index] ?? NaN)) / frames.length);
  const late = (100 * frames.filter((time) => time > LATE).length) / frames.length;
  return { frame: median(frames), late, script, style: style + layout };
}

/**
 * Runs in the page: scrolls down from the top, to the bottom at most, then back to the top. Returns the time of each frame. It scrolls
 * between frames: while rows wait for their layout, the browser would have to make it at once.
 * @param {{ selector: string, pixels: number, most: number }} options
 */
async function scroll({ selector, pixels, most }) {
  const { bench } = /** @type {any} */ (window);
  const scrolls = (/** @type {Element} */ element) =>
    element.scrollHeight > element.clientHeight && ["auto", "scroll"].includes(getComputedStyle(element).overflowY);
  let element = document.querySelector(selector);
  while (element && !scrolls(element)) element = element.parentElement;
  const box = element ?? document.scrollingElement ?? document.body;
  /** @type {number[]} */
  const times = [];
  let last = await bench.frame();
  while (times.length < most) {
    const before = box.scrollTop;
    box.scrollTop += pixels;
    if (box.scrollTop === before) break;
    const now = await bench.frame();
    times.push(now - last);
    last = now;
  }
  if (times.length === 0) throw new Error("nothing to scroll");
  box.scrollTop = 0;
  await bench.frame();
  return times;
}
