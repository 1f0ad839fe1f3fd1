// The tables of docs/performance.md, from the numbers of all runs.
/** @import { Run } from "./compare.mjs" */
/** @import { Conditions } from "./measure/start.mjs" */
import { CANDIDATES, FLOOR } from "./candidates.mjs";
import { told } from "./list.mjs";
import { LATE, PIXELS_PER_FRAME } from "./measure/scrolling.mjs";
import { median, range } from "./statistics.mjs";

/** @typedef {{ what: string, of: (run: Run) => number, digits?: number, isShare?: true }} Line `isShare`: a percentage has no ratio */

/** @type {Line[]} */
const LINES = [
  { what: "from the last byte to the first frame with rows, ms", of: ({ loading }) => loading.fromLastByte },
  { what: "from the request to the first frame with rows, ms", of: ({ loading }) => loading.fromRequest },
  { what: "longest task meanwhile, ms", of: ({ loading }) => loading.longest },
  { what: "a poll with 1 % changed: main thread, ms", of: ({ pollClosed }) => pollClosed.busy },
  { what: "longest task of it, ms", of: ({ pollClosed }) => pollClosed.longest },
  { what: "open all jobs: first frame with steps after, ms", of: ({ expanding }) => expanding.shown },
  { what: "open all jobs: main thread until all is done, ms", of: ({ expanding }) => expanding.busy },
  { what: "longest task of it, ms", of: ({ expanding }) => expanding.longest },
  { what: "a poll with 1 % changed, all jobs open: main thread, ms", of: ({ pollOpen }) => pollOpen.busy },
  { what: "longest task of it, ms", of: ({ pollOpen }) => pollOpen.longest },
  { what: `scrolling ${PIXELS_PER_FRAME} px a frame: median frame, ms`, of: ({ scrolling }) => scrolling.frame, digits: 1 },
  { what: `frames over ${LATE} ms, %`, of: ({ scrolling }) => scrolling.late, digits: 1, isShare: true },
  { what: "script in each frame, ms", of: ({ scrolling }) => scrolling.script, digits: 1 },
  { what: "style and layout in each frame, ms", of: ({ scrolling }) => scrolling.style, digits: 1 },
  { what: "memory after loading, MB", of: ({ memory }) => memory },
  { what: "memory at the end, MB", of: ({ memoryAtEnd }) => memoryAtEnd },
];

/** @param {Map<string, Run[]>} results the runs of each candidate */
export function comparison(results) {
  const floor = results.get(FLOOR) ?? [];
  const names = CANDIDATES.map(({ name }) => name);
  const rows = LINES.map((line) => [line.what, ...names.map((name) => cell(line, results.get(name) ?? [], floor, name === FLOOR))]);
  return table(["", ...names], rows);
}

/**
 * The range of all runs; then the range of its ratios to the floor's run of the same turn.
 * @param {Line} line
 * @param {Run[]} runs
 * @param {Run[]} floor
 * @param {boolean} isFloor
 */
function cell({ of, digits = 0, isShare }, runs, floor, isFloor) {
  const numbers = runs.map(of);
  const own = range(numbers, digits);
  if (isFloor || isShare) return own;
  const ratios = numbers.map((number, run) => number / (floor.map(of)[run] ?? NaN));
  return `${own} (${range(ratios, 2)} ×)`;
}

/** @param {{ conditions: Conditions, runs: { shell: number, logIn: number, rows: number }[] }[]} starts */
export function start(starts) {
  const of = (/** @type {"shell" | "logIn" | "rows"} */ part) => starts.map(({ runs }) => range(runs.map((run) => run[part]), 0));
  return table(
    ["ms", ...starts.map(({ conditions }) => conditions.name)],
    [
      ["from navigation to the first paint, the shell", ...of("shell")],
      ["from navigation to the first view, the log-in", ...of("logIn")],
      ["from the press of its button to the first frame with rows", ...of("rows")],
    ],
  );
}

/** @param {{ size: { jobs: number, steps: number }, keys: { shown: number, found: number }[] }[]} typings */
export function typing(typings) {
  const of = (/** @type {"shown" | "found"} */ part) =>
    typings.map(({ keys }) => keys.map((key) => key[part])).map((times) => `${median(times).toFixed(1)}, ${Math.max(...times).toFixed(1)}`);
  return table(
    ["ms: median, slowest", ...typings.map(({ size }) => told(size))],
    [
      ["from a key in the search to its frame", ...of("shown")],
      ["from a key in the search to the frame with the matches", ...of("found")],
    ],
  );
}

/**
 * In Markdown.
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
