// A row of the tree grid: its elements are made once, and used again for another task. Only values that differ are written.
/** @import { Item } from "./outline.mjs" */
import { bar, duration, progress, share, started, tag } from "./words.mjs";

const OWN_ATTRIBUTES = ["data-id", "data-status", "aria-level", "aria-posinset", "aria-setsize", "aria-rowindex", "aria-expanded"];

const template = document.createElement("template");
template.innerHTML = `<div class="row" role="row" tabindex="-1">
  <div class="cell name" role="rowheader" aria-colindex="1" tabindex="-1"
    ><span class="expander" aria-hidden="true"></span><span class="status-icon" aria-hidden="true"></span
    ><bdi class="text"></bdi><span class="share" role="img"></span><span class="tag"></span
  ></div>
  <div class="cell status" role="gridcell" aria-colindex="2" tabindex="-1"></div>
  <div class="cell progress" role="gridcell" aria-colindex="3" tabindex="-1"><span class="part"></span><span></span></div>
  <div class="cell timeline" role="gridcell" aria-colindex="4" tabindex="-1"><span class="bar"></span></div>
  <div class="cell" role="gridcell" aria-colindex="5" tabindex="-1"></div>
  <div class="cell" role="gridcell" aria-colindex="6" tabindex="-1"></div>
  <div class="cell" role="gridcell" aria-colindex="7" tabindex="-1"></div>
  <div class="cell" role="gridcell" aria-colindex="8" tabindex="-1"
    ><button type="button" tabindex="-1" aria-haspopup="menu" aria-expanded="false">⋮</button
  ></div>
</div>`.replaceAll(/>\s+</g, "><");

/** @typedef {(value: string | undefined) => void} Write */

export class Row {
  constructor() {
    this.element = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    /** @type {string | undefined} the id of the task */
    this.id = undefined;
    this.own = Object.fromEntries(OWN_ATTRIBUTES.map((name) => [name, attribute(this.element, name)]));
    this.top = style(this.element, "top");
    const [name, status, progress, timeline, started, duration, owner, actions] = this.element.children;
    const [, , description, share, tag] = name?.children ?? [];
    const [part, percent] = progress?.children ?? [];
    this.texts = Object.fromEntries(
      Object.entries({ description, share, tag, status, percent, started, duration, owner }).map(([name, element]) => [name, text(element)]),
    );
    this.spokenShare = attribute(share, "aria-label");
    this.part = style(part, "--part");
    this.barStart = style(timeline?.firstElementChild, "left");
    this.barLength = style(timeline?.firstElementChild, "width");
    this.menu = attribute(actions?.firstElementChild, "aria-label");
  }

  /**
   * @param {Item} item
   * @param {number} index among all rows
   * @param {number} top in pixels
   */
  show(item, index, top) {
    const { task, level, position, siblings, open } = item;
    this.id = task.id;
    write(this.own, {
      "data-id": task.id,
      "data-status": task.status,
      "aria-level": String(level),
      "aria-posinset": String(position),
      "aria-setsize": String(siblings),
      "aria-rowindex": String(index + 2),
      "aria-expanded": open === undefined ? undefined : String(open),
    });
    this.top(`${top}px`);
    this.showCells(item);
  }

  /** @param {Item} item */
  showCells({ task, level }) {
    const { ended, all } = share(task);
    const percent = progress(task);
    const { start, length } = bar(task, Date.now());
    write(this.texts, {
      description: task.description,
      share: all > 0 ? `${ended}/${all}` : "",
      tag: tag(task),
      status: task.status,
      percent: level === 2 && percent !== undefined ? `${percent}%` : "",
      started: started(task),
      duration: duration(task),
      owner: task.owner?.id ?? "",
    });
    this.spokenShare(all > 0 ? `${ended} of ${all} steps ended` : undefined);
    this.part(`${percent ?? 0}%`);
    this.barStart(`${start.toFixed(2)}%`);
    this.barLength(`${length.toFixed(2)}%`);
    this.menu(`Actions for ${task.description}`);
  }
}

/**
 * @param {Record<string, Write>} writers
 * @param {Record<string, string | undefined>} values
 */
function write(writers, values) {
  for (const name in values) writers[name]?.(values[name]);
}

/**
 * @param {Element | null | undefined} element
 * @returns {Write}
 */
const text = (element) => ifDifferent((value = "") => element && (element.textContent = value));

/**
 * @param {Element | null | undefined} element
 * @param {string} name
 * @returns {Write}
 */
const attribute = (element, name) =>
  ifDifferent((value) => (value === undefined ? element?.removeAttribute(name) : element?.setAttribute(name, value)));

/**
 * @param {Element | null | undefined} element
 * @param {string} name
 * @returns {Write}
 */
const style = (element, name) => ifDifferent((value = "") => element instanceof HTMLElement && element.style.setProperty(name, value));

/**
 * @param {Write} write
 * @returns {Write}
 */
function ifDifferent(write) {
  /** @type {string | undefined} */
  let last;
  return (value) => {
    if (value === last) return;
    last = value;
    write(value);
  };
}
