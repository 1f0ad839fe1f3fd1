//! A step, before and after it has its place in a script.

use crate::domain::{HostId, Percent, Status, StepType, Time};

/// A step to add to a script.
pub(in crate::engine) struct StepPlan {
    pub(super) step_type: StepType,
    pub(super) description: String,
    pub(super) seconds: (i64, i64),
    pub(super) host: Option<HostId>,
    pub(super) by_agent: bool,
    pub(super) measured: bool,
}

impl StepPlan {
    /// A step that takes at least the first and less than the second number of seconds.
    pub(in crate::engine) fn new(step_type: StepType, description: impl Into<String>, seconds: (i64, i64)) -> Self {
        Self { step_type, description: description.into(), seconds, host: None, by_agent: false, measured: false }
    }

    /// The host that does the work. Then the step's external system is the host's agent.
    pub(in crate::engine) fn on(self, host: impl Into<HostId>) -> Self {
        Self { host: Some(host.into()), ..self }.by_agent()
    }

    /// The host that it names.
    pub(in crate::engine) fn at(self, host: impl Into<HostId>) -> Self {
        Self { host: Some(host.into()), ..self }
    }

    /// A task of the agent of some host.
    pub(in crate::engine) fn by_agent(self) -> Self {
        Self { by_agent: true, ..self }
    }

    /// Makes the step show its progress while it runs.
    pub(in crate::engine) fn measured(self) -> Self {
        Self { measured: true, ..self }
    }
}

/// A step of a script, with its times.
pub(super) struct ScriptStep {
    pub(super) parent: Option<usize>,
    pub(super) step_type: StepType,
    pub(super) description: String,
    /// What went wrong; shown once the step has ended.
    pub(super) reason: Option<&'static str>,
    pub(super) begin: Time,
    pub(super) end: Time,
    pub(super) status: Status,
    pub(super) host: Option<HostId>,
    pub(super) by_agent: bool,
    pub(super) measured: bool,
}

impl ScriptStep {
    /// The share of the time that has passed. A step that fails never gets beyond 67 percent.
    pub(super) fn progress_at(&self, now: Time) -> Percent {
        let length = (self.end - self.begin).num_milliseconds().max(1);
        let gone = (now.min(self.end) - self.begin).num_milliseconds();
        let whole = if self.status == Status::Finished { 100 } else { 67 };
        Percent::clamped(gone * whole / length)
    }
}
