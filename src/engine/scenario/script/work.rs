//! A piece of work, before and after it stands in a story.

use crate::domain::{HostId, Percent, Status, StepType, Time};

/// A piece of work to write down.
pub(in crate::engine) struct Work {
    pub(super) step_type: StepType,
    pub(super) description: String,
    pub(super) seconds: (i64, i64),
    pub(super) host: Option<HostId>,
    pub(super) measured: bool,
}

impl Work {
    /// Work that takes between so many seconds and so many.
    pub(in crate::engine) fn new(step_type: StepType, description: impl Into<String>, seconds: (i64, i64)) -> Self {
        Self { step_type, description: description.into(), seconds, host: None, measured: false }
    }

    /// The host that does it; the host's agent then is the system that runs it.
    pub(in crate::engine) fn on(self, host: impl Into<HostId>) -> Self {
        Self { host: Some(host.into()), ..self }
    }

    /// Whether it tells how far it is.
    pub(in crate::engine) fn measured(self) -> Self {
        Self { measured: true, ..self }
    }
}

/// A step of the story, with its end.
pub(super) struct Planned {
    pub(super) parent: Option<usize>,
    pub(super) step_type: StepType,
    pub(super) description: String,
    /// What went wrong, told from the end on.
    pub(super) why: Option<&'static str>,
    pub(super) begin: Time,
    pub(super) end: Time,
    pub(super) status: Status,
    pub(super) host: Option<HostId>,
    pub(super) measured: bool,
}

impl Planned {
    /// By time gone; what broke stays where it was.
    pub(super) fn progress_at(&self, now: Time) -> Percent {
        let length = (self.end - self.begin).num_milliseconds().max(1);
        let gone = (now.min(self.end) - self.begin).num_milliseconds();
        let whole = if self.status == Status::Finished { 100 } else { 67 };
        Percent::clamped(gone * whole / length)
    }
}
