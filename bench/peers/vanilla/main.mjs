// A virtual list by hand: the floor that the others are compared with.
/** @import { Item } from "../common/outline.mjs" */
import { Rows } from "../common/rows.mjs";
import { startTree } from "../common/tree.mjs";

const ROW_HEIGHT = 32;
/** Rows before and after those in view. */
const SPARE = 3;

const scroller = /** @type {HTMLElement} */ (document.getElementById("scroller"));
const body = /** @type {HTMLElement} */ (document.getElementById("body"));
const rows = new Rows(body);
/** @type {Item[]} */
let items = [];
// To ask the browser for these would cost a layout.
let height = 0;
let top = 0;

new ResizeObserver(([entry]) => {
  height = entry?.contentRect.height ?? 0;
  draw();
}).observe(scroller);
scroller.addEventListener("scroll", () => {
  top = scroller.scrollTop;
  draw();
});
startTree(body, (next) => {
  items = next;
  body.style.height = `${items.length * ROW_HEIGHT}px`;
  draw();
});

function draw() {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - SPARE);
  const last = Math.ceil((top + height) / ROW_HEIGHT) + SPARE;
  rows.draw(items.slice(first, last).map((item, place) => ({ item, index: first + place, top: (first + place) * ROW_HEIGHT })));
}
