//! The engine's time as far as the page can tell, and how a moment is written in the reader's language and zone.

use std::cell::{Cell, RefCell};

use chrono::TimeDelta;
use leptos::web_sys::js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::domain::{Time, outline::Zone};

/// The browser's clock.
pub fn browser_now() -> Time {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit")]
    Time::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
}

/// The reader's zone, as the browser knows it.
pub fn zone() -> Zone {
    Zone::of(browser_now(), |time| TimeDelta::minutes(-(date(time).get_timezone_offset() as i64)))
}

/// How far the engine's clock is ahead of the browser's: the median of the last few answers, so that one slow answer does
/// not shift every duration on screen.
#[derive(Debug, Default)]
pub struct Skew {
    samples: RefCell<Vec<i64>>,
    median: Cell<i64>,
}

const SAMPLES: usize = 5;
/// `Date` headers tell whole seconds, and an answer takes its time: less than this is no difference.
const NOTHING: i64 = 2_000;

impl Skew {
    /// Takes the engine's time of an answer for which the browser waited from `sent` until now.
    pub fn learn(&self, engine_time: Time, sent: Time) {
        let received = browser_now();
        let middle = sent + (received - sent) / 2;
        // On average, the header is half a second behind.
        let ahead = (engine_time + TimeDelta::milliseconds(500) - middle).num_milliseconds();
        let mut samples = self.samples.borrow_mut();
        if samples.len() == SAMPLES {
            samples.remove(0);
        }
        samples.push(ahead);
        let mut sorted = samples.clone();
        sorted.sort_unstable();
        self.median.set(sorted.get(sorted.len() / 2).copied().unwrap_or(0));
    }

    /// The engine's time now.
    pub fn engine_now(&self) -> Time {
        browser_now() + self.ahead()
    }

    /// How far the engine's clock is ahead; nothing if it is not worth a word.
    pub fn ahead(&self) -> TimeDelta {
        let ahead = self.median.get();
        TimeDelta::milliseconds(if ahead.abs() < NOTHING { 0 } else { ahead })
    }
}

/// `02:15:04`, or with the day if that is not today's: `21 Nov 02:15`.
pub fn short(time: Time, now: Time) -> String {
    let same_day = DAY.with(|day| write(day, time) == write(day, now));
    (if same_day { &TIME_OF_DAY } else { &DAY_AND_TIME }).with(|format| write(format, time))
}

/// `21 Nov 2026, 02:15:04 CET`
pub fn full(time: Time) -> String {
    FULL.with(|format| write(format, time))
}

thread_local! {
    static LANGUAGE: Cell<&'static str> = const { Cell::new("en-GB") };
    static TIME_OF_DAY: Intl::DateTimeFormat =
        format(&[("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit")]);
    static DAY: Intl::DateTimeFormat = format(&[("year", "numeric"), ("month", "short"), ("day", "numeric")]);
    static DAY_AND_TIME: Intl::DateTimeFormat =
        format(&[("month", "short"), ("day", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")]);
    static FULL: Intl::DateTimeFormat = format(&[
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("timeZoneName", "short"),
    ]);
}

/// Writes moments as is usual in a language, from now on. Called before the first is written; the page is in English, and
/// so are its dates otherwise.
pub fn write_in(language: &'static str) {
    LANGUAGE.set(language);
}

/// In the language for that; the zone is the reader's.
fn format(options: &[(&str, &str)]) -> Intl::DateTimeFormat {
    let object = Object::new();
    for (name, value) in options.iter().chain(&[("hourCycle", "h23")]) {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(LANGUAGE.get())), &object)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of any calendar date are exact in a double")]
fn date(time: Time) -> Date {
    Date::new(&JsValue::from_f64(time.timestamp_millis() as f64))
}

fn write(format: &Intl::DateTimeFormat, time: Time) -> String {
    let written = format.format().call1(&JsValue::UNDEFINED, &date(time));
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
