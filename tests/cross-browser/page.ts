// The page as an admin uses it, in any browser: elements are found by selector and text, and every step waits for what it needs.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { admin, type User } from "../browser/jobs-engine.ts";
import type { Key, Tab } from "./tab.ts";

/** An element: the first visible one that a selector finds and that has exactly this text or accessible label. */
export type Target = { css: string; text?: string };

const pictures = fileURLToPath(new URL("../../target/cross-browser/", import.meta.url));

export class Page {
  constructor(
    readonly tab: Tab,
    /** The frame with the page in it; without it, the page is the tab's own document. */
    readonly frame = "",
  ) {}

  /** Opens an address, also one that differs from the open one only in its hash. */
  async open(address: string): Promise<void> {
    await this.tab.open("about:blank");
    await this.tab.open(address);
    await this.until("the app has started", ({ document }) => document.querySelector(".page, .log-in-page") !== null);
  }

  async logIn(user: User = admin): Promise<void> {
    await this.fill({ css: "input[type=text]" }, user.name);
    await this.fill({ css: "input[type=password]" }, user.password);
    await this.click(button("Log in"));
  }

  /** Waits until a function in the page says true. The function sees only its parameters. */
  async until<More extends unknown[]>(what: string, holds: (view: View, ...more: More) => boolean, ...more: More): Promise<void> {
    try {
      await this.#run(
        async (look, holds: Reader, more: unknown[]) => {
          // A frame may get another document meanwhile, so each turn looks again.
          for (const end = performance.now() + 15_000; !holds(look(), ...more); ) {
            if (performance.now() > end) throw new Error("waited in vain");
            await new Promise((next) => requestAnimationFrame(next));
          }
        },
        holds,
        more,
      );
    } catch (error) {
      throw new Error(`${this.tab.browser}: not seen: ${what}. There is a picture in ${await this.#picture()}`, { cause: error });
    }
  }

  /** The result of a function in the page. The function sees only its parameters. */
  async read<Value, More extends unknown[]>(read: (view: View, ...more: More) => Value, ...more: More): Promise<Value> {
    return (await this.#run((look, read: Reader, more: unknown[]) => read(look(), ...more), read, more)) as Value;
  }

  /** Waits until an element is visible. */
  async see(target: Target): Promise<void> {
    await this.until(describe(target), ({ find }, target) => find(target) !== undefined, target);
  }

  /** Waits until no such element is visible. */
  async miss(target: Target): Promise<void> {
    await this.until(`no ${describe(target)}`, ({ find }, target) => find(target) === undefined, target);
  }

  /** Clicks where an element is, once nothing covers it. */
  async click(target: Target): Promise<void> {
    await this.until(`${describe(target)}, not covered`, ({ find, place }, target) => {
      const element = find(target);
      element?.scrollIntoView({ block: "nearest" });
      return element !== undefined && place(element).uncovered;
    }, target);
    const { x, y } = await this.read(({ find, place }, target) => {
      const element = find(target);
      return element ? place(element) : { x: -1, y: -1 };
    }, target);
    await this.tab.click(x, y);
  }

  async focus(target: Target): Promise<void> {
    await this.see(target);
    await this.read(({ find }, target) => find(target)?.focus(), target);
  }

  async fill(target: Target, text: string): Promise<void> {
    await this.focus(target);
    await this.tab.type(text);
  }

  async press(...keys: Key[]): Promise<void> {
    for (const key of keys) await this.tab.press(key);
  }

  /** Waits until a row has the focus. */
  async seeFocusOn(description: string): Promise<void> {
    await this.until(`the focus on “${description}”`, ({ document, textOf }, description) => textOf(document.activeElement?.querySelector(".text")) === description, description);
  }

  /** The texts of all elements that a selector finds. */
  async texts(css: string): Promise<string[]> {
    return this.read(({ document, textOf }, css) => [...document.querySelectorAll(css)].map(textOf), css);
  }

  /** Checks that the browser had nothing to complain about. */
  expectNoComplaints(): void {
    assert.deepEqual(this.tab.complaints, []);
  }

  /** Sends two functions to the browser, as text: one that calls the other, and the other with what it gets besides the view. */
  async #run(call: (look: () => View, read: Reader, more: unknown[]) => unknown, read: Reader, more: unknown[]): Promise<unknown> {
    const look = `() => (${view.toString()})(${JSON.stringify(this.frame)})`;
    return this.tab.evaluate(`(${call.toString()})(${look}, ${read.toString()}, ${JSON.stringify(more)})`);
  }

  async #picture(): Promise<string> {
    mkdirSync(pictures, { recursive: true });
    const name = `${pictures}${this.tab.browser.replace(/\W/g, "-")}.png`;
    writeFileSync(name, await this.tab.screenshot());
    return name;
  }
}

export function button(text: string): Target {
  return { css: "button", text };
}

/** The row with exactly this description. */
export function row(description: string): Target {
  return { css: ".row", text: description };
}

type Reader = (view: View, ...more: any[]) => unknown;

/** What functions in the page see of it. */
export type View = ReturnType<typeof view>;

/** Sent to the browser as text, so it uses nothing from this file. */
function view(frame: string) {
  const holder = frame ? window.document.querySelector<HTMLIFrameElement>(frame) : null;
  const document = frame ? (holder?.contentDocument ?? new Document()) : window.document;
  const textOf = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  /** A row is named by its description alone, other elements by their label or text. */
  const nameOf = (element: Element) => element.getAttribute("aria-label") ?? textOf(element.matches(".row") ? element.querySelector(".text") : element);
  const find = ({ css, text }: { css: string; text?: string }) =>
    [...document.querySelectorAll<HTMLElement>(css)].find((element) => element.getClientRects().length > 0 && (text === undefined || nameOf(element) === text));
  /** The middle of an element in the tab's viewport. */
  const place = (element: Element) => {
    const [inside, outside] = [element.getBoundingClientRect(), holder?.getBoundingClientRect() ?? { x: 0, y: 0 }];
    const [x, y] = [inside.x + inside.width / 2, inside.y + inside.height / 2];
    const top = document.elementFromPoint(x, y);
    return { x: Math.round(x + outside.x), y: Math.round(y + outside.y), uncovered: top !== null && (element.contains(top) || top.contains(element)) };
  };
  return { document, find, place, textOf };
}

function describe({ css, text }: Target): string {
  return text === undefined ? css : `${css} “${text}”`;
}
