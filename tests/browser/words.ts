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

/** What an error of the connection or of the engine says. */
export const errors = {
  unreachable: "The engine cannot be reached.",
  timeout: "The engine did not answer in time.",
  invalidAnswer: "The answer was not one that an engine gives.",
  noJobAccess: "You may not see jobs. Ask for a role with job access.",
  gone: "The engine does not have this any more.",
  trouble: (status: number) => `The engine is in trouble (HTTP ${status}).`,
};

/** The list of what will happen, before an action is sent. */
export const before = {
  stepBecomes: (status: string) => `The step becomes ${status}.`,
  jobBecomes: (status: string) => `The job becomes ${status}.`,
  jobStays: (status: string) => `The job stays ${status}: it is over already.`,
  jobGoesOn: "The job goes on running until it is ended itself.",
  runningStep: (status: string) => `1 running step becomes ${status} with it.`,
  runningSteps: (count: number, status: string) => `${count} running steps become ${status} with it.`,
  willBeRemoved: "The engine removes the job some time after its end.",
  kept: "The engine keeps the job until its removal is allowed.",
};

/** The notice that says what happened, after the engine has answered. */
export const after = {
  stepIs: (status: string) => `The step is ${status} now.`,
  jobIs: (status: string) => `The job is ${status} now.`,
  runningStep: (status: string) => `1 running step became ${status} with it.`,
  runningSteps: (count: number, status: string) => `${count} running steps became ${status} with it.`,
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
