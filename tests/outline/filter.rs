//! Which jobs and steps match a filter.

use proptest::prelude::*;
use task_monitor::domain::{
    ExternalSystem, HostId, JobWithSteps, Status, Step, StepType,
    outline::{Filter, KeptStep, KeptSteps, Snapshot, StatusSet, StepNode, filter},
};

use crate::support::{
    admin, creator, job, job_id, job_with_steps,
    outline::{advanced, any_filter, any_poll, job_of, left, search, snapshot},
    step, step_id,
};

const RUNS: Status = Status::Started;
const ENDED: Status = Status::Finished;
const FAILED: Status = Status::Failed;

/// What is shown, job by job, as ids and marks: `(J1*) 11* 12`. A star: opened by the search. In brackets: shown only because
/// of something below it. `…`: steps that are not loaded.
fn shown(snapshot: &Snapshot, question: &Filter) -> String {
    let mut parts = Vec::new();
    for left in &left(snapshot, question).jobs {
        let node = &snapshot.jobs()[left.index as usize];
        let marked = |text: String, has_match_below: bool, ancestor_only: bool| {
            let text = if has_match_below { text + "*" } else { text };
            if ancestor_only { format!("({text})") } else { text }
        };
        parts.push(marked(node.job.description.replace("Job ", "J"), left.has_match_below, left.ancestor_only));
        let Some(tree) = node.steps.tree() else {
            parts.push("…".to_owned());
            continue;
        };
        let as_nested = KeptStep { kept: true, ..KeptStep::default() };
        let steps = match &left.kept {
            KeptSteps::All => &vec![as_nested; tree.nodes().len()].into(),
            KeptSteps::Some(steps) => steps,
        };
        assert_eq!(tree.nodes().len(), steps.len());
        let kept = tree.nodes().iter().zip(steps.iter()).filter(|(_, step)| step.kept);
        let name = |node: &StepNode| node.step.description.replace("Step ", "");
        parts.extend(kept.map(|(node, step)| marked(name(node), step.has_match_below, step.ancestor_only)));
    }
    parts.join(" ")
}

fn attention() -> Filter {
    Filter { attention: true, ..Filter::default() }
}

/// One job with every field that can be searched, and one without.
fn particular() -> Snapshot {
    let step = Step {
        step_type: StepType::RebalancingVolume,
        description: "Copying Disk".to_owned(),
        external_system: Some(ExternalSystem::Gluster),
        execution_host: Some(HostId::new(uuid::Uuid::from_u128(0xcafe << 112))),
        ..step(1, 11, None, Status::Aborted, false)
    };
    let mut one = JobWithSteps { steps: vec![step], ..job(1, RUNS, true) };
    one.job.description = "Nightly Backup of Größe".to_owned();
    one.job.auto_cleared = true;
    let mut other = job(2, ENDED, false);
    other.job.owner = Some(creator().user.id);
    snapshot([one, other])
}

#[test]
fn every_field_is_searched() {
    let snapshot = particular();
    let ids = [
        job_id(1).to_string().to_uppercase(),
        step_id(11).to_string(),
        admin().user.id.to_string(),
        creator().user.id.to_string(),
    ];
    let (job, step, other) = ("Nightly Backup of Größe Copying Disk", "(Nightly Backup of Größe*) Copying Disk", "J2");
    let rows = [
        ("backup", job),
        ("  BACKUP  ", job),
        ("grösse", ""),
        ("GRÖßE", job),
        ("backup nightly", job),
        ("backup weekly", ""),
        ("backup copying", ""),
        ("started", job),
        ("running", job),
        ("Running external backup", job),
        ("finished", other),
        ("admin@", job),
        ("backup@internal", ""),
        ("auto-cleared", job),
        ("copying", step),
        ("aborted", step),
        ("rebalancing", step),
        ("gluster", step),
        ("cafe0000-", step),
        (ids[0].as_str(), job),
        (ids[1].as_str(), step),
        (ids[2].as_str(), job),
        (ids[3].as_str(), other),
        ("aaaa0000 running", job),
        ("nothing has this", ""),
    ];
    for (text, expected) in rows {
        assert_eq!(shown(&snapshot, &search(text)), expected, "{text:?}");
    }
}

#[test]
fn a_word_for_one_field_matches_no_other_field() {
    let mut unknown = job(1, RUNS, true);
    unknown.steps = vec![Step { step_type: StepType::Unknown, ..step(1, 11, None, RUNS, true) }];
    assert_eq!(
        shown(&snapshot([unknown]), &search("unknown")),
        "",
        "a kind that the engine did not tell is nothing to find"
    );
    let owners = filter(
        &particular(),
        &search("admin@"),
        Default::default(),
        &Default::default(),
        Default::default(),
        crate::support::outline::now(),
    );
    assert!(owners.jobs.is_empty(), "unknown names are not found");
}

#[test]
fn the_ancestors_of_a_match_are_opened() {
    let snapshot = snapshot([
        job_of(
            1,
            &[(11, None, RUNS), (12, Some(11), ENDED), (13, Some(12), RUNS), (14, Some(13), RUNS), (15, None, ENDED)],
        ),
        job_of(2, &[(21, None, RUNS)]),
    ]);
    let rows = [
        ("a job: all below it stays reachable", search(&job_id(1).to_string()), "J1 11 12 13 14 15"),
        ("a step: the way, and what stands under it", search("step 12"), "(J1*) (11*) 12 13 14"),
        ("a leaf", search("step 14"), "(J1*) (11*) (12*) (13*) 14"),
        ("two in one branch", search("step 11"), "(J1*) 11 12 13 14"),
        ("in two jobs", search("1"), "J2* 21 J1* 11* 12* 13* 14 15"),
        ("nothing but space", search("   "), "J2 21 J1 11 12 13 14 15"),
    ];
    for (name, question, expected) in rows {
        assert_eq!(shown(&snapshot, &question), expected, "{name}");
    }
    let unfetched = Snapshot::default().advance([(job(1, RUNS, true).job, None), (job(2, RUNS, true).job, None)]);
    assert_eq!(
        shown(&unfetched, &search(&job_id(1).to_string())),
        "J1 …",
        "what was never fetched may still be opened"
    );
}

