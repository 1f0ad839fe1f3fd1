// The web admin's client: `webadmin.nocache.js` of the host page. Source: ApplicationInit.java of oVirt's webadmin.
import type { PluginDefinition } from "../descriptors.ts";
import { pluginApi } from "./api.ts";
import { Menu } from "./menu.ts";
import { Places } from "./places.ts";
import { Plugins, type State } from "./plugins.ts";
import { Records } from "./records.ts";
import type { PageSettings, UserInfo } from "./settings.ts";

/** The client as tests see it: `window.webAdmin`. */
export type WebAdminWindow = {
  readonly records: Records;
  readonly states: Record<string, State>;
  readonly place: string;
  /** What the web admin does when the engine says that the session has ended. */
  sessionExpired(): void;
};

type Told = { pluginDefinitions: PluginDefinition[]; userInfo: UserInfo; settings: PageSettings };

const told = JSON.parse(element("told").textContent ?? "") as Told;
const { settings, userInfo: user } = told;
if (settings.customHomePage !== undefined && !location.hash) location.hash = settings.customHomePage;

const records = new Records();
const plugins = new Plugins(records);
const menu = new Menu(element("menu"));
const places = new Places(element("place"), menu, records, settings.attachAgain);
const webAdmin: WebAdminWindow = {
  records,
  get states() {
    return plugins.states;
  },
  get place() {
    return places.current;
  },
  sessionExpired: () => location.reload(),
};
Object.assign(window, { ...told, webAdmin, pluginApi: pluginApi({ plugins, places, menu, records, user, settings }) });

plugins.load(told.pluginDefinitions, () => setTimeout(enter));

/** Reveals the first place and tells plug-ins of the log-in. */
function enter(): void {
  const tell = () => plugins.invokeNowOrLater("UserLogin", [`${user.userName}@${user.domain}`, user.id]);
  const reveal = () => {
    element("loading").remove();
    places.start();
  };
  for (const step of settings.firstPlace === "before UserLogin" ? [reveal, tell] : [tell, reveal]) step();
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}
