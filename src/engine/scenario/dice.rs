//! Random numbers that are the same each time for the same seed: SplitMix64.

use uuid::{Builder, Uuid};

/// A random number generator for one purpose.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Dice(u64);

impl Dice {
    /// The generator of a seed for a purpose.
    pub(in crate::engine) fn of(seed: u64, purpose: u64) -> Self {
        Self(seed).derive(purpose)
    }

    /// A generator for one part of this one's purpose. This one is not changed.
    pub(super) fn derive(&self, part: u64) -> Self {
        let mut mixed = Self(self.0 ^ part.wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(32));
        Self(mixed.next())
    }

    /// A number from `low` up to `high`, which is excluded.
    pub(in crate::engine) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low).max(1);
        low.saturating_add_unsigned(self.next() % width)
    }

    /// True with a chance of one in `many`.
    pub(super) fn one_in(&mut self, many: u64) -> bool {
        self.next().is_multiple_of(many)
    }

    /// One of these, by value.
    pub(super) fn pick<T: Copy, const N: usize>(&mut self, from: &[T; N]) -> T {
        let last = N - 1;
        let index = usize::try_from(self.next() % (N as u64)).unwrap_or(last);
        from[index.min(last)]
    }

    /// An id of version 8, which marks generated ids; jobs that clients add get random ids of version 4.
    pub(super) fn uuid(&mut self) -> Uuid {
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        Builder::from_custom_bytes(bits.to_be_bytes()).into_uuid()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
