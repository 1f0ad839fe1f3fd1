//! Filtering again after a change is the same as filtering anew.

use std::sync::Arc;

use proptest::prelude::*;
use task_monitor::domain::outline::{
    Column, Direction, Filter, Filtered, Matching, Names, Query, Snapshot, Sort, StuckJobs, Zone,
};

use crate::support::{
    NOW,
    outline::{advanced, any_filter, any_poll, names},
    time,
};

/// What happens between two lists of rows.
#[derive(Debug, Clone)]
enum Event {
    Poll(Vec<(task_monitor::domain::Job, Option<Vec<task_monitor::domain::Step>>)>),
    Filter(Filter),
    /// As with many jobs: all are matched before, and a poll may come meanwhile.
    FilterInParts(Filter, usize),
    Sort(Sort),
    NameOwners(bool),
    Wait(i64),
    /// The running jobs become stuck, or are so no longer.
    Stuck(bool),
}

fn any_event() -> impl Strategy<Value = Event> {
    let sort = (prop::sample::select(Column::ALL.to_vec()), any::<bool>()).prop_map(|(column, up)| Sort {
        column,
        direction: if up { Direction::Ascending } else { Direction::Descending },
    });
    prop_oneof![
        3 => any_poll().prop_map(Event::Poll),
        2 => any_filter().prop_map(Event::Filter),
        2 => (any_filter(), 1..5_usize).prop_map(|(filter, part)| Event::FilterInParts(filter, part)),
        2 => sort.prop_map(Event::Sort),
        1 => any::<bool>().prop_map(Event::NameOwners),
        1 => (0..200_000_i64).prop_map(Event::Wait),
        1 => any::<bool>().prop_map(Event::Stuck),
    ]
}

proptest! {
    #[test]
    fn filtering_again_is_filtering_anew(events in prop::collection::vec(any_event(), 1..8), late in any_poll()) {
        let (mut seen, mut snapshot) = (Arc::<Snapshot>::default(), Arc::<Snapshot>::default());
        let (mut filtered, mut question, mut sort) = (Filtered::default(), Filter::default(), Sort::default());
        let (mut known, mut now, zone) = (Names::default(), time(NOW), Zone::default());
        let mut stuck = StuckJobs::default();
        for event in events {
            let mut matching = None;
            match event {
                Event::Poll(poll) => snapshot = advanced(&snapshot, poll),
                Event::Filter(filter) => question = filter,
                Event::FilterInParts(filter, part) => {
                    let mut parts = Matching::new(Arc::clone(&snapshot), &filter, &known, &zone, now);
                    while parts.advance(part) {}
                    (matching, question) = (Some(parts), filter);
                    snapshot = advanced(&snapshot, late.clone());
                }
                Event::Sort(other) => sort = other,
                Event::NameOwners(all) => known = if all { names() } else { Names::default() },
                Event::Stuck(are_stuck) => {
                    let running = snapshot.jobs().iter().filter(|node| are_stuck && node.job.status.is_running());
                    stuck = running.map(|node| node.job.id).collect();
                }
                Event::Wait(seconds) => now += chrono::TimeDelta::seconds(seconds),
            }
            let query = Query { filter: &question, sort, names: &known, zone: &zone, now, stuck: &stuck };
            filtered = filtered.again(&seen, &snapshot, query, matching.as_ref());
            seen = Arc::clone(&snapshot);
            prop_assert_eq!(&filtered, &Filtered::default().again(&Snapshot::default(), &snapshot, query, None));
        }
    }
}
