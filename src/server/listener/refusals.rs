//! Connections for which there was no place, in the log.

use std::time::Duration;

use tokio::time::Instant;
use tracing::warn;

/// How long the log says nothing more of them.
const SILENCE: Duration = Duration::from_secs(60);

/// How many connections were refused since the log told of them.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    untold: usize,
    told: Option<Instant>,
}

impl Refusals {
    /// One more.
    pub(super) fn note(&mut self) {
        self.untold = self.untold.saturating_add(1);
        if self.told.is_none_or(|told| told.elapsed() >= SILENCE) {
            warn!(connections = self.untold, "refused connections: there is no place for them");
            (self.untold, self.told) = (0, Some(Instant::now()));
        }
    }
}
