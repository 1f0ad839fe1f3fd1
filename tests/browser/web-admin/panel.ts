// The page as the panel in web admin: in the frame of its place.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { App } from "../app.ts";
import { admin, type User } from "../jobs-engine.ts";
import { HostPage } from "./host-page.ts";
import { dashboard, type Plugin } from "./plugins.ts";
import type { WebAdmin } from "./server.ts";

const built = fileURLToPath(new URL("../../../dist/plugin", import.meta.url));

export const token = "task-monitor";

/** The functions of web admin that the plug-in may call. */
export const needed = [
  ...["register", "ready", "logger", "configObject", "currentLocale", "loginUserName", "loginUserId", "ssoToken", "engineBaseUrl"],
  ...["addPrimaryMenuPlace", "addSecondaryMenuPlace", "revealPlace", "setSearchString"],
];

/** Our plug-in, as built by `make plugin`. */
export function taskMonitor(settings?: object): Plugin {
  return {
    file: token,
    descriptor: readFileSync(join(built, "task-monitor.json"), "utf8"),
    resources: resourceFile(""),
    ...(settings && { settings }),
  };
}

/** One of its files, or with an empty name the folder. */
export function resourceFile(name: string): string {
  return join(built, "task-monitor-resources", name);
}

export class PanelApp extends App {
  readonly host: HostPage;

  constructor(page: Page, readonly webAdmin: WebAdmin) {
    const host = new HostPage(page, webAdmin);
    super(page, "web-admin", webAdmin.url, host.inPlace);
    this.host = host;
  }

  /** Opens the web admin at our place. If the test has installed no plug-in, installs ours and the dashboard. */
  override async open(view = ""): Promise<void> {
    if (this.webAdmin.plugins.installed.length === 0) this.webAdmin.install(dashboard, taskMonitor());
    await this.host.open(panelAddress(view));
    await expect(this.view.locator("#shell")).toHaveCount(0);
  }

  /** The panel needs no log-in: it uses the session of the web admin. */
  override async openLoggedIn(view = "", user: User = admin): Promise<void> {
    this.webAdmin.configure({ user });
    await this.open(view);
    await expect(this.grid).not.toHaveAttribute("aria-busy");
  }
}

/** The web admin's address for a view like "#/jobs/{id}/steps/{id}?q=…". */
export function panelAddress(view: string): string {
  const [path = "", query = ""] = view.split("?");
  const [, , id, , step] = path.split("/");
  const parameters = [...(id ? [["id", id]] : []), ...(step ? [["step", step]] : []), ...new URLSearchParams(query)];
  return [`#${token}`, ...parameters.map(([name = "", value = ""]) => `${name}=${escaped(value)}`)].join(";");
}

/** GWT's places reserve `;`, `=` and `/`, so everything but letters, digits and `._~-` is escaped. */
function escaped(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
