// The life of plug-ins: PluginManager, Plugin and PluginState of the web admin.
import type { PluginDefinition } from "../descriptors.ts";
import type { Records } from "./records.ts";

export type State = "DEFINED" | "LOADING" | "READY" | "INITIALIZING" | "IN_USE" | "FAILED";
export type Handlers = Record<string, unknown>;
export type ApiOptions = { allowedMessageOrigins?: unknown };

export type Plugin = {
  readonly definition: PluginDefinition;
  readonly frame: HTMLIFrameElement;
  state: State;
  handlers: Handlers | undefined;
  options: ApiOptions;
};

export class Plugins {
  readonly #records: Records;
  readonly #plugins = new Map<string, Plugin>();
  readonly #preloads = new Map<string, boolean>();
  readonly #scheduled = new Map<string, (() => void)[]>();
  #whenReady: (() => void) | undefined;

  constructor(records: Records) {
    this.#records = records;
  }

  /** Defines them in this order, and loads those that are enabled. `whenReady` is called once, as soon as none is missing
   *  that is to be waited for. */
  load(definitions: PluginDefinition[], whenReady: () => void): void {
    this.#whenReady = whenReady;
    for (const definition of definitions) this.#define(definition);
    setTimeout(() => this.#callWhenReady());
  }

  get(name: string): Plugin | undefined {
    return this.#plugins.get(name);
  }

  get states(): Record<string, State> {
    return Object.fromEntries([...this.#plugins].map(([name, { state }]) => [name, state]));
  }

  register(name: string, handlers: Handlers): void {
    const plugin = this.get(name);
    if (plugin?.handlers) this.#log("warning", `Plugin [${name}] has already registered the event handler object`);
    else if (plugin) plugin.handlers = handlers;
  }

  ready(name: string): void {
    const plugin = this.get(name);
    if (plugin?.state !== "LOADING") return;
    if (!plugin.handlers) return this.#log("warning", `Plugin [${name}] reports in as ready, but has no event handler object assigned`);
    plugin.state = "READY";
    this.#initialize(plugin);
    // One that fails here is over and done with: nobody waits for it.
    if (!plugin.definition.lazyLoad) this.#preloads.set(name, true);
    this.#callWhenReady();
  }

  /** Whether a plug-in may call: while it is in use, and what only reads also while it is loading. */
  allows(name: string, whileLoading: boolean): boolean {
    const state = this.get(name)?.state;
    return state === "INITIALIZING" || state === "IN_USE" || (whileLoading && state === "LOADING");
  }

  /** Calls a handler of every plug-in that is in use, and of the others once they are. */
  invokeNowOrLater(handler: string, parameters: unknown[], isMeant: (plugin: Plugin) => boolean = () => true): void {
    for (const plugin of this.#plugins.values()) {
      const invoke = () => {
        if (plugin.state === "IN_USE" && isMeant(plugin)) this.#invoke(plugin, handler, parameters);
      };
      if (plugin.state === "IN_USE") invoke();
      else this.#scheduled.set(plugin.definition.name, [...(this.#scheduled.get(plugin.definition.name) ?? []), invoke]);
    }
  }

  #define(definition: PluginDefinition): void {
    const { name, url, enabled, lazyLoad } = definition;
    if (!name?.trim()) return this.#log("warning", "Plugin name cannot be null or empty");
    if (!url?.trim()) return this.#log("warning", `Plugin [${name}] has null or empty host page URL`);
    if (this.get(name)) return this.#log("warning", `Plugin [${name}] is already defined`);
    const plugin: Plugin = { definition, frame: frameFor(url), state: "DEFINED", handlers: undefined, options: {} };
    this.#plugins.set(name, plugin);
    if (!enabled) return;
    document.body.append(plugin.frame);
    plugin.state = "LOADING";
    if (!lazyLoad) this.#preloads.set(name, false);
  }

  #initialize(plugin: Plugin): void {
    plugin.state = "INITIALIZING";
    if (!this.#invoke(plugin, "UiInit", [])) return;
    plugin.state = "IN_USE";
    for (const invoke of this.#scheduled.get(plugin.definition.name) ?? []) invoke();
    this.#scheduled.delete(plugin.definition.name);
  }

  /** Whether it went well. A plug-in that lets an exception out is taken out of service. */
  #invoke(plugin: Plugin, handler: string, parameters: unknown[]): boolean {
    const { name } = plugin.definition;
    const call = plugin.handlers?.[handler];
    if (typeof call !== "function") return true;
    try {
      call.apply(window, parameters);
      return true;
    } catch (error) {
      this.#log("severe", `Exception caught while invoking event handler function [${handler}] for plugin [${name}]: ${String(error)}`);
      plugin.frame.remove();
      plugin.state = "FAILED";
      this.#log("warning", `Plugin [${name}] removed from service due to failure`);
      return false;
    }
  }

  #callWhenReady(): void {
    if ([...this.#preloads.values()].includes(false)) return;
    this.#whenReady?.();
    this.#whenReady = undefined;
  }

  #log(level: "warning" | "severe", text: string): void {
    this.#records.log.push({ level, text });
  }
}

function frameFor(url: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = url;
  frame.setAttribute("frameborder", "0");
  Object.assign(frame.style, { position: "absolute", width: "0pt", height: "0pt", borderStyle: "none" });
  return frame;
}
