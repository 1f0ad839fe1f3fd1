// All jobs are opened at once.
/** @import { Visit } from "../visit.mjs" */
import { STEP_ROW } from "../candidates.mjs";
import { PRESSED, markNext, marked } from "../instrument.mjs";
import { sum } from "../statistics.mjs";
import { traced } from "../trace.mjs";
import { settled } from "../visit.mjs";

const SHOWN = "bench: steps shown";

/**
 * All in milliseconds: from the key to the end of the first frame with steps; then, until all is done, the time that the main thread was
 * busy, and its longest task.
 * @param {Visit} visit
 */
export async function measureExpanding(visit) {
  const { page, candidate } = visit;
  const trace = await traced(visit, async () => {
    await markNext(page, STEP_ROW, SHOWN);
    await Promise.all([marked(page, SHOWN), candidate.expandAll(page)]);
    await settled(visit);
  });
  const durations = trace.durations(trace.mark(PRESSED), Infinity);
  return { shown: trace.mark(SHOWN) - trace.mark(PRESSED), busy: sum(durations), longest: Math.max(...durations) };
}
