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
 * Runs in the page: scrolls down from the top, to the bottom at most, then back to the top. Returns the time of each frame.
 * @param {{ selector: string, pixels: number, most: number }} options
 */
function scroll({ selector, pixels, most }) {
  const scrolls = (/** @type {Element} */ element) =>
    element.scrollHeight > element.clientHeight && ["auto", "scroll"].includes(getComputedStyle(element).overflowY);
  let element = document.querySelector(selector);
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
      if (times.length < most) box.scrollTop += pixels;
      if (box.scrollTop > before) return requestAnimationFrame(frame);
      if (times.length === 0) return fail(new Error("nothing to scroll"));
      box.scrollTop = 0;
      return requestAnimationFrame(() => done(times));
    });
  });
}
