// Words of the page that several journeys look for. Words that only one journey needs stand in that journey.

/** The buttons in the top bar that refresh the data. */
export const refresh = { now: "Refresh now", pause: "Pause refresh", resume: "Resume refresh" };

/** Actions on a job or step, as buttons of the detail and as items of the row's menu. */
export const actions = {
  addJob: "Add job…",
  addStep: "Add step…",
  addSubStep: "Add sub-step…",
  endJob: "End job…",
  endStep: "End step…",
  allowRemoval: "Allow removal…",
};

/** What an error of the connection or of the engine says (src/api/error.rs). */
export const errors = {
  unreachable: "The engine cannot be reached.",
  timeout: "The engine did not answer in time.",
  invalidAnswer: "The engine's answer cannot be read.",
  fewer: "The engine, or a proxy before it, asks for fewer requests (HTTP 429).",
  elsewhere: "The engine, or a proxy before it, sent the page to another address. If there is a log-in, it may have ended: open this page in another tab to log in.",
  noEngine: "There is no engine at this address (HTTP 404). It may be starting.",
  noJobAccess: "You may not see jobs. Ask for a role with job access.",
  gone: "The engine does not have this any more.",
  reported: (status: number) => `The engine reported an error (HTTP ${status}).`,
};

const end = (status: string) => (status === "aborted" ? "be aborted" : `end as ${status}`);
const ended = (status: string) => (status === "aborted" ? "was aborted" : `ended as ${status}`);

/** What an action will do, in the form (`Consequence` in src/domain/rules/consequence.rs). */
export const before = {
  stepEnds: (status: string) => `The step will ${end(status)}.`,
  jobEnds: (status: string) => `The job will ${end(status)}.`,
  jobStays: (status: string) => `The job already ended as ${status}; its status does not change.`,
  nothingChanges: (status: string) => `Already ended as ${status}; this changes nothing.`,
  jobKeepsRunning: "The job keeps running until it is ended.",
  runningStep: (status: string) => `1 running step will ${end(status)}.`,
  runningSteps: (count: number, status: string) => `${count} running steps will ${end(status)}.`,
  willBeRemoved: "The engine will remove the job some time after its end.",
  kept: "The engine keeps the job until its removal is allowed.",
};

/** What an action did, in the notice after it. */
export const after = {
  stepEnded: (status: string) => `The step ${ended(status)}.`,
  jobEnded: (status: string) => `The job ${ended(status)}.`,
  runningStep: (status: string) => `1 running step ${ended(status)}.`,
  runningSteps: (count: number, status: string) => `${count} running steps ended as ${status}.`,
  willBeRemoved: before.willBeRemoved,
};

/** What the form says when the reply to a request is lost. */
export const lostReply = {
  checking: (look: number) => `The reply was lost. Checking whether it was done (${look} of 3)…`,
  notDone: "The engine shows no sign that it was done. You can send it again.",
  notKnown: "The engine could not be asked whether it was done. You can send it again.",
  several: "If it was done, it may be any of these:",
};

export const hiddenRow = "Search or filters hide its row. Show it";
export const sessionEnded = "The session has ended";
export const reopenForm = "Reopen the form";
