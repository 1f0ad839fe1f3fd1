// A text is typed in the search.
/** @import { Visit } from "../visit.mjs" */
import { JOB_ROW, press } from "../candidates.mjs";

export const SIZES = [
  { jobs: 10_000, steps: 10 },
  // It shows the cost of a frame with few rows on this machine.
  { jobs: 100, steps: 10 },
];

/** A letter that matches nearly all rows, then words that match few or many rows. */
const TYPED = "a backup 4321 running";

/**
 * Returns the milliseconds from each key to the end of the frame that shows the letter, and to the end of the frame with the matches.
 * @param {Visit} visit
 */
export async function measureTyping({ page, candidate, engine, url }) {
  await candidate.prepare(page, url);
  await candidate.begin(page, url);
  await page.locator(JOB_ROW).first().waitFor();
  const { jobs, steps } = engine.size;
  await page.getByRole("contentinfo").getByText(`${(jobs * steps).toLocaleString("en-GB")} steps`).waitFor();
  await press(page, "Pause refresh");
  await page.evaluate(noteKeys);
  await page.getByRole("searchbox").focus();
  for (const [key, letter] of [...TYPED].entries()) {
    await page.keyboard.press(letter);
    await page.waitForFunction((keys) => /** @type {any} */ (window).bench.took.length > keys, key);
  }
  return page.evaluate(() => /** @type {{ shown: number, found: number }[]} */ (/** @type {any} */ (window).bench.took));
}

/** Runs in the page. */
function noteKeys() {
  const { bench } = /** @type {any} */ (window);
  /** @type {{ shown: number, found: number }[]} */
  bench.took = [];
  let pressed = 0;
  addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  addEventListener(
    "input",
    async () => {
      const since = pressed;
      await bench.frame();
      const shown = performance.now() - since;
      // The page searches in a timer that it sets in the frame.
      await new Promise((done) => setTimeout(done));
      await bench.frame();
      bench.took.push({ shown, found: performance.now() - since });
    },
    true,
  );
}
