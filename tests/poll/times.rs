//! Times as the page shows them, in several zones, and that the search finds what is shown.

use chrono::TimeDelta;
use task_monitor::{
    domain::{
        Job, JobWithSteps, Status, Time,
        outline::{DayPart, DayWords, Filter, Sort, Zone, filter},
    },
    view::times::Today,
};

use crate::support::{
    job,
    outline::{names, snapshot},
};

fn at(text: &str) -> Time {
    text.parse().unwrap()
}

/// A zone with these offsets in minutes, each from a time on.
fn zone(first: i64, changes: &[(&str, i64)]) -> Zone {
    let ahead = |time: Time| {
        let last = changes.iter().rev().find(|(since, _)| at(since) <= time);
        TimeDelta::minutes(last.map_or(first, |(_, ahead)| *ahead))
    };
    Zone::of(at("2026-11-22T12:00:00Z"), ahead)
}

fn utc() -> Zone {
    zone(0, &[])
}

fn berlin() -> Zone {
    let changes = [
        ("2025-03-30T01:00:00Z", 120),
        ("2025-10-26T01:00:00Z", 60),
        ("2026-03-29T01:00:00Z", 120),
        ("2026-10-25T01:00:00Z", 60),
        ("2027-03-28T01:00:00Z", 120),
    ];
    zone(60, &changes)
}

fn lord_howe() -> Zone {
    zone(660, &[("2026-04-04T15:00:00Z", 630), ("2026-10-03T15:30:00Z", 660)])
}

fn kathmandu() -> Zone {
    zone(345, &[])
}

fn st_johns() -> Zone {
    zone(-210, &[("2026-03-08T05:30:00Z", -150), ("2026-11-01T04:30:00Z", -210)])
}

/// The day after 29 December 2011 was the 31st.
fn apia() -> Zone {
    zone(-660, &[("2011-09-24T14:00:00Z", -600), ("2011-12-30T10:00:00Z", 840), ("2012-03-31T14:00:00Z", 780)])
}

/// Zone, present moment, moment, as in the list, as in the detail.
type Shown = (fn() -> Zone, &'static str, &'static str, &'static str, &'static str);

const NOW: &str = "2026-11-22T12:00:00Z";

const SHOWN: [Shown; 24] = [
    (utc, NOW, "2026-11-22T02:15:04.9Z", "02:15:04", "22 Nov 2026, 02:15:04 UTC"),
    (utc, NOW, "2026-11-21T23:59:59Z", "21 Nov, 23:59", "21 Nov 2026, 23:59:59 UTC"),
    (utc, NOW, "2025-12-31T23:59:59Z", "31 Dec 2025, 23:59", "31 Dec 2025, 23:59:59 UTC"),
    (utc, NOW, "2027-01-01T00:00:00Z", "1 Jan 2027, 00:00", "1 Jan 2027, 00:00:00 UTC"),
    // A tab that stays open over New Year.
    (utc, "2027-01-01T00:00:00Z", "2026-12-31T23:59:59Z", "31 Dec 2026, 23:59", "31 Dec 2026, 23:59:59 UTC"),
    (berlin, NOW, "2026-11-22T02:15:04Z", "03:15:04", "22 Nov 2026, 03:15:04 UTC+01:00"),
    (berlin, NOW, "2026-11-21T23:15:04Z", "00:15:04", "22 Nov 2026, 00:15:04 UTC+01:00"),
    (berlin, NOW, "2026-07-01T10:00:00Z", "1 Jul, 12:00 UTC+02:00", "1 Jul 2026, 12:00:00 UTC+02:00"),
    (berlin, NOW, "2025-07-01T10:00:00Z", "1 Jul 2025, 12:00 UTC+02:00", "1 Jul 2025, 12:00:00 UTC+02:00"),
    (berlin, NOW, "2025-12-31T23:30:00Z", "1 Jan, 00:30", "1 Jan 2026, 00:30:00 UTC+01:00"),
    // The hour that comes twice, and the hour that is missing.
    (berlin, NOW, "2026-10-25T00:30:00Z", "25 Oct, 02:30 UTC+02:00", "25 Oct 2026, 02:30:00 UTC+02:00"),
    (berlin, NOW, "2026-10-25T01:30:00Z", "25 Oct, 02:30", "25 Oct 2026, 02:30:00 UTC+01:00"),
    (berlin, "2026-10-25T01:30:00Z", "2026-10-25T00:59:59Z", "02:59:59 UTC+02:00", "25 Oct 2026, 02:59:59 UTC+02:00"),
    (berlin, NOW, "2026-03-29T00:59:59Z", "29 Mar, 01:59", "29 Mar 2026, 01:59:59 UTC+01:00"),
    (berlin, NOW, "2026-03-29T01:00:00Z", "29 Mar, 03:00 UTC+02:00", "29 Mar 2026, 03:00:00 UTC+02:00"),
    (lord_howe, NOW, "2026-04-04T14:59:59Z", "5 Apr, 01:59", "5 Apr 2026, 01:59:59 UTC+11:00"),
    (lord_howe, NOW, "2026-04-04T15:00:00Z", "5 Apr, 01:30 UTC+10:30", "5 Apr 2026, 01:30:00 UTC+10:30"),
    (lord_howe, NOW, "2026-10-03T15:29:59Z", "4 Oct, 01:59 UTC+10:30", "4 Oct 2026, 01:59:59 UTC+10:30"),
    (lord_howe, NOW, "2026-10-03T15:30:00Z", "4 Oct, 02:30", "4 Oct 2026, 02:30:00 UTC+11:00"),
    (kathmandu, NOW, "2026-11-22T02:15:04Z", "08:00:04", "22 Nov 2026, 08:00:04 UTC+05:45"),
    (st_johns, NOW, "2026-11-22T02:15:04Z", "21 Nov, 22:45", "21 Nov 2026, 22:45:04 UTC-03:30"),
    (st_johns, NOW, "2026-07-01T12:00:00Z", "1 Jul, 09:30 UTC-02:30", "1 Jul 2026, 09:30:00 UTC-02:30"),
    (
        apia,
        "2012-01-01T00:00:00Z",
        "2011-12-30T09:59:59Z",
        "29 Dec 2011, 23:59 UTC-10:00",
        "29 Dec 2011, 23:59:59 UTC-10:00",
    ),
    (apia, "2012-01-01T00:00:00Z", "2011-12-30T10:00:00Z", "31 Dec 2011, 00:00", "31 Dec 2011, 00:00:00 UTC+14:00"),
];

