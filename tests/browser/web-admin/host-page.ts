// The stand-in's page as an admin sees it, and what it records for tests.
import { type Frame, type FrameLocator, type Locator, type Page } from "@playwright/test";
import type { WebAdminWindow } from "./host/main.ts";
import type { State } from "./host/plugins.ts";
import type { Records } from "./host/records.ts";
import type { WebAdmin } from "./server.ts";

export class HostPage {
  constructor(
    readonly page: Page,
    readonly server: WebAdmin,
  ) {}

  /** Opens the web admin, and waits until its first place is there. */
  async open(hash = ""): Promise<void> {
    await this.start(hash);
    await this.page.locator("#loading").waitFor({ state: "detached" });
  }

  /** Opens the web admin, without waiting for more than its own files. */
  async start(hash = ""): Promise<void> {
    // Another address of the page that is open already would not load it.
    if (this.page.url() !== "about:blank") await this.page.goto("about:blank");
    await this.page.goto(`${this.server.url}${hash}`, { waitUntil: "commit" });
    await this.page.waitForFunction(() => "webAdmin" in window);
  }

  /** The frame that holds the host page: the tab's own, unless another page has it in a frame. */
  get frame(): Frame {
    const frame = this.page.frames().find((one) => /\/webadmin\/(WebAdmin\.html)?(#|\?|$)/.test(one.url()));
    if (!frame) throw new Error(`the web admin is not open: ${this.page.url()}`);
    return frame;
  }

  get menu(): Locator {
    return this.page.getByRole("navigation", { name: "Web admin" });
  }

  entry(label: string): Locator {
    return this.menu.getByRole("link", { name: label, exact: true });
  }

  /** Entries of the menu's first level, from the top. */
  async menuLabels(): Promise<string[]> {
    return this.menu.locator("#menu > li > a").allTextContents();
  }

  /** The frame of the place that is shown, if it is a plug-in's. */
  get placeFrame(): Locator {
    return this.page.locator("#place iframe");
  }

  get inPlace(): FrameLocator {
    return this.page.frameLocator("#place iframe");
  }

  /** Goes to one of the web admin's own places, which says its name. */
  async leaveFor(token: string): Promise<void> {
    await this.goTo(token);
    await this.page.getByRole("heading", { name: `Place ${token}` }).waitFor();
  }

  async goTo(token: string): Promise<void> {
    await this.frame.evaluate((hash) => void (location.hash = hash), `#${token}`);
  }

  async place(): Promise<string> {
    return this.look((webAdmin) => webAdmin.place);
  }

  async state(plugin: string): Promise<State | undefined> {
    return (await this.look((webAdmin) => webAdmin.states))[plugin];
  }

  async records(): Promise<Records> {
    return this.look((webAdmin) => webAdmin.records);
  }

  /** Names of the functions that a plug-in called, each once. */
  async callsOf(plugin: string): Promise<string[]> {
    const { calls } = await this.records();
    return [...new Set(calls.filter((call) => call.plugin === plugin).map(({ name }) => name))];
  }

  /** Names of the functions that a plug-in called before its time, or after it. */
  async blockedCalls(plugin: string): Promise<string[]> {
    const { blocked } = await this.records();
    return blocked.filter((call) => call.plugin === plugin).map(({ name }) => name);
  }

  /** What the web admin does once it finds that nobody is logged in any more. */
  async sessionExpired(): Promise<void> {
    await this.look((webAdmin) => webAdmin.sessionExpired());
  }

  private async look<Value>(read: (webAdmin: WebAdminWindow) => Value): Promise<Value> {
    // It may be loading itself anew.
    await this.frame.waitForFunction(() => "webAdmin" in window);
    // Playwright sends the function's text, so it may use nothing but its parameter.
    return this.frame.evaluate(`(${read.toString()})(window.webAdmin)`) as Promise<Value>;
  }
}
