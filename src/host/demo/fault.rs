//! What can be made to go wrong, to see how the page copes.

use std::time::Duration;

/// One kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// All is well.
    None,
    /// Nothing reaches the engine.
    Unreachable,
    /// Each request takes [`Self::DELAY`].
    Slow,
    /// The engine knows nobody any more, until somebody logs in.
    SessionEnded,
    /// The next write is carried out, but its reply never comes; after that all is well.
    LostReply,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::None, Self::Unreachable, Self::Slow, Self::SessionEnded, Self::LostReply];

    /// How long a slow engine takes: long enough to be seen, shorter than anybody gives up.
    pub const DELAY: Duration = Duration::from_secs(4);
}
