// What measures in the page itself. It is the same in all candidates.
/** @import { Page } from "@playwright/test" */

/** A key or a click has reached the page. */
export const PRESSED = "bench: pressed";

/**
 * Before anything of the page runs.
 * @param {Page} page
 */
export async function instrument(page) {
  await page.addInitScript((pressed) => {
    // A message that is posted before a frame is painted arrives after it.
    const painted = () =>
      new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(undefined);
      });
    const bench = {
      /** Ends with the next frame. Returns when that frame began. */
      async frame() {
        const begun = await new Promise(requestAnimationFrame);
        await painted();
        return begun;
      },
      /**
       * Marks the end of the first frame that shows such an element.
       * @param {string} selector
       * @param {string} name
       */
      async markWhenPainted(selector, name) {
        do await new Promise(requestAnimationFrame);
        while (!document.querySelector(selector));
        await painted();
        performance.mark(name);
        console.debug(name);
      },
    };
    Object.assign(window, { bench });
    for (const event of ["keydown", "click"]) addEventListener(event, () => performance.mark(pressed), true);
  }, PRESSED);
}

/**
 * Marks the end of the first frame that shows such an element, in this document and in those that follow.
 * @param {Page} page
 * @param {string} selector
 * @param {string} name
 */
export async function markInEveryDocument(page, selector, name) {
  await page.addInitScript(([selector = "", name]) => /** @type {any} */ (window).bench.markWhenPainted(selector, name), [selector, name]);
}

/**
 * Marks the end of the next frame that shows such an element. Returns at once; {@link marked} waits for it.
 * @param {Page} page
 * @param {string} selector
 * @param {string} name
 */
export async function markNext(page, selector, name) {
  await page.evaluate(([selector = "", name]) => void (/** @type {any} */ (window).bench.markWhenPainted(selector, name)), [selector, name]);
}

/**
 * Waits for a mark without any work in the page.
 * @param {Page} page
 * @param {string} name
 */
export function marked(page, name) {
  return page.waitForEvent("console", { predicate: (message) => message.text() === name });
}
