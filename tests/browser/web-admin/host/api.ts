// `pluginApi`, as the web admin exposes it to plug-ins: those functions that our plug-in and its neighbours use.
// Sources: PluginManager.java and PluginUiFunctions.java of oVirt's webadmin.
import type { Menu } from "./menu.ts";
import type { Places } from "./places.ts";
import type { Handlers, Plugins } from "./plugins.ts";
import type { Records } from "./records.ts";
import type { PageSettings, UserInfo } from "./settings.ts";

type TabOptions = { priority?: number };

/** When a function may be called: at any time, from loading on, or once the plug-in is in use. */
type Gate = "open" | "while loading" | "in use";

type Entry = { gate: Gate; call(plugin: string, ...parameters: never[]): unknown };

export type Host = { plugins: Plugins; places: Places; menu: Menu; records: Records; user: UserInfo; settings: PageSettings };

const later = (work: () => void): void => void setTimeout(work);

function functions({ plugins, places, menu, records, user, settings }: Host): Record<string, Entry> {
  const open = (call: Entry["call"]): Entry => ({ gate: "open", call });
  const reads = (call: Entry["call"]): Entry => ({ gate: "while loading", call });
  const acts = (call: Entry["call"]): Entry => ({ gate: "in use", call });
  return {
    register: open((plugin, handlers: Handlers) => plugins.register(plugin, handlers)),
    ready: open((plugin) => plugins.ready(plugin)),
    configObject: open((plugin) => plugins.get(plugin)?.definition.config ?? null),
    logger: open(() => {
      const write = (level: "info" | "warning" | "severe") => (text: string) => void records.log.push({ level, text });
      return { info: write("info"), warning: write("warning"), severe: write("severe") };
    }),
    reportFatalError: open((_, text: string) => void records.fatal.push(text)),

    loginUserName: reads(() => `${user.userName}@${user.domain}`),
    loginUserId: reads(() => user.id),
    ssoToken: reads(() => user.ssoToken),
    engineBaseUrl: reads(() => `${location.origin}${settings.baseContextPath}`),
    currentLocale: reads(() => settings.locale.replaceAll("_", "-")),

    addPrimaryMenuPlace: acts((_, label: string, token: string, url: string, options: TabOptions) => {
      menu.addPlace(label, token, options.priority ?? Infinity);
      places.add(token, url);
    }),
    addSecondaryMenuPlace: acts((_, container: string, label: string, token: string, url: string) => {
      menu.addSecondaryPlace(container, label, token);
      places.add(token, url);
    }),
    revealPlace: acts((_, token: string) => later(() => places.reveal(token))),
    setSearchString: acts((_, text: string) =>
      later(() => {
        records.searches.push(text);
        if (/^events:/i.test(text)) places.reveal("events");
      }),
    ),
  };
}

/** The global function of the host page. It works with and without `new`. */
export function pluginApi(host: Host): (name: string) => object {
  const prototype: Record<string, unknown> = {};
  for (const [name, { gate, call }] of Object.entries(functions(host))) {
    if (host.settings.missing.includes(name)) continue;
    prototype[name] = function (this: { pluginName: string }, ...parameters: unknown[]): unknown {
      const plugin = this.pluginName;
      host.records.calls.push({ plugin, name });
      if (gate !== "open" && !host.plugins.allows(plugin, gate === "while loading")) return void host.records.blocked.push({ plugin, name });
      return call(plugin, ...(parameters as never[]));
    };
  }
  return function api(name: string): object {
    return Object.assign(Object.create(prototype) as object, { pluginName: name });
  };
}
