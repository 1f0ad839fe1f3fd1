// What a fault can do to an answer, for the tables of faults.
import type { Act, Headers } from "./proxy.ts";

/** An entry of a list as the engine sends it. */
export type Entry = { id: string; description: string; [member: string]: unknown };

export const json = { "content-type": "application/json" };
export const html = { "content-type": "text/html" };
export const htmlPage = "<!doctype html><html><title>Proxy</title><body><h1>Something is wrong</h1></body></html>";

/** A fault as an engine words it. */
export const faultBody = (detail: string): string => JSON.stringify({ detail, reason: "Operation Failed" });

/** This answer in place of the engine's. */
export const answers = (status: number, body: string | Buffer = "", headers: Headers = {}): Act => (exchange) => exchange.answer(status, body, headers);

/** Exactly these bytes, and then the end of the connection. */
export const bytes = (...pieces: (string | Buffer)[]): Act => (exchange) => {
  exchange.bytes(...pieces);
  exchange.hangUp();
};

/** These bytes, and then a reset of the connection. */
export const resets = (...pieces: (string | Buffer)[]): Act => (exchange) => exchange.reset(...pieces);

/** No answer. At the end of the fault, the connection ends. */
export const never: Act = async (exchange) => {
  await exchange.end;
  exchange.hangUp();
};

/** The engine's answer of now, but only when the fault has ended. */
export const late: Act = async (exchange) => {
  const { status, headers, body } = await exchange.ask();
  await exchange.end;
  exchange.answer(status, body, headers);
};

/** The engine's answer with another body, or with other headers. A header that is undefined is left out. */
export const changed = (change: (body: Buffer) => string | Buffer, changes: Headers = {}): Act => async (exchange) => {
  const { status, headers, body } = await exchange.ask();
  exchange.answer(status, change(body), { ...headers, ...changes });
};

/** The engine's answer with other headers. */
export const headed = (changes: () => Headers): Act => async (exchange) => {
  const { status, headers, body } = await exchange.ask();
  exchange.answer(status, body, { ...headers, ...changes() });
};

/** The engine's list of jobs with other entries. */
export const jobs = (change: (jobs: Entry[]) => unknown): Act => changed((body) => JSON.stringify({ job: change(entries(body, "job")) }));

/** The engine's list of the steps of a job with other entries. */
export const steps = (change: (steps: Entry[]) => unknown): Act => changed((body) => JSON.stringify({ step: change(entries(body, "step")) }));

function entries(body: Buffer, member: string): Entry[] {
  return (JSON.parse(body.toString()) as Record<string, Entry[]>)[member] ?? [];
}
