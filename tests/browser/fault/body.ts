// Answers with status 200 that are something else, or are written otherwise.
import { expect } from "@playwright/test";
import { answers, changed, html, htmlPage, json } from "./acts.ts";
import { type Headers, requests } from "./proxy.ts";
import { live, type Part, type Row, stale } from "./row.ts";

const unreadable = stale("The engine's answer cannot be read.");

/** What has come is shown, and what has not come is not removed. */
const brokenOff: Part = async ({ alert, app, lasting, mood }) => {
  await expect(alert).toHaveText("The list of jobs broke off. What came of it is shown; nothing was removed.");
  await expect(mood).toHaveText("Not live");
  await expect(app.row(lasting)).toBeVisible();
};

/** Something else in place of what was asked for. */
const other = (name: string, body: string, headers: Headers = json): Row => ({
  name,
  does: answers(200, body, headers),
  page: unreadable,
});

/** The list of jobs, written otherwise. */
const list = (name: string, change: (text: string) => string | Buffer, page = unreadable, headers: Headers = {}): Row => ({
  name,
  does: changed((body) => change(body.toString()), headers),
  to: requests.list,
  page,
});

const asItIs = (text: string): string => text;

export const bodies: Row[] = [
  { ...other("a page with status 200", htmlPage, html), throughConnect: unreadable },
  { ...other("nothing with status 200", ""), throughConnect: unreadable },
  { name: "no content (204)", does: answers(204, "", { "content-length": undefined }), page: unreadable, throughConnect: unreadable },
  other("white space", " \n\t "),
  other("a list", "[]"),
  other("a text", '"job"'),
  other("a number", "42"),
  other("null", "null"),
  other("a fault with status 200", JSON.stringify({ fault: { detail: "[no]", reason: "Operation Failed" } })),
  other("a refused log-in with status 200", JSON.stringify({ error: "invalid_grant" })),
  other("the message of a proxy with status 200", JSON.stringify({ message: "Maintenance", code: 7 })),
  other("XML", '<?xml version="1.0"?><jobs/>', { "content-type": "application/xml" }),
  other("jobs that are a text", '{"job":"none"}'),
  other("a number that is none", '{"job":[],"total":NaN}'),
  other("lists in lists, 100,000 deep", `{"job":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
  other("objects in objects, 100,000 deep", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`),
  other("20 MB of one letter", "x".repeat(20_000_000)),
  list("the list breaks off in its first job", (text) => text.slice(0, 40)),
  list("the list breaks off in its last job", (text) => text.slice(0, -40), brokenOff),
  list("the list and something behind it", (text) => `${text}<!-- proxy -->`),
  list("the list twice", (text) => text + text),
  list("the list in a call", (text) => `callback(${text})`),
  list("UTF-16", (text) => Buffer.from(`\ufeff${text}`, "utf16le"), unreadable, { "content-type": "application/json; charset=utf-16" }),
  list("Latin-1", (text) => Buffer.from(text.replace("Runs", "R\u00fcns"), "latin1"), unreadable, { "content-type": "application/json; charset=iso-8859-1" }),
  list("bytes that are no UTF-8", (text) => Buffer.from(text.replace("Runs", "R\u00c3(ns"), "latin1")),
  list("a byte order mark", (text) => `\ufeff${text}`, live()),
  list("the list as a page", asItIs, live(), html),
  list("the list in an unknown encoding that changes nothing", asItIs, live(), { "content-encoding": "x-none" }),
];
