// Exact answers in place of jobs-engine's, for journeys that need exact times, jobs of the engine itself, very many jobs, or jobs
// that disappear. Only reads about jobs are answered here. The log-in and all writes go to the engine.
import type { Route } from "@playwright/test";
import type { App } from "./app.ts";

export type PretendStep = {
  description: string;
  status?: string;
  type?: string;
  progress?: number;
  start?: number;
  end?: number;
  external?: boolean;
  /** The id of the host that it runs on. */
  host?: string;
  steps?: PretendStep[];
};

export type PretendJob = {
  id: string;
  description: string;
  status?: string;
  external?: boolean;
  autoCleared?: boolean;
  start?: number;
  end?: number;
  updated?: number;
  steps?: PretendStep[];
};

/** When pretended jobs start by default: 22 November 2026, 02:00 UTC. */
export const BEGIN = Date.UTC(2026, 10, 22, 2, 0, 0);
const MINUTE = 60_000;

/** An id that shows its number. */
export function idOf(number: number, kind = 0): string {
  return `${String(kind).padStart(8, "0")}-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** Finished jobs that differ only by their number. The last one is the newest. */
export function manyJobs(count: number): PretendJob[] {
  return Array.from({ length: count }, (_, index) => ({
    id: idOf(index + 1),
    description: `Job number ${index + 1}`,
    status: "finished",
    start: BEGIN + index * 1000,
    end: BEGIN + index * 1000 + MINUTE,
    steps: [],
  }));
}

/** The jobs that the page sees, instead of those that the engine has. */
export class Pretend {
  jobs: PretendJob[];
  /** The requests about jobs, in order, such as "GET jobs". */
  readonly asked: string[] = [];
  /** Whether `follow` works. Engines before 4.2 ignore it. */
  follows = true;

  private constructor(jobs: PretendJob[]) {
    this.jobs = jobs;
  }

  static async on({ page }: App, jobs: PretendJob[]): Promise<Pretend> {
    const pretend = new Pretend(jobs);
    await page.route(/\/ovirt-engine\/api\/jobs(\/|\?|$)/, (route) => pretend.#answer(route));
    return pretend;
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const path = url.pathname.replace("/ovirt-engine/api/", "");
    this.asked.push(`${request.method()} ${path}`);
    if (request.method() !== "GET") return route.fallback();
    const [, id, steps] = path.split("/");
    if (!id) return reply(route, jobsBody(this.jobs, this.follows && url.searchParams.get("follow") === "steps"));
    const job = this.jobs.find((one) => one.id === id);
    if (!job) return route.fulfill({ status: 404 });
    return reply(route, steps ? list("step", stepsOf(job).map(stepBody)) : jobBody(job, false));
  }
}

/** The answer to a request for all jobs. */
export function jobsBody(jobs: PretendJob[], follow: boolean): object {
  return list("job", jobs.map((job) => jobBody(job, follow)));
}

function reply(route: Route, body: object): Promise<void> {
  return route.fulfill({ contentType: "application/json", body: JSON.stringify(body) });
}

function list(member: string, entries: object[]): object {
  return entries.length > 0 ? { [member]: entries } : {};
}

function jobBody(job: PretendJob, follow: boolean): object {
  const { id, description, status = "started", external = true, autoCleared = false, start = BEGIN, end, updated } = job;
  return {
    auto_cleared: String(autoCleared),
    ...(end !== undefined && { end_time: end }),
    external: String(external),
    last_updated: updated ?? end ?? start,
    start_time: start,
    status,
    ...(follow && { steps: list("step", stepsOf(job).map(stepBody)) }),
    description,
    id,
  };
}

/** All steps of a job at every depth, with their ids and the ids of their parents. */
function stepsOf(job: PretendJob): (PretendStep & { id: string; job: PretendJob; number: number; parent?: string })[] {
  const steps: ReturnType<typeof stepsOf> = [];
  const add = (step: PretendStep, number: number, parent?: string): void => {
    const id = idOf(steps.length + 1, Number(job.id.slice(-8)));
    steps.push({ ...step, id, job, number, ...(parent && { parent }) });
    (step.steps ?? []).forEach((inner, index) => add(inner, index, id));
  };
  (job.steps ?? []).forEach((step, index) => add(step, index));
  return steps;
}

function stepBody({ id, job, number, parent, ...step }: ReturnType<typeof stepsOf>[number]): object {
  const { description, status = "started", type = "executing", progress, start, end, external = true, host } = step;
  return {
    ...(end !== undefined && { end_time: end }),
    external: String(external),
    number: String(number),
    ...(progress !== undefined && { progress: String(progress) }),
    start_time: start ?? job.start ?? BEGIN,
    status,
    type,
    job: { id: job.id },
    ...(parent && { parent_step: { id: parent } }),
    ...(host && { execution_host: { id: host } }),
    description,
    id,
  };
}
