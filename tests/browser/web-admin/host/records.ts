// What plug-ins made the web admin do, for tests to look at.

export type Call = { plugin: string; name: string };

export class Records {
  /** Every call of the API, in order. */
  readonly calls: Call[] = [];
  /** Calls that the state of their plug-in did not allow: they did nothing. */
  readonly blocked: Call[] = [];
  readonly toasts: { type: string; text: string }[] = [];
  readonly alerts: { type: string; text: string; autoHideMs: number }[] = [];
  readonly dialogs: { title: string; token: string; url: string; open: boolean }[] = [];
  readonly searches: string[] = [];
  readonly fatal: string[] = [];
  /** The client's log: what plug-ins wrote by `logger()`, and what the web admin has to say about them. */
  readonly log: { level: "info" | "warning" | "severe"; text: string }[] = [];
  /** Tokens of revealed places, in order. */
  readonly revealed: string[] = [];
}
