// Our page beside its peers: the same bytes, the same browser, one after the other.
/** @import { Browser } from "@playwright/test" */
/** @import { Visit } from "./visit.mjs" */
import { CANDIDATES, press } from "./candidates.mjs";
import { measureExpanding } from "./measure/expanding.mjs";
import { measureLoading } from "./measure/loading.mjs";
import { measureMemory } from "./measure/memory.mjs";
import { measurePoll, poll } from "./measure/poll.mjs";
import { measureScrolling } from "./measure/scrolling.mjs";
import { visiting } from "./visit.mjs";

/** The versions of the list that one visit reads. */
const VERSIONS = 3;

/** @typedef {Awaited<ReturnType<typeof measureAll>>} Run */

/**
 * Returns the runs of each candidate.
 * @param {Browser} browser
 * @param {Awaited<ReturnType<typeof import("./server.mjs").startServer>>} server
 * @param {number} runs
 */
export async function compare(browser, server, runs) {
  server.engine.prepare(VERSIONS);
  /** @type {Map<string, Run[]>} */
  const results = new Map(CANDIDATES.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    // What comes first may warm the machine for what follows, so the order is turned around every time.
    for (const candidate of run % 2 === 0 ? CANDIDATES : CANDIDATES.toReversed()) {
      console.log(`${candidate.name}, run ${run + 1} of ${runs}`);
      results.get(candidate.name)?.push(await visiting(browser, server, candidate, measureAll));
    }
  }
  return results;
}

/** @param {Visit} visit */
async function measureAll(visit) {
  const loading = await measureLoading(visit);
  await press(visit.page, "Pause refresh");
  const memory = await measureMemory(visit);
  const scrolling = await measureScrolling(visit);
  // From now on the steps come only if they are asked for. The first such list differs from the one before, so it is not measured.
  visit.engine.tellsAllSteps = false;
  await poll(visit);
  const pollClosed = await measurePoll(visit);
  const expanding = await measureExpanding(visit);
  const pollOpen = await measurePoll(visit);
  return { loading, memory, scrolling, pollClosed, expanding, pollOpen, memoryAtEnd: await measureMemory(visit) };
}
