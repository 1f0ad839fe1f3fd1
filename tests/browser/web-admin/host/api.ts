// `pluginApi`, as the web admin exposes it to plug-ins.
import type { Menu } from "./menu.ts";
import type { Places } from "./places.ts";
import type { ApiOptions, Handlers, Plugins } from "./plugins.ts";
import type { Records } from "./records.ts";
import type { PageSettings, UserInfo } from "./settings.ts";

type TabOptions = { priority?: unknown; icon?: unknown };

/** When a function may be called: at any time, while the plug-in loads already, or once it may act. */
export type Gate = "open" | "while loading" | "in use";

type Entry = { gate: Gate; call(plugin: string, ...parameters: never[]): unknown };

export type Host = { plugins: Plugins; places: Places; menu: Menu; records: Records; user: UserInfo; settings: PageSettings };

const later = (work: () => void): void => void setTimeout(work);
const object = <Value extends object>(value: Value | null | undefined): Value => value ?? ({} as Value);
const priorityOf = ({ priority }: TabOptions): number => (typeof priority === "number" ? Math.trunc(priority) : Infinity);
const iconOf = ({ icon }: TabOptions): string | undefined => (typeof icon === "string" ? icon : undefined);
const kinds = ["DANGER", "WARNING", "SUCCESS", "INFO"];
const kindOf = (name: string): string => (kinds.includes(name.toUpperCase()) ? name.toUpperCase() : "INFO");

/** Names of before, each with the one of today. */
const aliases: Record<string, string> = {
  addMainTab: "addPrimaryMenuPlace",
  addSubTab: "addDetailPlace",
  setTabContentUrl: "setPlaceContentUrl",
  setTabAccessible: "setPlaceAccessible",
  addMainTabActionButton: "addMenuPlaceActionButton",
  addSubTabActionButton: "addDetailPlaceActionButton",
};

function functions({ plugins, places, menu, records, user, settings }: Host): Record<string, Entry> {
  const open = (call: Entry["call"]): Entry => ({ gate: "open", call });
  const reads = (call: Entry["call"]): Entry => ({ gate: "while loading", call });
  const acts = (call: Entry["call"]): Entry => ({ gate: "in use", call });
  const addPlace = (token: string, url: string) => places.add(token, url);
  return {
    register: open((plugin, handlers: Handlers) => plugins.register(plugin, object(handlers))),
    options: open((plugin, options: ApiOptions) => {
      const known = plugins.get(plugin);
      if (known) known.options = object(options);
    }),
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
    currentLocale: reads(() => (settings.locale === "default" ? "en_US" : settings.locale).replaceAll("_", "-")),
    currentPlace: reads(() => places.current),
    rootTag: reads(() => ({ name: "root", description: "root", selected: false, children: [] })),

    addPrimaryMenuPlace: acts((_, label: string, token: string, url: string, options?: TabOptions) => {
      menu.addPlace(label, token, priorityOf(object(options)), iconOf(object(options)));
      addPlace(token, url);
    }),
    addPrimaryMenuContainer: acts((_, label: string, id: string, options?: TabOptions) =>
      menu.addContainer(label, id, priorityOf(object(options)), iconOf(object(options))),
    ),
    addSecondaryMenuPlace: acts((_, container: string, label: string, token: string, url: string, options?: TabOptions) => {
      menu.addSecondaryPlace(container, label, token, priorityOf(object(options)));
      addPlace(token, url);
    }),
    setPlaceContentUrl: acts((_, token: string, url: string) => later(() => places.setUrl(token, url))),
    // For tables of virtual machines, hosts and the like, and the tabs below them: the stand-in has none.
    addDetailPlace: acts(() => undefined),
    setPlaceAccessible: acts(() => undefined),
    addMenuPlaceActionButton: acts(() => undefined),
    addDetailPlaceActionButton: acts(() => undefined),
    setPlaceUnloadHandler: acts((_, token: string, handler: unknown) => later(() => places.setUnload(token, handler))),
    showDialog: acts((_, title: string, token: string, url: string) => void records.dialogs.push({ title, token, url, open: true })),
    setDialogContentUrl: acts((_, token: string, url: string) => later(() => void dialogs(records, token).forEach((dialog) => (dialog.url = url)))),
    closeDialog: acts((_, token: string) => later(() => void dialogs(records, token).forEach((dialog) => (dialog.open = false)))),
    showAlert: acts((_, type: string, text: string, options?: { autoHideMs?: unknown }) => {
      const autoHideMs = Number(object(options).autoHideMs ?? 0);
      later(() => records.alerts.push({ type: kindOf(type), text, autoHideMs }));
    }),
    showToast: acts((_, type: string, text: string) => later(() => records.toasts.push({ type: kindOf(type), text }))),
    revealPlace: acts((_, token: string) => later(() => places.reveal(token))),
    setSearchString: acts((_, text: string) =>
      later(() => {
        records.searches.push(text);
        if (/^events:/i.test(text)) places.reveal("events");
      }),
    ),
  };
}

/** The global that plug-ins find: `pluginApi(name)`, with and without `new`. */
export function pluginApi(host: Host): (name: string) => object {
  const prototype: Record<string, unknown> = { pluginName: null };
  for (const [name, { gate, call }] of Object.entries(functions(host))) {
    if (host.settings.missing.includes(name)) continue;
    prototype[name] = function (this: { pluginName: string }, ...parameters: unknown[]): unknown {
      const plugin = this.pluginName;
      host.records.calls.push({ plugin, name });
      if (gate !== "open" && !host.plugins.allows(plugin, gate === "while loading")) return void host.records.blocked.push({ plugin, name });
      return call(plugin, ...(parameters as never[]));
    };
  }
  for (const [name, today] of Object.entries(aliases)) {
    prototype[name] = function (this: Record<string, (...parameters: unknown[]) => unknown>, ...parameters: unknown[]): void {
      console.warn(`${name} is deprecated, please use ${today} instead.`);
      this[today]?.(...parameters);
    };
  }
  function api(name: string): object {
    return Object.assign(Object.create(prototype) as object, { pluginName: name });
  }
  api.prototype = prototype;
  api.fn = prototype;
  return api;
}

function dialogs(records: Records, token: string): Records["dialogs"] {
  return records.dialogs.filter((dialog) => dialog.token === token);
}

