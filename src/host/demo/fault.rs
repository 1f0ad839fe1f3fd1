//! What can be made to go wrong, to see how the page copes.

use std::time::Duration;

use web_sys::Storage;

/// Under which a tab keeps what was chosen in it, for as long as it is open.
const NAME: &str = "task-monitor-demo/1/fault";

/// One kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// All is well.
    None,
    /// Nothing reaches the engine.
    Unreachable,
    /// Each request takes [`Self::DELAY`].
    Slow,
    /// Requests are given up after [`Self::TIMEOUT`], as the page does with those that are sent over a network.
    NoAnswer,
    /// The user has no role that lets him see or change jobs.
    NotAllowed,
    /// The engine knows nobody any more, until somebody logs in.
    SessionEnded,
    /// The next write is carried out, but its reply never comes; after that all is well.
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

    /// How long a slow engine takes: long enough to be seen, shorter than anybody gives up.
    pub const DELAY: Duration = Duration::from_secs(4);

    /// How long anybody waits for an answer.
    pub const TIMEOUT: Duration = Duration::from_secs(30);

    /// What was chosen in this tab before it was loaded anew. So what the page does at its start can be seen, too.
    pub(super) fn kept() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(NAME).ok().flatten());
        let index = kept.and_then(|index| index.parse::<usize>().ok());
        index.and_then(|index| Self::ALL.get(index).copied()).unwrap_or(Self::None)
    }

    /// Keeps it, unless the browser forbids that.
    pub(super) fn keep(self) {
        if let Some((storage, index)) = storage().zip(Self::ALL.iter().position(|fault| *fault == self)) {
            let _ = storage.set_item(NAME, &index.to_string());
        }
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
