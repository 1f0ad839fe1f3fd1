//! Searching for times, progress and numbers.

use chrono::TimeDelta;
use task_monitor::domain::{
    Job, JobWithSteps, Percent, Status, Step, Time,
    outline::{Filter, Snapshot, Sort, Zone, filter},
};

use crate::support::{
    job,
    outline::{names, now, snapshot},
    step,
};

fn at(text: &str) -> Time {
    text.parse().unwrap()
}

/// A job that ran from 02:15:04 to 03:00 UTC on 22 November, with a step from 02:20:30 on that is at 45%; and a job of the
/// day before.
fn world() -> Snapshot {
    let moved = Step {
        description: "Memory".to_owned(),
        number: Some(3),
        progress: Some(Percent::clamped(45)),
        start_time: Some(at("2026-11-22T02:20:30Z")),
        end_time: None,
        ..step(1, 11, None, Status::Started, false)
    };
    let migration = Job {
        description: "Migration".to_owned(),
        start_time: Some(at("2026-11-22T02:15:04.500Z")),
        end_time: Some(at("2026-11-22T03:00:00Z")),
        last_updated: Some(at("2026-11-22T02:59:59Z")),
        ..job(1, Status::Finished, true).job
    };
    let other = Job {
        description: "Number 3 of 45".to_owned(),
        start_time: Some(at("2026-11-21T23:30:00Z")),
        end_time: None,
        last_updated: None,
        ..job(2, Status::Started, true).job
    };
    snapshot([JobWithSteps { job: migration, steps: vec![moved] }, JobWithSteps { job: other, steps: vec![] }])
}

/// The descriptions of the matches, without the rows that are shown because of these.
fn found(text: &str, zone: Zone) -> String {
    found_at(text, zone, now())
}

fn found_at(text: &str, zone: Zone, now: Time) -> String {
    let world = world();
    let question = Filter { text: text.to_owned(), ..Filter::default() };
    let filtered = filter(&world, &question, Sort::default(), &names(), zone, now);
    let show = |left: &task_monitor::domain::outline::FilteredJob| {
        let node = &world.jobs()[left.index as usize];
        if left.has_match_below { format!("{}*", node.job.description) } else { node.job.description.clone() }
    };
    filtered.jobs.iter().map(show).collect::<Vec<_>>().join(", ")
}

fn ahead(hours: i64) -> Zone {
    Zone::of(now(), |_| TimeDelta::hours(hours))
}

/// Matches are named by description; one that only its step matches has a star.
const STEP: &str = "Migration*";
const JOB: &str = "Migration";
const OTHER: &str = "Number 3 of 45";

#[test]
fn times_are_found_as_the_page_writes_them() {
    let rows = [
        ("02:15:04", 0, JOB),
        ("02:15", 0, JOB),
        ("2:15", 0, JOB),
        ("02:15:05", 0, ""),
        ("02:20", 0, STEP),
        ("03:00", 0, JOB),
        ("02:59:59", 0, JOB),
        ("23:30", 0, OTHER),
        ("2026-11-22", 0, STEP),
        ("2026-11-21", 0, OTHER),
        ("2026-11-23", 0, ""),
        ("2026-11", 0, "Migration*, Number 3 of 45"),
        ("2026-12", 0, ""),
        ("2026-11-22t02:15", 0, JOB),
        ("2026-11-22T02:15:04Z", 0, JOB),
        ("2026-11-21T02:15", 0, ""),
        ("2026-11-21T", 0, OTHER),
        ("2026-11-22 02:15:04", 0, JOB),
        ("migration 02:15:04,", 0, JOB),
        // While it is being typed.
        ("02:", 0, STEP),
        ("02:1", 0, JOB),
        ("02:2", 0, STEP),
        ("02:15:", 0, JOB),
        ("02:15:0", 0, JOB),
        ("02:15:1", 0, ""),
        // In the user's time zone.
        ("03:15:04", 1, JOB),
        ("02:15:04", 1, ""),
        ("02:15:04Z", 1, JOB),
        ("21:15", -5, JOB),
        ("2026-11-21", -5, "Migration*, Number 3 of 45"),
        ("2026-11-22", 1, "Migration*, Number 3 of 45"),
        ("00:30", 1, OTHER),
        // Not a time.
        ("24:00", 0, ""),
        ("02:60", 0, ""),
        ("02:1:04", 0, ""),
        ("2026-13", 0, ""),
        ("2026-02-30", 0, ""),
        ("2026-00", 0, ""),
        ("2026-11-00", 0, ""),
        ("2026-11-31", 0, ""),
        ("2026-11-2x", 0, ""),
        ("2026-11-22-1", 0, ""),
        ("02:15:04:1", 0, ""),
        (":15", 0, ""),
        ("+2:15", 0, ""),
    ];
    for (text, hours, expected) in rows {
        assert_eq!(found(text, ahead(hours)), expected, "{text:?} {hours}");
    }
}

