// Faults of order and time, of sessions, and of what is behind the address.
import { expect } from "@playwright/test";
import { headed, late } from "./acts.ts";
import { type Act, requests } from "./proxy.ts";
import { after, footSays, live, loggedOut, type Part, type Row, rows, stale } from "./row.ts";

const HOUR = 3_600_000;

/** The engine's clock is so far ahead of the true time. */
const clock = (ahead: number): Act => headed(() => ({ date: new Date(Date.now() + ahead).toUTCString() }));

/** The page asks so often: it believes a new clock once it is that of most answers. */
const polls = (count: number): Part => async (stand) => {
  for (let poll = 0; poll < count; poll += 1) await stand.asks();
};

const inTurn = (...parts: Part[]): Part => async (stand) => {
  for (const part of parts) await part(stand);
};

const logIn: Part = (stand) => stand.logIn();

const waiting: Part = async ({ app, lasting, mood }) => {
  await expect(mood).toHaveText("Waiting…");
  await expect(app.row(lasting)).toBeVisible();
};

export const times: Row[] = [
  { name: "a late answer", to: requests.list, does: late, page: after(6, waiting) },
  { name: "an answer after the page has given up", to: requests.list, does: late, page: after(31, stale("The engine did not answer in time.")), within: 61 },
  {
    // The page has added a job, so the list of before must not be shown.
    name: "the list of before comes after the answer to an addition",
    to: requests.list,
    does: late,
    async page(stand) {
      await stand.met();
      const added = await stand.submit();
      stand.proxy.end();
      await stand.idle();
      await rows(added, stand.lasting)(stand);
      await stand.type();
    },
  },
  { name: "the engine's clock is 5 hours ahead", does: clock(5 * HOUR), page: inTurn(polls(5), live(footSays(/Engine clock \+(4 h 5\d|5 h 0\d) m/))) },
  { name: "the engine's clock is 5 hours behind", does: clock(-5 * HOUR), page: inTurn(polls(5), live(footSays(/Engine clock −(4 h 5\d|5 h 0\d) m/))) },
  { name: "the engine's clock is in the year 9999", does: clock(Date.UTC(9999, 0) - Date.now()), page: inTurn(polls(5), live()) },
  { name: "the engine's clock is in 1970", does: clock(-Date.now()), page: inTurn(polls(5), live()) },
  { name: "no date", does: headed(() => ({ date: undefined })), page: live() },
  { name: "a date that is none", does: headed(() => ({ date: "the day before yesterday" })), page: live() },
];

export const sessions: Row[] = [
  { name: "the token is revoked", begins: (stand) => stand.revoke(), page: loggedOut, throughConnect: loggedOut, user: logIn },
  {
    name: "the engine is killed and comes back",
    begins: ({ engine }) => engine.kill(),
    ends: ({ engine }) => engine.serve(),
    page: stale("The engine cannot be reached."),
    throughConnect: stale(/^The engine cannot be reached \(HTTP 502\): http:\S+ closed the connection/),
  },
  {
    name: "another engine is behind the address",
    begins: (stand) => stand.swap("Of another engine"),
    async page(stand) {
      await loggedOut(stand);
      await stand.logIn();
      await expect(stand.app.row("Of another engine")).toBeVisible();
      await expect(stand.app.row(stand.lasting)).toHaveCount(0);
      await expect(stand.mood).toHaveText("Live");
    },
    ends: (stand) => stand.swapBack(),
    async user(stand) {
      await stand.ask();
      await stand.logIn();
    },
  },
];
