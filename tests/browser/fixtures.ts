// What every journey starts from: a page that must stay quiet, where it is served, and the engine behind it.
//
//   import { expect, test } from "./fixtures.ts";
//   test("…", async ({ app, engine }) => { await app.open("#/jobs"); … });
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import axe from "axe-core";
import { join } from "node:path";
import { serveFolder } from "../../scripts/static-server.mjs";
import { admin, JobsEngine, type User } from "./jobs-engine.ts";

export { expect } from "@playwright/test";
export { admin, JobsEngine, type User } from "./jobs-engine.ts";

export type Options = { home: "engine" | "demo" };

type Site = { url: string; engine?: JobsEngine; stop(): Promise<void> };

/** The page as an admin uses it. */
export class App {
  constructor(
    readonly page: Page,
    readonly home: Options["home"],
    readonly url: string,
  ) {}

  /** Opens the page, at a view like "#/jobs", and waits until the app has taken over from the static shell. */
  async open(view = "", url = this.url): Promise<void> {
    await this.page.goto(new URL(view, url).href);
    await expect(this.page.locator("#shell")).toHaveCount(0);
  }

  async logIn(user: User = admin): Promise<void> {
    await this.page.getByLabel("User name").fill(user.name);
    await this.page.getByLabel("Password").fill(user.password);
    await this.page.getByRole("button", { name: "Log in" }).click();
  }

  /** `open`, and a log-in where there is one to do: the demo has none. */
  async openLoggedIn(view = "", user: User = admin): Promise<void> {
    await this.open(view);
    if (this.home === "engine") await this.logIn(user);
    await expect(this.grid).not.toHaveAttribute("aria-busy");
  }

  get grid(): Locator {
    return this.page.getByRole("treegrid", { name: "Jobs and their steps" });
  }

  /** The row with exactly this description. */
  row(description: string): Locator {
    return this.grid.getByRole("row").filter({ has: this.page.getByText(description, { exact: true }) });
  }

  get detail(): Locator {
    return this.page.getByRole("complementary", { name: "Details" });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  get menu(): Locator {
    return this.page.getByRole("menu");
  }

  get search(): Locator {
    return this.page.getByRole("searchbox", { name: "Search jobs and steps" });
  }

  notice(text: string | RegExp): Locator {
    return this.page.getByRole("status").getByText(text);
  }

  async openMenu(row: Locator): Promise<Locator> {
    await row.getByRole("button", { name: /^Actions for/ }).click();
    await expect(this.menu).toBeVisible();
    return this.menu;
  }

  async choose(row: Locator, item: string): Promise<void> {
    await (await this.openMenu(row)).getByRole("menuitem", { name: item }).click();
  }

  async updateNow(): Promise<void> {
    await this.page.getByRole("button", { name: "Update now" }).click();
  }
}

/** What the page must not say. A test that provokes an error allows the line that it expects. */
export class Noise {
  readonly #allowed: RegExp[] = [];
  readonly #heard: string[] = [];

  allow(line: RegExp): void {
    this.#allowed.push(line);
  }

  async listen(page: Page): Promise<void> {
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.#heard.push(`console: ${message.text()}`);
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

export const test = base.extend<{ noise: Noise; app: App }, Options & { site: Site; engine: JobsEngine }>({
  home: ["engine", { option: true, scope: "worker" }],

  /** Where the page is: one server for each worker, on a port of its own. */
  site: [
    async ({ home }, use) => {
      const site = home === "engine" ? await engineSite() : await serveFolder(dist("demo"), "/some/where/");
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

  noise: async ({}, use) => {
    await use(new Noise());
  },

  page: async ({ page, noise }, use) => {
    await noise.listen(page);
    await use(page);
    expect(noise.unexpected, "what the page said on the console").toEqual([]);
  },

  app: async ({ page, home, site }, use) => {
    await use(new App(page, home, site.url));
  },
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
        const number = numbers.size + 1;
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

/** No violation of WCAG 2.2 level A or AA that axe can find. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const results = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
    return results.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.html) }));
  });
  expect(violations).toEqual([]);
}

function dist(name: "app" | "demo"): string {
  return join(import.meta.dirname, "../../dist", name);
}

async function engineSite(): Promise<Site> {
  const engine = await JobsEngine.start();
  return { url: engine.url, engine, stop: () => engine.stop() };
}
