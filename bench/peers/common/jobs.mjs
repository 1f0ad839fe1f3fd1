// The jobs of the engine, as the peers read them: whole, by the browser's own JSON decoder, always with all steps.

/**
 * A job, or a step of one.
 * @typedef {{
 *   id: string,
 *   description: string,
 *   status: string,
 *   external: string,
 *   start_time: number,
 *   end_time?: number,
 *   progress?: number,
 *   type?: string,
 *   last_updated?: number,
 *   owner?: { id: string },
 *   steps?: { step?: Task[] },
 * }} Task Times are milliseconds since 1970.
 */

/** Returns the jobs with their steps, the newest first. */
export async function readJobs() {
  const response = await fetch("/ovirt-engine/api/jobs?follow=steps", { headers: { Accept: "application/json" } });
  const { job = [] } = /** @type {{ job?: Task[] }} */ (await response.json());
  return job.sort((one, other) => other.start_time - one.start_time);
}

/** @param {Task} job */
export const stepsOf = (job) => job.steps?.step ?? [];
