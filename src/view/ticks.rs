//! The marks on a time axis, at whole minutes, hours or days of the user's zone.

use chrono::TimeDelta;

use crate::domain::{Time, outline::Zone};

/// The length of an axis, in hundredths of a percent.
pub const WHOLE: i64 = 10_000;

/// A mark with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Hundredths of a percent of the axis: 0 is its start.
    pub position: u32,
    /// `02:15`, `02:15:30` or `22 Nov`, as the marks' distance needs.
    pub label: String,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The possible distances, in seconds. Longer ones are multiples of the last.
const DISTANCES: [i64; 19] = [
    1,
    2,
    5,
    10,
    15,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    7 * DAY,
];

/// A mark is not nearer to an end of the axis than this, so that its label is not cut off. In hundredths of a percent.
const MARGIN: i64 = 400;

/// The marks of an axis, oldest first: at most `most`, at the shortest distance that allows it.
pub fn ticks(start: Time, end: Time, zone: &Zone, most: i64) -> Vec<Tick> {
    let length = (end - start).num_milliseconds();
    if length <= 0 || most <= 0 {
        return Vec::new();
    }
    let distance = distance(length, most);
    // The zone's whole hours: some zones are ahead by a part of an hour.
    let ahead = zone.ahead(start).num_seconds();
    let first = (start.timestamp() + ahead).div_euclid(distance) * distance - ahead;
    let all =
        (0..).map(|number| first + number * distance).map(|second| TimeDelta::seconds(second - start.timestamp()));
    let positions = all.map(|since| ((since.num_milliseconds() - i64::from(start.timestamp_subsec_millis())), since));
    positions
        .take_while(|(since, _)| *since <= length)
        .filter_map(|(since, _)| {
            let position = since * WHOLE / length;
            let position = u32::try_from(position).ok().filter(|_| (MARGIN..=WHOLE - MARGIN).contains(&position))?;
            Some(Tick { position, label: label(start + TimeDelta::milliseconds(since), distance, zone) })
        })
        .collect()
}

/// The distance in seconds, for an axis of that length in milliseconds.
fn distance(length: i64, most: i64) -> i64 {
    let longest = 7 * DAY;
    let fits = |distance: &i64| length <= distance * 1_000 * most;
    DISTANCES.into_iter().find(fits).unwrap_or_else(|| (length / 1_000 / most / longest + 1) * longest)
}

fn label(time: Time, distance: i64, zone: &Zone) -> String {
    let local = zone.local(time);
    match distance {
        ..MINUTE => local.format("%H:%M:%S").to_string(),
        MINUTE..DAY => local.format("%H:%M").to_string(),
        _ => zone.words().write(local.date(), false),
    }
}
