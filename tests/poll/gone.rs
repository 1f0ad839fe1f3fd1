//! What the page keeps about jobs that are gone: nothing, however many come and go.

use std::sync::Arc;

use task_monitor::{
    domain::{
        Job, Status,
        change::diff,
        outline::{Names, NodeId, Snapshot, Zone},
    },
    view::{
        budget::Budget,
        grid::Grid,
        steps::{Due, StepsSchedule},
        wanted::{Interest, Wanted},
    },
};

use crate::support::{
    job, job_id,
    outline::{now, snapshot},
    user_id,
};

/// Ten jobs, each of another owner.
fn generation(number: u128) -> Snapshot {
    let owned = |number: u128| {
        let mut one = job(number, Status::Finished, true);
        one.job = Job { owner: Some(user_id(number)), ..one.job };
        one
    };
    snapshot((number * 10..number * 10 + 10).map(owned))
}

#[test]
fn nothing_stays_of_jobs_that_come_and_go() {
    let (mut schedule, mut grid) = (StepsSchedule::default(), Grid::new(now(), Zone::default()));
    grid.resized(1_000);
    for number in 0..1_000 {
        let next = generation(number);
        for gone in diff(grid.jobs.snapshot(), &next).removed {
            schedule.forget(gone);
        }
        grid.show(Arc::new(next), now());
        schedule.polled(0);
        let wanted = |id| Wanted { job: id, interest: Interest::InView };
        let wanted: Vec<Wanted> = (number * 10..number * 10 + 10).map(job_id).map(wanted).collect();
        while let Due::Jobs(asked) = schedule.next(grid.jobs.snapshot(), &wanted, &mut Budget::default()) {
            asked.iter().for_each(|(_, ask)| schedule.answered(*ask));
        }
        for id in (number * 10..number * 10 + 10).map(job_id) {
            grid.set_open(NodeId::Job(id), true);
        }
        let mut names = (**grid.jobs.names()).clone();
        names.extend((number * 10..number * 10 + 10).map(|owner| (user_id(owner), format!("user {owner}"))));
        grid.name_owners(Arc::new(names));
        if let Some(in_use) = grid.jobs.names_in_use() {
            grid.name_owners(Arc::new(in_use));
        }
        assert_eq!(schedule.remembered(), 10, "{number}");
        // A job may be missing in one answer only, so some stay expanded.
        assert!(grid.outline.expansion().opened(usize::MAX).len() <= 510, "{number}");
        assert!(grid.jobs.names().len() <= 1_000, "{number}");
    }
}

/// Names that are in use stay, however many there are.
#[test]
fn names_in_use_are_kept() {
    let mut grid = Grid::new(now(), Zone::default());
    grid.show(Arc::new(generation(0)), now());
    let names = |count: u128| Names::from_iter((0..count).map(|owner| (user_id(owner), owner.to_string())));
    grid.name_owners(Arc::new(names(1_000)));
    assert_eq!(grid.jobs.names_in_use(), None, "few");
    grid.name_owners(Arc::new(names(1_001)));
    assert_eq!(grid.jobs.names_in_use(), Some(names(10)));
}

/// Rows that are there stay expanded, however many there are.
#[test]
fn rows_that_are_there_stay_expanded() {
    let mut grid = Grid::new(now(), Zone::default());
    let all: Vec<_> = (1..=600).map(|number| job(number, Status::Finished, true)).collect();
    grid.restore_open((1..=600).map(|number| NodeId::Job(job_id(number))));
    grid.show(Arc::new(snapshot(all.clone())), now());
    assert_eq!(grid.outline.expansion().opened(usize::MAX).len(), 600);
    grid.show(Arc::new(snapshot(all.into_iter().take(599))), now());
    assert_eq!(grid.outline.expansion().opened(usize::MAX).len(), 599);
}
