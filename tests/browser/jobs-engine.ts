// Starts a jobs-engine for a test, and calls its API as any other client does.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
// JOBS_ENGINE can name another build, such as target/release/jobs-engine.
const program = process.env.JOBS_ENGINE ?? join(root, "target/debug/jobs-engine");
const page = join(root, "dist/app");

export type Role = "SuperUser" | "ExternalTasksCreator" | "ReadOnlyAdmin" | "UserRole";
export type User = { name: string; password: string };
export type Job = { id: string; description: string; status: string; [member: string]: unknown };
export type Step = Job & { type: string };
export type StepType = "validating" | "executing" | "finalizing" | "unknown";

export const admin: User = { name: "admin@internal", password: "a password for tests" };

export class JobsEngine {
  readonly #folder: string;
  #server: ChildProcess | undefined;
  #url = "";

  readonly #options: string[];

  private constructor(folder: string, options: string[]) {
    this.#folder = folder;
    this.#options = options;
  }

  /** Starts a new engine with an empty database, `admin` as its only user, and its own port; with more options of `serve`. */
  static async start(...options: string[]): Promise<JobsEngine> {
    const folder = await mkdtemp(join(tmpdir(), "jobs-engine-"));
    const engine = new JobsEngine(folder, options);
    await addUser(engine.#database, admin, "SuperUser");
    await engine.serve();
    return engine;
  }

  get url(): string {
    return this.#url;
  }

  get #database(): string {
    return `sqlite:${join(this.#folder, "jobs-engine.db")}`;
  }

  /** Starts the server. A restart uses the same port as before. */
  async serve(): Promise<void> {
    const listen = this.#url ? new URL(this.#url).host : "127.0.0.1:0";
    const options = ["--listen", listen, "--database", this.#database, "--ui", page, ...this.#options];
    const server = spawn(program, ["serve", ...options], { stdio: ["ignore", "pipe", "pipe"] });
    this.#server = server;
    let log = "";
    server.stderr.on("data", (text) => (log = (log + text).slice(-10_000)));
    const url = await addressIn(server.stdout);
    if (!url) throw new Error(`jobs-engine ended at its start:\n${log}`);
    this.#url = url;
  }

  /** Ends the server at once, as a crash does. The database stays; `serve` starts the server again. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const server = this.#server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, "exit");
    server.kill(signal);
    await exited;
  }

  async addUser(user: User, role: Role): Promise<User> {
    await addUser(this.#database, user, role);
    return user;
  }

  async addJob(description: string): Promise<Job> {
    return this.call("POST", "jobs", { description });
  }

  async job(id: string): Promise<Job> {
    return this.call("GET", `jobs/${id}`);
  }

  async endJob(id: string, { succeeded = true } = {}): Promise<void> {
    await this.call("POST", `jobs/${id}/end`, { succeeded });
  }

  async addStep(
    job: string,
    description: string,
    { type = "executing" as StepType, parent = undefined as string | undefined } = {},
  ): Promise<Step> {
    return this.call("POST", `jobs/${job}/steps`, { type, description, ...(parent && { parent_step: { id: parent } }) });
  }

  async steps(job: string): Promise<Step[]> {
    const list = await this.call<{ step?: Step[] }>("GET", `jobs/${job}/steps`);
    return list.step ?? [];
  }

  async endStep(job: string, step: string, { succeeded = true } = {}): Promise<void> {
    await this.call("POST", `jobs/${job}/steps/${step}/end`, { succeeded });
  }

  /** One call of the REST API with Basic authentication. An answer other than 2xx is an error with the engine's words. */
  async call<Reply>(method: string, path: string, body?: object): Promise<Reply> {
    const reply = await fetch(`${this.url}ovirt-engine/api/${path}`, {
      method,
      headers: {
        Accept: "application/json",
        Authorization: `Basic ${Buffer.from(`${admin.name}:${admin.password}`).toString("base64")}`,
        ...(body && { "Content-Type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return JSON.parse(text) as Reply;
  }
}

/** `jobs-engine connect` in front of an engine: the page at an address of its own. */
export class Connection {
  private constructor(
    readonly url: string,
    readonly process: ChildProcess,
  ) {}

  static async to(engine: string, ...options: string[]): Promise<Connection> {
    const connect = ["connect", engine, "--listen", "127.0.0.1:0", "--ui", page, ...options];
    const process = spawn(program, connect, { stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    process.stderr.on("data", (text) => (log = (log + text).slice(-10_000)));
    const url = await addressIn(process.stdout);
    if (!url) throw new Error(`jobs-engine connect ended at its start:\n${log}`);
    return new Connection(url, process);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await exited;
  }
}

/** The password goes through standard input, so that it is in no list of processes. */
async function addUser(database: string, user: User, role: Role): Promise<void> {
  await new Promise<void>((added, failed) => {
    const command = ["user", "add", user.name, "--role", role, "--database", database];
    const adding = execFile(program, command, (error, _output, errors) => {
      if (error) failed(new Error(`${error.message}\n${errors}`));
      else added();
    });
    adding.stdin?.end(`${user.password}\n`);
  });
}

/** The address that the server prints once it listens; undefined when it ends before. */
async function addressIn(output: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) {
    const [address] = line.match(/https?:\/\/\S+\//) ?? [];
    if (address) return address;
  }
  return undefined;
}
