//! The browser's clock, the user's time zone, and how the user's language writes days.

use std::{array, cell::Cell};

use chrono::TimeDelta;
use wasm_bindgen::JsValue;
use web_sys::js_sys::{Array, Date, Intl, Object, Reflect};

use crate::domain::{
    Time,
    outline::{DayPart, DayWords, Zone},
};

/// The browser's clock.
pub fn browser_now() -> Time {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit")]
    Time::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
}

/// The user's time zone, as the browser knows it now, and the days of the user's language.
pub fn zone() -> Zone {
    Zone::of(browser_now(), ahead).with_words(day_words())
}

/// Tells one zone from another. It costs little, so it can be compared every minute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZoneMark {
    name: String,
    ahead: TimeDelta,
}

/// The mark of the computer's zone now. A format keeps the zone in which it was made, so a new one is made.
pub fn zone_mark() -> ZoneMark {
    let options = format(&[]).resolved_options();
    let name = Reflect::get(&options, &"timeZone".into()).ok().and_then(|name| name.as_string());
    ZoneMark { name: name.unwrap_or_default(), ahead: ahead(browser_now()) }
}

thread_local! {
    static LANGUAGE: Cell<&'static str> = const { Cell::new("en-GB") };
}

/// Sets the language of dates. It must be called before the first date is written. By default it is English, as the page is.
pub fn write_in(language: &'static str) {
    LANGUAGE.set(language);
}

fn ahead(time: Time) -> TimeDelta {
    #[expect(clippy::cast_possible_truncation, reason = "browsers give whole minutes")]
    TimeDelta::minutes(-(date(time).get_timezone_offset() as i64))
}

/// A day that shows the order of its parts.
const SAMPLE: f64 = 1_795_305_600_000.0;

/// How the language writes days. Of a language that the browser does not know, it is English.
fn day_words() -> DayWords {
    let (short, long) = ([("month", "short"), ("day", "numeric")], ("year", "numeric"));
    let long = [short[0], short[1], long];
    let months = array::from_fn(|month| {
        let first = Date::utc(2026.0, f64::from(u8::try_from(month).unwrap_or(0)));
        parts(&long, first).into_iter().find_map(|(kind, text)| (kind == "month").then_some(text)).unwrap_or_default()
    });
    let pattern =
        |options: &[(&str, &str)]| parts(options, SAMPLE).iter().map(|(kind, text)| part(kind, text)).collect();
    let words = DayWords { long: pattern(&long), short: pattern(&short), months };
    if words.is_complete() { words } else { DayWords::default() }
}

fn part(kind: &str, text: &str) -> DayPart {
    match kind {
        "day" => DayPart::Day,
        "month" => DayPart::Month,
        "year" => DayPart::Year,
        _ => DayPart::text(text),
    }
}

/// The kinds and texts of the parts of a day, in UTC.
fn parts(options: &[(&str, &str)], time: f64) -> Vec<(String, String)> {
    let options: Vec<_> = options.iter().copied().chain([("timeZone", "UTC"), ("numberingSystem", "latn")]).collect();
    let member = |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
    let parts = format(&options).format_to_parts(&Date::new(&JsValue::from_f64(time)));
    parts.iter().filter_map(|part| Some((member(&part, "type")?, member(&part, "value")?))).collect()
}

/// A format in the language of dates.
fn format(options: &[(&str, &str)]) -> Intl::DateTimeFormat {
    let object = Object::new();
    for (name, value) in options {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(LANGUAGE.get())), &object)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of any calendar date are exact in a double")]
fn date(time: Time) -> Date {
    Date::new(&JsValue::from_f64(time.timestamp_millis() as f64))
}
