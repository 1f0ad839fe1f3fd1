// What every journey starts from: a page that must stay quiet, where it is served, and the engine behind it.
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

/** What the page must not say. A test that provokes an error allows the line that it expects. */
export class Noise {
  readonly #allowed: RegExp[] = [];
  readonly #heard: string[] = [];

  allow(line: RegExp): void {
    this.#allowed.push(line);
  }

  async listen(page: Page): Promise<void> {
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      // A job may go while its steps are asked for: browsers note the answer, and no page can keep them from it.
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
    // A development build warns of its own; what is released and tested does not.
    const heard = process.env.DEVELOPMENT_BUILD ? this.#heard.filter((line) => !line.includes("tracking context")) : this.#heard;
    return heard.filter((line) => !this.#allowed.some((allowed) => allowed.test(line)));
  }
}

type PerTest = {
  noise: Noise;
  /** Whether a test may intercept requests. A browser whose requests are intercepted asks for no password. */
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

  /** Where the page is: one server for each worker, on a port of its own. */
  site: [
    async ({ home }, use) => {
      const site = await sites[home]();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],

  /** The engine behind the page. Other tests of the same worker share it: look for what is yours, not for all there is,
   *  or start one of your own with `JobsEngine.start()` and stop it. */
  engine: [
    async ({ site }, use) => {
      if (!site.engine) throw new Error("the demo's engine is inside its page");
      await use(site.engine);
    },
    { scope: "worker" },
  ],

  /** What others do to the jobs behind the page, wherever those are. In the demo: in a world in which nothing else happens. */
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
    // Chromium lets a request pass that is made right after its first interception was set up, now and then: this is the first.
    if (interceptable) await page.route(/^nothing:/, (route) => route.fallback());
    await noise.listen(page);
    await use(page);
    expect(noise.unexpected, "what the page said on the console").toEqual([]);
  },

  app: async ({ page, home, site }, use) => {
    await use(site.webAdmin ? new PanelApp(page, site.webAdmin) : new App(page, home, site.url));
  },

  view: async ({ app }, use) => {
    await use(app.view);
  },

  /** oVirt's web admin around the page, with nothing of the tests before in it. */
  webAdmin: async ({ site }, use) => {
    if (!site.webAdmin) throw new Error("there is no web admin around this page");
    await use(site.webAdmin);
  },

  host: async ({ page, webAdmin }, use) => {
    const host = new HostPage(page, webAdmin);
    await use(host);
    if (!page.url().startsWith(webAdmin.url) || page.url().includes("/plugin/")) return;
    expect(await host.blockedCalls(token), "calls out of place").toEqual([]);
    expect((await host.callsOf(token)).filter((name) => !needed.includes(name)), "calls of what nobody needs").toEqual([]);
  },

  cleanWebAdmin: [
    async ({ site }, use) => {
      site.webAdmin?.reset();
      await use();
      expect(site.webAdmin?.engine.misdeeds ?? [], "what was sent and should not have been").toEqual([]);
    },
    { auto: true },
  ],
});

/** The page's clock, in the test's hands: it goes on by itself, and can be moved on. */
export async function takeClock(page: Page): Promise<void> {
  await page.clock.install();
  // Playwright numbers timers from 10^12 on, which does not fit into what WebAssembly keeps of a number: without this, no
  // timer could be cleared.
  const useSmallNumbers = () => {
    const numbers = new Map<number, number>();
    const wrap = (set: "setTimeout" | "setInterval" | "requestAnimationFrame", clear: "clearTimeout" | "clearInterval" | "cancelAnimationFrame") => {
      const timers = window as unknown as Record<string, (...parameters: unknown[]) => number>;
      const [first, last] = [timers[set]?.bind(window), timers[clear]?.bind(window)];
      timers[set] = (...parameters) => {
        // Above those of timers that were set before: who clears one of those must not clear one of these.
        const number = 1_000_000 + numbers.size;
        numbers.set(number, first?.(...parameters) ?? 0);
        return number;
      };
      timers[clear] = (number) => last?.(numbers.get(Number(number)) ?? number) ?? 0;
    };
    wrap("setTimeout", "clearTimeout");
    wrap("setInterval", "clearInterval");
    wrap("requestAnimationFrame", "cancelAnimationFrame");
  };
  await page.addInitScript(useSmallNumbers);
  if (page.url() !== "about:blank") await page.evaluate(useSmallNumbers);
}

/** The page's clock, standing still: no timer of the page fires, so that nothing comes but what the test brings about. */
export async function stopClock(page: Page): Promise<void> {
  await takeClock(page);
  await page.clock.pauseAt(Date.now() + 1_000);
}

/** Makes the program fail at the next key, of which the browser tells it a name that is longer than all of its memory. */
export async function failAtNextKey(view: View): Promise<void> {
  await view.locator("html").evaluate(() => {
    const { prototype } = KeyboardEvent;
    const usual = Object.getOwnPropertyDescriptor(prototype, "key") ?? {};
    const get = () => {
      Object.defineProperty(prototype, "key", usual);
      return { length: 2 ** 32 - 1 };
    };
    Object.defineProperty(prototype, "key", { ...usual, get });
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

/** No violation of WCAG 2.2 level A or AA that axe can find. */
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
