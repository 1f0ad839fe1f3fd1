// The demo's stored jobs, written as another tab of the demo would write them into the storage that all tabs share.
// `src/host/demo/shelf.rs` defines the format.
import type { Page } from "@playwright/test";
import { randomUUID } from "node:crypto";
import type { Job, Step, StepType } from "./jobs-engine.ts";

const WORLD = "task-monitor-demo/1/world";
const JOB = "task-monitor-demo/1/job/";

/** The id of `admin@internal`, the demo's user. */
const ADMIN = "58101876-0383-0239-02a3-00000000014d";

type StoredStep = {
  id: string;
  job: string;
  parent: string | null;
  step_type: string;
  description: string;
  number: number;
  status: string;
  progress: number | null;
  start_time: number;
  end_time: number | null;
  external: boolean;
  external_system: string | null;
  execution_host: string | null;
};

type StoredJob = {
  job: {
    id: string;
    description: string;
    status: string;
    external: boolean;
    auto_cleared: boolean;
    owner: string | null;
    start_time: number;
    end_time: number | null;
    last_updated: number;
  };
  steps: StoredStep[];
};

type Entry = { version: number; kept: { job: { content: StoredJob; correlation_id: string; scenario: boolean } } };

export class DemoWorld {
  constructor(
    readonly page: Page,
    readonly url: string,
  ) {}

  async addJob(description: string): Promise<Job> {
    const now = await this.#now();
    const job = {
      ...{ id: randomUUID(), description, status: "started", external: true, auto_cleared: false, owner: ADMIN },
      ...{ start_time: now, end_time: null, last_updated: now },
    };
    await this.#write({ job, steps: [] });
    return { ...job, auto_cleared: "false" };
  }

  async addStep(job: string, description: string, { type = "executing" as StepType, parent = undefined as string | undefined } = {}): Promise<Step> {
    const step = await this.#change(job, ({ job, steps }, now) => {
      const step: StoredStep = {
        ...{ id: randomUUID(), job: job.id, parent: parent ?? null, step_type: type, description, status: "started" },
        ...{ number: steps.filter((one) => one.parent === (parent ?? null)).length, progress: null, external: true },
        ...{ start_time: now, end_time: null, external_system: null, execution_host: null },
      };
      steps.push(step);
      return step;
    });
    return { ...step, type };
  }

  /** A failed step fails its job. */
  async endStep(job: string, id: string, { succeeded = true } = {}): Promise<void> {
    await this.#change(job, (stored, now) => {
      const step = stored.steps.find((step) => step.id === id);
      if (step) Object.assign(step, { status: succeeded ? "finished" : "failed", end_time: now });
      if (!succeeded) end(stored, "failed", now);
    });
  }

  async endJob(job: string, { succeeded = true } = {}): Promise<void> {
    await this.#change(job, (stored, now) => end(stored, succeeded ? "finished" : "failed", now));
  }

  async job(id: string): Promise<Job> {
    const { job } = await this.#read(id);
    return { ...job, auto_cleared: String(job.auto_cleared) };
  }

  async steps(job: string): Promise<Step[]> {
    return (await this.#read(job)).steps.map((step) => ({ ...step, type: step.step_type as StepType }));
  }

  /** Begins a demo in which nothing happens by itself: its sample jobs start in the year 2200. */
  async begin(): Promise<void> {
    await this.#visit();
    const world = JSON.stringify({ seed: 42, start: Date.UTC(2200, 0, 1) });
    await this.page.evaluate(([name, world]) => localStorage.getItem(name) ?? localStorage.setItem(name, world), [WORLD, world] as const);
  }

  async #change<T>(id: string, change: (stored: StoredJob, now: number) => T): Promise<T> {
    const now = await this.#now();
    const stored = await this.#read(id);
    const result = change(stored, now);
    stored.job.last_updated = now;
    await this.#write(stored);
    return result;
  }

  /** Adds this job with its steps, or replaces it. */
  async #write(content: StoredJob): Promise<void> {
    await this.#visit();
    await this.page.evaluate(([name, content]) => {
      const { version = 0 } = JSON.parse(localStorage.getItem(name) ?? "{}") as { version?: number };
      const kept = { job: { content, correlation_id: "", scenario: false } };
      localStorage.setItem(name, JSON.stringify({ version: version + 1, kept }));
    }, [`${JOB}${content.job.id}`, content] as const);
  }

  async #read(id: string): Promise<StoredJob> {
    await this.#visit();
    const text = await this.page.evaluate((name) => localStorage.getItem(name), `${JOB}${id}`);
    if (text === null) throw new Error(`the demo keeps no job ${id}`);
    return (JSON.parse(text) as Entry).kept.job.content;
  }

  /** The page's time, which the test may control. */
  async #now(): Promise<number> {
    await this.#visit();
    return this.page.evaluate(() => Date.now());
  }

  /** Storage belongs to an origin. Before the demo is open, an empty page of the same origin gives access to it. */
  async #visit(): Promise<void> {
    if (this.page.url().startsWith(this.url)) return;
    const address = new URL("before-the-demo", this.url).href;
    // Without an icon, the browser would request one.
    const body = '<link rel="icon" href="data:,">';
    await this.page.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
    await this.page.goto(address);
    await this.page.unroute(address);
  }
}

/** Ends a job as an engine does: its running steps end too. */
function end({ job, steps }: StoredJob, status: "finished" | "failed", now: number): void {
  const ended = { status, end_time: now };
  if (job.status === "started") Object.assign(job, ended);
  for (const step of steps) if (step.status === "started") Object.assign(step, ended);
}
