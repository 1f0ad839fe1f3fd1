//! How many requests that repeat themselves may follow one poll, whatever they are for.

/// So many requests that repeat themselves may follow a poll. However much an admin looks at, an engine then has five requests for
/// each poll: the list and these.
pub const REPEATS: usize = 4;

/// What is left of [`REPEATS`] until the next poll. All kinds of requests that repeat themselves share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    left: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: REPEATS }
    }
}

impl Budget {
    /// A poll has succeeded.
    pub const fn renew(&mut self) {
        self.left = REPEATS;
    }

    /// Takes one request. Returns false if none is left.
    pub const fn spend(&mut self) -> bool {
        let is_left = self.left > 0;
        self.left = self.left.saturating_sub(1);
        is_left
    }
}
