// A page in use, before a proxy with faults, before an engine. One for all rows of a worker, since opening a page takes longer than a
// row. After a row that failed, Playwright starts a new worker, which has a new stand.
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { App } from "../app.ts";
import { Noise, stopClock } from "../fixtures.ts";
import { admin, Connection, type Job, JobsEngine } from "../jobs-engine.ts";
import { sessionEnded } from "../words.ts";
import { plant } from "../world.ts";
import { FaultyProxy } from "./proxy.ts";

/** Whether the page comes through the proxy, or from `jobs-engine connect` with the proxy as its engine. */
export type Way = "direct" | "connect";

/** How long connect waits for the engine. A log-in must take less on a machine with other work. */
const ENGINE_TIMEOUT = "3";
/** Ended jobs are removed soon: each row adds one, and few must be in view. */
const TIDY = ["--succeeded-job-cleanup-minutes", "0", "--job-cleanup-rate-seconds", "1"];

export class Stand {
  /** A job that runs all the time. It has a step "Outer" with a step "Inner", and its row is expanded. */
  readonly lasting = "Runs all the time";
  /** What was typed into the form that is open all the time. */
  readonly typed = "half typed";
  /** The name of a job that is added at the start of a row. The page shows it once it has read the present list. */
  fresh = "";
  #added: Job | undefined;
  #rows = 0;
  #token = "";
  #other: JobsEngine | undefined;

  private constructor(
    readonly page: Page,
    readonly app: App,
    readonly proxy: FaultyProxy,
    readonly engine: JobsEngine,
    readonly noise: Noise,
    private readonly connection: Connection | undefined,
  ) {
    page.on("request", (request) => (this.#token = request.headers()["authorization"]?.replace("Bearer ", "") ?? this.#token));
  }

  static async open(browser: Browser, way: Way): Promise<Stand> {
    const engine = await JobsEngine.start(...TIDY);
    const proxy = await FaultyProxy.before(engine.url);
    const connection = way === "connect" ? await Connection.to(proxy.url, "--engine-timeout-seconds", ENGINE_TIMEOUT) : undefined;
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const noise = new Noise();
    // The browser's own lines about requests that failed.
    noise.allow(/^console: Failed to load resource: /);
    await noise.listen(page);
    await stopClock(page);
    const app = new App(page, "engine", connection?.url ?? proxy.url);
    const stand = new Stand(page, app, proxy, engine, noise, connection);
    await plant(engine, stand.lasting, [{ name: "Outer", steps: [{ name: "Inner" }] }]);
    await app.openLoggedIn();
    await app.row(stand.lasting).locator(".expander").click();
    await expect(app.row("Outer")).toBeVisible();
    await stand.type();
    return stand;
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.connection?.stop();
    await this.proxy.refuse();
    await this.engine.stop();
  }

  /** "Live", "Not live", "Waiting…". */
  get mood(): Locator {
    return this.page.locator(".freshness .mood");
  }

  get alert(): Locator {
    return this.page.locator(".banner [role=alert]");
  }

  get foot(): Locator {
    return this.page.locator("footer.bottom");
  }

  get logInAgain(): Locator {
    return this.page.getByRole("dialog", { name: sessionEnded });
  }

  /** Opens the form that adds a job, and types half of a name. */
  async type(): Promise<void> {
    await this.app.openAddJob();
    await this.page.getByLabel("Description").fill(this.typed);
  }

  async addFresh(): Promise<void> {
    this.#rows += 1;
    this.fresh = `Added at row ${this.#rows}`;
    this.#added = await this.engine.call("POST", "jobs", { description: this.fresh, auto_cleared: true });
  }

  async endFresh(): Promise<void> {
    if (this.#added) await this.engine.endJob(this.#added.id);
  }

  /** Makes the page ask now. The form is in front of its button, and the page's clock stands still. */
  async ask(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event("online")));
  }

  /** Makes the page ask, and waits until it has an answer. */
  async asks(): Promise<void> {
    const before = this.proxy.met.length;
    await this.ask();
    await expect.poll(() => this.proxy.met.length, { intervals: [10] }).toBeGreaterThan(before);
    await this.idle();
  }

  /** Sends the open form, and waits until the page shows what was added. */
  async submit(): Promise<string> {
    const name = `Sent at row ${this.#rows}`;
    await this.page.getByLabel("Description").fill(name);
    await this.page.getByLabel("Description").press("Enter");
    await expect(this.app.row(name)).toBeVisible();
    return name;
  }

  /** Ends the page's session, as a log-out elsewhere does. */
  async revoke(): Promise<void> {
    const body = new URLSearchParams({ scope: "ovirt-app-api", token: this.#token });
    const answer = await fetch(new URL("ovirt-engine/services/sso-logout", this.engine.url), { method: "POST", body, headers: { accept: "application/json" } });
    expect(answer.status).toBe(200);
  }

  /** Puts another engine behind the proxy, with a job of that name. */
  async swap(job: string): Promise<void> {
    this.#other = await JobsEngine.start();
    await this.#other.addJob(job);
    this.proxy.engine = this.#other.url;
  }

  /** Puts the engine of before behind the proxy. */
  async swapBack(): Promise<void> {
    this.proxy.engine = this.engine.url;
    await this.#other?.stop();
  }

  /** The page's clock goes on by so many seconds. */
  async pass(seconds: number): Promise<void> {
    await this.page.clock.runFor(seconds * 1_000);
  }

  /** Waits until the fault has happened to a request. */
  async met(): Promise<void> {
    await expect.poll(() => this.proxy.met.length, { intervals: [10] }).toBeGreaterThan(0);
  }

  /** Waits until all requests have been answered. */
  async idle(): Promise<void> {
    await expect.poll(() => this.proxy.open, { intervals: [10] }).toEqual([]);
  }

  async logIn(): Promise<void> {
    await this.logInAgain.getByLabel("Password").fill(admin.password);
    await this.logInAgain.getByLabel("Password").press("Enter");
    await expect(this.logInAgain).toHaveCount(0);
  }

  /** Waits until the page is right by itself. `within` and `notBefore` are seconds of the page's clock, which goes on in ten parts. */
  async recovers(within: number, notBefore: number): Promise<void> {
    const asked = this.proxy.asked.length;
    const part = within / 10;
    for (let passed = 0; passed < within && !(await this.isRight()); passed += part) {
      if (passed < notBefore) expect(this.proxy.asked.length, `requests in the first ${passed} seconds`).toBe(asked);
      await this.pass(part);
      await this.idle();
    }
    await expect.poll(() => this.isRight(), { message: `right again after ${within} seconds` }).toBe(true);
  }

  /** Whether the page is live, and has all that there is. */
  private async isRight(): Promise<boolean> {
    const [mood, banners, fresh, lasting, foot] = await Promise.all([
      this.mood.textContent(),
      this.page.locator(".banner").count(),
      this.app.row(this.fresh).count(),
      this.app.row(this.lasting).count(),
      this.foot.textContent(),
    ]);
    return mood === "Live" && banners === 0 && fresh === 1 && lasting === 1 && !/could not be read|not loaded/.test(foot ?? "");
  }
}
