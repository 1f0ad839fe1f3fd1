//! The time axis that all rows share.

use leptos::prelude::*;

use super::{ClockState, PreferencesState};
use crate::{
    domain::Time,
    view::timeline::{Range, axis_end},
};

/// The axis: its range and its end.
#[derive(Clone, Copy)]
pub struct AxisState {
    range: Memo<Range>,
    end: Memo<Time>,
}

/// The axis of the page.
pub fn use_axis() -> AxisState {
    expect_context()
}

impl AxisState {
    pub(super) fn new(clock: ClockState, preferences: PreferencesState) -> Self {
        let range = Memo::new(move |_| preferences.get().range);
        let end = Memo::new(move |_| axis_end(clock.now(), range.get()));
        Self { range, end }
    }

    /// How far back it reaches.
    pub fn range(self) -> Range {
        self.range.get()
    }

    /// Its end. It moves in small steps, so that not every tick of the clock moves every bar.
    pub fn end(self) -> Time {
        self.end.get()
    }
}
