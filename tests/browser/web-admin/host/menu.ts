// The menu on the left: MenuView and MenuPresenterWidget of the web admin, without its looks.

type Entry = { label: string; icon?: string; places?: [token: string, label: string][]; token?: string };

/** What is in the menu before any plug-in. */
const builtIn: (Entry & { id: string | null })[] = [
  {
    id: "compute",
    label: "Compute",
    places: [
      ["vms", "Virtual Machines"],
      ["templates", "Templates"],
      ["pools", "Pools"],
      ["hosts", "Hosts"],
      ["dataCenters", "Data Centers"],
      ["clusters", "Clusters"],
    ],
  },
  { id: "network", label: "Network", places: [["vnicProfiles", "vNIC Profiles"], ["networks", "Networks"]] },
  { id: "storage", label: "Storage", places: [["storage", "Domains"], ["volumes", "Volumes"], ["disks", "Disks"]] },
  {
    id: "admin",
    label: "Administration",
    places: [["providers", "Providers"], ["quota", "Quota"], ["sessions", "Active User Sessions"], ["users", "Users"], ["errata", "Errata"]],
  },
  { id: null, label: "Events", token: "events" },
];

export class Menu {
  readonly #list: HTMLElement;
  /** The ids of the containers, at the index of each; null for what is none. */
  readonly #containers: (string | null)[];
  /** What is marked while the admin is at a place. A plug-in's place inside a container is not among them. */
  readonly #marked = new Map<string, HTMLElement>();

  constructor(list: HTMLElement) {
    this.#list = list;
    this.#containers = builtIn.map(({ id }) => id);
    for (const entry of builtIn) {
      const item = this.#list.children[this.#insert(this.#list.childElementCount, entry)] as HTMLElement;
      for (const [token] of entry.places ?? []) this.#marked.set(token, item);
    }
  }

  /** A place of its own in the menu. */
  addPlace(label: string, token: string, priority: number, icon: string | undefined): void {
    const index = this.#insert(priority, { label, token, ...(icon !== undefined && { icon }) });
    this.#containers.splice(index, 0, null);
  }

  /** A place inside a container; nowhere when there is no such container. */
  addSecondaryPlace(container: string, label: string, token: string, priority: number): void {
    const places = this.#list.children[this.#containers.indexOf(container)]?.querySelector("ul");
    if (!places) return;
    const before = priority >= 0 && priority < places.childElementCount ? places.children[priority] : null;
    places.insertBefore(linkTo(label, token), before ?? null);
  }

  addContainer(label: string, id: string, priority: number, icon: string | undefined): void {
    if (this.#containers.includes(id)) return;
    const index = this.#insert(priority, { label, places: [], ...(icon !== undefined && { icon }) });
    this.#containers.splice(index, 0, id);
  }

  /** Marks where the admin is. */
  markActive(token: string): void {
    const item = this.#marked.get(token);
    if (!item) return;
    for (const entry of this.#list.children) entry.classList.toggle("active", entry === item);
  }

  /** Where it came to stand. */
  #insert(index: number, { label, icon, token, places }: Entry): number {
    const item = linkTo(label, token);
    if (icon !== undefined) {
      item.querySelector("a")?.prepend(Object.assign(document.createElement("span"), { className: `${icon.startsWith("pficon") ? "pficon" : "fa"} ${icon}` }));
      // The web admin does so: an entry with an icon looks chosen until another one is.
      item.classList.add("active");
    }
    if (places) {
      const list = document.createElement("ul");
      list.append(...places.map(([token, label]) => linkTo(label, token)));
      item.append(list);
    }
    this.#list.insertBefore(item, this.#list.children[Math.max(0, index)] ?? null);
    if (token !== undefined) this.#marked.set(token, item);
    return [...this.#list.children].indexOf(item);
  }
}

function linkTo(label: string, token: string | undefined): HTMLLIElement {
  const link = document.createElement("a");
  link.href = token === undefined ? "javascript:;" : `#${token}`;
  link.append(Object.assign(document.createElement("span"), { className: "label", textContent: label }));
  const item = document.createElement("li");
  item.append(link);
  return item;
}
