// Exact worlds, for journeys that need one: times, internal jobs, very many jobs, jobs that go. Beside jobs-engine they are
// answers in its place: only what is read about jobs; logging in and all else is left to the engine. In the demo they are
// what its storage holds.
import type { Route } from "@playwright/test";
import type { App } from "./app.ts";
import { DemoWorld, type StoredJob, type StoredStep } from "./demo-world.ts";

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

/** When the worlds that are made up here begin: 22 November 2026, 02:00 UTC. */
export const BEGIN = Date.UTC(2026, 10, 22, 2, 0, 0);
const MINUTE = 60_000;

/** An id that says which one it is. */
export function idOf(number: number, kind = 0): string {
  return `${String(kind).padStart(8, "0")}-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** Some jobs that differ by number alone, the last one the newest. */
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

/** The jobs that the page is shown, whatever there is besides. */
export class Pretend {
  jobs: PretendJob[];
  /** What was asked, in order: like "GET jobs". In the demo nobody can listen: nothing. */
  readonly asked: string[] = [];
  /** Whether it knows `follow`, as engines do from 4.2 on. */
  follows = true;
  readonly #demo: DemoWorld | undefined;

  private constructor(jobs: PretendJob[], demo?: DemoWorld) {
    this.jobs = jobs;
    this.#demo = demo;
  }

  static async on({ home, page, url }: App, jobs: PretendJob[]): Promise<Pretend> {
    const pretend = new Pretend([], home === "demo" ? new DemoWorld(page, url) : undefined);
    if (home !== "demo") await page.route(/\/ovirt-engine\/api\/jobs(\/|\?|$)/, (route) => pretend.#answer(route));
    await pretend.#demo?.begin();
    await pretend.show(jobs);
    return pretend;
  }

  /** What is true from now on. */
  async show(jobs: PretendJob[]): Promise<void> {
    const gone = this.jobs.filter(({ id }) => !jobs.some((job) => job.id === id));
    this.jobs = jobs;
    await this.#demo?.remove(gone.map(({ id }) => id));
    await this.#demo?.write(jobs.map(stored));
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const path = url.pathname.replace("/ovirt-engine/api/", "");
    this.asked.push(`${request.method()} ${path}`);
    if (request.method() !== "GET") return route.fallback();
    const [, id, steps] = path.split("/");
    if (!id) return reply(route, list("job", this.jobs.map((job) => jobBody(job, this.follows && url.searchParams.get("follow") === "steps"))));
    const job = this.jobs.find((one) => one.id === id);
    if (!job) return route.fulfill({ status: 404 });
    return reply(route, steps ? list("step", stepsOf(job).map(stepBody)) : jobBody(job, false));
  }
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

/** A job's steps at every depth, each with its own id and its parent's. */
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

/** The same job as the demo keeps it. */
function stored(pretended: PretendJob): StoredJob {
  const { id, description, status = "started", external = true, autoCleared = false, start = BEGIN, end, updated } = pretended;
  const job = {
    ...{ id, description, status, external, auto_cleared: autoCleared, owner: null },
    ...{ start_time: start, end_time: end ?? null, last_updated: updated ?? end ?? start },
  };
  const steps = stepsOf(pretended).map((step): StoredStep => ({
    ...{ id: step.id, job: id, parent: step.parent ?? null, step_type: step.type ?? "executing", description: step.description },
    ...{ number: step.number, status: step.status ?? "started", progress: step.progress ?? null },
    ...{ start_time: step.start ?? start, end_time: step.end ?? null, external: step.external ?? true },
    ...{ external_system: null, execution_host: step.host ?? null },
  }));
  return { job, steps };
}
