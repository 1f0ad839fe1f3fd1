// The state of a tree with a list that draws its rows: which jobs there are, and which are open.
/** @import { Task } from "./jobs.mjs" */
/** @import { Item } from "./outline.mjs" */
import { readJobs } from "./jobs.mjs";
import { flatten } from "./outline.mjs";
import { start } from "./refresh.mjs";

/**
 * @param {HTMLElement} body the element with the rows
 * @param {(items: Item[]) => void} show
 */
export function startTree(body, show) {
  /** @type {Task[]} */
  let jobs = [];
  /** @type {Set<string>} */
  let open = new Set();
  const update = () => show(flatten(jobs, open));
  body.addEventListener("click", ({ target }) => {
    const id = target instanceof Element && target.closest(".expander")?.closest(".row")?.getAttribute("data-id");
    if (!id) return;
    if (!open.delete(id)) open.add(id);
    update();
  });
  start(
    async () => {
      jobs = await readJobs();
      update();
    },
    () => {
      open = new Set(jobs.map(({ id }) => id));
      update();
    },
  );
}