/// As in the list, and as in the detail panel. Without a year it is the latest such day.
#[test]
fn days_are_found_as_the_page_writes_them() {
    let later = at("2026-11-26T12:00:00Z");
    let rows = [
        ("22 Nov", 0, later, STEP),
        ("22 nov", 0, later, STEP),
        ("22 November", 0, later, STEP),
        ("22 Nov, 02:15", 0, later, JOB),
        ("21 Nov", 0, later, OTHER),
        ("21 Nov", -5, later, "Migration*, Number 3 of 45"),
        ("23 Nov", 0, later, ""),
        ("22 Nov", 0, at("2026-11-22T03:00:00Z"), STEP),
        // The engine's clock may be ahead. The page shows this without the year.
        ("22 Nov", 0, at("2026-11-21T23:59:00Z"), STEP),
        ("22 Nov", 0, at("2027-11-21T12:00:00Z"), STEP),
        ("22 Nov", 0, at("2027-01-01T00:00:00Z"), STEP),
        ("22 Nov", 0, at("2027-11-22T00:00:00Z"), ""),
        ("22 Nov 2026", 0, at("2031-01-01T00:00:00Z"), STEP),
        ("22 Nov 2026, 02:15:04 UTC", 0, later, JOB),
        ("22 Nov 2026, 03:15:04 GMT+1", 1, later, JOB),
        ("22 Nov 2026, 03:15:05 GMT+1", 1, later, ""),
        ("22 Nov 2026, 03:15:04 UTC+01:00", 1, later, JOB),
        ("22 Nov 2026, 03:15:04 UTC+01:00", 5, later, JOB),
        ("22 Nov 2026, 03:15:04 UTC+02:00", 1, later, ""),
        ("22 Nov, 02:15 UTC", 1, later, JOB),
        ("02:15 UTC", 1, later, JOB),
        ("03:15:04 +0100", 0, later, JOB),
        ("2026-11-22T03:15:04+01:00", 0, later, JOB),
        ("2026-11-22T03:15:04-01:00", 0, later, ""),
        ("22 Nov 2026, 03:15:04 CET", 1, later, JOB),
        ("Nov 22, 2026", 0, later, STEP),
        ("Nov 22", 0, later, STEP),
        ("nov 22, 02:15:04", 0, later, JOB),
        ("22 Nov 2025", 0, later, ""),
        ("migration 22 Nov 2026", 0, later, JOB),
        // Not a day, or not complete yet.
        ("31 Nov", 0, later, ""),
        ("0 Nov", 0, later, ""),
        ("22 No", 0, later, ""),
        ("22 Növ", 0, later, ""),
        ("29 Feb", 0, later, ""),
        ("22 Nov 20", 0, later, ""),
    ];
    for (text, hours, now, expected) in rows {
        assert_eq!(found_at(text, ahead(hours), now), expected, "{text:?} {hours} {now}");
    }
}

#[test]
fn progress_and_numbers_are_found_as_the_page_writes_them() {
    let rows = [
        ("45%", STEP),
        ("4%", ""),
        ("number 3", "Migration*, Number 3 of 45"),
        ("Number  3 memory", STEP),
        ("number 7", ""),
        ("#3", STEP),
        ("#4", ""),
        ("#", ""),
        ("%", ""),
    ];
    for (text, expected) in rows {
        assert_eq!(found(text, Zone::default()), expected, "{text:?}");
    }
}

#[test]
fn any_day_is_found_by_its_date() {
    for day in (0..40_000).step_by(13).chain(20_500..20_900) {
        let noon = Time::UNIX_EPOCH + TimeDelta::days(day) + TimeDelta::hours(12);
        let job =
            Job { start_time: Some(noon), end_time: None, last_updated: None, ..job(1, Status::Started, true).job };
        let world = snapshot([JobWithSteps { job, steps: vec![] }]);
        let found = |text: String| {
            let question = Filter { text, ..Filter::default() };
            filter(&world, &question, Sort::default(), &names(), Zone::default(), now()).jobs.len()
        };
        assert_eq!(found(noon.format("%Y-%m-%d").to_string()), 1, "{noon}");
        assert_eq!(found(noon.format("%Y-%m").to_string()), 1, "{noon}");
        assert_eq!(found((noon + TimeDelta::days(1)).format("%Y-%m-%d").to_string()), 0, "{noon}");
    }
}

/// Central Europe left daylight saving time at 01:00 UTC on 25 October 2026.
#[test]
fn times_before_a_clock_change_have_the_offset_of_then() {
    let change = at("2026-10-25T01:00:00Z");
    let zone = Zone::of(at("2026-11-22T12:00:00Z"), |time| TimeDelta::hours(if time < change { 2 } else { 1 }));
    for (started, text, expected) in [
        ("2026-10-25T00:59:30Z", "02:59", true),
        ("2026-10-25T00:59:30Z", "01:59", false),
        ("2026-10-25T01:00:30Z", "02:00", true),
        ("2026-10-25T01:00:30Z", "03:00", false),
        ("2026-10-24T22:30:00Z", "2026-10-25T00:30", true),
        ("2026-11-01T22:30:00Z", "2026-11-01T23:30", true),
    ] {
        let job = Job {
            start_time: Some(at(started)),
            end_time: None,
            last_updated: None,
            ..job(1, Status::Started, true).job
        };
        let world = snapshot([JobWithSteps { job, steps: vec![] }]);
        let question = Filter { text: text.to_owned(), ..Filter::default() };
        let filtered = filter(&world, &question, Sort::default(), &names(), zone.clone(), now());
        assert_eq!(!filtered.jobs.is_empty(), expected, "{started} {text}");
    }
}
