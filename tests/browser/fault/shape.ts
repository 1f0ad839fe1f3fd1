// Lists of jobs and of steps that can be read, with entries that are odd or wrong, or contradict each other.
import { expect } from "@playwright/test";
import { answers, type Entry, faultBody, jobs, json, steps } from "./acts.ts";
import { type Act, requests } from "./proxy.ts";
import { footSays, freshSays, live, type Part, type Row, rows } from "./row.ts";

const ID = "12345678-0000-4000-8000-000000000000";
const markup = "<img src=x onerror=alert(1)>";

const ofJobs = (name: string, does: Act, page: Part): Row => ({ name, to: requests.list, does, page });
const ofSteps = (name: string, does: Act, ...checks: Part[]): Row => ({ name, to: requests.steps, does, page: live(...checks) });

/** Changes the job that was just added. */
const fresh = (change: object): Act => jobs((all) => all.map((job) => (job.description.startsWith("Added") ? { ...job, ...change } : job)));

/** Adds a job. */
const another = (description: unknown): Act => jobs((all) => [...all, { id: ID, description, status: "started" }]);

/** Changes each step. */
const each = (change: (step: Entry, index: number, all: Entry[]) => object): Act => steps((all) => all.map((step, index) => ({ ...step, ...change(step, index, all) })));

const lasting: Part = (stand) => rows(stand.lasting)(stand);
const under = (id: string | undefined) => ({ parent_step: { id } });
const twoSteps = footSays("2 steps");
const unreadSteps = footSays(/The steps of \d+ jobs? could not be read\./);

/** The list is empty, or has nothing but that row, and the page says that it is live. */
const only = (count: number): Part => async ({ alert, app, lasting, mood }) => {
  await expect(app.row(lasting)).toHaveCount(0);
  await expect(app.grid).toHaveAttribute("aria-rowcount", String(1 + count));
  await expect(mood).toHaveText("Live");
  await expect(alert).toHaveCount(0);
};

export const shapes: Row[] = [
  // While no job runs, the page asks every 15 seconds.
  { ...ofJobs("null in place of the jobs", jobs(() => null), only(0)), within: 16 },
  ofJobs("one job without brackets", jobs((all) => all.find(({ description, status }) => description.startsWith("Added") && status === "started")), only(1)),
  ofJobs("entries that are no jobs", jobs((all) => [null, 7, "job", [], {}, { id: 5 }, { id: "nonsense" }, ...all]), live(lasting, footSays("6 of the engine's entries could not be read."))),
  ofJobs("each job twice", jobs((all) => [...all, ...all]), live(lasting)),
  ofJobs("another job with an id that is taken", jobs((all) => [...all, ...all.map((job) => ({ ...job, description: "Impostor" }))]), live(lasting)),
  ofJobs("ids in capitals", jobs((all) => all.map((job) => ({ ...job, id: job.id.toUpperCase() }))), live(lasting)),
  ofJobs("a status that nobody knows", fresh({ status: "quantum" }), live(freshSays("Unknown"))),
  ofJobs("a status that is a number", fresh({ status: 3 }), live(freshSays("Unknown"))),
  ofJobs("no status", fresh({ status: undefined }), live(freshSays("Unknown"))),
  ofJobs("times that are words", fresh({ start_time: "yesterday", end_time: "2026-01-01", last_updated: {} }), live()),
  ofJobs("times beyond any calendar", fresh({ start_time: 9e18, end_time: -9e18, last_updated: 1e300 }), live()),
  ofJobs("times of the year 198000", fresh({ start_time: 6.2e15, last_updated: 6.2e15 }), live()),
  ofJobs("times before the common era", fresh({ start_time: -9e13, end_time: -9e13, status: "finished" }), live()),
  ofJobs("an end before its start", fresh({ start_time: 2e12, end_time: 1e12, status: "finished" }), live()),
  ofJobs("members of wrong types", fresh({ external: [], auto_cleared: {}, owner: 5, steps: "many", start_time: [] }), live()),
  ofJobs("an owner whom nobody knows", fresh({ owner: { id: ID } }), live()),
  ofJobs("a description of 1 MB", another("long ".repeat(200_000)), live(lasting)),
  ofJobs("markup in a description", another(markup), live(rows(markup))),
  ofJobs("control characters in a description", another("\u0000\u0007\u001b[2J\u2028"), live(lasting)),
  ofJobs("a description that is a number", another(7), live(lasting)),
  ofSteps("an error in place of the steps", answers(500), lasting, unreadSteps),
  ofSteps("a fault with status 200 in place of the steps", answers(200, faultBody("no"), json), lasting, unreadSteps),
  ofSteps("steps that are each other's parents", each((_, index, all) => under(all[(index + 1) % all.length]?.id)), twoSteps),
  ofSteps("steps that are their own parents", each((step) => under(step.id)), rows("Outer", "Inner"), twoSteps),
  ofSteps("steps whose parent is missing", each(() => under(ID)), rows("Outer", "Inner"), twoSteps),
  ofSteps("each step twice", steps((all) => [...all, ...all]), rows("Outer"), twoSteps),
  ofSteps("steps of another job", each(() => ({ job: { id: ID } })), rows("Outer"), twoSteps),
  ofSteps("numbers beyond any bounds", each(() => ({ number: 1e300, progress: -1e300, start_time: 1e300 })), rows("Outer"), twoSteps),
  ofSteps("words that nobody knows", each(() => ({ status: "quantum", type: "magic", external_type: "other" })), rows("Outer"), twoSteps),
  ofSteps("steps 3,000 deep", steps(chain), rows("Outer"), footSays("3,002 steps")),
];

/** The steps of a job and a chain below the last of them. */
function chain(all: Entry[]): Entry[] {
  const last = all.at(-1);
  if (!last) return all;
  const added: Entry[] = [...all];
  for (let level = 0; level < 3_000; level += 1) {
    const id = `12345678-0000-4000-8000-${String(level).padStart(12, "0")}`;
    added.push({ ...last, id, description: `Level ${level}`, ...under(added.at(-1)?.id) });
  }
  return added;
}
