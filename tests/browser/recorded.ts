// Failures of a real engine and its events (tests/samples/engine-4.5.7), as answers in place of jobs-engine's. Only reads are answered
// here. The log-in goes to the engine.
import { readFileSync } from "node:fs";
import type { Route } from "@playwright/test";
import type { App } from "./app.ts";

type Step = { id: string; status: string; description: string };
export type RecordedJob = { id: string; description: string; status: string; end_time: number; steps: { step: Step[] } };
type RecordedEvent = { id: string; severity: string; correlation_id?: string };

const read = (name: string) => JSON.parse(readFileSync(new URL(`../samples/engine-4.5.7/${name}`, import.meta.url), "utf8"));
const allJobs: RecordedJob[] = read("hosts-jobs.json").job;
const allEvents: RecordedEvent[] = read("hosts-events.json").event;
const jobsOf: Record<string, string[]> = read("hosts-correlation.json");

/** Recorded jobs, by the beginnings of their ids. */
export function recorded(...ids: string[]): RecordedJob[] {
  return ids.map((id) => allJobs.find((job) => job.id.startsWith(id))!);
}

export const failures = allJobs.filter(({ status }) => status === "failed");
export const successes = allJobs.filter(({ status }) => status === "finished");

/** What the page sees, and the requests that it made. */
export class Recorded {
  /** What the engine says to requests for events: 200, or the status of a refusal. */
  events = 200;
  /** One line for each request that is no log-in: "jobs", "steps", "events …" or "proof …". */
  readonly asked: string[] = [];

  private constructor(readonly jobs: RecordedJob[], hasEvents: boolean) {
    this.hasEvents = hasEvents;
  }

  private readonly hasEvents: boolean;

  /** `hasEvents`: whether the engine's root links to events. Engines have them, and only some programs that act as one do not. */
  static async on({ page }: App, jobs: RecordedJob[], { hasEvents = true } = {}): Promise<Recorded> {
    const answers = new Recorded(jobs, hasEvents);
    await page.route(/\/ovirt-engine\/api$/, (route) => answers.#root(route));
    await page.route(/\/ovirt-engine\/api\/jobs(\/|\?|$)/, (route) => answers.#jobs(route));
    await page.route(/\/ovirt-engine\/api\/events(\?|$)/, (route) => answers.#events(route));
    await page.route(/\/ovirt-engine\/api\/users\//, (route) => route.fulfill({ json: { user_name: "admin@internal-authz" } }));
    return answers;
  }

  /** Only the engine's root says that there are events. */
  static async root({ page }: App): Promise<void> {
    const answers = new Recorded([], true);
    await page.route(/\/ovirt-engine\/api$/, (route) => answers.#root(route));
  }

  /** The requests about events and proofs. */
  get aboutReasons(): string[] {
    return this.asked.filter((line) => /^(events|proof)/.test(line));
  }

  #root(route: Route): Promise<void> {
    const links = ["jobs", "users", ...(this.hasEvents ? ["events"] : [])];
    const link = links.map((rel) => ({ rel, href: `/ovirt-engine/api/${rel}` }));
    return route.fulfill({ json: { product_info: { name: "jobs-engine" }, link } });
  }

  async #jobs(route: Route): Promise<void> {
    if (route.request().method() !== "GET") return route.fallback();
    const url = new URL(route.request().url());
    const [, id, steps] = url.pathname.replace("/ovirt-engine/api/", "").split("/");
    const search = url.searchParams.get("search");
    const plain = ({ steps: _, ...job }: RecordedJob) => job;
    if (search) {
      const correlation = search.replace("correlation_id=", "");
      this.asked.push(`proof ${correlation}`);
      return route.fulfill({ json: list("job", allJobs.filter((job) => jobsOf[correlation]?.includes(job.id)).map(plain)) });
    }
    this.asked.push(steps ? "steps" : "jobs");
    if (!id) return route.fulfill({ json: list("job", url.searchParams.has("follow") ? this.jobs : this.jobs.map(plain)) });
    const job = this.jobs.find((one) => one.id === id);
    if (!job) return route.fulfill({ status: 404 });
    return route.fulfill({ json: steps ? job.steps : plain(job) });
  }

  async #events(route: Route): Promise<void> {
    if (route.request().method() !== "GET") return route.fallback();
    const { searchParams } = new URL(route.request().url());
    this.asked.push(`events ${searchParams}`);
    if (this.events !== 200) return route.fulfill({ status: this.events, json: { reason: "Operation Failed", detail: "refused" } });
    const [from, max, search] = ["from", "max", "search"].map((name) => searchParams.get(name));
    if (!max) return route.fulfill({ status: 500 });
    const events = allEvents.filter(({ id, severity, correlation_id }) =>
      Number(id) > Number(from ?? 0)
      && (search !== "severity>normal" || severity !== "normal")
      && (!search?.startsWith("correlation_id=") || `correlation_id=${correlation_id}` === search));
    return route.fulfill({ json: list("event", events.slice(0, Number(max))) });
  }
}

function list(member: string, entries: object[]): object {
  return entries.length > 0 ? { [member]: entries } : {};
}
