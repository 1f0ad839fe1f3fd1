// Which plug-ins there are: the descriptors and the admin's files, read as the engine reads them.
// Sources: PluginData.java and PluginDataManager.java in oVirt's frontend/webadmin/modules/frontend.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Settings = { config?: object; enabled?: boolean; order?: number };
type Descriptor = { name: string; url: string; resourcePath?: string; lazyLoad?: boolean; config?: object };

/** A descriptor with what the admin's file says about it. */
export type PluginData = {
  name: string;
  url: string;
  resourcePath: string | undefined;
  lazyLoad: boolean;
  enabled: boolean;
  order: number;
  config: object;
};

/** What the host page is told of a plug-in. */
export type PluginDefinition = Pick<PluginData, "name" | "url" | "config" | "lazyLoad" | "enabled">;

/** All plug-ins in the order in which they are loaded. `data` has the descriptors, `etc` the admin's files. */
export function readPlugins(data: string, etc: string): PluginData[] {
  const names = readdirSync(data).filter((name) => name.endsWith(".json"));
  return names.map((name) => readPlugin(data, etc, name)).sort((one, other) => one.order - other.order);
}

export function definition({ name, url, config, lazyLoad, enabled }: PluginData): PluginDefinition {
  return { name, url, config, lazyLoad, enabled };
}

function readPlugin(data: string, etc: string, file: string): PluginData {
  const settingsFile = join(etc, file.replace(".json", "-config.json"));
  const descriptor = read(join(data, file)) as Descriptor;
  const settings = (existsSync(settingsFile) ? read(settingsFile) : {}) as Settings;
  return {
    name: descriptor.name,
    url: descriptor.url,
    resourcePath: descriptor.resourcePath,
    lazyLoad: descriptor.lazyLoad ?? true,
    enabled: settings.enabled ?? true,
    order: settings.order ?? 2 ** 31 - 1,
    // One level deep: a member in the admin's file replaces the whole member.
    config: { ...descriptor.config, ...settings.config },
  };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
