// A poll in which one job of a hundred has changed.
/** @import { Visit } from "../visit.mjs" */
import { press } from "../candidates.mjs";
import { sum } from "../statistics.mjs";
import { traced } from "../trace.mjs";
import { settled } from "../visit.mjs";

/**
 * The time that the main thread was busy, and its longest task, in milliseconds.
 * @param {Visit} visit
 */
export async function measurePoll(visit) {
  const { engine } = visit;
  engine.version += 1;
  const trace = await traced(visit, () => poll(visit));
  const durations = trace.durations(0, Infinity);
  // The newest jobs are first, and one of them has changed.
  await visit.page.locator('[role="row"]').getByText(`${engine.size.jobs - engine.version}, part 1`).waitFor();
  return { busy: sum(durations), longest: Math.max(...durations) };
}

/**
 * Polls, and waits until all is done.
 * @param {Visit} visit
 */
export async function poll(visit) {
  await press(visit.page, "Refresh now");
  await settled(visit);
}
