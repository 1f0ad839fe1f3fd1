// What is compared: our page and its peers, and how each is used. The peers' buttons have the names that ours have.
/** @import { Page } from "@playwright/test" */

/**
 * @typedef {{
 *   name: string,
 *   path: string,
 *   prepare: (page: Page, url: string) => Promise<unknown>,
 *   begin: (page: Page, url: string) => Promise<unknown>,
 *   expandAll: (page: Page) => Promise<unknown>,
 * }} Candidate `prepare` goes as far as possible without a request for the list; `begin` makes the page ask for it.
 */

/** @type {Omit<Candidate, "name" | "path">} */
const peer = {
  prepare: async () => {},
  begin: (page, url) => page.goto(url),
  expandAll: (page) => press(page, "Expand all"),
};

/** @type {Candidate} */
export const ours = {
  name: "Task Monitor",
  path: "/",
  async prepare(page, url) {
    await page.goto(url);
    await logInView(page).waitFor();
    await page.getByLabel("User name").fill("admin@internal");
    await page.getByLabel("Password").fill("any");
  },
  begin: (page) => logInView(page).click(),
  async expandAll(page) {
    await page.getByRole("treegrid").getByRole("row").nth(1).focus();
    await page.keyboard.press("*");
  },
};

/** The others are compared with this one. */
export const FLOOR = "vanilla";

/** @type {Candidate[]} */
export const CANDIDATES = [
  { name: FLOOR, path: "/vanilla/", ...peer },
  { name: "TanStack Virtual", path: "/tanstack/", ...peer },
  { name: "Wunderbaum", path: "/wunderbaum/", ...peer },
  ours,
];

/** A row of a job, and a row of a step, in the document of every candidate. */
export const JOB_ROW = '[role="row"][aria-level="1"]';
export const STEP_ROW = '[role="row"][aria-level="2"]';

/** @param {Page} page */
export const logInView = (page) => page.getByRole("button", { name: "Log in" });

/**
 * Presses a button at once. Playwright's own click first looks, in the page, whether the button can be clicked.
 * @param {Page} page
 * @param {string} name
 */
export async function press(page, name) {
  await page.evaluate((name) => {
    const button = [...document.querySelectorAll("button")].find((button) => (button.ariaLabel ?? button.textContent) === name);
    if (!button) throw new Error(`no button "${name}"`);
    button.click();
  }, name);
}
