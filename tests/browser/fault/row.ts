// A row of the tables of faults: what a fault does, what the page says meanwhile, and how it recovers.
import { expect } from "@playwright/test";
import { type Act, requests } from "./proxy.ts";
import type { Stand } from "./stand.ts";

/** A check of the page, or something that is done to it. */
export type Part = (stand: Stand) => Promise<void>;

export type Row = {
  /** What is wrong: "the connection is reset in the body". */
  name: string;
  /** What happens to each request while the fault lasts. */
  does?: Act;
  /** To which requests. Without it, to all that go to the engine. */
  to?: RegExp;
  /** What happens at the beginning and at the end of the fault, if it is not about single requests. */
  begins?: Part;
  ends?: Part;
  /** What the page says meanwhile. */
  page: Part;
  /** The same if `jobs-engine connect` is in between. Rows without it are not tried there. */
  throughConnect?: Part;
  /** What the user must do after the fault. Without it, nothing. */
  user?: Part;
  /** In how many seconds the page must be right again. Without it, in 10. */
  within?: number;
  /** For how many seconds the page must not ask again, as the engine has advised. */
  notBefore?: number;
};

/** The page keeps what it has, and says that it is old and why. */
export const stale = (why: string | RegExp): Part => async ({ alert, app, fresh, lasting, mood }) => {
  await expect(alert).toHaveText(why);
  await expect(mood).toHaveText("Not live");
  await expect(app.row(lasting)).toBeVisible();
  await expect(app.row("Outer")).toBeVisible();
  await expect(app.row(fresh)).toHaveCount(0);
};

/** The page shows the present list all the same, and whatever the checks say. */
export const live = (...checks: Part[]): Part => async (stand) => {
  const { alert, app, fresh, mood } = stand;
  await expect(app.row(fresh)).toHaveCount(1);
  await expect(mood).toHaveText("Live");
  await expect(alert).toHaveCount(0);
  for (const check of checks) await check(stand);
};

/** These rows are there, each once. */
export const rows = (...names: string[]): Part => async ({ app }) => {
  for (const name of names) await expect(app.row(name)).toHaveCount(1);
};

/** The row of the job that was just added says this. */
export const freshSays = (words: string | RegExp): Part => ({ app, fresh }) => expect(app.row(fresh)).toContainText(words);

/** The bar below the list says this. */
export const footSays = (words: string | RegExp): Part => ({ foot }) => expect(foot).toContainText(words);

/** The session has ended: the data stays, greyed, behind the log-in. */
export const loggedOut: Part = async ({ app, lasting, logInAgain, page }) => {
  await expect(logInAgain).toBeVisible();
  await expect(page.locator(".page")).toHaveClass(/stale/);
  await expect(app.row(lasting)).toBeVisible();
};

/** After so many seconds without an answer. */
export const after = (seconds: number, then: Part): Part => async (stand) => {
  await stand.met();
  await stand.pass(seconds);
  await then(stand);
};

/** Carries out a row. */
export async function carryOut(row: Row, page: Part, stand: Stand): Promise<void> {
  const { proxy } = stand;
  // The steps of the row before may be on their way.
  await stand.idle();
  await stand.addFresh();
  await row.begins?.(stand);
  if (row.does) proxy.begin(row.to ?? requests.all, row.does);
  await stand.ask();
  await page(stand);
  await nothingIsLost(stand);
  proxy.end();
  await row.ends?.(stand);
  await row.user?.(stand);
  await stand.recovers(row.within ?? 10, row.notBefore ?? 0);
  await nothingIsLost(stand);
  expect(stand.noise.unexpected, "what the page said on the console").toEqual([]);
  await stand.endFresh();
}

async function nothingIsLost({ page, typed }: Stand): Promise<void> {
  await expect(page.locator(".crash")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue(typed);
}
