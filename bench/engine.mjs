// A jobs engine with very many jobs, for measurements of the page. Its answers are in memory and always the same.
/** @import { Page } from "@playwright/test" */

const BEGIN = Date.UTC(2026, 10, 22, 2, 0, 0);
const NAMES = ["Backup of databases", "Patch cluster Production", "Migrating VM files", "Adding Disk db01", "Removing Snapshot nightly"];
const STATUSES = ["finished", "finished", "finished", "failed", "started", "aborted"];

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} number
 */
const one = (list, number) => list[number % list.length];

/**
 * @param {number} job
 * @param {number} step 0 for the job itself
 */
const id = (job, step) => `${String(step).padStart(8, "0")}-0000-4000-8000-${String(job).padStart(12, "0")}`;

/**
 * The members that jobs and steps have in common.
 * @param {number} job
 * @param {number} step
 */
function task(job, step) {
  const status = one(STATUSES, job);
  const start_time = BEGIN + job * 1_000 + step;
  return { id: id(job, step), status, external: "true", start_time, ...(status !== "started" && { end_time: start_time + 60_000 }) };
}

/**
 * @param {number} job
 * @param {number} steps
 */
function jobWithSteps(job, steps) {
  const step = Array.from({ length: steps }, (_, index) => ({
    ...task(job, index + 1),
    description: `Step ${index + 1} on host${job % 97}`,
    type: "executing",
    number: String(index),
    job: { id: id(job, 0) },
  }));
  return { ...task(job, 0), description: `${one(NAMES, job)} ${job}`, auto_cleared: "true", last_updated: BEGIN, steps: { step } };
}

/**
 * Answers the page's requests as an engine would that has so many jobs with so many steps each.
 * @param {Page} page
 * @param {number} jobs
 * @param {number} steps
 */
export async function answerInEnginesPlace(page, jobs, steps) {
  const list = JSON.stringify({ job: Array.from({ length: jobs }, (_, index) => jobWithSteps(index + 1, steps)) });
  const answers = [
    { path: /\/sso\/oauth\/token$/, body: JSON.stringify({ access_token: "bench", scope: "ovirt-app-api", token_type: "bearer" }) },
    { path: /\/api\/jobs$/, body: list },
    { path: /\/api\/?$/, body: JSON.stringify({ product_info: { name: "jobs-engine" } }) },
  ];
  await page.route(/\/ovirt-engine\//, (route) => {
    const { pathname } = new URL(route.request().url());
    const body = answers.find(({ path }) => path.test(pathname))?.body;
    return body ? route.fulfill({ contentType: "application/json", body }) : route.fulfill({ status: 404 });
  });
}
