//! The URL contains the view: routes are written and read, and any text can be read.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use proptest::prelude::*;
use support::outline::{job_node, step_node};
use task_monitor::{
    domain::{
        Status,
        outline::{Column, Direction, Filter, Sort, StatusSet},
    },
    view::route::{Route, Target},
};

const JOB: &str = "aaaa0000-0000-4000-8000-000000000001";
const STEP: &str = "bbbb0000-0000-4000-8000-000000000002";

fn target(target: Target) -> Route {
    Route { target, ..Route::default() }
}

fn filtered(filter: Filter) -> Route {
    Route { filter, ..Route::default() }
}

fn sorted(column: Column, direction: Direction) -> Route {
    Route { sort: Sort { column, direction }, ..Route::default() }
}

fn text(text: &str) -> Filter {
    Filter { text: text.to_owned(), ..Filter::default() }
}

fn statuses(statuses: &[Status]) -> Filter {
    Filter { statuses: statuses.iter().copied().collect(), ..Filter::default() }
}

#[test]
fn routes_are_written_and_read() {
    let rows = [
        (Route::default(), "#/jobs".to_owned()),
        (target(Target::Node(job_node(1))), format!("#/jobs/{JOB}")),
        (target(Target::Node(step_node(1, 2))), format!("#/jobs/{JOB}/steps/{STEP}")),
        (filtered(text("nightly backup")), "#/jobs?q=nightly+backup".to_owned()),
        (filtered(text("a&b=c#d?e%f+g/ü")), "#/jobs?q=a%26b%3Dc%23d%3Fe%25f%2Bg%2F%C3%BC".to_owned()),
        (filtered(text(" ")), "#/jobs?q=+".to_owned()),
        (filtered(statuses(&[Status::Failed, Status::Started])), "#/jobs?status=started%2Cfailed".to_owned()),
        (filtered(Filter { external: Some(true), ..Filter::default() }), "#/jobs?external=true".to_owned()),
        (filtered(Filter { external: Some(false), ..Filter::default() }), "#/jobs?external=false".to_owned()),
        (filtered(Filter { attention: true, ..Filter::default() }), "#/jobs?attention=true".to_owned()),
        (filtered(Filter { stuck: true, ..Filter::default() }), "#/jobs?stuck=true".to_owned()),
        (sorted(Column::Started, Direction::Ascending), "#/jobs?sort=started".to_owned()),
        (sorted(Column::Owner, Direction::Descending), "#/jobs?sort=-owner".to_owned()),
        (sorted(Column::Started, Direction::Descending), "#/jobs".to_owned()),
        (
            Route {
                target: Target::Node(job_node(1)),
                filter: Filter { attention: true, ..text("x") },
                ..Route::default()
            },
            format!("#/jobs/{JOB}?q=x&attention=true"),
        ),
    ];
    for (route, expected) in rows {
        assert_eq!(route.to_string(), expected);
        assert_eq!(Route::parse(&expected), route, "{expected}");
    }
}

#[test]
fn other_links_are_read() {
    let node = |fragment: String| Route::parse(&fragment).target;
    let job = Target::Node(job_node(1));
    let rows = [
        (String::new(), Target::List),
        ("#".to_owned(), Target::List),
        ("#/".to_owned(), Target::List),
        ("/jobs/".to_owned(), Target::List),
        ("#jobs".to_owned(), Target::List),
        ("#/?q=x".to_owned(), Target::List),
        (format!("/jobs/{JOB}"), job.clone()),
        (format!("#jobs/{JOB}/"), job.clone()),
        (format!("#/{JOB}"), job.clone()),
        (format!("#//jobs//{}", JOB.to_uppercase()), job),
        (format!("#/jobs/{JOB}/steps/{STEP}/"), Target::Node(step_node(1, 2))),
    ];
    for (fragment, expected) in rows {
        assert_eq!(node(fragment.clone()), expected, "{fragment}");
    }
    let invalid = [
        "#/jobs/7".to_owned(),
        "#/job".to_owned(),
        "#/jobs/jobs".to_owned(),
        format!("#/jobs/{JOB}/steps"),
        format!("#/jobs/{JOB}/step/{STEP}"),
        format!("#/jobs/{JOB}/steps/{STEP}/more"),
        format!("#/jobs/{JOB}/steps/7"),
        format!("#/jobs/{}", JOB.replace('-', "")),
        "#/größe/%20".to_owned(),
    ];
    for fragment in invalid {
        let route = Route::parse(&fragment);
        assert!(matches!(&route.target, Target::Invalid(_)), "{fragment}");
        assert_eq!((route.target.node(), route.filter.clone()), (None, Filter::default()));
        assert_eq!(
            Route::parse(&route.to_string()),
            route,
            "{fragment}: an invalid target is the same when read again"
        );
    }
}

