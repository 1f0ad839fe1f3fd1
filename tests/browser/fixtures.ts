// What every journey uses: the page, where it is served, the engine behind it, and a check that the console stays quiet.
//
//   import { expect, test } from "./fixtures.ts";
//   test("…", async ({ app, engine }) => { await app.open("#/jobs"); … });
import { test as base, expect, type Page } from "@playwright/test";
import axe from "axe-core";
import { fileURLToPath } from "node:url";
import { serveFolder } from "../../scripts/static-server.mjs";
import { App, type Home, type View } from "./app.ts";
import { DemoWorld } from "./demo-world.ts";
import { JobsEngine } from "./jobs-engine.ts";
import { HostPage } from "./web-admin/host-page.ts";
import { needed, PanelApp, token } from "./web-admin/panel.ts";
import { WebAdmin } from "./web-admin/server.ts";
import type { World } from "./world.ts";

export { expect } from "@playwright/test";
export { App, type View } from "./app.ts";
export { admin, JobsEngine, type User } from "./jobs-engine.ts";

export type Options = { home: Home };

type Site = { url: string; engine?: JobsEngine; webAdmin?: WebAdmin; stop(): Promise<void> };

/** Errors and warnings on the console. A test that provokes an error allows the line that it expects. */
export class Noise {
  readonly #allowed: RegExp[] = [];
  readonly #heard: string[] = [];

  allow(line: RegExp): void {
    this.#allowed.push(line);
  }

  async listen(page: Page): Promise<void> {
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      // A job may be removed while its steps are requested. The browser always logs that 404.
      if (/\/jobs\/[^/]+\/steps$/.test(message.location().url) && message.text().includes("404")) return;
      this.#heard.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.#heard.push(`uncaught: ${error.message}`));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`content security policy: ${event.violatedDirective} blocked ${event.blockedURI}`);
      });
    });
  }

  get unexpected(): string[] {
    return this.#heard.filter((line) => !this.#allowed.some((allowed) => allowed.test(line)));
  }
}

type PerTest = {
  noise: Noise;
  /** Whether the test may intercept requests. A browser whose requests are intercepted never asks for a password. */
  interceptable: boolean;
  app: App;
  view: View;
  world: World;
  host: HostPage;
  webAdmin: WebAdmin;
  cleanWebAdmin: void;
};

