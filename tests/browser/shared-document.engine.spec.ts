// Other programs of the browser change the page's document: translators and extensions.
import type { Page } from "@playwright/test";
import { type App, expect, takeClock, test } from "./fixtures.ts";
import { BEGIN, idOf, Pretend, type PretendJob } from "./pretend.ts";

const jobs = (word: string, status: string): PretendJob[] =>
  [1, 2, 3].map((number) => ({
    id: idOf(number),
    description: `${word} ${number}`,
    status,
    start: BEGIN + number * 1000,
    ...(status !== "started" && { end: BEGIN + 60_000 }),
    steps: [{ description: `${word} step of ${number}`, status }],
  }));

/** What other programs do to the page. Each marks what it has made with «». */
const others: { who: string; what: () => void }[] = [
  {
    who: "a translator puts each text into two elements of its own",
    what: () => {
      for (const text of texts()) {
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        inner.textContent = `«${text.data}»`;
        outer.append(inner);
        text.replaceWith(outer);
      }
    },
  },
  {
    who: "an extension marks a part of each text",
    what: () => {
      for (const text of texts()) {
        const mark = document.createElement("mark");
        const end = text.splitText(Math.ceil(text.length / 2));
        mark.textContent = `«${end.data}»`;
        end.replaceWith(mark);
      }
    },
  },
  {
    who: "an extension writes the content of each row anew",
    what: () => document.querySelectorAll(".row").forEach((row) => (row.innerHTML = row.innerHTML.replaceAll("Before", "«Before»"))),
  },
  {
    who: "an extension removes all comments, and the cells of the status",
    what: () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
      const comments: Comment[] = [];
      while (walker.nextNode()) comments.push(walker.currentNode as Comment);
      for (const node of [...comments, ...document.querySelectorAll(".row .cell-status, .count b")]) node.remove();
    },
  },
  {
    who: "an extension takes the tree to another place",
    what: () => document.body.append(document.querySelector(".middle") as Element),
  },
  { who: "an extension removes the page", what: () => document.querySelector("#app")?.remove() },
  {
    who: "an extension adds elements before and after all others",
    what: () => {
      for (const element of document.querySelectorAll(".page *:not(svg *)")) {
        element.before(document.createElement("grammar-check"));
        element.after(document.createElement("grammar-check"));
      }
    },
  },
];

/** Gives the functions above the texts of the page. */
async function giveTexts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const texts = (): Text[] => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walker.nextNode()) found.push(walker.currentNode as Text);
      return found.filter((text) => text.data.trim());
    };
    Object.assign(window, { texts });
  });
}

declare function texts(): Text[];

async function expectAllNew(app: App): Promise<void> {
  for (const number of [1, 2, 3]) {
    const row = app.row(`After ${number}`);
    await expect(row.locator("[aria-colindex='2']")).toHaveText("Failed");
    await expect(row.locator(".share")).toHaveText("1 failed of 1");
  }
  await expect(app.view.getByRole("button", { name: "Failed 3", exact: true })).toBeVisible();
  await expect(app.view.locator("body")).not.toContainText(/[«»]|Before/);
  await expect(app.view.getByRole("contentinfo")).toContainText("3 jobs · 3 steps");
  await expect(app.view.getByRole("alertdialog")).toHaveCount(0);
}

for (const { who, what } of others) {
  test(`${who}: then all values are shown anew, and what was typed stays`, async ({ app, noise, page }) => {
    // The styles of an extension's HTML.
    noise.allow(/style-src/);
    await giveTexts(page);
    const pretend = await Pretend.on(app, jobs("Before", "started"));
    await app.openLoggedIn();
    await app.row("Before 1").locator(".expander").click();
    await app.row("Before step of 1").click();
    await app.openAddJob();
    const field = app.dialog.getByLabel("Description");
    await field.fill("Half a sent");
    await field.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(5, 6));
    await page.evaluate(what);
    // The page has taken notice, whether it had to do something or not.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(drawn)))));
    await expect(field).toBeFocused();
    await page.keyboard.type("+");
    await expect(field).toHaveValue("Half + sent");
    pretend.jobs = jobs("After", "failed");
    // It is behind the form.
    await expect(app.view.locator(".detail h2")).toHaveText("After step of 1");
    await page.keyboard.press("Escape");
    await app.notice("What you typed is kept").waitFor();
    await expect(app.row("After 1")).toHaveAttribute("aria-expanded", "true");
    await expect(app.row("After step of 1")).toHaveAttribute("aria-selected", "true");
    await expectAllNew(app);
    // It is the page's own element again: it works.
    await app.view.getByRole("button", { name: "Reopen the form" }).click();
    await expect(field).toHaveValue("Half + sent");
  });
}

test("the log-in keeps what was typed", async ({ app, page }) => {
  await app.open();
  await page.getByLabel("User name").fill("admin@internal");
  await page.getByLabel("Password").fill("a pass");
  await page.evaluate(() => document.querySelector("main")?.replaceWith(document.createElement("p")));
  await expect(page.getByLabel("Password")).toBeFocused();
  await expect(page.getByLabel("Password")).toHaveValue("a pass");
  await page.keyboard.type("word for tests");
  await page.keyboard.press("Enter");
  await expect(app.grid).not.toHaveAttribute("aria-busy");
});

test("a program that changes each new page again is told, and the page can be used meanwhile", async ({ app, page }) => {
  await takeClock(page);
  const pretend = await Pretend.on(app, jobs("Before", "started"));
  await app.openLoggedIn();
  await page.evaluate(() => {
    let made = 0;
    const translate = (): void => {
      const text = document.querySelector(".row .text")?.firstChild;
      if (!text || text.nodeName !== "#text") return;
      const font = document.createElement("font");
      font.textContent = "«translated»";
      (text as Text).replaceWith(font);
      document.documentElement.dataset.made = String((made += 1));
    };
    new MutationObserver(translate).observe(document.body, { childList: true, subtree: true });
    translate();
  });
  const made = () => page.locator("html").getAttribute("data-made").then(Number);
  await expect.poll(made).toBe(2);
  await page.clock.runFor(30_000);
  await expect(app.notice(/such as a translator or an extension, keeps changing this page/)).toBeVisible();
  expect(await made()).toBeLessThan(12);
  pretend.jobs = jobs("After", "failed");
  await expect(async () => {
    await page.clock.runFor(3_000);
    await expect(app.row("After 2")).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 60_000 });
  await expect(app.view.getByRole("alertdialog")).toHaveCount(0);
});

test("the page asks not to be translated", async ({ app, page }) => {
  await app.open();
  await expect(page.locator("html")).toHaveAttribute("translate", "no");
  await expect(page.locator("html")).toHaveClass(/notranslate/);
  await expect(page.locator("meta[name=google][content=notranslate]")).toHaveCount(1);
});
