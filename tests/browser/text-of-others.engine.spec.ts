// Names that others have given: whatever is in them, nothing around them moves. How each is shown is tested natively in
// tests/description.rs.
import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { BEGIN, idOf, Pretend, type PretendJob } from "./pretend.ts";

const names: Record<string, string> = {
  plain: "Plain name",
  "an override that nobody ends": "Backup \u202egpj.exe",
  "an isolate that nobody ends": "Backup \u2067of web01",
  "the ends of what has not begun": "Backup\u2069\u2069\u202c\u202c of web02",
  "letters from right to left": "\u05e9\u05dc\u05d5\u05dd 12 VM",
  "marks of a direction": "\u200fBackup 12\u200f",
  "a flood of marks on one letter": `Z${"\u0300\u0316\u0489".repeat(60)}algo`,
  "line breaks and tabs": "first\nsecond\r\n\tthird",
  "colours of a terminal": "\u001b[31mred\u001b[0m",
  "one endless word": "endless".repeat(300),
  "nothing visible": "\u200b\u3164",
};
const jobs: PretendJob[] = Object.values(names).map((description, index) => ({
  id: idOf(index + 1),
  description,
  status: "finished",
  start: BEGIN - index * 60_000,
  end: BEGIN - index * 60_000 + 30_000,
  steps: [{ description: "A step", status: "finished" }],
}));

const row = (number: number): string => `[id='row-${idOf(number)}']`;
const x = async (element: Locator): Promise<number> => Math.round((await element.boundingBox())?.x ?? -1);

/** The middle of a text inside an element, from the left, in CSS pixels. */
const xOfText = (element: Locator, text: string): Promise<number> =>
  element.evaluate((root, text) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      const at = node.data.indexOf(text);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      const box = range.getBoundingClientRect();
      return box.x + box.width / 2;
    }
    return Number.NaN;
  }, text);

test("in a row: every other cell stays where it is, and nothing is drawn outside of the row", async ({ app, page, view }) => {
  await Pretend.on(app, jobs);
  await app.openLoggedIn();
  await expect(view.locator(".row .share")).toHaveCount(jobs.length);
  const cells = [".cell-status", ".cell-started", ".cell-duration", ".row-menu", ".status-icon"];
  for (const [index, what] of Object.keys(names).entries()) {
    for (const cell of cells) expect(await x(view.locator(`${row(index + 1)} ${cell}`)), `${what}: ${cell}`).toBe(await x(view.locator(`${row(1)} ${cell}`)));
    const text = view.locator(`${row(index + 1)} .text`);
    expect(await x(text), what).toBe(await x(view.locator(`${row(1)} .text`)));
    const end = await text.boundingBox();
    expect(await x(view.locator(`${row(index + 1)} .share`)), `${what}: behind the name`).toBeGreaterThanOrEqual(Math.floor((end?.x ?? 0) + (end?.width ?? 0)));
    expect((await view.locator(row(index + 1)).boundingBox())?.height, what).toBe(32);
  }
  // The text below the flood of marks looks the same with and without it.
  const flooded = Object.keys(names).indexOf("a flood of marks on one letter") + 1;
  const below = view.locator(`${row(flooded + 1)} .text`);
  const before = await below.screenshot();
  await page.evaluate((id) => document.querySelector<HTMLElement>(`[id='row-${id}'] .text`)?.style.setProperty("visibility", "hidden"), idOf(flooded));
  expect(Buffer.compare(before, await below.screenshot()), "marks do not reach the next row").toBe(0);
});

test("what is not seen is said, with its code points in the tip", async ({ app, view }) => {
  await Pretend.on(app, jobs);
  await app.openLoggedIn();
  const unseen = app.row("(name without visible characters)");
  await expect(unseen.locator(".text")).toHaveAttribute("title", "[U+200B][U+3164]");
  await expect(unseen.getByRole("button")).toHaveAccessibleName("Actions for (name without visible characters)");
  await expect(app.row("Backup gpj.exe").locator(".text")).toHaveAttribute("title", "Backup [U+202E]gpj.exe");
  await unseen.click();
  await expect(app.detail.getByRole("heading", { level: 2 })).toHaveText("(name without visible characters)");
  await expect(view.locator("body")).not.toContainText(/[\u202d\u202e\u001b]/);
});

test("in sentences: the words around a name stay in their order", async ({ app, page, view }) => {
  for (const [number, name] of Object.values(names).entries()) {
    if (!/[\u05e9\u2067\u202e\u2069\u200f]/.test(name)) continue;
    const pretend = await Pretend.on(app, [{ ...jobs[number], status: "started", end: undefined } as PretendJob]);
    await app.open();
    if (await page.getByLabel("User name").isVisible()) await app.logIn();
    await expect(view.locator(".row")).toHaveCount(1);
    await view.locator(".row-menu").click();
    const label = await app.menu.getAttribute("aria-label");
    expect(label).toMatch(/^Actions for [^\u202a-\u202e\u2066\u2067]+$/);
    await app.menu.getByRole("menuitem", { name: "End job…" }).click();
    // “End “…””: the first quotation mark is left of the last one, and both are outside of the name.
    const title = app.dialog.getByRole("heading", { level: 2 });
    expect(await xOfText(title, "End “")).toBeLessThan(await xOfText(title, "”"));
    const box = await title.boundingBox();
    expect(await xOfText(title, "End “")).toBeLessThan((box?.x ?? 0) + 60);
    pretend.jobs = [];
  }
});

test("raw JSON shows what is not seen, as the same JSON", async ({ app, engine, view }) => {
  const name = "Backup \u202egpj.exe\u200b";
  const job = await engine.addJob(name);
  await app.openLoggedIn(`#/jobs/${job.id}`);
  await app.detail.getByRole("button", { name: "Raw JSON" }).click();
  const text = (await view.locator(".raw").textContent()) ?? "";
  expect(text).toContain(String.raw`Backup \u202egpj.exe\u200b`);
  expect(JSON.parse(text)).toMatchObject({ description: name });
});
