// Faults of connections and of HTTP itself.
import { gzipSync } from "node:zlib";
import { answers, bytes, changed, json, never, resets } from "./acts.ts";
import { after, live, type Row, stale } from "./row.ts";

const unreachable = stale("The engine cannot be reached.");
const unreadable = stale("The engine's answer cannot be read.");
/** The words of `jobs-engine connect` about an engine that does not answer it. */
const connectSays = (words: string) => stale(new RegExp(`^The engine cannot be reached \\(HTTP 502\\): ${words}: .+\\.$`));
const down = connectSays("No connection to http:\\S+");
const broke = connectSays("http:\\S+ closed the connection without an answer");
const notHttp = connectSays("What http:\\S+ answered is not valid HTTP");

const ok = (...headers: string[]): string => ["HTTP/1.1 200 OK", "content-type: application/json", ...headers, "", ""].join("\r\n");
const part = '{"job":[{"id":"';
const empty = '{"job":[]}';

export const transport: Row[] = [
  { name: "connections are refused", begins: ({ proxy }) => proxy.refuse(), ends: ({ proxy }) => proxy.listen(), page: unreachable, throughConnect: down },
  { name: "connections are closed without a byte", does: (exchange) => exchange.hangUp(), page: unreachable, throughConnect: broke },
  { name: "connections are reset without a byte", does: resets(), page: unreachable, throughConnect: broke },
  { name: "the connection is reset in the headers", does: resets("HTTP/1.1 200 OK\r\ncontent-t"), page: unreachable, throughConnect: broke },
  { name: "the connection is closed in the headers", does: bytes("HTTP/1.1 200 OK\r\ncontent-t"), page: unreadable, throughConnect: broke },
  { name: "the connection is reset in the body", does: resets(ok("content-length: 1000"), part), page: unreachable, throughConnect: unreachable },
  { name: "the body is shorter than announced", does: bytes(ok("content-length: 1000"), part), page: unreachable, throughConnect: unreachable },
  { name: "the body is longer than announced", does: bytes(ok("content-length: 7"), empty), page: unreadable },
  { name: "the last chunk is missing", does: bytes(ok("transfer-encoding: chunked"), "f\r\n", part, "\r\n"), page: unreachable, throughConnect: unreachable },
  { name: "the length of a chunk is no number", does: bytes(ok("transfer-encoding: chunked"), "zz\r\n", part, "\r\n"), page: unreachable, throughConnect: unreachable },
  { name: "two lengths that differ", does: bytes(ok("content-length: 10", "content-length: 11"), empty), page: unreachable, throughConnect: notHttp },
  { name: "another protocol", does: bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n"), page: unreachable, throughConnect: notHttp },
  { name: "a header of 600 KB", does: bytes(ok(`x-long: ${"x".repeat(600_000)}`, "content-length: 10"), empty), page: unreachable, throughConnect: notHttp },
  { name: "a switch of protocols", does: bytes("HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n"), page: stale(/^The engine('s answer cannot be read| cannot be reached)\.$/), throughConnect: notHttp },
  { name: "a gzip with wrong bytes", does: answers(200, gzipSync(empty).fill(0xff, 10, 20), { ...json, "content-encoding": "gzip" }), page: unreachable, throughConnect: unreachable },
  { name: "a gzip that is none", does: answers(200, empty, { ...json, "content-encoding": "gzip" }), page: unreachable, throughConnect: unreachable },
  { name: "a good gzip", does: changed((body) => gzipSync(body), { "content-encoding": "gzip" }), page: live(), throughConnect: live() },
  {
    name: "a hint before the answer",
    async does(exchange) {
      const { status, headers, body } = await exchange.ask();
      exchange.hint();
      exchange.answer(status, body, headers);
    },
    page: live(),
    throughConnect: live(),
  },
  {
    name: "each answer twice",
    async does(exchange) {
      const { body } = await exchange.ask();
      const answer = Buffer.concat([Buffer.from(ok(`content-length: ${body.length}`)), body]);
      exchange.bytes(answer, answer);
    },
    page: live(),
    throughConnect: live(),
  },
  {
    name: "one byte at a time",
    async does(exchange) {
      const { body } = await exchange.ask();
      exchange.bytes(ok(`content-length: ${body.length}`));
      for (const byte of body) {
        await new Promise(setImmediate);
        exchange.bytes(Buffer.of(byte));
      }
      exchange.hangUp();
    },
    page: live(),
    throughConnect: live(),
  },
  {
    name: "no answer",
    does: never,
    page: after(31, stale("The engine did not answer in time.")),
    // Here it waits for three seconds.
    throughConnect: stale(/^The engine did not answer in time \(HTTP 504\): http:\S+ did not begin to answer within 3 seconds\.$/),
    // A slow engine is asked less often.
    within: 61,
  },
  {
    name: "an answer that does not go on",
    does: (exchange) => exchange.bytes(ok("content-length: 1000"), part),
    page: after(31, stale("The engine did not answer in time.")),
    throughConnect: unreachable,
    within: 61,
  },
];
