//! The engine's time, as far as the page can tell.

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::{
    domain::Time,
    ui::browser::clock::{Day, browser_now, day},
    view::skew::Skew,
};

/// The engine's time and the difference between its clock and the browser's.
#[derive(Clone, Copy)]
pub struct ClockState {
    now: RwSignal<Time>,
    today: Memo<Day>,
    skew: RwSignal<Skew>,
    ahead: Memo<TimeDelta>,
}

/// The clock of the page.
pub fn use_clock() -> ClockState {
    expect_context()
}

impl ClockState {
    pub(super) fn new() -> Self {
        let now = RwSignal::new(browser_now());
        let skew = RwSignal::new(Skew::default());
        let today = Memo::new(move |_| day(now.get()));
        let ahead = Memo::new(move |_| skew.with(Skew::ahead));
        Self { now, today, skew, ahead }
    }

    /// The engine's time at the last tick. Whoever reads it is woken once a second.
    pub fn now(self) -> Time {
        self.now.get()
    }

    /// The engine's time at the last tick, without being woken by the next.
    pub fn now_untracked(self) -> Time {
        self.now.get_untracked()
    }

    /// The present day. Whoever reads it is woken at midnight.
    pub fn today(self) -> Memo<Day> {
        self.today
    }

    /// How far the engine's clock is ahead of the browser's; zero if the difference is too small to be certain.
    pub fn ahead(self) -> TimeDelta {
        self.ahead.get()
    }

    /// The engine's time at this moment.
    pub fn engine_now(self) -> Time {
        browser_now() + self.ahead.get_untracked()
    }

    /// Moves the time on to the present moment.
    pub fn tick(self) {
        self.tick_to(self.engine_now());
    }

    /// Moves the time on to a moment.
    pub fn tick_to(self, now: Time) {
        self.now.set(now);
    }

    /// Takes the engine's time of an answer that was asked for at `sent` by the browser's clock.
    pub fn learn(self, engine_time: Time, sent: Time) {
        self.skew.update(|skew| skew.learn(engine_time, sent, browser_now()));
    }
}
