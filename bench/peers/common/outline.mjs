// From jobs and the open ones among them to the rows of the tree.
/** @import { Task } from "./jobs.mjs" */
import { stepsOf } from "./jobs.mjs";

/**
 * @typedef {{
 *   task: Task,
 *   level: 1 | 2,
 *   position: number,
 *   siblings: number,
 *   open: boolean | undefined,
 * }} Item A row. `position` begins with 1. `open` is undefined if there is nothing to open.
 */

/**
 * @param {Task[]} jobs
 * @param {Set<string>} open the ids of open jobs
 */
export function flatten(jobs, open) {
  /** @type {Item[]} */
  const items = [];
  jobs.forEach((job, index) => {
    const steps = stepsOf(job);
    const isOpen = steps.length > 0 && open.has(job.id);
    items.push({ task: job, level: 1, position: index + 1, siblings: jobs.length, open: steps.length > 0 ? isOpen : undefined });
    if (!isOpen) return;
    steps.forEach((step, place) => items.push({ task: step, level: 2, position: place + 1, siblings: steps.length, open: undefined }));
  });
  return items;
}