export const test = base.extend<PerTest, Options & { site: Site; engine: JobsEngine }>({
  home: ["engine", { option: true, scope: "worker" }],

  /** Where the page is served: one server for each worker, on its own port. */
  site: [
    async ({ home }, use) => {
      const site = await sites[home]();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],

  /** The engine behind the page. Tests of the same worker share it, so look only for your own jobs; or start another engine with
   *  `JobsEngine.start()` and stop it. */
  engine: [
    async ({ site }, use) => {
      if (!site.engine) throw new Error("the demo's engine is inside its page");
      await use(site.engine);
    },
    { scope: "worker" },
  ],

  /** Another client of the engine, or another tab of the demo. In the demo, nothing else happens then. */
  world: async ({ page, site }, use) => {
    if (site.engine) return await use(site.engine);
    const world = new DemoWorld(page, site.url);
    await world.begin();
    await use(world);
  },

  noise: async ({}, use) => {
    await use(new Noise());
  },

  interceptable: [true, { option: true }],

  page: async ({ interceptable, page, noise }, use) => {
    // Chromium sometimes misses a request right after the first interception is set up. So set one up here.
    if (interceptable) await page.route(/^nothing:/, (route) => route.fallback());
    await noise.listen(page);
    await page.addInitScript(keepOwnTimers);
    await use(page);
    expect(noise.unexpected, "what the page said on the console").toEqual([]);
  },

  app: async ({ page, home, site }, use) => {
    await use(site.webAdmin ? new PanelApp(page, site.webAdmin) : new App(page, home, site.url));
  },

  view: async ({ app }, use) => {
    await use(app.view);
  },

  /** oVirt's web admin around the page, reset before each test. */
  webAdmin: async ({ site }, use) => {
    if (!site.webAdmin) throw new Error("there is no web admin around this page");
    await use(site.webAdmin);
  },

  host: async ({ page, webAdmin }, use) => {
    const host = new HostPage(page, webAdmin);
    await use(host);
    if (!page.url().startsWith(webAdmin.url) || page.url().includes("/plugin/")) return;
    expect(await host.blockedCalls(token), "calls out of place").toEqual([]);
    expect((await host.callsOf(token)).filter((name) => !needed.includes(name)), "calls that the plug-in does not need").toEqual([]);
  },

  cleanWebAdmin: [
    async ({ site }, use) => {
      site.webAdmin?.reset();
      await use();
      expect(site.webAdmin?.engine.misdeeds ?? [], "requests that must not be sent").toEqual([]);
    },
    { auto: true },
  ],
});

/** Keeps the browser's own functions, for takeClock on a page that is open already. */
function keepOwnTimers(): void {
  const { clearTimeout, clearInterval, cancelAnimationFrame } = window;
  const bound = { clearTimeout, clearInterval, cancelAnimationFrame };
  const ownTimers = Object.fromEntries(Object.entries(bound).map(([name, clear]) => [name, clear.bind(window)]));
  Object.assign(window, { ownTimers });
}

/** Lets the test move the page's clock on. It also runs by itself. */
export async function takeClock(page: Page): Promise<void> {
  await page.clock.install();
  // Playwright numbers timers from 10^12 on. The program keeps timer ids as 32-bit integers, so it could not clear them.
  const useSmallNumbers = () => {
    const numbers = new Map<number, number>();
    const own = (window as unknown as { ownTimers?: Record<string, (number: unknown) => number> }).ownTimers ?? {};
    const wrap = (set: "setTimeout" | "setInterval" | "requestAnimationFrame", clear: "clearTimeout" | "clearInterval" | "cancelAnimationFrame") => {
      const timers = window as unknown as Record<string, (...parameters: unknown[]) => number>;
      const [first, last] = [timers[set]?.bind(window), timers[clear]?.bind(window)];
      timers[set] = (...parameters) => {
        // Above the ids of timers that were set before, so that clearing one of those does not clear one of these.
        const number = 1_000_000 + numbers.size;
        numbers.set(number, first?.(...parameters) ?? 0);
        return number;
      };
      timers[clear] = (number) => {
        const known = numbers.get(Number(number));
        // Set before the clock was taken: only the browser's own function can clear it.
        return known === undefined ? (own[clear]?.(number) ?? 0) : (last?.(known) ?? 0);
      };
    };
    wrap("setTimeout", "clearTimeout");
    wrap("setInterval", "clearInterval");
    wrap("requestAnimationFrame", "cancelAnimationFrame");
  };
  await page.addInitScript(useSmallNumbers);
  if (page.url() !== "about:blank") await page.evaluate(useSmallNumbers);
}

/** Stops the page's clock. No timer fires, so nothing happens except what the test does. */
export async function stopClock(page: Page): Promise<void> {
  await takeClock(page);
  await page.clock.pauseAt(Date.now() + 1_000);
}

/** Fills a field so that the program ends in a trap: the text of the field is longer than the program's memory. */
export async function trap(view: View): Promise<void> {
  await view.getByRole("searchbox").evaluate((field) => {
    Object.defineProperty(field, "value", { configurable: true, get: () => ({ length: 2 ** 32 - 1 }) });
    field.dispatchEvent(new Event("input", { bubbles: true }));
    delete (field as { value?: unknown }).value;
  });
}

/** Makes the program panic at its next request: `fetch` then answers with something that is no response. */
export async function panicAtNextRequest(view: View): Promise<void> {
  await view.locator("html").evaluate(() => {
    const usual = window.fetch;
    window.fetch = async () => {
      window.fetch = usual;
      return {} as Response;
    };
  });
}

/** Checks that axe finds no violation of WCAG 2.2 level A or AA. */
export async function expectAccessible(view: View): Promise<void> {
  const frame = await (await view.locator("html").elementHandle())?.ownerFrame();
  if (!frame) throw new Error("the page is gone");
  await frame.evaluate(axe.source);
  const violations = await frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const results = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
    return results.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.html) }));
  });
  expect(violations).toEqual([]);
}

function dist(name: "app" | "demo"): string {
  return fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
}

const sites: Record<Home, () => Promise<Site>> = {
  async engine() {
    const engine = await JobsEngine.start();
    return { url: engine.url, engine, stop: () => engine.stop() };
  },
  demo: () => serveFolder(dist("demo"), "/some/where/"),
  async "web-admin"() {
    const engine = await JobsEngine.start();
    const webAdmin = await WebAdmin.start(engine);
    const stop = async () => {
      await webAdmin.stop();
      await engine.stop();
    };
    return { url: webAdmin.url, engine, webAdmin, stop };
  },
};
