//! The browser's clock, and times as text in the user's language and time zone.

use std::cell::Cell;

use chrono::TimeDelta;
use wasm_bindgen::JsValue;
use web_sys::js_sys::{Array, Date, Intl, Object, Reflect};

use crate::domain::{Time, outline::Zone};

/// The browser's clock.
pub fn browser_now() -> Time {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit")]
    Time::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
}

/// The user's time zone, as the browser knows it.
pub fn zone() -> Zone {
    Zone::of(browser_now(), |time| TimeDelta::minutes(-(date(time).get_timezone_offset() as i64)))
}

/// A calendar day in the user's time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day(String);

/// The day of a moment.
pub fn day(time: Time) -> Day {
    Day(DAY.with(|format| write(format, time)))
}

/// `02:15:04`, or with the day if that is not today: `21 Nov, 02:15`.
pub fn short(time: Time, today: &Day) -> String {
    (if day(time) == *today { &TIME_OF_DAY } else { &DAY_AND_TIME }).with(|format| write(format, time))
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

/// Sets the language of dates. It must be called before the first date is written. By default it is English, as the page is.
pub fn write_in(language: &'static str) {
    LANGUAGE.set(language);
}

/// A format in the language of dates and the user's time zone.
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
