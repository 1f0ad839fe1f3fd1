// The page as journeys use it, wherever it runs.
import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { admin, type User } from "./jobs-engine.ts";
import { refresh } from "./words.ts";

/** Where the page runs: served by jobs-engine, as the demo, or as the panel in oVirt's web admin. */
export type Home = "engine" | "demo" | "web-admin";

/** Where the page's elements are: the tab itself, or a frame in it. */
export type View = Pick<FrameLocator, "getByRole" | "getByLabel" | "getByText" | "locator">;

/** The page as an admin uses it. */
export class App {
  constructor(
    readonly page: Page,
    readonly home: Home,
    readonly url: string,
    /** Where its elements are. */
    readonly view: View = page,
  ) {}

  /** Opens the page at a view like "#/jobs", and waits until the app has replaced the static shell. */
  async open(view = "", url = this.url): Promise<void> {
    await this.page.goto(new URL(view, url).href);
    await expect(this.view.locator("#shell")).toHaveCount(0);
  }

  async logIn(user: User = admin): Promise<void> {
    await this.view.getByLabel("User name").fill(user.name);
    await this.view.getByLabel("Password").fill(user.password);
    await this.view.getByRole("button", { name: "Log in", exact: true }).click();
  }

  /** Opens the page and logs in. The demo has no log-in. */
  async openLoggedIn(view = "", user: User = admin): Promise<void> {
    await this.open(view);
    if (this.home === "engine") await this.logIn(user);
    await expect(this.grid).not.toHaveAttribute("aria-busy");
  }

  /** Reloads the tab and logs in again. */
  async reload(): Promise<void> {
    await this.page.reload();
    if (this.home === "engine") await this.logIn();
  }

  get grid(): Locator {
    return this.view.getByRole("treegrid", { name: "Jobs and their steps" });
  }

  /** The row with exactly this description. */
  row(description: string): Locator {
    return this.grid.getByRole("row").filter({ has: this.view.getByText(description, { exact: true }) });
  }

  get detail(): Locator {
    return this.view.getByRole("complementary", { name: "Details" });
  }

  get dialog(): Locator {
    return this.view.getByRole("dialog");
  }

  get menu(): Locator {
    return this.view.getByRole("menu");
  }

  get search(): Locator {
    return this.view.getByRole("searchbox", { name: "Search jobs and steps" });
  }

  notice(text: string | RegExp): Locator {
    return this.view.getByRole("status").getByText(text);
  }

  async openMenu(row: Locator): Promise<Locator> {
    await row.getByRole("button", { name: /^Actions for/ }).click();
    await expect(this.menu).toBeVisible();
    return this.menu;
  }

  async choose(row: Locator, item: string): Promise<void> {
    await (await this.openMenu(row)).getByRole("menuitem", { name: item }).click();
  }

  /** Opens the form that adds a job. */
  async openAddJob(): Promise<void> {
    await this.view.getByRole("button", { name: "Add job", exact: true }).click();
  }

  async refreshNow(): Promise<void> {
    await this.view.getByRole("button", { name: refresh.now }).click();
  }
}
