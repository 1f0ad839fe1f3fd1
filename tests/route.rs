//! The URL is the view: both ways, whatever stands in it.
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

fn asking(filter: Filter) -> Route {
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
fn routes_as_they_are_written() {
    let rows = [
        (Route::default(), "#/jobs".to_owned()),
        (target(Target::Node(job_node(1))), format!("#/jobs/{JOB}")),
        (target(Target::Node(step_node(1, 2))), format!("#/jobs/{JOB}/steps/{STEP}")),
        (asking(text("nightly backup")), "#/jobs?q=nightly+backup".to_owned()),
        (asking(text("a&b=c#d?e%f+g/ü")), "#/jobs?q=a%26b%3Dc%23d%3Fe%25f%2Bg%2F%C3%BC".to_owned()),
        (asking(text(" ")), "#/jobs?q=+".to_owned()),
        (asking(statuses(&[Status::Failed, Status::Started])), "#/jobs?status=started%2Cfailed".to_owned()),
        (asking(Filter { external: Some(true), ..Filter::default() }), "#/jobs?external=true".to_owned()),
        (asking(Filter { external: Some(false), ..Filter::default() }), "#/jobs?external=false".to_owned()),
        (asking(Filter { attention: true, ..Filter::default() }), "#/jobs?attention=true".to_owned()),
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
fn links_that_others_wrote() {
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
    let nonsense = [
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
    for fragment in nonsense {
        let route = Route::parse(&fragment);
        assert!(matches!(&route.target, Target::Nonsense(_)), "{fragment}");
        assert_eq!((route.target.node(), route.filter.clone()), (None, Filter::default()));
        assert_eq!(Route::parse(&route.to_string()), route, "{fragment}: nonsense stays the same nonsense");
    }
}

#[test]
fn what_is_not_understood_is_left_out() {
    let rows = [
        ("status=paused", Route::default()),
        ("status=", Route::default()),
        ("status=FAILED,paused,,started,failed", asking(statuses(&[Status::Failed, Status::Started]))),
        ("external=yes", Route::default()),
        ("external=", Route::default()),
        ("attention=1", Route::default()),
        ("sort=colour", Route::default()),
        ("sort=-", Route::default()),
        ("sort=--owner", Route::default()),
        ("sort", Route::default()),
        ("colour=red&q=x&&=", asking(text("x"))),
        ("q=a&q=b", asking(text("b"))),
        ("q=%zz%f", asking(text("%zz%f"))),
        ("q=%ff", asking(text("\u{fffd}"))),
        ("q=a?b", asking(text("a?b"))),
        ("q=a#b", asking(text("a#b"))),
    ];
    for (query, expected) in rows {
        assert_eq!(Route::parse(&format!("#/jobs?{query}")), expected, "{query}");
    }
    let route = Route::parse(&format!("#/jobs/{JOB}?q=x&sort=owner"));
    let closed = route.with_target(Target::List);
    assert_eq!(closed.to_string(), "#/jobs?q=x&sort=owner", "the list stays as it is");
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
            filter: Filter { text, statuses: StatusSet::from_iter(statuses), external, attention },
            sort: Sort { column, direction: if down { Direction::Descending } else { Direction::Ascending } },
        },
    )
}

proptest! {
    #[test]
    fn a_route_comes_back_as_it_was(route in any_route()) {
        let fragment = route.to_string();
        prop_assert!(fragment.is_ascii() && !fragment[1..].contains(['#', ' ', '"', '<', '>']), "{}", fragment);
        prop_assert_eq!(Route::parse(&fragment), route);
    }

    #[test]
    fn any_text_is_a_route_and_settles_at_once(text in any::<String>(), path in "#?/?(jobs|job|steps|7|/|\\?|é|aaaa0000-0000-4000-8000-000000000001){0,6}") {
        for text in [text, path] {
            let route = Route::parse(&text);
            prop_assert_eq!(Route::parse(&route.to_string()), route, "{:?}", text);
        }
    }
}
