// The list is read: from its last byte to its rows, and what the main thread does meanwhile.
/** @import { Visit } from "../visit.mjs" */
import { JOB_ROW } from "../candidates.mjs";
import { markInEveryDocument, marked } from "../instrument.mjs";
import { traced } from "../trace.mjs";
import { settled } from "../visit.mjs";

const SHOWN = "bench: jobs shown";

/**
 * All in milliseconds: from the last byte, and from the request, to the end of the first frame with rows; the longest task meanwhile.
 * @param {Visit} visit
 */
export async function measureLoading(visit) {
  const { page, candidate, engine, url } = visit;
  await markInEveryDocument(page, JOB_ROW, SHOWN);
  await candidate.prepare(page, url);
  const trace = await traced(visit, () => Promise.all([marked(page, SHOWN), candidate.begin(page, url)]));
  const { asked, answered } = engine.firstList();
  const shown = trace.mark(SHOWN);
  await settled(visit);
  return { fromLastByte: shown - answered, fromRequest: shown - asked, longest: Math.max(...trace.durations(asked, shown)) };
}
