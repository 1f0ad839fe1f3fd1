// One journey through the page for every browser, and the panel in web admin. What only Chromium is asked is in tests/browser.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { JobsEngine } from "../browser/jobs-engine.ts";
import { taskMonitor, token } from "../browser/web-admin/panel.ts";
import { dashboard } from "../browser/web-admin/plugins.ts";
import { WebAdmin } from "../browser/web-admin/server.ts";
import { actions, after as done, before as forecast } from "../browser/words.ts";
import { plant } from "../browser/world.ts";
import { serveManyJobs } from "./many-jobs.ts";
import { button, Page, row } from "./page.ts";
import type { Tab } from "./tab.ts";

const addJob = { css: ".toolbar button", text: "Add job" };
const dialog = { css: "dialog[open]" };
const heading = (text: string) => ({ css: ".detail h2", text });

export function journeysIn(name: string, start: () => Promise<Tab>): void {
  describe(name, { timeout: 180_000 }, () => {
    let engine: JobsEngine;
    let tab: Tab;
    let page: Page;

    before(async () => {
      [engine, tab] = await Promise.all([JobsEngine.start(), start()]);
      console.log(tab.browser);
      page = new Page(tab);
    });

    after(async () => {
      await tab?.close();
      await engine?.stop();
    });

    const openLoggedIn = async (view = "", url = engine.url): Promise<void> => {
      await page.open(new URL(view, url).href);
      await page.logIn();
      await page.see({ css: ".grid:not([aria-busy])" });
    };

    test("log-in; the tree by keyboard: expand, to the child, to the last row", async () => {
      await plant(engine, "The oldest");
      await plant(engine, "Move the disks", [{ name: "Copy", steps: [{ name: "Verify" }] }]);
      await openLoggedIn();
      await page.see(row("The oldest"));
      await page.focus(row("Move the disks"));
      await page.press("ArrowRight");
      await page.see(row("Copy"));
      await page.press("ArrowDown");
      await page.seeFocusOn("Copy");
      await page.press("ArrowRight", "ArrowDown");
      await page.seeFocusOn("Verify");
      await page.press("End");
      await page.seeFocusOn("The oldest");
      await page.press("Home");
      await page.seeFocusOn("Move the disks");
    });

    test("a job is added and ended as failed, with the consequences that the form named", async () => {
      await openLoggedIn();
      await page.click(addJob);
      await page.fill({ css: "dialog textarea" }, "Nightly backup");
      await page.press("Enter");
      await page.see(heading("Nightly backup"));
      await page.click(button(actions.addStep));
      await page.fill({ css: "dialog textarea" }, "Copy the volumes");
      await page.press("Enter");
      await page.see(heading("Copy the volumes"));

      await page.click(row("Nightly backup"));
      await page.click(button(actions.endJob));
      await page.click({ css: "dialog label", text: "Failed" });
      await page.see(button("End as failed"));
      assert.deepEqual(await page.texts("dialog li"), [forecast.jobEnds("failed"), forecast.runningStep("failed"), forecast.willBeRemoved]);
      await page.click(button("End as failed"));
      await page.miss(dialog);
      await page.see({ css: "[role=status] *", text: `${done.jobEnded("failed")} ${done.runningStep("failed")} ${done.willBeRemoved}` });
      await page.see({ css: ".row.selected .cell-status", text: "Failed" });
    });

    test("Escape closes a dialog, and the focus returns to its button", async () => {
      await openLoggedIn();
      await page.click(addJob);
      await page.see(dialog);
      await page.press("Escape");
      await page.miss(dialog);
      await page.until("the focus on the button", ({ document, find }, addJob) => document.activeElement === find(addJob), addJob);
    });

    test("a link opens a step in the tree and in the detail", async () => {
      const { job, step } = await plant(engine, "Linked", [{ name: "Outer", steps: [{ name: "Inner" }] }]);
      await openLoggedIn(`#/jobs/${job.id}/steps/${step("Inner").id}`);
      await page.see(heading("Inner"));
      await page.until("the row selected", ({ find }, row) => find(row)?.getAttribute("aria-selected") === "true", row("Inner"));
    });

    test("the light and the dark theme", async () => {
      await openLoggedIn();
      const theme = { css: "button[aria-label^=Theme]" };
      for (const background of ["rgb(255, 255, 255)", "rgb(22, 24, 28)"]) {
        await page.click(theme);
        await page.until(background, ({ document }, background) => getComputedStyle(document.body).backgroundColor === background, background);
      }
      await page.click(theme);
    });

    test("the view options open just below their button, and their selects are as high as buttons", async () => {
      await openLoggedIn();
      await page.click({ css: ".view-button" });
      await page.see({ css: ".popover" });
      const { gap, rows, heights } = await page.read(({ document }) => {
        const box = (css: string) => document.querySelector(css)?.getBoundingClientRect() ?? new DOMRect();
        const rows = [...document.querySelectorAll(".popover > *")].map((row) => row.getBoundingClientRect().height);
        const heights = ["select", ".view-button"].map((css) => box(`.toolbar ${css}`).height);
        return { gap: box(".popover").top - box(".view-button").bottom, rows, heights };
      });
      assert.ok(gap >= 0 && gap < 10, `${gap} px below the button`);
      assert.ok(rows.length > 0 && Math.max(...rows) < 40, `rows of ${rows} px`);
      assert.deepEqual(heights, [32, 32]);
      await page.press("Escape");
      await page.miss({ css: ".popover" });
    });

    test("5,000 jobs scroll without a blank row", async () => {
      const many = await serveManyJobs(engine, 5_000);
      try {
        await openLoggedIn("", many.url);
        await page.see({ css: ".grid[aria-rowcount='5001']" });
        await page.see(row("Job number 5000"));
        assert.deepEqual(await page.read(blankWhileScrolling), []);
        await page.see(row("Job number 1"));
      } finally {
        await many.stop();
      }
    });

    test("the panel in web admin: its menu entry, a step, and a link", async () => {
      const webAdmin = await WebAdmin.start(engine);
      const panel = new Page(tab, "#place iframe");
      try {
        webAdmin.install(taskMonitor(), dashboard);
        const { job, step } = await plant(engine, "In the panel", [{ name: "Runs" }]);
        await tab.open(webAdmin.url);
        await page.click({ css: "#menu a", text: "Task Monitor" });
        await panel.focus(row("In the panel"));
        await panel.press("ArrowRight");
        await panel.see(row("Runs"));
        await panel.press("ArrowDown", "Enter");
        await panel.see(heading("Runs"));
        await panel.open(`${webAdmin.url}#${token};id=${job.id};step=${step("Runs").id}`);
        await panel.see(heading("Runs"));
        assert.deepEqual(webAdmin.engine.misdeeds, []);
      } finally {
        await webAdmin.stop();
      }
    });

    test("the browser reported no error and no warning", () => page.expectNoComplaints());
  });
}

/** Scrolls through the whole list and looks at every place of a row in the viewport. Returns where there was none. */
async function blankWhileScrolling({ document }: { document: Document }): Promise<string[]> {
  const scroller = document.querySelector(".grid-scroller");
  const head = document.querySelector(".grid-head");
  if (!scroller || !head) return ["no grid"];
  const blank: string[] = [];
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const end = scroller.scrollHeight - scroller.clientHeight;
  for (let at = 0; at <= 20; at += 1) {
    scroller.scrollTop = (end * at) / 20;
    // The rows follow the scroll event, which comes at the next frame.
    await frame();
    await frame();
    const { x, bottom } = scroller.getBoundingClientRect();
    for (let y = head.getBoundingClientRect().bottom + 16; y < bottom; y += 32) {
      const row = document.elementFromPoint(x + 60, y)?.closest(".row");
      if (!row?.querySelector(".text")?.textContent) blank.push(`${Math.round(scroller.scrollTop)} px, ${Math.round(y)} px down`);
    }
  }
  return blank;
}
