// The stand-in's page as an admin uses it, and its records for tests.
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

  /** Opens the web admin and waits for its first place. */
  async open(hash = ""): Promise<void> {
    await this.start(hash);
    await this.page.locator("#loading").waitFor({ state: "detached" });
  }

  /** Opens the web admin without waiting for its first place. */
  async start(hash = ""): Promise<void> {
    // Going to another hash of the open page would not load it again.
    if (this.page.url() !== "about:blank") await this.page.goto("about:blank");
    await this.page.goto(`${this.server.url}${hash}`, { waitUntil: "commit" });
    await this.page.waitForFunction(() => "webAdmin" in window);
  }

  /** The frame of the host page: the tab's own, unless another page has the host page in a frame. */
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

  /** The frame of the shown place, if a plug-in owns it. */
  get placeFrame(): Locator {
    return this.page.locator("#place iframe");
  }

  get inPlace(): FrameLocator {
    return this.page.frameLocator("#place iframe");
  }

  /** Goes to one of the web admin's own places. */
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

  /** The names of the functions that a plug-in has called. */
  async callsOf(plugin: string): Promise<string[]> {
    const { calls } = await this.records();
    return [...new Set(calls.filter((call) => call.plugin === plugin).map(({ name }) => name))];
  }

  /** The names of the functions that a plug-in has called when it was not allowed to. */
  async blockedCalls(plugin: string): Promise<string[]> {
    const { blocked } = await this.records();
    return blocked.filter((call) => call.plugin === plugin).map(({ name }) => name);
  }

  /** Makes the web admin find that the session has ended. */
  async sessionExpired(): Promise<void> {
    await this.look((webAdmin) => webAdmin.sessionExpired());
  }

  private async look<Value>(read: (webAdmin: WebAdminWindow) => Value): Promise<Value> {
    // The page may be reloading.
    await this.frame.waitForFunction(() => "webAdmin" in window);
    // Playwright sends the text of the function, so the function may use only its parameter.
    return this.frame.evaluate(`(${read.toString()})(window.webAdmin)`) as Promise<Value>;
  }
}
