// Which plug-ins there are: the descriptors and the admin's files, read as the engine reads them (rules.ts says where).
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

type Node = Record<string, unknown>;

/** A descriptor with what the admin's file says about it. */
export type PluginData = {
  name: string;
  url: string;
  resourcePath: string | undefined;
  lazyLoad: boolean;
  enabled: boolean;
  order: number;
  config: Node;
};

/** What the host page is told of a plug-in. */
export type PluginDefinition = Pick<PluginData, "name" | "url" | "config" | "lazyLoad" | "enabled">;

type Read = { descriptor: Node; descriptorTime: number; settings: Node; settingsTime: number };

const MISSING = -1;
const LAST = 2 ** 31 - 1;

type Check = { file: keyof Pick<Read, "descriptor" | "settings">; member: string; is(value: unknown): boolean; required?: true };

/** What a member must be where it stands. */
const checks: Check[] = [
  { file: "descriptor", member: "name", is: isText, required: true },
  { file: "descriptor", member: "url", is: isText, required: true },
  { file: "descriptor", member: "config", is: isObject },
  { file: "descriptor", member: "resourcePath", is: isText },
  { file: "descriptor", member: "lazyLoad", is: isBoolean },
  { file: "settings", member: "config", is: isObject },
  { file: "settings", member: "enabled", is: isBoolean },
  { file: "settings", member: "order", is: Number.isInteger },
];

/** The engine's memory of two directories: descriptors in `data`, the admin's files in `etc`. */
export class Descriptors {
  readonly #data: string;
  readonly #etc: string;
  readonly #read = new Map<string, Read>();
  /** What the engine wrote into its log. */
  readonly log: string[] = [];

  constructor(data: string, etc: string) {
    this.#data = data;
    this.#etc = etc;
  }

  /** Looks at the directories again. The engine does so when it serves the host page, and at no other time. */
  reload(): void {
    const names = readdirSync(this.#data).filter((name) => isReadableJson(join(this.#data, name)));
    for (const name of names) this.#reloadOne(name);
    for (const name of this.#read.keys()) if (!existsSync(join(this.#data, name))) this.#read.delete(name);
  }

  /** All that are known now, in the order in which they are loaded. */
  get all(): PluginData[] {
    return [...this.#read.values()].map(pluginData).sort((one, other) => one.order - other.order);
  }

  get definitions(): PluginDefinition[] {
    return this.all.map(({ name, url, config, lazyLoad, enabled }) => ({ name, url, config, lazyLoad, enabled }));
  }

  #reloadOne(name: string): void {
    const [file, settingsFile] = [join(this.#data, name), join(this.#etc, name.replaceAll(".json", "-config.json"))];
    const descriptorTime = statSync(file).mtimeMs;
    const settingsTime = isReadableJson(settingsFile) ? statSync(settingsFile).mtimeMs : MISSING;
    const known = this.#read.get(name);
    const newDescriptor = !known || descriptorTime > known.descriptorTime;
    const gone = settingsTime === MISSING && known?.settingsTime !== MISSING;
    if (!newDescriptor && !gone && settingsTime <= (known?.settingsTime ?? MISSING)) return;
    const descriptor = newDescriptor ? this.#parse(file) : known.descriptor;
    if (descriptor === undefined) return;
    const settings = (settingsTime === MISSING ? undefined : this.#parse(settingsFile)) ?? {};
    const read = { descriptor, descriptorTime, settings, settingsTime };
    // What is wrong is not taken; what was known before stays.
    if (this.#isValid(name, read)) this.#read.set(name, read);
  }

  #isValid(name: string, read: Read): boolean {
    const wrong = checks.filter(({ file, member, is, required }) =>
      member in read[file] ? !is(read[file][member]) : required === true,
    );
    for (const { file, member } of wrong) this.log.push(`Validation error in '${name}': ${file}: ${member}`);
    return wrong.length === 0;
  }

  #parse(file: string): Node | undefined {
    try {
      return JSON.parse(withoutComments(readFileSync(file, "utf8"))) as Node;
    } catch (error) {
      this.log.push(`Cannot read/parse JSON file '${file}': ${String(error)}`);
      return undefined;
    }
  }
}

function pluginData({ descriptor, settings }: Read): PluginData {
  const { name, url, resourcePath, lazyLoad = true, config } = descriptor;
  return {
    name: name as string,
    url: url as string,
    resourcePath: resourcePath as string | undefined,
    lazyLoad: lazyLoad as boolean,
    enabled: (settings.enabled ?? true) as boolean,
    order: (settings.order ?? LAST) as number,
    // One level deep: a member of the admin's takes the place of the whole member.
    config: { ...(config as Node | undefined), ...(settings.config as Node | undefined) },
  };
}

function withoutComments(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? part : " "));
}

function isReadableJson(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return file.endsWith(".json") && statSync(file).isFile();
  } catch {
    return false;
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}
