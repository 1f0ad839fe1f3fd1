// Answers that are no success, with and without an engine's words, a proxy's page, and advice.
import { answers, faultBody, html, htmlPage, json } from "./acts.ts";
import type { Headers } from "./proxy.ts";
import { loggedOut, type Part, type Row, stale } from "./row.ts";

const words = "Somebody pulled the plug.";

const bodies = {
  nothing: { text: "", type: {} },
  "a fault": { text: faultBody(`[${words}]`), type: json },
  "a page": { text: htmlPage, type: html },
};

type More = Pick<Row, "within" | "notBefore" | "user"> & { retryAfter?: string; passesConnect?: boolean };

/** A status, and what the page says: these words, or whatever the part checks. */
function status(code: number, body: keyof typeof bodies, says: string | Part, more: More = {}): Row {
  const { retryAfter, passesConnect = false, ...rest } = more;
  const advice: Headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  const { text, type } = bodies[body];
  const page = typeof says === "string" ? stale(says) : says;
  return {
    name: `${code} with ${body}${retryAfter === undefined ? "" : ` and Retry-After: ${retryAfter}`}`,
    does: answers(code, text, { ...type, ...advice }),
    page,
    ...(passesConnect && { throughConnect: page }),
    ...rest,
  };
}

const refused = "The engine refused this and gave no reason.";
const noEngine = "There is no engine at this address (HTTP 404). It may be starting.";
const fewer = "The engine, or a proxy before it, asks for fewer requests (HTTP 429)";
const failed = "The engine reported an error";
const user: Part = (stand) => stand.logIn();

export const statuses: Row[] = [
  // The engine has decided, so it is asked only once a minute.
  status(400, "a fault", words, { within: 61 }),
  status(401, "nothing", loggedOut, { user }),
  status(401, "a page", loggedOut, { user, passesConnect: true }),
  status(403, "a fault", words, { within: 61 }),
  status(403, "a page", "You are not allowed to do this."),
  status(404, "nothing", noEngine),
  status(404, "a page", noEngine, { passesConnect: true }),
  status(405, "a page", refused),
  // Only a proxy that the browser knows may ask for this, so browsers take it for a fault of HTTP.
  status(407, "nothing", "The engine cannot be reached.", { passesConnect: true }),
  status(408, "nothing", "The request did not arrive in time (HTTP 408)."),
  status(409, "a fault", words),
  status(413, "a page", refused),
  status(421, "nothing", refused),
  status(425, "nothing", "The engine, or a proxy before it, asks to try again later (HTTP 425).", { retryAfter: "2", notBefore: 2 }),
  status(429, "nothing", `${fewer}.`),
  status(429, "a page", `${fewer}.`, { retryAfter: "3", notBefore: 3, passesConnect: true }),
  status(429, "a fault", `${fewer}: ${words}`, { retryAfter: "tomorrow" }),
  status(431, "a page", refused),
  status(451, "a page", refused),
  status(500, "nothing", `${failed} (HTTP 500).`),
  status(500, "a fault", `${failed} (HTTP 500): ${words}`),
  status(502, "a page", "The engine cannot be reached (HTTP 502)."),
  status(503, "nothing", `${failed} (HTTP 503).`),
  status(503, "a page", `${failed} (HTTP 503).`, { retryAfter: "4", notBefore: 4, passesConnect: true }),
  status(503, "a fault", `${failed} (HTTP 503): ${words}`, { retryAfter: "-1" }),
  status(504, "a page", "The engine did not answer in time (HTTP 504).", { passesConnect: true }),
  status(507, "a fault", `${failed} (HTTP 507): ${words}`, { retryAfter: "1", notBefore: 1 }),
  status(599, "nothing", `${failed} (HTTP 599).`),
];

const elsewhere = stale(/^The engine, or a proxy before it, sent the page to another address\./);

/** A redirect. `jobs-engine connect` says where to. */
function redirect(code: number, to: string, location: string | undefined, named: string): Row {
  return {
    name: `${code} ${to}`,
    does: answers(code, "", { location }),
    page: elsewhere,
    throughConnect: stale(new RegExp(`^The engine cannot be reached \\(HTTP 502\\): http:\\S+ redirects to ${named}\\. Give jobs-engine connect`)),
  };
}

export const redirects: Row[] = [
  redirect(302, "to a log-in elsewhere", "https://sso.example.com/log-in?state=secret", "https://sso\\.example\\.com/log-in"),
  redirect(303, "to a log-in here", "/ovirt-engine/login?state=secret", "/ovirt-engine/login"),
  redirect(307, "to itself", "/ovirt-engine/api/jobs", "/ovirt-engine/api/jobs"),
  redirect(301, "to nowhere", undefined, "no address"),
  { name: "304 to a question that was not asked", does: answers(304), page: elsewhere, throughConnect: elsewhere },
];
