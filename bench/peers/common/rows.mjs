// The rows in the document, in the order of the tree. Rows that leave the view are used again for those that come into it.
/** @import { Item } from "./outline.mjs" */
import { Row } from "./row.mjs";

/** @typedef {{ item: Item, index: number, top: number }} Shown a row that should be in the document; `top` in pixels */

export class Rows {
  /** @param {HTMLElement} body */
  constructor(body) {
    this.body = body;
    /** @type {Map<string, Row>} by the id of the task */
    this.rows = new Map();
  }

  /** @param {Shown[]} shown */
  draw(shown) {
    const ids = new Set(shown.map(({ item }) => item.task.id));
    const spare = [...this.rows.values()].filter(({ id }) => id !== undefined && !ids.has(id));
    spare.forEach(({ id }) => this.rows.delete(id ?? ""));
    /** @type {Element | null} */
    let next = null;
    for (const { item, index, top } of shown.toReversed()) {
      const row = this.rows.get(item.task.id) ?? spare.pop() ?? new Row();
      this.rows.set(item.task.id, row);
      row.show(item, index, top);
      // Screen readers read in the order of the document.
      if (!row.element.isConnected || row.element.nextElementSibling !== next) this.body.insertBefore(row.element, next);
      next = row.element;
    }
    spare.forEach(({ element }) => element.remove());
  }
}
