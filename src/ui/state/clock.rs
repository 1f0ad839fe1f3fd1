//! The engine's time, as the page estimates it.

use std::mem;

use chrono::{DurationRound, TimeDelta};
use leptos::prelude::*;

use crate::{
    domain::{Time, outline::Zone},
    ui::browser::clock::{ZoneMark, browser_now, zone, zone_mark},
    view::{skew::Skew, times::Today},
};

/// The engine's time and the difference between its clock and the browser's.
#[derive(Clone, Copy)]
pub struct ClockState {
    now: RwSignal<Time>,
    zone: RwSignal<Zone>,
    /// The zone and the minute in which it was last compared with the computer's.
    checked: StoredValue<(ZoneMark, i64)>,
    today: Memo<Today>,
    minute: Memo<Time>,
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
        let zone = RwSignal::new(zone());
        let today = Memo::new(move |_| Today::new(now.get(), zone.get()));
        let whole_minute = Memo::new(move |_| now.get().duration_trunc(TimeDelta::minutes(1)).unwrap_or_default());
        let ahead = Memo::new(move |_| skew.with(Skew::ahead));
        let checked = StoredValue::new((zone_mark(), minute(browser_now())));
        Self { now, zone, checked, today, minute: whole_minute, skew, ahead }
    }

    /// The engine's time at the last tick. Readers are notified once a second.
    pub fn now(self) -> Time {
        self.now.get()
    }

    /// The engine's time at the last tick, without a subscription.
    pub fn now_untracked(self) -> Time {
        self.now.get_untracked()
    }

    /// The beginning of the present minute. Readers are notified once a minute.
    pub fn minute(self) -> Time {
        self.minute.get()
    }

    /// The present day, which writes times. Readers are notified at midnight, and when the zone or its offset changes.
    pub fn today(self) -> Memo<Today> {
        self.today
    }

    /// The zone, without a subscription.
    pub fn zone_untracked(self) -> Zone {
        self.zone.get_untracked()
    }

    /// Takes the computer's zone, if it is another one now.
    pub fn read_zone(self) {
        let mark = zone_mark();
        let minute = minute(browser_now());
        if self.checked.try_update_value(|checked| mem::replace(checked, (mark.clone(), minute)).0 != mark)
            == Some(true)
        {
            self.zone.set(zone());
        }
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
        let checked = self.checked.try_with_value(|(_, checked)| *checked);
        if checked.is_some_and(|checked| checked != minute(browser_now())) {
            self.read_zone();
        }
        self.now.set(now);
    }

    /// Takes the engine's time of an answer. `sent` is the browser's time of the request.
    pub fn learn(self, engine_time: Time, sent: Time) {
        self.skew.update(|skew| skew.learn(engine_time, sent, browser_now()));
    }
}

fn minute(time: Time) -> i64 {
    time.timestamp().div_euclid(60)
}
