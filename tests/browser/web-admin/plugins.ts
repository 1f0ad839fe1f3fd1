// Plug-ins on the engine's machine: the directories that packages and admins put files into, and other vendors' plug-ins.
import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A plug-in as its package brings it. */
export type Plugin = {
  /** What the descriptor is called, without `.json`. */
  file: string;
  descriptor: object | string;
  /** Files by name, or the folder that has them. */
  resources?: Record<string, string> | string;
  /** What the admin wrote into `FILE-config.json`. */
  settings?: object | string;
};

export class PluginFiles {
  readonly folder: string;
  #clock = Date.now() / 1000 - 100_000;

  constructor(folder: string) {
    this.folder = folder;
    this.clear();
  }

  /** `/usr/share/ovirt-engine/ui-plugins` */
  get data(): string {
    return join(this.folder, "usr/ui-plugins");
  }

  /** `/etc/ovirt-engine/ui-plugins` */
  get etc(): string {
    return join(this.folder, "etc/ui-plugins");
  }

  clear(): void {
    for (const directory of [this.data, this.etc]) {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true });
    }
  }

  /** Puts the files where they belong: resources first, the descriptor last. Replaces what is there. `aged`: with the times
   *  of long ago, as some packages have them. */
  install({ file, descriptor, resources = {}, settings }: Plugin, { aged = false } = {}): void {
    const folder = join(this.data, `${file}-resources`);
    rmSync(folder, { recursive: true, force: true });
    if (typeof resources === "string") symlinkSync(resources, folder);
    else {
      mkdirSync(folder);
      for (const [name, text] of Object.entries(resources)) this.#write(join(folder, name), text);
    }
    if (settings !== undefined) this.configure(file, settings);
    this.#write(join(this.data, `${file}.json`), descriptor);
    if (aged) utimesSync(join(this.data, `${file}.json`), 1, 1);
  }

  configure(file: string, settings: object | string): void {
    this.#write(join(this.etc, `${file}-config.json`), settings);
  }

  unconfigure(file: string): void {
    rmSync(join(this.etc, `${file}-config.json`));
  }

  remove(file: string): void {
    for (const name of [`${file}.json`, `${file}-resources`]) rmSync(join(this.data, name), { recursive: true });
  }

  get installed(): string[] {
    return readdirSync(this.data);
  }

  /** Each file newer than the one before, by seconds: a clock that nobody has to wait for. */
  #write(path: string, content: object | string): void {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    this.#clock += 1;
    utimesSync(path, this.#clock, this.#clock);
  }
}

/** A plug-in of one page with a script in it. `api` in the script is its own. */
export function scripted(name: string, script: string, { lazyLoad = true, order = undefined as number | undefined, config = {} } = {}): Plugin {
  return {
    file: name,
    descriptor: { name, url: `plugin/${name}/plugin.html`, resourcePath: `${name}-resources`, lazyLoad, config },
    resources: {
      "plugin.html": `<!doctype html><meta charset="utf-8"><title>${name}</title><script>
const api = parent.pluginApi(${JSON.stringify(name)});
${script}
</script>`,
      "place.html": `<!doctype html><meta charset="utf-8"><title>${name}</title><h1>The place of ${name}</h1><a href="#here">A link</a>`,
    },
    ...(order !== undefined && { settings: { order } }),
  };
}

const addsPlace = (name: string, label: string, priority: number) =>
  `api.addPrimaryMenuPlace(${JSON.stringify(label)}, ${JSON.stringify(name)}, "plugin/${name}/place.html", { priority: ${priority}, icon: "fa-bolt" });`;

/** Adds its place as soon as it may, in the way of oVirt's own dashboard, which comes as a plug-in too. */
export const dashboard: Plugin = scripted("dashboard", `api.register({ UiInit() { ${addsPlace("dashboard", "Dashboard", -1)} } }); api.ready();`, {
  lazyLoad: false,
  order: 1,
});

/** Adds its place before ours: it is loaded first. */
export const early: Plugin = scripted("early", `api.register({ UiInit() { ${addsPlace("early", "Early", 2)} } }); api.ready();`, { lazyLoad: false, order: 2 });

/** Adds its place after ours: nobody waits for it, and it takes its time. */
export const late: Plugin = scripted("late", `setTimeout(() => { api.register({ UserLogin() { setTimeout(() => { ${addsPlace("late", "Late", 99)} }, 50); } }); api.ready(); }, 50);`, {
  order: 1000,
});

/** Lets an exception out at its start. */
export const throwing: Plugin = scripted("throwing", `api.register({ UiInit() { throw new Error("not my day"); } }); api.ready();`, { lazyLoad: false, order: 3 });

/** Lets an exception out at every event, and lets messages of anybody come. */
export const throwingLater: Plugin = scripted(
  "throwing-later",
  `const fail = () => { throw new Error("nor tomorrow"); };
api.options({ allowedMessageOrigins: "*" });
api.register({ UserLogin: fail, MessageReceived: fail });
api.ready();`,
  { order: 4 },
);

/** Never gets ready. */
export const neverReady: Plugin = scripted("never-ready", "api.register({ UiInit() {} });", { order: 5 });

/** All of them, in no good order. */
export const neighbours: Plugin[] = [late, throwingLater, neverReady, early, dashboard, throwing];
