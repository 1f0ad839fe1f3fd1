//! Faults that the demo can simulate, to show how the page handles them.

use std::time::Duration;

use web_sys::Storage;

/// The entry of session storage with the fault that was chosen in this tab.
const NAME: &str = "task-monitor-demo/1/fault";

/// One kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No fault.
    None,
    /// No request reaches the engine.
    Unreachable,
    /// Each request takes [`Self::DELAY`].
    Slow,
    /// Requests get no answer and end after [`Self::TIMEOUT`], as requests over a network do.
    NoAnswer,
    /// The user has no role that allows seeing or changing jobs.
    NotAllowed,
    /// The session has ended, until somebody logs in.
    SessionEnded,
    /// The next write is carried out, but its reply is lost. After that there is no fault.
    LostReply,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Unreachable,
        Self::Slow,
        Self::NoAnswer,
        Self::NotAllowed,
        Self::SessionEnded,
        Self::LostReply,
    ];

    /// How long a slow engine takes: long enough to be seen, shorter than the timeout.
    pub const DELAY: Duration = Duration::from_secs(4);

    /// How long a request waits for an answer.
    pub const TIMEOUT: Duration = Duration::from_secs(30);

    /// The fault that was chosen in this tab before a reload, so that it can affect the page's start too.
    pub(super) fn stored() -> Self {
        let text = storage().and_then(|storage| storage.get_item(NAME).ok().flatten());
        let index = text.and_then(|index| index.parse::<usize>().ok());
        index.and_then(|index| Self::ALL.get(index).copied()).unwrap_or(Self::None)
    }

    /// Stores the choice, unless the browser forbids it.
    pub(super) fn store(self) {
        if let Some((storage, index)) = storage().zip(Self::ALL.iter().position(|fault| *fault == self)) {
            let _ = storage.set_item(NAME, &index.to_string());
        }
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
