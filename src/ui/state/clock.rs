//! The engine's time, as the page estimates it.

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

    /// The engine's time at the last tick. Readers are notified once a second.
    pub fn now(self) -> Time {
        self.now.get()
    }

    /// The engine's time at the last tick, without a subscription.
    pub fn now_untracked(self) -> Time {
        self.now.get_untracked()
    }

    /// The present day. Readers are notified at midnight.
    pub fn today(self) -> Memo<Day> {
        self.today
    }

    /// How far the engine's clock is ahead of the browser's; zero if the difference is too small to be sure of.
    pub fn ahead(self) -> TimeDelta {
        self.ahead.get()
    }

    /// The engine's time at this moment.
    pub fn engine_now(self) -> Time {
        browser_now() + self.ahead.get_untracked()
    }

    /// Sets the time to the present moment.
    pub fn tick(self) {
        self.tick_to(self.engine_now());
    }

    /// Sets the time to this moment.
    pub fn tick_to(self, now: Time) {
        self.now.set(now);
    }

    /// Takes the engine's time of an answer. `sent` is the browser's time of the request.
    pub fn learn(self, engine_time: Time, sent: Time) {
        self.skew.update(|skew| skew.learn(engine_time, sent, browser_now()));
    }
}
