// Where the admin is: the place manager, and the frames of plug-ins' places.
import type { Menu } from "./menu.ts";
import type { Records } from "./records.ts";

// The web admin leaves that much free below a frame.
const SPARE = 6;

/** Places of the web admin's own that plug-ins may want to lead to. */
const builtIn = [
  ...["dataCenters", "clusters", "hosts", "storage", "vms", "pools", "templates", "users", "events", "quota", "volumes", "disks"],
  ...["networks", "vnicProfiles", "providers", "errata", "sessions"],
  ...["hosts-general", "hosts-events", "vms-general", "vms-events", "storage-general", "clusters-general", "dataCenters-storage"],
];

type Place = { show(): void; hide(): void; setUrl?(url: string): void; setUnload?(handler: unknown): void };

export class Places {
  readonly #slot: HTMLElement;
  readonly #menu: Menu;
  readonly #records: Records;
  readonly #attachAgain: boolean;
  readonly #places = new Map<string, Place>();
  #default = "vms";
  #current = "";

  /** `attachAgain`: whether revealing the place that is shown already takes its frame out and puts it back. */
  constructor(slot: HTMLElement, menu: Menu, records: Records, attachAgain: boolean) {
    this.#slot = slot;
    this.#menu = menu;
    this.#records = records;
    this.#attachAgain = attachAgain;
    for (const token of builtIn) this.#places.set(token, ownPlace(slot, token));
  }

  get current(): string {
    return this.#current;
  }

  /** From now on the address decides. */
  start(): void {
    addEventListener("hashchange", () => this.revealCurrent());
    this.revealCurrent();
  }

  /** A plug-in's place. Whoever adds one makes it the default, like it or not. */
  add(token: string, url: string): void {
    this.#places.set(token, framePlace(this.#slot, url));
    this.#default = token;
  }

  revealCurrent(): void {
    const token = location.hash.slice(1).split(";")[0] ?? "";
    if (this.#places.has(token)) this.#show(token);
    else if (token === "" || this.#default !== token) this.reveal(this.#default);
  }

  /** Goes there, with a new entry in the history. */
  reveal(token: string): void {
    if (!this.#places.has(token)) return void (token !== this.#default && this.reveal(this.#default));
    if (location.hash !== `#${token}`) history.pushState(null, "", `#${token}`);
    this.#show(token);
  }

  setUrl(token: string, url: string): void {
    this.#places.get(token)?.setUrl?.(url);
  }

  setUnload(token: string, handler: unknown): void {
    this.#places.get(token)?.setUnload?.(handler);
  }

  #show(token: string): void {
    this.#records.revealed.push(token);
    this.#menu.markActive(token);
    if (token === this.#current && !this.#attachAgain) return;
    this.#places.get(this.#current)?.hide();
    this.#current = token;
    this.#places.get(token)?.show();
  }
}

function ownPlace(slot: HTMLElement, token: string): Place {
  const heading = Object.assign(document.createElement("h1"), { textContent: `Place ${token}` });
  return { show: () => slot.append(heading), hide: () => heading.remove() };
}

/** The frame is one element for good. Out of the document it has no window; back in it, it loads from its `src` again. */
function framePlace(slot: HTMLElement, url: string): Place {
  const panel = document.createElement("div");
  const frame = document.createElement("iframe");
  Object.assign(frame.style, { width: "100%", borderStyle: "none", borderWidth: "0" });
  frame.src = url;
  panel.append(frame);
  let unload: unknown;
  const resize = () => {
    const top = panel.getBoundingClientRect().top + scrollY;
    if (top > 0 && top < innerHeight) frame.style.height = `${innerHeight - top - SPARE}px`;
  };
  addEventListener("resize", resize);
  const setUnload = () => {
    if (!frame.contentWindow || unload === undefined) return;
    const handler = unload;
    unload = undefined;
    frame.contentWindow.onunload = () => {
      if (typeof handler === "function") handler();
    };
  };
  return {
    show() {
      slot.append(panel);
      resize();
      setUnload();
    },
    hide: () => panel.remove(),
    setUrl: (next) => void (frame.src = next),
    setUnload(handler) {
      unload = handler;
      setUnload();
    },
  };
}
