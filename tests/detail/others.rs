//! What the page knows from other jobs: the same failure elsewhere, and what usually comes next.

use std::sync::Arc;

use task_monitor::{
    domain::{
        HostId, Job, JobWithSteps, Status, Step, Time,
        outline::{Snapshot, StepTree},
    },
    view::{same_failure::SameFailure, subject::Subject, usually_next::usually_next, words},
};

use crate::{
    ENDED, FAILED, RUNS,
    support::{NOW, job, outline::fetched, step, time},
};

fn at(minutes: i64) -> Time {
    time(NOW + minutes * 60_000)
}

/// A failed job with one failed step, which ended at that minute on that host; without the step if there is no text.
fn failure(number: u128, name: &str, text: Option<&str>, minute: i64, host: Option<u128>) -> JobWithSteps {
    let host = host.map(|host| HostId::new(uuid::Uuid::from_u128(host)));
    let failed = text.map(|text| Step {
        description: text.to_owned(),
        end_time: Some(at(minute)),
        execution_host: host,
        ..step(number, number * 10, None, FAILED, false)
    });
    let content = job(number, FAILED, false);
    let job = Job { description: name.to_owned(), end_time: Some(at(minute)), ..content.job };
    JobWithSteps { job, steps: failed.into_iter().collect() }
}

fn subject(snapshot: &Snapshot, index: usize) -> Subject {
    Subject { job: Arc::clone(&snapshot.jobs()[index]), step: None }
}

#[test]
fn the_same_failure_is_counted_over_all_jobs_whose_steps_are_loaded() {
    let jobs = [
        failure(1, "Adding Disk a_1", Some("Creating volume 1 on host hv08"), 1, Some(8)),
        failure(2, "Adding Disk b_2", Some("Creating volume 22 on host hv08"), 3, Some(8)),
        failure(3, "Adding Disk c_3", Some("Creating volume 3 on host hv08"), 2, Some(8)),
        failure(4, "Adding Disk d_4", Some("Copying volume 3"), 2, Some(8)),
        failure(5, "Adding Disk e_5", Some("Executing"), 2, Some(7)),
        failure(6, "Moving Disk f_6", Some("Executing"), 3, Some(7)),
        failure(7, "Moving Disk g_7", Some("Executing"), 4, Some(8)),
        failure(8, "Moving Disk h_8", None, 5, None),
    ];
    let unloaded = (failure(9, "Moving Disk i_9", None, 6, None).job, None::<StepTree>);
    let snapshot = Snapshot::default().advance(jobs.into_iter().map(fetched).chain([unloaded]));
    for (index, expected) in [
        (
            0,
            "1st of 3 such failures since 01:01, always on hv08. | Not compared with 1 failed job, whose steps are not loaded.",
        ),
        (
            1,
            "3rd such failure since 01:01, always on hv08. | Not compared with 1 failed job, whose steps are not loaded.",
        ),
        (
            2,
            "2nd of 3 such failures since 01:01, always on hv08. | Not compared with 1 failed job, whose steps are not loaded.",
        ),
        (3, "alone"),
        // A generic name says nothing without that of its job.
        (4, "alone"),
        (6, "2nd such failure since 01:03. | Not compared with 1 failed job, whose steps are not loaded."),
        (7, "alone"),
        (8, "nothing is known"),
    ] {
        let said = SameFailure::of(&subject(&snapshot, index), &snapshot, &["hv08".to_owned()]).map(|found| {
            if found.all.len() == 1 {
                return "alone".to_owned();
            }
            let first = found.all[0].at.unwrap().format("%H:%M").to_string();
            let host = found.host.map(|_| "hv08");
            let sentence = words::same_failure(found.number, found.all.len(), Some(&first), host);
            format!("{sentence} | {}", words::not_compared(found.not_compared))
        });
        assert_eq!(said.as_deref().unwrap_or("nothing is known"), expected, "{index}");
    }
}

/// A job of a kind with steps of these names, of which the first so many have ended.
fn backup(number: u128, status: Status, names: &[&str], ended: usize) -> JobWithSteps {
    let steps = names.iter().zip(0_u32..).map(|(name, place)| Step {
        description: (*name).to_owned(),
        number: Some(place),
        ..step(
            number,
            number * 10 + u128::from(place),
            None,
            if (place as usize) < ended { ENDED } else { RUNS },
            false,
        )
    });
    let content = job(number, status, false);
    let job = Job { description: format!("Back up db_{number}"), ..content.job };
    JobWithSteps { job, steps: steps.collect() }
}

#[test]
fn what_followed_in_most_jobs_of_the_kind_usually_comes_next() {
    const ALL: [&str; 3] = ["Snapshot", "Copy", "Clean up"];
    let table: [(&[&str], usize, usize, Option<&str>); 5] = [
        // The steps of the running job, how many like it finished, and how many finished after the copy.
        (&["Snapshot"], 5, 0, Some("Then usually: Copy, as in 5 of 5 such jobs.")),
        (&["Snapshot", "Copy"], 5, 2, Some("Then usually: Clean up, as in 5 of 7 such jobs.")),
        (&["Snapshot", "Copy"], 2, 5, Some("Usually the last step, as in 5 of 7 such jobs.")),
        (&["Snapshot", "Copy"], 3, 3, None),
        (&["Snapshot"], 4, 0, None),
    ];
    for (present, whole, short, expected) in table {
        let finished = (0..whole + short).map(|number| {
            let names = if number < whole { &ALL[..] } else { &ALL[..2] };
            backup(number as u128 + 2, ENDED, names, 3)
        });
        let running = backup(1, RUNS, present, present.len() - 1);
        let snapshot = Snapshot::default().advance(std::iter::once(running).chain(finished).map(fetched));
        let next = usually_next(&subject(&snapshot, 0), &snapshot);
        assert_eq!(next.map(|next| words::usually_next(&next)).as_deref(), expected, "{present:?} {whole} {short}");
        assert_eq!(usually_next(&subject(&snapshot, 1), &snapshot), None, "a job that has ended");
    }
}