#[test]
fn attention_shows_what_failed_or_runs_and_its_parents() {
    let rows = [
        ("runs", job_of(1, &[(11, None, ENDED), (12, None, RUNS)]), attention(), "J1 12"),
        (
            "under a good step",
            job_of(1, &[(11, None, ENDED), (12, Some(11), FAILED), (13, Some(12), ENDED)]),
            attention(),
            "J1 (11) 12",
        ),
        (
            "a failed step without failed children",
            job_of(1, &[(11, None, FAILED), (12, Some(11), ENDED)]),
            attention(),
            "J1 11",
        ),
        (
            "in a finished job",
            JobWithSteps { steps: job_of(1, &[(11, None, FAILED)]).steps, ..job(1, ENDED, true) },
            attention(),
            "(J1) 11",
        ),
        ("a finished job", job_with_steps(1, ENDED, true), attention(), "(J1) 11 12"),
        (
            "aborted and unknown",
            JobWithSteps { steps: job_of(1, &[(11, None, Status::Unknown)]).steps, ..job(1, Status::Aborted, true) },
            attention(),
            "",
        ),
        ("a failed job without steps", job(1, FAILED, true), attention(), "J1"),
        (
            "and a search",
            job_of(1, &[(11, None, RUNS), (12, Some(11), FAILED), (13, Some(11), ENDED), (14, None, FAILED)]),
            Filter { text: "step".to_owned(), ..attention() },
            "(J1*) 11* 12 14",
        ),
        (
            "and a search for what ended well",
            job_of(1, &[(11, None, ENDED)]),
            Filter { text: "step 11".to_owned(), ..attention() },
            "",
        ),
    ];
    for (name, job, question, expected) in rows {
        assert_eq!(shown(&snapshot([job]), &question), expected, "{name}");
    }
}

#[test]
fn jobs_by_status_and_origin() {
    let jobs = Status::ALL.into_iter().zip(1..).map(|(status, number)| job(number, status, number % 2 == 0));
    let snapshot = snapshot(jobs);
    let rows: [(&[Status], Option<bool>, &str); 6] = [
        (&[], None, "5 4 3 2 1"),
        (&[FAILED], None, "2"),
        (&[ENDED, RUNS], None, "3 1"),
        (&[], Some(true), "4 2"),
        (&[], Some(false), "5 3 1"),
        (&[RUNS, FAILED], Some(true), "2"),
    ];
    for (statuses, external, expected) in rows {
        let question = Filter { statuses: statuses.iter().copied().collect(), external, ..Filter::default() };
        let found = shown(&snapshot, &question).replace([' ', '…'], "").replace('J', " ");
        assert_eq!(found.trim(), expected, "{statuses:?} {external:?}");
        assert_eq!(question.is_empty(), expected.len() == 9);
    }
}

#[test]
fn a_set_of_statuses() {
    let none = StatusSet::default();
    assert!(none.is_any() && none.iter().next().is_none());
    for status in Status::ALL {
        let one = none.toggled(status);
        assert!(one.contains(status) && !one.is_any());
        assert_eq!((one.iter().collect::<Vec<_>>(), one.toggled(status)), (vec![status], none));
    }
    let all: StatusSet = Status::ALL.into_iter().rev().collect();
    assert_eq!(all.iter().collect::<Vec<_>>(), Status::ALL, "in the order of attention");
}

proptest! {
    #[test]
    fn no_step_is_shown_without_its_parents(poll in any_poll(), question in any_filter()) {
        let snapshot = advanced(&Snapshot::default(), poll);
        let filtered = left(&snapshot, &question);
        for (place, left) in filtered.jobs.iter().enumerate() {
            prop_assert_eq!(filtered.index_of(left.index as usize), Some(place));
            let node = &snapshot.jobs()[left.index as usize];
            let (Some(tree), KeptSteps::Some(steps)) = (node.steps.tree(), &left.kept) else { continue };
            for (node, step) in tree.nodes().iter().zip(steps.iter()) {
                let parent = node.parent.map(|parent| steps[parent as usize]);
                prop_assert!(!step.kept || parent.is_none_or(|parent| parent.kept));
                prop_assert!(!step.has_match_below || (step.kept && parent.is_none_or(|parent| parent.has_match_below)));
                prop_assert!(!step.has_match_below || left.has_match_below);
            }
            for (index, step) in tree.nodes().iter().enumerate() {
                let children = tree.nodes().iter().zip(steps.iter()).filter(|(child, kept)| child.parent == u32::try_from(index).ok() && kept.kept);
                prop_assert_eq!(steps[index].children as usize, children.count());
                prop_assert!(left.has_below(node, Some(index)) == (steps[index].children > 0) && step.depth > 0);
            }
        }
        let out = (0..snapshot.jobs().len()).filter(|index| filtered.index_of(*index).is_none()).count();
        prop_assert_eq!(out + filtered.jobs.len(), snapshot.jobs().len());
    }
}
