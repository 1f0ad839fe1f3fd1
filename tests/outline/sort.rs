//! The order of jobs.

use task_monitor::domain::{
    Job, JobWithSteps, Status,
    outline::{Column, Direction, Filter, Sort, Zone, filter},
};

use crate::support::{
    NOW, admin, job, nobody,
    outline::{names, now, snapshot},
    plain_user, step, time,
};

use Direction::{Ascending, Descending};

/// A job with this number as its description, changed by `change`.
fn of(number: u128, change: impl FnOnce(&mut JobWithSteps)) -> JobWithSteps {
    let mut content = job(number, Status::Finished, true);
    change(&mut content);
    content
}

fn order(jobs: Vec<JobWithSteps>, column: Column, direction: Direction, now: i64) -> String {
    let snapshot = snapshot(jobs);
    let filtered =
        filter(&snapshot, &Filter::default(), Sort { column, direction }, &names(), Zone::default(), time(now));
    let number =
        |index: u32| snapshot.jobs()[index as usize].job.id.to_string().trim_start_matches(|c| c != '8').to_owned();
    let numbers = filtered.jobs.iter().map(|job| number(job.index));
    numbers.map(|id| id[5..].trim_start_matches('0').to_owned()).collect::<Vec<_>>().join(" ")
}

#[test]
fn by_each_column_in_both_directions() {
    let with = |change: fn(&mut Job)| move |content: &mut JobWithSteps| change(&mut content.job);
    let ended = |number, seconds: i64| {
        of(number, |content| {
            content.job.start_time = Some(time(NOW - 100_000));
            content.job.end_time = Some(time(NOW - 100_000 + seconds * 1_000));
        })
    };
    let share = |number, ended: usize, all: usize| {
        of(number, |content| {
            let status = |index| if index < ended { Status::Finished } else { Status::Started };
            content.steps =
                (0..all).map(|index| step(number, number * 10 + index as u128, None, status(index), true)).collect();
        })
    };
    let rows: Vec<(Column, Vec<JobWithSteps>, &str, &str)> = vec![
        (
            Column::Description,
            vec![
                of(1, with(|job| job.description = "beta".to_owned())),
                of(2, with(|job| job.description = "Alpha".to_owned())),
                of(3, with(|job| job.description = "alpha 2".to_owned())),
                of(4, with(|job| job.description = "Émile".to_owned())),
            ],
            "2 3 1 4",
            "4 1 3 2",
        ),
        (
            Column::Status,
            Status::ALL.into_iter().zip(1..).map(|(status, number)| job(number, status, true)).collect(),
            "1 2 4 5 3",
            "3 5 4 2 1",
        ),
        (Column::Progress, vec![share(1, 1, 1), share(2, 1, 3), share(3, 0, 0), share(4, 1, 2)], "2 4 1 3", "1 4 2 3"),
        (
            Column::Started,
            vec![job(2, Status::Failed, true), job(1, Status::Started, true), of(3, with(|job| job.start_time = None))],
            "1 2 3",
            "2 1 3",
        ),
        (
            Column::Duration,
            vec![ended(1, 50), ended(2, 5), ended(3, 90), of(4, with(|job| job.start_time = None))],
            "2 1 3 4",
            "3 1 2 4",
        ),
        (
            Column::Owner,
            vec![
                of(1, |content| content.job.owner = Some(plain_user().user.id)),
                of(2, |content| content.job.owner = Some(admin().user.id)),
                of(3, |content| content.job.owner = None),
                of(4, |content| content.job.owner = Some(nobody().user.id)),
            ],
            "2 1 4 3",
            "1 2 4 3",
        ),
    ];
    for (column, jobs, ascending, descending) in rows {
        assert_eq!(order(jobs.clone(), column, Ascending, NOW), ascending, "{column:?} ascending");
        assert_eq!(
            order(jobs, column, Descending, NOW),
            descending,
            "{column:?} descending, what is not known still last"
        );
    }
}

#[test]
fn equal_jobs_are_sorted_newest_first_then_by_id() {
    let same = |number: u128, start: i64| of(number, |content| content.job.start_time = Some(time(start)));
    for (column, direction) in [
        (Column::Status, Ascending),
        (Column::Status, Descending),
        (Column::Owner, Ascending),
        (Column::Progress, Descending),
    ] {
        for jobs in [vec![same(1, 5), same(2, 9), same(3, 5)], vec![same(3, 5), same(1, 5), same(2, 9)]] {
            assert_eq!(order(jobs, column, direction, NOW), "2 1 3", "{column:?} {direction:?}: no poll reorders them");
        }
    }
}

/// The duration of a running job grows: it overtakes an ended one.
#[test]
fn durations_are_as_of_now() {
    let jobs = || {
        let ended = of(1, |content| {
            content.job.end_time = content.job.start_time.map(|start| start + chrono::TimeDelta::minutes(90))
        });
        vec![ended, job(2, Status::Started, true)]
    };
    assert_eq!(order(jobs(), Column::Duration, Descending, NOW), "1 2");
    assert_eq!(order(jobs(), Column::Duration, Descending, NOW + 3_600_000), "2 1");
    assert_eq!(now(), time(NOW));
}

#[test]
fn clicks_on_headers() {
    let newest = Sort::default();
    assert_eq!(newest, Sort { column: Column::Started, direction: Descending });
    let rows = [
        (newest, Column::Started, Column::Started, Ascending),
        (newest, Column::Owner, Column::Owner, Ascending),
        (newest, Column::Duration, Column::Duration, Descending),
        (newest.after_click(Column::Owner), Column::Owner, Column::Owner, Descending),
        (newest.after_click(Column::Owner).after_click(Column::Owner), Column::Owner, Column::Owner, Ascending),
        (newest.after_click(Column::Owner), Column::Started, Column::Started, Descending),
    ];
    for (before, click, column, direction) in rows {
        assert_eq!(before.after_click(click), Sort { column, direction }, "{before:?} {click:?}");
    }
    for column in Column::ALL {
        assert_eq!(column.as_str().parse(), Ok(column));
    }
}
