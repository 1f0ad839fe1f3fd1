//! Words for statuses, durations and how long ago something was.

pub mod reason;

use chrono::TimeDelta;

use super::{usually_next::UsuallyNext, wanted::Unloaded};
use crate::domain::{
    Status, StepType, Time,
    description::isolated,
    outline::{Column, Direction, Need, Sort},
    stuck::Stuck,
};

/// The page's word for a status. It is not the word of the API.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Started => "Running",
        Status::Finished => "Finished",
        Status::Failed => "Failed",
        Status::Aborted => "Aborted",
        Status::Unknown => "Unknown",
    }
}

/// The page's word for a type of step; none if it is unknown.
pub const fn step_type(step_type: StepType) -> Option<&'static str> {
    match step_type {
        StepType::Validating => Some("validating"),
        StepType::Executing => Some("executing"),
        StepType::Finalizing => Some("finalizing"),
        StepType::RebalancingVolume => Some("rebalancing volume"),
        StepType::RemovingBricks => Some("removing bricks"),
        StepType::Unknown => None,
    }
}

/// The sentence about jobs whose steps are not loaded. Empty if there are none.
pub fn not_loaded(unloaded: &Unloaded) -> String {
    let consequence = match unloaded.need {
        _ if unloaded.count == 0 => return String::new(),
        None => "",
        Some(Need::Search) => ", so they are not searched",
        Some(Need::Filter) => ", so they are not filtered",
        Some(Need::Order) => ", so their progress is not known",
    };
    let yet = if unloaded.must_be_asked_for() { "" } else { " yet" };
    format!("Steps of {} are not loaded{yet}{consequence}.", count(unloaded.count, "job"))
}

/// The kind of a step, beside its description: none if the description says it already.
pub fn kind_beside(description: &str, kind: StepType) -> Option<&'static str> {
    let description = description.to_lowercase();
    step_type(kind).filter(|kind| !kind.split(' ').all(|word| description.contains(word)))
}

/// The name of a column.
pub const fn column(column: Column) -> &'static str {
    match column {
        Column::Description => "Task",
        Column::Status => "Status",
        Column::Progress => "Progress",
        Column::Started => "Started",
        Column::Duration => "Duration",
        Column::Owner => "Owner",
        Column::Stuck => "Stuck",
    }
}

/// The name of an order: it tells what comes first.
pub const fn order(sort: Sort) -> &'static str {
    match (sort.column, sort.direction) {
        (Column::Description | Column::Owner, Direction::Ascending) => "A to Z",
        (Column::Description | Column::Owner, Direction::Descending) => "Z to A",
        (Column::Status, Direction::Ascending) => "Running first",
        (Column::Status, Direction::Descending) => "Finished first",
        (Column::Progress, Direction::Ascending) => "Least first",
        (Column::Progress, Direction::Descending) => "Most first",
        (Column::Started, Direction::Ascending) => "Oldest first",
        (Column::Started, Direction::Descending) => "Newest first",
        (Column::Duration, Direction::Ascending) => "Shortest first",
        (Column::Duration, Direction::Descending) => "Longest first",
        (Column::Stuck, Direction::Ascending) => "Stuck, shortest first",
        (Column::Stuck, Direction::Descending) => "Stuck, longest first",
    }
}

/// Where a job or step comes from.
pub const fn origin(external: bool) -> &'static str {
    if external { "External program" } else { "Engine" }
}

/// `1st of 4`, `2nd of 4`, `11th of 12`.
pub fn position(position: u32, of: u32) -> String {
    format!("{} of {of}", ordinal(position))
}

/// `1st`, `2nd`, `11th`
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `45 s`, `14 m 22 s`, `3 h 07 m`, `2 d 04 h`: the two largest units, so that columns line up.
pub fn duration(length: TimeDelta) -> String {
    let seconds = length.num_seconds().max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    if days > 0 {
        format!("{days} d {:02} h", hours % 24)
    } else if hours > 0 {
        format!("{hours} h {:02} m", minutes % 60)
    } else if minutes > 0 {
        format!("{minutes} m {:02} s", seconds % 60)
    } else {
        format!("{seconds} s")
    }
}

