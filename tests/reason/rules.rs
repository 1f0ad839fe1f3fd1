//! The rules, one table each.

use std::sync::Arc;

use chrono::TimeDelta;
use task_monitor::domain::{
    Event, Time,
    event::{EventId, Reference, Severity},
    reason::{Explanation, FailedJob, Level, Proof, Proofs, Ring, Silence, candidates, explain, hints, tells_why},
};

use crate::support::{START, job_id, time, user_id};

/// The failed job ended so many milliseconds after the start.
const END: i64 = 60_000;

pub fn failed(number: u128, description: &str, end: i64) -> FailedJob {
    FailedJob {
        id: job_id(number),
        description: description.to_owned(),
        owner: Some(user_id(1)),
        start: time(START),
        end: time(START + end),
        failed_at: time(START + end),
        leaves: vec![time(START + end)],
        hosts: Vec::new(),
        is_refusal: false,
    }
}

/// An error of this moment, in milliseconds since the start.
pub fn event(id: i64, at: i64) -> Event {
    Event {
        id: EventId(id),
        code: 10_802,
        severity: Severity::Error,
        time: time(START + at),
        correlation_id: None,
        description: "VDSM command failed: no space".to_owned(),
        origin: "oVirt".to_owned(),
        custom_id: -1,
        flood_rate: 30,
        custom_data: None,
        user: None,
        vm: None,
        host: None,
        storage_domain: None,
        template: None,
        cluster: None,
        data_center: None,
    }
}

fn named<I>(name: &str) -> Option<Reference<I>> {
    Some(Reference { id: None, name: Some(name.to_owned()) })
}

fn with_id(id: i64, at: i64, correlation: &str) -> Event {
    Event { correlation_id: Some(correlation.to_owned()), ..event(id, at) }
}

#[test]
fn the_order_of_candidates() {
    let job = failed(1, "Launching VM web1", END);
    let of_owner = |event: Event| Event { user: Some(Reference { id: Some(user_id(1)), name: None }), ..event };
    let about = |event: Event| Event { vm: named("web1"), ..event };
    let events = [
        with_id(1, 59_990, "near"),
        with_id(2, 40_000, "far"),
        about(with_id(3, 30_000, "about")),
        of_owner(with_id(4, 20_000, "owner")),
        of_owner(with_id(5, 10_000, "both")),
        about(with_id(6, 11_000, "both")),
        // None of these.
        Event { severity: Severity::Normal, ..of_owner(about(with_id(7, 60_000, "went well"))) },
        of_owner(about(with_id(8, -1_001, "too early"))),
        of_owner(about(with_id(9, END + 10_001, "too late"))),
        event(10, 60_000),
    ];
    assert_eq!(candidates(&job, &events), ["both", "owner", "about", "near", "far"]);
    assert_eq!(candidates(&job, &[with_id(1, -1_000, "first"), with_id(2, END + 10_000, "last")]), ["last", "first"]);
}

/// Each row: the description of the job, the event, and whether it is a hint for a job that nothing is proven of.
#[test]
fn what_is_a_hint() {
    let on = |host: &str, at| Event { host: named(host), ..event(1, at) };
    let of = |vm: &str, at| Event { vm: named(vm), ..event(1, at) };
    let rows = [
        ("Activating Host host1", on("host1", -1_000), true, "named, at the first moment"),
        ("Activating Host host1", on("host1", END + 10_000), true, "named, at the last moment"),
        ("Activating Host host1", on("host1", END + 10_001), false, "named, too late"),
        ("Activating Host host10", on("host1", 1_000), false, "not the whole word"),
        ("Activating Host host1.example.com", on("host1", 1_000), false, "a longer name"),
        ("Launching VM web1", of("web1", 1_000), true, "the machine"),
        ("Launching VM web1", on("host1", END - 2_000), true, "any host, near the failed leaf"),
        ("Launching VM web1", on("host1", END - 2_001), false, "any host, not near"),
        ("Launching VM web1", event(1, END), false, "about no object"),
        ("Launching VM web1", Event { severity: Severity::Normal, ..of("web1", END) }, false, "it went well"),
        (
            "Launching VM web1",
            Event { correlation_id: Some("x".to_owned()), ..of("web1", END) },
            false,
            "of another task",
        ),
        ("Moving to nfs1", Event { storage_domain: named("nfs1"), ..event(1, 1_000) }, true, "the storage domain"),
    ];
    for (description, event, expected, why) in rows {
        let found = hints(&failed(1, description, END), None, [Arc::new(event)].iter(), &[]);
        assert_eq!(found.len(), usize::from(expected), "{description}: {why}");
    }
}