#[test]
fn each_time_has_the_offset_of_its_moment_and_its_year() {
    for (zone, now, time, short, full) in SHOWN {
        let today = Today::new(at(now), zone());
        assert_eq!((today.short(at(time)).as_str(), today.full(at(time)).as_str()), (short, full), "{now} {time}");
    }
}

/// Whether a search finds a job that started then.
fn finds(text: &str, started: Time, zone: &Zone, now: Time) -> bool {
    let job =
        Job { start_time: Some(started), end_time: None, last_updated: None, ..job(1, Status::Started, true).job };
    let world = snapshot([JobWithSteps { job, steps: vec![] }]);
    let question = Filter { text: text.to_owned(), ..Filter::default() };
    !filter(&world, &question, Sort::default(), &names(), zone.clone(), now).jobs.is_empty()
}

#[test]
fn what_is_shown_is_found() {
    for (zone, now, time, short, full) in SHOWN {
        let (zone, now, time) = (zone(), at(now), at(time));
        for text in [short, full] {
            assert!(finds(text, time, &zone, now), "{text:?}");
            for other in [TimeDelta::days(1), TimeDelta::minutes(1), TimeDelta::minutes(-31)] {
                // Today's times are shown without the day.
                let is_time_of_day = other == TimeDelta::days(1) && !text.contains(',');
                assert!(is_time_of_day || !finds(text, time + other, &zone, now), "{text:?} {other}");
            }
        }
    }
}