/// `just now`, `20 min ago`, `in about 46 min`: one unit.
pub fn relative(time: Time, now: Time) -> String {
    let seconds = now.signed_duration_since(time).num_seconds();
    if seconds.unsigned_abs() < 10 {
        return "just now".to_owned();
    }
    let length = one_unit(seconds.unsigned_abs());
    if seconds > 0 { format!("{length} ago") } else { format!("in about {length}") }
}

/// `12.34%`, from hundredths of a percent.
pub fn percent(hundredths: u32) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// `just now`, `20 min ago`: it changes at most once a minute. A time after `now` is just now.
pub fn minutes_ago(time: Time, now: Time) -> String {
    match now.signed_duration_since(time).num_seconds() {
        ..60 => "just now".to_owned(),
        seconds => format!("{} ago", one_unit(seconds.unsigned_abs())),
    }
}

/// `45 s`, `39 min`, `3 h`, `2 d`
fn one_unit(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// Why a running job or step counts as stuck: `usually 4 min, now 39 min; no update for 36 min`.
pub fn stuck(stuck: &Stuck) -> String {
    let length = |length: TimeDelta| one_unit(length.num_seconds().unsigned_abs());
    let long = stuck.long.map(|(usual, now)| format!("usually {}, now {}", length(usual.length), length(now)));
    let quiet = stuck.quiet.map(|quiet| format!("no update for {}", length(quiet)));
    [long, quiet].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Where the usual length comes from: `Usually: the median of 12 tasks of this kind that finished.`
pub fn usual_of(tasks: usize) -> String {
    format!("Usually: the median of {} of this kind that finished.", count(tasks, "task"))
}

/// `5th such failure since 06:01, always on hv08.`, `2nd of 5 such failures since 06:01.`
pub fn same_failure(number: usize, all: usize, since: Option<&str>, host: Option<&str>) -> String {
    let ordinal = ordinal(u32::try_from(number).unwrap_or(u32::MAX));
    let which =
        if number == all { format!("{ordinal} such failure") } else { format!("{ordinal} of {all} such failures") };
    let since = since.map(|since| format!(" since {since}")).unwrap_or_default();
    let host = host.map(|host| format!(", always on {}", isolated(host))).unwrap_or_default();
    format!("{which}{since}{host}.")
}

/// The sentence about failed jobs that were not compared. Empty if there are none.
pub fn not_compared(jobs: usize) -> String {
    match jobs {
        0 => String::new(),
        jobs => format!("Not compared with {}, whose steps are not loaded.", count(jobs, "failed job")),
    }
}

/// `Then usually: Finalizing, as in 7 of 8 such jobs.`
pub fn usually_next(next: &UsuallyNext) -> String {
    let UsuallyNext { name, seen, of } = next;
    match name {
        Some(name) => format!("Then usually: {}, as in {seen} of {of} such jobs.", named(name, 60)),
        None => format!("Usually the last step, as in {seen} of {of} such jobs."),
    }
}

/// `1 job`, `3 jobs`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(number)) }
}

/// The title of the tab: `2 new failures · Task Monitor`, `(3) Task Monitor` with the running jobs, `Task Monitor`.
pub fn tab_title(new_failures: usize, running: usize) -> String {
    match (new_failures, running) {
        (0, 0) => "Task Monitor".to_owned(),
        (0, running) => format!("({running}) Task Monitor"),
        (failures, _) => format!("{} · Task Monitor", count(failures, "new failure")),
    }
}

/// `twice`, `3 times`.
pub fn times(number: usize) -> String {
    if number == 2 { "twice".to_owned() } else { format!("{number} times") }
}

/// `999`, `1.2k`, `10k`: short, so that a growing number does not move its neighbours.
pub fn compact(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        1_000..10_000 => format!("{}.{}k", number / 1_000, number % 1_000 / 100),
        _ => format!("{}k", number / 1_000),
    }
}

/// `1,204`
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The first part of a text, for a title or an announcement.
pub fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

/// A name of others as a part of a sentence, cut after so many characters.
pub fn named(name: &str, characters: usize) -> String {
    isolated(&shortened(name, characters)).into_owned()
}
