// The same rows, placed by TanStack Virtual.
/** @import { Item } from "../common/outline.mjs" */
import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from "@tanstack/virtual-core";
import { Rows } from "../common/rows.mjs";
import { startTree } from "../common/tree.mjs";

const ROW_HEIGHT = 32;

const scroller = /** @type {HTMLElement} */ (document.getElementById("scroller"));
const body = /** @type {HTMLElement} */ (document.getElementById("body"));
const rows = new Rows(body);
/** @type {Item[]} */
let items = [];

const options = () => ({
  count: items.length,
  getScrollElement: () => scroller,
  estimateSize: () => ROW_HEIGHT,
  getItemKey: (/** @type {number} */ index) => items[index]?.task.id ?? index,
  overscan: 3,
  observeElementRect,
  observeElementOffset,
  scrollToFn: elementScroll,
  onChange: draw,
});
const virtualizer = new Virtualizer(options());
virtualizer._didMount();
virtualizer._willUpdate();
startTree(body, (next) => {
  items = next;
  virtualizer.setOptions(options());
  virtualizer._willUpdate();
  draw();
});

function draw() {
  body.style.height = `${virtualizer.getTotalSize()}px`;
  rows.draw(
    virtualizer.getVirtualItems().flatMap(({ index, start }) => {
      const item = items[index];
      return item ? [{ item, index, top: start }] : [];
    }),
  );
}
