// A jobs engine with very many jobs, for measurements: it answers from memory, whatever the order of the requests. Like oVirt's engine
// it gives no ETag.
/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { Size } from "./list.mjs" */
import { list, stepsOf } from "./list.mjs";

const TOKEN = JSON.stringify({ access_token: "bench", scope: "ovirt-app-api", token_type: "bearer" });
const ROOT = JSON.stringify({ product_info: { name: "jobs-engine" } });

export class Engine {
  /** @type {Map<string, Buffer>} bodies of lists, made once */
  lists = new Map();
  version = 0;
  /** Whether the list has all steps even if it is asked without them. So that all candidates read the same bytes. */
  tellsAllSteps = true;
  /** How many requests have no whole answer yet. */
  pending = 0;
  /** @type {{ path: string, asked: number, answered: number }[]} The answers since the last {@link reset}, in milliseconds of
   *  {@link now}. An answer is complete when its last byte has been handed to the operating system. */
  answers = [];

  /** @param {Size} size */
  constructor(size) {
    this.size = size;
  }

  /**
   * Begins again, as at the first request.
   * @param {Size} size
   */
  reset(size) {
    if (size.jobs !== this.size.jobs || size.steps !== this.size.steps) this.lists.clear();
    Object.assign(this, { size, version: 0, tellsAllSteps: true, answers: [] });
  }

  /**
   * Makes the lists of the versions before they are asked for.
   * @param {number} versions
   */
  prepare(versions) {
    for (let version = 0; version < versions; version += 1) [true, false].forEach((hasSteps) => this.list(version, hasSteps));
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  answer(request, response) {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://engine");
    const body = this.body(pathname, searchParams.get("follow") === "steps");
    const asked = now();
    this.pending += 1;
    response.on("finish", () => this.answers.push({ path: pathname, asked, answered: now() }));
    response.on("close", () => (this.pending -= 1));
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }).end(body);
  }

  /** The first answer with the list. */
  firstList() {
    const answer = this.answers.find(({ path }) => isList(path));
    if (!answer) throw new Error("no list was asked for");
    return answer;
  }

  /** Since when every request has its answer, in milliseconds of {@link now}; undefined while one has none. */
  quietSince() {
    return this.pending > 0 ? undefined : Math.max(0, ...this.answers.map(({ answered }) => answered));
  }

  /**
   * @param {string} path
   * @param {boolean} followsSteps
   */
  body(path, followsSteps) {
    const job = /\/api\/jobs\/([^/]+)\/steps$/.exec(path)?.[1];
    if (job) return stepsOf(job, this.size.steps, this.version);
    if (isList(path)) return this.list(this.version, followsSteps || this.tellsAllSteps);
    if (/\/api\/?$/.test(path)) return ROOT;
    return path.endsWith("/sso/oauth/token") ? TOKEN : undefined;
  }

  /**
   * @param {number} version
   * @param {boolean} hasSteps
   */
  list(version, hasSteps) {
    const key = `${version} ${hasSteps}`;
    const { jobs, steps } = this.size;
    const body = this.lists.get(key) ?? list({ jobs, steps: hasSteps ? steps : 0 }, version);
    this.lists.set(key, body);
    return body;
  }
}

/** @param {string} path */
const isList = (path) => path.endsWith("/api/jobs");

/** Milliseconds of the machine's monotonic clock, which Chromium's traces show, too. */
export const now = () => Number(process.hrtime.bigint() / 1_000n) / 1_000;