#[test]
fn unknown_and_invalid_parameters_are_ignored() {
    let rows = [
        ("status=paused", Route::default()),
        ("status=", Route::default()),
        ("status=FAILED,paused,,started,failed", filtered(statuses(&[Status::Failed, Status::Started]))),
        ("external=yes", Route::default()),
        ("external=", Route::default()),
        ("attention=1", Route::default()),
        ("sort=colour", Route::default()),
        ("sort=-", Route::default()),
        ("sort=--owner", Route::default()),
        ("sort", Route::default()),
        ("colour=red&q=x&&=", filtered(text("x"))),
        ("q=a&q=b", filtered(text("b"))),
        ("q=%zz%f", filtered(text("%zz%f"))),
        ("q=%ff", filtered(text("\u{fffd}"))),
        ("q=a?b", filtered(text("a?b"))),
        ("q=a#b", filtered(text("a#b"))),
    ];
    for (query, expected) in rows {
        assert_eq!(Route::parse(&format!("#/jobs?{query}")), expected, "{query}");
    }
    let route = Route::parse(&format!("#/jobs/{JOB}?q=x&sort=owner"));
    let closed = route.with_target(Target::List);
    assert_eq!(closed.to_string(), "#/jobs?q=x&sort=owner", "search and order stay the same");
}

#[test]
fn places_of_web_admin_are_written_and_read() {
    let rows = [
        (Route::default(), "#task-monitor".to_owned()),
        (target(Target::Node(job_node(1))), format!("#task-monitor;id={JOB}")),
        (target(Target::Node(step_node(1, 2))), format!("#task-monitor;id={JOB};step={STEP}")),
        (target(Target::Invalid("7/what?".to_owned())), "#task-monitor;id=7%2Fwhat%3F".to_owned()),
        (filtered(text("nightly backup")), "#task-monitor;q=nightly%20backup".to_owned()),
        (filtered(text("a;b=c/d*e+f~ü")), "#task-monitor;q=a%3Bb%3Dc%2Fd%2Ae%2Bf%7E%C3%BC".to_owned()),
        (filtered(statuses(&[Status::Failed, Status::Started])), "#task-monitor;status=started%2Cfailed".to_owned()),
        (filtered(Filter { external: Some(false), ..Filter::default() }), "#task-monitor;external=false".to_owned()),
        (filtered(Filter { attention: true, ..Filter::default() }), "#task-monitor;attention=true".to_owned()),
        (sorted(Column::Owner, Direction::Descending), "#task-monitor;sort=-owner".to_owned()),
        (
            Route {
                target: Target::Node(step_node(1, 2)),
                filter: Filter { external: Some(true), attention: true, ..text("x") },
                sort: Sort { column: Column::Started, direction: Direction::Ascending },
            },
            format!("#task-monitor;id={JOB};step={STEP};q=x;external=true;attention=true;sort=started"),
        ),
    ];
    for (route, expected) in rows {
        assert_eq!(route.to_place(), expected);
        assert_eq!(Route::parse_place(&expected), Some(route), "{expected}");
    }
}

