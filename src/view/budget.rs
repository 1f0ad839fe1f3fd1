//! How many requests that repeat themselves may follow one poll, whatever they are for.

/// So many requests that repeat themselves may follow a poll. However much an admin looks at, an engine then has five requests for
/// each poll: the list and these.
pub const REPEATS: usize = 4;

/// So many of them are kept for proofs while there is something to prove: they come after the events, when the requests for steps
/// have begun long ago.
const KEPT_FOR_PROOFS: usize = 2;

/// What is left of [`REPEATS`] until the next poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// For steps and proofs.
    open: usize,
    /// For proofs alone.
    kept: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { open: REPEATS, kept: 0 }
    }
}

impl Budget {
    /// A poll has succeeded. `may_prove` tells whether there may be something to prove.
    pub const fn renew(&mut self, may_prove: bool) {
        self.kept = if may_prove { KEPT_FOR_PROOFS } else { 0 };
        self.open = REPEATS - self.kept;
    }

    /// Takes one request for steps. Returns false if none is left.
    pub const fn spend(&mut self) -> bool {
        let is_left = self.open > 0;
        self.open = self.open.saturating_sub(1);
        is_left
    }

    /// Whether a request is left for a proof.
    pub const fn has_proof(&self) -> bool {
        self.open + self.kept > 0
    }

    /// Takes one request for a proof.
    pub const fn spend_on_proof(&mut self) {
        if self.kept > 0 {
            self.kept -= 1;
        } else {
            self.open = self.open.saturating_sub(1);
        }
    }
}
