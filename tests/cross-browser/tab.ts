// A browser's tab, as the journeys use it. Each browser implements it in a file of its own; page.ts builds everything else on it.

/** Keys by their names in `KeyboardEvent.key`. */
export type Key = "ArrowDown" | "ArrowRight" | "End" | "Enter" | "Escape" | "Home" | "Tab";

/** The size of the window, in pixels. The viewport is somewhat smaller. */
export const size = { width: 1440, height: 1000 };

export interface Tab {
  /** The browser's name and version. */
  readonly browser: string;
  /** Errors and warnings that the page caused so far, where the browser tells them. */
  readonly complaints: readonly string[];
  /** Opens an address, and waits until the document is loaded. */
  open(address: string): Promise<void>;
  /** The value of a JavaScript expression in the page. A promise is awaited. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks at a place in the viewport, in CSS pixels. */
  click(x: number, y: number): Promise<void>;
  press(key: Key): Promise<void>;
  /** Types a text into what has the focus. */
  type(text: string): Promise<void>;
  /** A picture of the viewport, as PNG. */
  screenshot(): Promise<Uint8Array>;
  /** Ends the browser. */
  close(): Promise<void>;
}
