// The same tree in Wunderbaum, which has rows and columns of its own. It has no ARIA roles; the two that the measurements need are set here.
/** @import { Task } from "../common/jobs.mjs" */
import { Wunderbaum } from "wunderbaum";
import { readJobs, stepsOf } from "../common/jobs.mjs";
import { start } from "../common/refresh.mjs";
import { bar, duration, progress, share, started } from "../common/words.mjs";

/** @typedef {Wunderbaum["root"]} Node */

/** @type {Record<string, (task: Task) => string>} The text of each column but the first. */
const TEXTS = {
  status: ({ status }) => status,
  share: (task) => (share(task).all > 0 ? `${share(task).ended}/${share(task).all}` : ""),
  started,
  duration,
  owner: ({ owner }) => owner?.id ?? "",
};

const tree = new Wunderbaum({
  element: /** @type {HTMLDivElement} */ (document.getElementById("tree")),
  debugLevel: 0,
  rowHeightPx: 32,
  source: [],
  columns: [
    { id: "*", title: "Description", width: "*" },
    { id: "status", title: "Status", width: "80px" },
    { id: "share", title: "Steps", width: "60px" },
    { id: "progress", title: "Progress", width: "80px", html: '<span class="part"></span>' },
    { id: "timeline", title: "Timeline", width: "146px", html: '<span class="bar"></span>' },
    { id: "started", title: "Started", width: "116px" },
    { id: "duration", title: "Duration", width: "92px" },
    { id: "owner", title: "Owner", width: "132px" },
    { id: "actions", title: "Actions", width: "40px", html: '<button type="button" tabindex="-1">⋮</button>' },
  ],
  render({ node, isNew, nodeElem, renderColInfosById }) {
    const { task } = /** @type {{ task: Task }} */ (node.data);
    if (isNew) {
      nodeElem.parentElement?.setAttribute("role", "row");
      nodeElem.parentElement?.setAttribute("aria-level", String(node.getLevel()));
    }
    for (const { id, elem } of Object.values(renderColInfosById)) {
      const text = TEXTS[id];
      if (text && elem) elem.textContent = text(task);
    }
    const { start, length } = bar(task, Date.now());
    const style = (/** @type {string} */ id) => /** @type {HTMLElement} */ (renderColInfosById[id]?.elem?.firstElementChild).style;
    style("progress").setProperty("--part", `${progress(task) ?? 0}%`);
    style("timeline").left = `${start.toFixed(2)}%`;
    style("timeline").width = `${length.toFixed(2)}%`;
  },
});

await tree.ready;
start(
  async () => {
    const jobs = await readJobs();
    if (tree.root.hasChildren()) tree.runWithDeferredUpdate(() => reconcile(tree.root, jobs));
    else await tree.load(jobs.map(source));
  },
  () => tree.expandAll(),
);

/**
 * What Wunderbaum makes a node from.
 * @param {Task} task
 * @returns {{ key: string, title: string, task: Task, children?: any[] }}
 */
function source(task) {
  const steps = stepsOf(task);
  return { key: task.id, title: task.description, task, ...(steps.length > 0 && { children: steps.map(source) }) };
}

/**
 * Adds what is new, removes what is gone, and writes what has changed.
 * @param {Node} parent
 * @param {Task[]} tasks
 */
function reconcile(parent, tasks) {
  const ids = new Set(tasks.map(({ id }) => id));
  for (const node of parent.children?.filter(({ key }) => !ids.has(key)) ?? []) node.remove();
  tasks.forEach((task, place) => {
    const node = tree.findKey(task.id);
    if (!node) {
      const before = parent.children?.[place];
      parent.addChildren(/** @type {any} */ (source(task)), before ? { before } : undefined);
      return;
    }
    const { task: last } = /** @type {{ task: Task }} */ (node.data);
    node.data.task = task;
    if (differs(last, task)) node.setTitle(task.description);
    reconcile(node, stepsOf(task));
  });
}

/**
 * @param {Task} last
 * @param {Task} next
 */
function differs(last, next) {
  return (
    last.status !== next.status ||
    last.description !== next.description ||
    last.last_updated !== next.last_updated ||
    last.progress !== next.progress ||
    last.end_time !== next.end_time
  );
}
