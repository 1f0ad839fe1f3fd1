// The place manager, and the frames of plug-ins' places.
// Sources: ApplicationPlaceManager.java and AbstractDynamicUrlContentView.java of oVirt's webadmin.
import type { Menu } from "./menu.ts";
import type { Records } from "./records.ts";

// The free space that the web admin leaves below a frame, in pixels.
const SPARE = 6;

/** The web admin's own places that the journeys go to. */
const builtIn = ["vms", "hosts", "hosts-general", "networks", "disks", "users", "events"];

type Place = { show(): void; hide(): void };

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

  /** Shows the place of the address, now and after each change. */
  start(): void {
    addEventListener("hashchange", () => this.revealCurrent());
    this.revealCurrent();
  }

  /** Adds a plug-in's place. It becomes the default place, whatever its options say (PluginUiFunctions.java). */
  add(token: string, url: string): void {
    this.#places.set(token, framePlace(this.#slot, url));
    this.#default = token;
  }

  revealCurrent(): void {
    const token = location.hash.slice(1).split(";")[0] ?? "";
    if (this.#places.has(token)) this.#show(token);
    else if (token === "" || this.#default !== token) this.reveal(this.#default);
  }

  /** Goes to a place, with a new entry in the history. */
  reveal(token: string): void {
    if (!this.#places.has(token)) return void (token !== this.#default && this.reveal(this.#default));
    if (location.hash !== `#${token}`) history.pushState(null, "", `#${token}`);
    this.#show(token);
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

/** A place in a frame. Out of the document the frame has no window; back in it, it loads its `src` again. */
function framePlace(slot: HTMLElement, url: string): Place {
  const panel = document.createElement("div");
  const frame = document.createElement("iframe");
  Object.assign(frame.style, { width: "100%", borderStyle: "none", borderWidth: "0" });
  frame.src = url;
  panel.append(frame);
  const resize = () => {
    const top = panel.getBoundingClientRect().top + scrollY;
    if (top > 0 && top < innerHeight) frame.style.height = `${innerHeight - top - SPARE}px`;
  };
  addEventListener("resize", resize);
  return {
    show() {
      slot.append(panel);
      resize();
    },
    hide: () => panel.remove(),
  };
}