/// An hour that comes twice: with its offset, only one of both is found.
#[test]
fn an_offset_tells_the_hours_of_a_change_apart() {
    let (first, second) = (at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"));
    let rows = [
        ("25 Oct, 02:30", true, true),
        ("25 Oct, 02:30 UTC+02:00", true, false),
        ("25 Oct, 02:30 UTC+01:00", false, true),
        ("2026-10-25T02:30:00+02:00", true, false),
        ("2026-10-25T00:30:00Z", true, false),
    ];
    for (text, finds_first, finds_second) in rows {
        let found = [first, second].map(|time| finds(text, time, &berlin(), at(NOW)));
        assert_eq!(found, [finds_first, finds_second], "{text}");
    }
}

/// As browsers write days in the languages of web admin.
#[test]
fn days_are_found_in_the_users_language() {
    use DayPart::{Day, Month, Year};
    let numbered = |end: &str| std::array::from_fn(|month| format!("{}{end}", month + 1));
    let text = DayPart::text;
    let mut german = DayWords::default().months;
    german[10] = "Nov.".to_owned();
    german[2] = "März".to_owned();
    let japanese = DayWords {
        long: vec![Year, text("年"), Month, Day, text("日")],
        short: vec![Month, Day, text("日")],
        months: numbered("月"),
    };
    let korean = DayWords {
        long: vec![Year, text("년 "), Month, text(" "), Day, text("일")],
        short: vec![Month, text(" "), Day, text("일")],
        months: numbered("월"),
    };
    let german = DayWords {
        long: vec![Day, text(". "), Month, text(" "), Year],
        short: vec![Day, text(". "), Month],
        months: german,
    };
    let portuguese = DayWords {
        long: vec![Day, text(" de "), Month, text(" de\u{a0}"), Year],
        short: vec![Day, text(" de "), Month],
        ..german.clone()
    };
    let rows = [
        (DayWords::default(), "22 Nov 2025", "22 Nov"),
        (DayWords::american(), "Nov 22, 2025", "Nov 22"),
        (german, "22. Nov. 2025", "22. Nov."),
        (portuguese, "22 de Nov. de 2025", "22 de Nov."),
        (japanese, "2025年11月22日", "11月22日"),
        (korean, "2025년 11월 22일", "11월 22일"),
    ];
    let (started, next) = (at("2025-11-22T02:15:04Z"), at("2025-11-23T02:15:04Z"));
    for (words, long, short) in rows {
        let zone = utc().with_words(words);
        let (then, later) = (Today::new(at("2025-12-01T00:00:00Z"), zone.clone()), Today::new(at(NOW), zone.clone()));
        assert_eq!(later.short(started), format!("{long}, 02:15"));
        assert_eq!(then.short(started), format!("{short}, 02:15"));
        for text in [long.to_owned(), short.to_owned(), later.short(started), later.full(started), then.short(started)]
        {
            assert!(finds(&text, started, &zone, at("2025-12-01T00:00:00Z")), "{text}");
            assert!(!finds(&text, next, &zone, at("2025-12-01T00:00:00Z")), "{text}");
        }
    }
}

/// The offsets are sampled. No change is missed, also not two within a month.
#[test]
fn every_change_of_a_zone_is_found_to_the_second() {
    let changes = [("2026-02-15T03:00:00Z", 0), ("2026-03-22T02:00:00Z", 60), ("2027-09-01T00:00:01Z", 30)];
    let zone = zone(60, &changes);
    let mut before = 60;
    for (since, ahead) in changes {
        let (second, since) = (TimeDelta::seconds(1), at(since));
        assert_eq!(zone.ahead(since - second), TimeDelta::minutes(before), "{since}");
        assert_eq!(zone.ahead(since), TimeDelta::minutes(ahead), "{since}");
        before = ahead;
    }
}

/// A new day, a new year, another zone and another offset change what the page shows; a second does not.
#[test]
fn times_are_written_again_when_they_read_otherwise() {
    let today = |now: &str, zone: fn() -> Zone| Today::new(at(now), zone());
    let rows = [
        ("2026-11-22T12:00:01Z", berlin as fn() -> Zone, true),
        ("2026-11-22T23:00:00Z", berlin, false),
        ("2026-11-22T12:00:00Z", kathmandu, false),
        ("2027-11-22T12:00:00Z", berlin, false),
    ];
    for (now, zone, same) in rows {
        assert_eq!(today(now, zone) == today(NOW, berlin), same, "{now}");
    }
    assert_ne!(today("2026-10-25T00:59:59Z", berlin), today("2026-10-25T01:00:00Z", berlin), "the clocks change");
}

#[test]
fn the_times_of_a_row_are_one_line() {
    let began = at("2026-11-22T01:00:00Z");
    let after = |seconds: i64| Some(began + TimeDelta::seconds(seconds));
    let today = Today::new(began, utc());
    for (start, end, runs_until, expected) in [
        (after(0), after(62), None, "01:00:00 to 01:01:02, 1 m 02 s"),
        (after(0), None, after(5), "Since 01:00:00, 5 s so far"),
        (after(0), None, None, "Started 01:00:00, ended at an unknown time"),
        (None, after(5), None, "Not started"),
    ] {
        assert_eq!(today.span(start, end, runs_until), expected);
    }
}