#[test]
fn no_hint_is_about_another_host_than_the_named_one() {
    let job = failed(1, "Migrating VM web1 to Host host1", END);
    let known = Arc::new(Event { host: named("host1"), ..event(1, -500_000) });
    let other = Arc::new(Event { host: named("host2"), ..event(2, END) });
    assert!(hints(&job, None, [Arc::clone(&known), Arc::clone(&other)].iter(), &[]).is_empty());
    // Unless the proven events name it.
    for text in
        ["Migration failed (VM: web1, Source: host2, Destination: host1).", "Failed to run VM web1 on Host host2."]
    {
        let own = Arc::new(Event { description: text.to_owned(), ..with_id(3, END, "own") });
        let logged = task_monitor::domain::reason::Logged { correlation: "own".into(), tasks: 1, events: vec![own] };
        let found = hints(&job, Some(&logged), [Arc::clone(&known), Arc::clone(&other)].iter(), &[]);
        assert_eq!(found, [Arc::clone(&other)], "{text}");
        let early = Arc::new(Event { time: time(START + END - 10_001), ..(*other).clone() });
        assert!(hints(&job, Some(&logged), [Arc::clone(&known), early].iter(), &[]).is_empty(), "too early");
    }
}

#[test]
fn a_hint_counts_for_the_job_that_failed_nearest_to_it() {
    let event = Arc::new(Event { host: named("host1"), ..event(1, END) });
    let count = |own: i64, other: i64| {
        let (job, other) = (failed(1, "A", own), failed(2, "B", other));
        hints(&job, None, [Arc::clone(&event)].iter(), &[job.clone(), other]).len()
    };
    assert_eq!(count(END + 1_000, END + 500), 0, "another one is nearer");
    assert_eq!(count(END + 500, END + 1_000), 1, "it is the nearest");
    assert_eq!(count(END + 800, END + 500), 1, "both are as near: within 0.3 s");
    assert_eq!(count(END + 801, END + 500), 0);
}

#[test]
fn which_sentences_say_why() {
    for (text, expected) in [
        ("Failed to run VM bad1  (User: admin@internal-authz).", false),
        ("Failed to run VM bad1 on Host host2.", false),
        ("Add-Disk operation failed to complete.", false),
        ("User admin@internal-authz has failed to move disk nocopy1 to domain nfs2.", false),
        ("Migration failed  (VM: nomig1, Source: host2, Destination: host1).", false),
        ("Migration failed due to an Error: Fatal error during migration (VM: migfail1, Source: host2).", true),
        (
            "Failed to run VM web01 due to a failed validation: [Cannot run VM.\nAlternatives:\n- Create a disk] (User: admin).",
            true,
        ),
        ("VDSM host1 command CreateBrokerVDS failed: Failed to create VM: simulated", true),
        ("VM crash1 is down with error. Exit message: internal error.", true),
        ("Volume 2: connection to the target lost", true),
        ("Host host1 is non responsive.", true),
    ] {
        assert_eq!(tells_why(text), expected, "{text}");
    }
}

fn ring(events: Vec<Event>) -> Ring {
    let mut ring = Ring::default();
    ring.begin(events, 200, time(START + 3_600_000));
    ring
}

#[test]
fn the_levels() {
    let job = failed(1, "Launching VM web1", END);
    let events = || {
        let plain = Event { description: "Failed to run VM web1.".to_owned(), ..with_id(5, END, "x") };
        let normal = Event { severity: Severity::Normal, ..with_id(6, END, "x") };
        vec![
            with_id(4, END - 5, "x"),
            plain,
            normal,
            Event { vm: named("web1"), ..event(7, END) },
            with_id(8, END, "other"),
        ]
    };
    let of = |jobs: Vec<_>| {
        let mut proofs = Proofs::default();
        proofs.learn("x", Proof { jobs, asked: time(START + END) });
        explain(&job, &ring(events()), &proofs, &[], true)
    };
    let levels = |explanation: &Explanation| -> Vec<(Level, Vec<i64>)> {
        explanation.levels().map(|(level, events)| (level, events.iter().map(|event| event.id.0).collect())).collect()
    };
    let hint = (Level::SameTime, vec![7]);
    assert_eq!(
        levels(&of(vec![job_id(1)])),
        [(Level::ThisTask, vec![4, 5, 6]), hint.clone()],
        "the last that says why first"
    );
    assert_eq!(levels(&of(vec![job_id(1), job_id(2)])), [(Level::GroupOf(2), vec![4, 5, 6]), hint.clone()]);
    assert_eq!(levels(&of(vec![job_id(2)])), [hint], "another job's events are none");
}

