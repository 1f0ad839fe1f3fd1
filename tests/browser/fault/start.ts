// Faults at the start of the page: of its files, of the browser's storage, and of the log-in.
import { answers, html, htmlPage, resets } from "./acts.ts";
import type { Act } from "./proxy.ts";

const missing = answers(404);

/** A file of the page that does not come as it is, and what the page says in place of "Loading…". */
export const files: { name: string; file: RegExp; does: Act; says: string }[] = [
  { name: "the program is missing", file: /\.wasm$/, does: missing, says: "A file of this page could not be loaded: the server answered 404." },
  { name: "the program comes with an error", file: /\.wasm$/, does: answers(503, htmlPage, html), says: "A file of this page could not be loaded: the server answered 503." },
  { name: "the program does not come", file: /\.wasm$/, does: resets(), says: "A file of this page could not be loaded." },
  { name: "the program breaks off", file: /\.wasm$/, does: resets("HTTP/1.1 200 OK\r\ncontent-type: application/wasm\r\ncontent-length: 100000\r\n\r\n\0asm\u0001\0\0\0"), says: "A file of this page could not be loaded." },
  { name: "a page in place of the program", file: /\.wasm$/, does: answers(200, htmlPage, html), says: "This page could not start." },
  { name: "the program's script is missing", file: /task-monitor-\w+\.js$/, does: missing, says: "A file of this page could not be loaded." },
  { name: "a page in place of the program's script", file: /task-monitor-\w+\.js$/, does: answers(200, htmlPage, html), says: "A file of this page could not be loaded." },
  { name: "the styles are missing", file: /app-\w+\.css$/, does: missing, says: "A file of this page could not be loaded." },
  { name: "the styles of the first moment are missing", file: /shell-\w+\.css$/, does: missing, says: "A file of this page could not be loaded." },
  { name: "a page in place of the styles", file: /app-\w+\.css$/, does: answers(200, htmlPage, html), says: "A file of this page could not be loaded." },
];

/** What the browser's storage does in place of storing. Each runs in the page before the program. */
export const storages: { name: string; does: () => void }[] = [
  {
    name: "storage is full",
    does: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
  },
  {
    name: "storage is forbidden",
    does: () => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException("forbidden", "SecurityError");
          },
        });
      }
    },
  },
  {
    name: "there is no storage",
    does: () => {
      for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { value: null });
    },
  },
  {
    name: "storage holds what nobody stored",
    does: () => {
      Storage.prototype.getItem = () => "\u0000{]\n#/jobs/nonsense?sort=&&&\n-1";
    },
  },
];

const token = (value: unknown): Act => answers(200, JSON.stringify({ access_token: value, token_type: "bearer" }), { "content-type": "application/json" });
const unreadable = "The engine's answer cannot be read.";
const unusable = "The engine gave a token with characters that cannot be sent, so nobody can log in with it.";

/** What comes in place of a token, and what the log-in says. */
export const logIns: { name: string; does: Act; says: string | RegExp }[] = [
  { name: "the connection is reset", does: resets(), says: "The engine cannot be reached." },
  { name: "a page with status 200", does: answers(200, htmlPage, html), says: unreadable },
  { name: "nothing with status 200", does: answers(200), says: unreadable },
  { name: "a redirect", does: answers(302, "", { location: "https://sso.example.com/log-in" }), says: /^The engine, or a proxy before it, sent the page to another address\./ },
  { name: "a page with status 400", does: answers(400, htmlPage, html), says: "The log-in was refused." },
  { name: "a page with status 429 and advice", does: answers(429, htmlPage, { ...html, "retry-after": "3" }), says: "The engine, or a proxy before it, asks for fewer requests (HTTP 429). Try again in 3 s." },
  { name: "a page with status 503", does: answers(503, htmlPage, html), says: "The engine reported an error (HTTP 503)." },
  { name: "a token that is a number", does: token(7), says: unreadable },
  { name: "an empty token", does: token(""), says: unreadable },
  { name: "a token with a line break", does: token("a\r\nb"), says: unusable },
  { name: "a token beyond ASCII", does: token("t\u00f6ken\ud83d\ude00"), says: unusable },
];
