// The menu on the left. Sources: MenuView.java and MenuPresenterWidget.java of oVirt's webadmin.

type Entry = { label: string; token?: string; places?: [token: string, label: string][] };

/** The menu without plug-ins, by the ids of its containers. */
const builtIn: Record<string, Entry> = {
  compute: { label: "Compute", places: [["vms", "Virtual Machines"], ["hosts", "Hosts"]] },
  network: { label: "Network", places: [["networks", "Networks"]] },
  storage: { label: "Storage", places: [["disks", "Disks"]] },
  admin: { label: "Administration", places: [["users", "Users"]] },
  events: { label: "Events", token: "events" },
};

export class Menu {
  readonly #list: HTMLElement;
  /** The entry that is marked while the admin is at a place. */
  readonly #marked = new Map<string, HTMLElement>();

  constructor(list: HTMLElement) {
    this.#list = list;
    for (const [id, { label, token, places = [] }] of Object.entries(builtIn)) {
      const item = linkTo(label, token);
      item.id = `menu-${id}`;
      const inside = document.createElement("ul");
      inside.append(...places.map(([token, label]) => linkTo(label, token)));
      item.append(inside);
      list.append(item);
      for (const place of [token, ...places.map(([place]) => place)]) if (place !== undefined) this.#marked.set(place, item);
    }
  }

  /** Adds a place of its own. A priority below zero means the top, one beyond the end means the end. */
  addPlace(label: string, token: string, priority: number): void {
    const item = linkTo(label, token);
    this.#list.insertBefore(item, this.#list.children[Math.max(0, priority)] ?? null);
    this.#marked.set(token, item);
  }

  /** Adds a place inside a container. */
  addSecondaryPlace(container: string, label: string, token: string): void {
    this.#list.querySelector(`#menu-${container} > ul`)?.append(linkTo(label, token));
  }

  /** Marks where the admin is. */
  markActive(token: string): void {
    const item = this.#marked.get(token);
    if (!item) return;
    for (const entry of this.#list.children) entry.classList.toggle("active", entry === item);
  }
}

function linkTo(label: string, token: string | undefined): HTMLLIElement {
  const link = document.createElement("a");
  link.href = token === undefined ? "javascript:;" : `#${token}`;
  link.textContent = label;
  const item = document.createElement("li");
  item.append(link);
  return item;
}