#[test]
fn what_silence_means() {
    let rows =
        [(true, true, Silence::Refused), (true, false, Silence::NothingLogged), (false, true, Silence::NotLooked)];
    for (is_looked, is_refusal, expected) in rows {
        let job = FailedJob { is_refusal, ..failed(1, "SparsifyImage", END) };
        assert_eq!(explain(&job, &ring(Vec::new()), &Proofs::default(), &[], is_looked).silence, expected);
        let mut early = Ring::default();
        early.begin(Vec::new(), 200, job.end - TimeDelta::milliseconds(1));
        assert_eq!(explain(&job, &early, &Proofs::default(), &[], true).silence, Silence::NotLooked, "not yet its end");
        let full = (0..200).map(|number| event(number, -999 + number)).collect();
        let mut short = Ring::default();
        short.begin(full, 200, time(START + 3_600_000));
        assert_eq!(
            explain(&job, &short, &Proofs::default(), &[], true).silence,
            Silence::NotLooked,
            "not back to its start"
        );
    }
}

/// An answer from before a job's start says nothing about the job, unless the job is in it.
#[test]
fn what_a_proof_settles() {
    let mut proofs = Proofs::default();
    proofs.learn("x", Proof { jobs: vec![job_id(1), job_id(2)], asked: time(START) });
    assert_eq!(proofs.of(job_id(2)).map(|(id, tasks)| (&**id, tasks)), Some(("x", 2)));
    assert_eq!(proofs.of(job_id(3)), None);
    let settles = |id: &str, at: i64| proofs.settles(id, time(START + at));
    assert_eq!((settles("x", 0), settles("x", 1), settles("y", 0)), (true, false, false));
    for number in 0..2_000 {
        proofs.learn(&number.to_string(), Proof { jobs: Vec::new(), asked: time(START + number) });
    }
    assert_eq!(proofs.len(), 1_000, "the oldest go");
    assert!(proofs.settles("1999", time(START)) && !proofs.settles("3", time(START)));
}

fn at(second: i64) -> Time {
    time(START + second * 1_000)
}

fn every_second(ids: std::ops::Range<i64>) -> Vec<Event> {
    // Newest first, as an engine sends them.
    ids.rev().map(|id| event(id, id * 1_000)).collect()
}

#[test]
fn a_full_answer_is_a_gap_until_it_is_filled() {
    let mut ring = Ring::default();
    assert!(!ring.covers(at(0), at(1)), "nothing was read");
    ring.begin(every_second(0..5), 200, at(10));
    assert!(ring.covers(at(-1_000_000), at(10)) && !ring.covers(at(0), at(11)));
    ring.go_on(every_second(5..8), 500, at(20));
    assert!(ring.covers(at(0), at(20)) && ring.gap().is_none() && ring.last() == Some(EventId(7)));
    ring.go_on(every_second(20..30), 10, at(40));
    let gap = ring.gap().unwrap();
    assert_eq!((gap.after, gap.before), (EventId(7), EventId(20)));
    assert!(ring.covers(at(0), at(6)) && !ring.covers(at(0), at(10)) && ring.covers(at(25), at(40)));
    assert!(!ring.fill(every_second(8..14), 6), "there are more");
    assert!(ring.fill(every_second(14..20), 6) || ring.fill(every_second(20..21), 6));
    assert!(ring.covers(at(0), at(40)));
    assert_eq!(ring.events().count(), 30);
}

#[test]
fn a_gap_that_is_given_up_ends_what_is_known() {
    let mut ring = Ring::default();
    ring.begin(every_second(0..5), 200, at(10));
    ring.go_on(every_second(20..30), 10, at(40));
    ring.give_up_gap();
    assert!(ring.gap().is_none() && ring.covers(at(20), at(40)) && !ring.covers(at(4), at(40)));
    assert_eq!(ring.events().count(), 10);
}

#[test]
fn the_ring_is_bounded() {
    let mut ring = Ring::default();
    ring.begin(every_second(0..5), 200, at(10));
    for block in 0..10 {
        ring.go_on(every_second(5 + block * 400..405 + block * 400), 500, at(405 + block * 400));
    }
    assert_eq!(ring.events().count(), 2_000);
    assert!(
        !ring.covers(at(2_000), at(2_010)) && ring.covers(at(2_006), at(4_000)),
        "what was dropped is not known any more"
    );
    ring.add(every_second(3_000..3_010));
    assert_eq!(ring.events().count(), 2_000, "an event is kept once");
}