#[test]
fn other_places_are_read() {
    let job = target(Target::Node(job_node(1)));
    let invalid = |text: &str| target(Target::Invalid(text.to_owned()));
    let rows = [
        ("task-monitor".to_owned(), Route::default()),
        ("#task-monitor;".to_owned(), Route::default()),
        ("#task-monitor;id=".to_owned(), Route::default()),
        (format!("#task-monitor;;id={};colour=red;", JOB.to_uppercase()), job.clone()),
        (format!("task-monitor;id={JOB};status=paused;external=1;sort=colour"), job),
        (format!("#task-monitor;id={JOB};step=7"), invalid(&format!("{JOB}/steps/7"))),
        (format!("#task-monitor;step={STEP};id={JOB}"), target(Target::Node(step_node(1, 2)))),
        (format!("#task-monitor;step={STEP}"), invalid(&format!("steps/{STEP}"))),
        ("#task-monitor;id=7".to_owned(), invalid("7")),
        ("#task-monitor;id=jobs".to_owned(), invalid("jobs")),
        ("#task-monitor;q=a+b".to_owned(), filtered(text("a b"))),
        ("#task-monitor;status=FAILED,started".to_owned(), filtered(statuses(&[Status::Failed, Status::Started]))),
    ];
    for (fragment, expected) in rows {
        let route = Route::parse_place(&fragment);
        assert_eq!(route, Some(expected), "{fragment}");
        assert_eq!(
            Route::parse_place(&route.clone().unwrap().to_place()),
            route,
            "{fragment}: it is the same when written and read again"
        );
    }
    for another in
        ["", "#", "#dashboard-main", "#task-monitors;id=7", "#events;x=task-monitor", "##task-monitor", "#/jobs"]
    {
        assert_eq!(Route::parse_place(another), None, "{another}");
    }
}

fn any_route() -> impl Strategy<Value = Route> {
    let target = prop_oneof![
        Just(Target::List),
        any::<u64>().prop_map(|job| Target::Node(job_node(job.into()))),
        (any::<u64>(), any::<u64>()).prop_map(|(job, step)| Target::Node(step_node(job.into(), step.into()))),
    ];
    let text = prop_oneof![any::<String>(), "[&=#?%+ /;,\"'<>ü☃a]{0,12}"];
    let statuses = prop::collection::vec(prop::sample::select(Status::ALL.to_vec()), 0..5);
    let sort = (prop::sample::select(Column::ALL.to_vec()), any::<bool>());
    (target, text, statuses, prop::option::of(any::<bool>()), any::<bool>(), sort).prop_map(
        |(target, text, statuses, external, attention, (column, down))| Route {
            target,
            filter: Filter {
                text,
                statuses: StatusSet::from_iter(statuses),
                external,
                attention,
                stuck: external.is_some(),
                event_jobs: attention,
            },
            sort: Sort { column, direction: if down { Direction::Descending } else { Direction::Ascending } },
        },
    )
}

proptest! {
    #[test]
    fn a_written_route_is_read_as_the_same_route(route in any_route()) {
        let fragment = route.to_string();
        prop_assert!(fragment.is_ascii() && !fragment[1..].contains(['#', ' ', '"', '<', '>']), "{}", fragment);
        prop_assert_eq!(Route::parse(&fragment), route);
    }

    #[test]
    fn a_written_place_is_read_as_the_same_route(route in any_route()) {
        let place = route.to_place();
        let values = place.strip_prefix("#task-monitor").unwrap().split(';').skip(1);
        for value in values.map(|parameter| parameter.split_once('=').unwrap().1) {
            let plain = |letter: char| letter.is_ascii_alphanumeric() || "._~%-".contains(letter);
            prop_assert!(value.chars().all(plain), "{}", place);
        }
        let back = Route::parse_place(&place);
        prop_assert_eq!(back.as_ref(), Some(&route));
        prop_assert_eq!(Route::parse(&back.unwrap().to_string()), route);
    }

    #[test]
    fn any_text_can_be_read_as_a_place(
        text in any::<String>(),
        parameters in ";?((id|step|q|status|external|attention|sort)=(jobs|7|/|%2F|&|\\+|-|true|owner|é|%zz|aaaa0000-0000-4000-8000-000000000001){0,3};?){0,5}",
    ) {
        prop_assert!(Route::parse_place(&text).is_none() || text.contains("task-monitor"));
        for text in [text, parameters] {
            if let Some(route) = Route::parse_place(&format!("#task-monitor;{text}")) {
                prop_assert_eq!(Route::parse_place(&route.to_place()), Some(route), "{:?}", text);
            }
        }
    }

    #[test]
    fn any_text_can_be_read_as_a_route(text in any::<String>(), path in "#?/?(jobs|job|steps|7|/|\\?|é|aaaa0000-0000-4000-8000-000000000001){0,6}") {
        for text in [text, path] {
            let route = Route::parse(&text);
            prop_assert_eq!(Route::parse(&route.to_string()), route, "{:?}", text);
        }
    }
}
