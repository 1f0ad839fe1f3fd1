// What plug-ins made the web admin do, for tests to look at.

export type Call = { plugin: string; name: string };

export class Records {
  /** Every call of the API, in order. */
  readonly calls: Call[] = [];
  /** Calls that did nothing because of the plug-in's state. */
  readonly blocked: Call[] = [];
  readonly searches: string[] = [];
  readonly fatal: string[] = [];
  /** The client's log: what plug-ins wrote by `logger()`, and what the web admin wrote about them. */
  readonly log: { level: "info" | "warning" | "severe"; text: string }[] = [];
  /** The tokens of revealed places, in order. */
  readonly revealed: string[] = [];
}
