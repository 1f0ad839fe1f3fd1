// Plug-ins on the engine's machine: the directories for packages and admins, and the plug-ins of other vendors.
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A plug-in as its package brings it. */
export type Plugin = {
  /** The descriptor's name without `.json`. */
  file: string;
  descriptor: object | string;
  /** Files by name, or the folder that has them. */
  resources: Record<string, string> | string;
  /** What the admin wrote into `FILE-config.json`. */
  settings?: object;
};

export class PluginFiles {
  readonly folder: string;

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

  install({ file, descriptor, resources, settings }: Plugin): void {
    const folder = join(this.data, `${file}-resources`);
    if (typeof resources === "string") symlinkSync(resources, folder);
    else {
      mkdirSync(folder);
      for (const [name, text] of Object.entries(resources)) writeFileSync(join(folder, name), text);
    }
    if (settings) writeFileSync(join(this.etc, `${file}-config.json`), JSON.stringify(settings));
    writeFileSync(join(this.data, `${file}.json`), typeof descriptor === "string" ? descriptor : JSON.stringify(descriptor));
  }

  get installed(): string[] {
    return readdirSync(this.data);
  }
}

/** A plug-in of one page with a script in it. The script's `api` is its own. */
function scripted(name: string, script: string, { lazyLoad = true, order = undefined as number | undefined } = {}): Plugin {
  return {
    file: name,
    descriptor: { name, url: `plugin/${name}/plugin.html`, resourcePath: `${name}-resources`, lazyLoad },
    resources: {
      "plugin.html": `<!doctype html><meta charset="utf-8"><title>${name}</title><script>
const api = parent.pluginApi(${JSON.stringify(name)});
${script}
</script>`,
      "place.html": `<!doctype html><meta charset="utf-8"><title>${name}</title><h1>The place of ${name}</h1>`,
    },
    ...(order !== undefined && { settings: { order } }),
  };
}

const addsPlace = (name: string, label: string, priority: number) =>
  `api.addPrimaryMenuPlace(${JSON.stringify(label)}, ${JSON.stringify(name)}, "plugin/${name}/place.html", { priority: ${priority}, icon: "fa-bolt" });`;

/** Adds its place as soon as it may, as oVirt's own dashboard does, which is a plug-in too. */
export const dashboard: Plugin = scripted("dashboard", `api.register({ UiInit() { ${addsPlace("dashboard", "Dashboard", -1)} } }); api.ready();`, {
  lazyLoad: false,
  order: 1,
});

/** Adds its place after ours. */
const late = scripted("late", `setTimeout(() => { api.register({ UserLogin() { setTimeout(() => { ${addsPlace("late", "Late", 99)} }, 50); } }); api.ready(); }, 50);`, {
  order: 1000,
});

/** Throws at its start. */
const throwing = scripted("throwing", `api.register({ UiInit() { throw new Error("a fault at the start"); } }); api.ready();`, { lazyLoad: false, order: 3 });

/** Throws at the log-in. */
const throwingLater = scripted("throwing-later", `api.register({ UserLogin() { throw new Error("a fault at the log-in"); } }); api.ready();`, { order: 4 });

/** Never gets ready. */
const neverReady = scripted("never-ready", "api.register({ UiInit() {} });", { order: 5 });

/** Other vendors' plug-ins, good and bad. */
export const neighbours: Plugin[] = [late, throwingLater, neverReady, dashboard, throwing];
