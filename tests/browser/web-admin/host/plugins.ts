// The life of plug-ins. Sources: PluginManager.java, PluginState.java and PluginEventHandler.java of oVirt's webadmin.
import type { PluginDefinition } from "../descriptors.ts";
import type { Records } from "./records.ts";

export type State = "DEFINED" | "LOADING" | "READY" | "INITIALIZING" | "IN_USE" | "FAILED";
export type Handlers = Record<string, unknown>;

export type Plugin = {
  readonly definition: PluginDefinition;
  readonly frame: HTMLIFrameElement;
  state: State;
  handlers: Handlers | undefined;
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

  /** Defines the plug-ins in this order and loads the enabled ones. Calls `whenReady` once, as soon as every plug-in that is not
   *  lazy is ready. */
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
    if (plugin && !plugin.handlers) plugin.handlers = handlers;
  }

  ready(name: string): void {
    const plugin = this.get(name);
    if (plugin?.state !== "LOADING" || !plugin.handlers) return;
    plugin.state = "READY";
    this.#initialize(plugin);
    // Nobody waits for a plug-in that has failed here.
    if (!plugin.definition.lazyLoad) this.#preloads.set(name, true);
    this.#callWhenReady();
  }

  /** Whether a plug-in may call a function: while it is in use, and if the function only reads, also while it is loading. */
  allows(name: string, whileLoading: boolean): boolean {
    const state = this.get(name)?.state;
    return state === "INITIALIZING" || state === "IN_USE" || (whileLoading && state === "LOADING");
  }

  /** Calls a handler of every plug-in that is in use, and of the others once they are in use. */
  invokeNowOrLater(handler: string, parameters: unknown[]): void {
    for (const plugin of this.#plugins.values()) {
      const invoke = () => {
        if (plugin.state === "IN_USE") this.#invoke(plugin, handler, parameters);
      };
      if (plugin.state === "IN_USE") invoke();
      else this.#scheduled.set(plugin.definition.name, [...(this.#scheduled.get(plugin.definition.name) ?? []), invoke]);
    }
  }

  #define(definition: PluginDefinition): void {
    const { name, url, enabled, lazyLoad } = definition;
    const plugin: Plugin = { definition, frame: frameFor(url), state: "DEFINED", handlers: undefined };
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

  /** Calls a handler, and returns whether it succeeded. A plug-in that throws is taken out of service. */
  #invoke(plugin: Plugin, handler: string, parameters: unknown[]): boolean {
    const { name } = plugin.definition;
    const call = plugin.handlers?.[handler];
    if (typeof call !== "function") return true;
    try {
      call.apply(window, parameters);
      return true;
    } catch (error) {
      this.#records.log.push({ level: "severe", text: `Exception caught while invoking event handler function [${handler}] for plugin [${name}]: ${String(error)}` });
      plugin.frame.remove();
      plugin.state = "FAILED";
      return false;
    }
  }

  #callWhenReady(): void {
    if ([...this.#preloads.values()].includes(false)) return;
    this.#whenReady?.();
    this.#whenReady = undefined;
  }
}

function frameFor(url: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = url;
  frame.setAttribute("frameborder", "0");
  Object.assign(frame.style, { position: "absolute", width: "0pt", height: "0pt", borderStyle: "none" });
  return frame;
}
