// A list of very many jobs with very many steps, as an engine tells it. It is always the same; each version of it differs from the one
// before in one job of a hundred.

/** @typedef {{ jobs: number, steps: number }} Size how many jobs, and how many steps each of them has */

const BEGIN = Date.UTC(2026, 10, 22, 2, 0, 0);
const NAMES = ["Backup of databases", "Patch cluster Production", "Migrating VM files", "Adding Disk db01", "Removing Snapshot nightly"];
const STATUSES = ["finished", "finished", "finished", "failed", "started", "aborted"];
const OWNER = "8237bb92-ec4f-11f1-8b00-02fc00000001";
const API = "/ovirt-engine/api";
/** One of so many jobs changes from version to version. */
const CHANGES = 100;

/** @param {Size} size */
export const told = ({ jobs, steps }) => `${jobs.toLocaleString("en-GB")} jobs${steps ? ` with ${steps} steps each` : ""}`;

/**
 * The body of the list.
 * @param {Size} size
 * @param {number} version
 */
export function list({ jobs, steps }, version) {
  const parts = Array.from({ length: jobs }, (_, index) => JSON.stringify(job(index + 1, steps, version)));
  return Buffer.from(`{"job":[${parts.join(",")}]}`);
}

/**
 * The body of the steps of one job.
 * @param {string} id
 * @param {number} steps
 * @param {number} version
 */
export function stepsOf(id, steps, version) {
  return Buffer.from(JSON.stringify(stepsOfJob(Number(id.split("-").at(-1)), steps, version)));
}

/**
 * @param {number} number
 * @param {number} steps
 * @param {number} version
 */
function job(number, steps, version) {
  const href = `${API}/jobs/${id(number, 0)}`;
  const changes = changesOf(number, version);
  return {
    ...task(number, 0, href),
    auto_cleared: "true",
    last_updated: begin(number) + 60_000 + changes * 1_000,
    owner: { href: `${API}/users/${OWNER}`, id: OWNER },
    description: changes > 0 ? `${one(NAMES, number)} ${number}, part ${changes}` : `${one(NAMES, number)} ${number}`,
    // A list that was asked for without steps does not mention them.
    steps: steps > 0 ? stepsOfJob(number, steps, version) : undefined,
    actions: { link: ["clear", "end"].map((rel) => ({ href: `${href}/${rel}`, rel })) },
    link: [{ href: `${href}/steps`, rel: "steps" }],
  };
}

/**
 * @param {number} number of the job
 * @param {number} steps
 * @param {number} version
 */
function stepsOfJob(number, steps, version) {
  const changes = changesOf(number, version);
  const step = Array.from({ length: steps }, (_, index) => {
    const href = `${API}/jobs/${id(number, 0)}/steps/${id(number, index + 1)}`;
    return {
      ...task(number, index + 1, href),
      description: `Step ${index + 1} on host${number % 97}${index === 0 && changes > 0 ? `, part ${changes}` : ""}`,
      type: "executing",
      number: String(index),
      job: { id: id(number, 0) },
      actions: { link: [{ href: `${href}/end`, rel: "end" }] },
    };
  });
  return { step };
}

/**
 * The members that jobs and steps have in common.
 * @param {number} job
 * @param {number} step 0 for the job itself
 * @param {string} href
 */
function task(job, step, href) {
  const status = one(STATUSES, job);
  const start_time = begin(job) + step;
  return { href, id: id(job, step), status, external: "true", start_time, ...(status !== "started" && { end_time: start_time + 60_000 }) };
}

/**
 * In how many versions up to this one a job has changed.
 * @param {number} job
 * @param {number} version
 */
function changesOf(job, version) {
  return Math.floor((job + version) / CHANGES) - Math.floor(job / CHANGES);
}

/** @param {number} job */
const begin = (job) => BEGIN + job * 1_000;

/**
 * @param {number} job
 * @param {number} step 0 for the job itself
 */
const id = (job, step) => `${String(step).padStart(8, "0")}-0000-4000-8000-${String(job).padStart(12, "0")}`;

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} number
 */
const one = (list, number) => list[number % list.length];
