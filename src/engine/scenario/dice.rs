//! Chance that falls the same way each time: SplitMix64, loaded with what it is to decide about.

use uuid::{Builder, Uuid};

/// Dice for one purpose.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Dice(u64);

impl Dice {
    /// Dice of a seed for a purpose.
    pub(in crate::engine) fn of(seed: u64, purpose: u64) -> Self {
        Self(seed).load(purpose)
    }

    /// Dice for one part of these dice's purpose; these go on as if nothing were.
    pub(super) fn load(&self, part: u64) -> Self {
        let mut mixed = Self(self.0 ^ part.wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(32));
        Self(mixed.throw())
    }

    /// A number from `low` up to, not including, `high`.
    pub(in crate::engine) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low).max(1);
        low.saturating_add_unsigned(self.throw() % width)
    }

    /// Whether a chance of one in so many came true.
    pub(super) fn one_in(&mut self, many: u64) -> bool {
        self.throw().is_multiple_of(many)
    }

    /// One of these, by value.
    pub(super) fn pick<T: Copy, const N: usize>(&mut self, from: &[T; N]) -> T {
        let last = N - 1;
        let index = usize::try_from(self.throw() % (N as u64)).unwrap_or(last);
        from[index.min(last)]
    }

    /// An id of version 8: made up by a rule, unlike the random ids of jobs that people add.
    pub(super) fn uuid(&mut self) -> Uuid {
        let bits = (u128::from(self.throw()) << 64) | u128::from(self.throw());
        Builder::from_custom_bytes(bits.to_be_bytes()).into_uuid()
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
