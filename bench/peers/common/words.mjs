// What the cells of a row say. The columns are those of our page.
/** @import { Task } from "./jobs.mjs" */
import { stepsOf } from "./jobs.mjs";

/** The span of time that the timeline shows, in milliseconds. */
const RANGE = 24 * 3_600_000;
const UNKNOWN = "—";

const clock = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** @param {Task} task */
export const started = (task) => (task.start_time ? clock.format(task.start_time) : UNKNOWN);

/** @param {Task} task */
export function duration({ status, start_time, end_time }) {
  const end = status === "started" ? Date.now() : end_time;
  if (!start_time || !end) return UNKNOWN;
  const seconds = Math.max(0, Math.round((end - start_time) / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** @param {Task} job */
export function share(job) {
  const steps = stepsOf(job);
  return { ended: steps.filter(({ status }) => status !== "started").length, all: steps.length };
}

/**
 * A step's own progress, or the share of a job's ended steps, in percent; undefined if there is neither.
 * @param {Task} task
 */
export function progress(task) {
  const { ended, all } = share(task);
  return task.progress ?? (all > 0 ? Math.floor((ended * 100) / all) : undefined);
}

/**
 * Where the bar of a task begins on the timeline, and its length, in percent.
 * @param {Task} task
 * @param {number} now
 */
export function bar({ start_time, end_time }, now) {
  const place = (/** @type {number} */ time) => Math.min(100, Math.max(0, 100 - ((now - time) * 100) / RANGE));
  const start = place(start_time);
  return { start, length: Math.max(0.5, place(end_time ?? now) - start) };
}

/** @param {Task} task */
export const tag = ({ type, external }) => type ?? (external === "true" ? "external" : "");
