//! From one snapshot to the next: a job that did not change stays the same node.

use std::sync::Arc;

use task_monitor::domain::{
    Status,
    outline::{JobNode, Snapshot, StepTree, Steps},
};

use crate::support::{
    job, job_id, job_with_steps,
    outline::{fetched, snapshot},
    step,
};

fn two() -> Snapshot {
    snapshot([job_with_steps(1, Status::Started, true), job_with_steps(2, Status::Finished, true)])
}

fn numbers(snapshot: &Snapshot) -> Vec<String> {
    snapshot.jobs().iter().map(|node| node.job.description.replace("Job ", "")).collect()
}

#[test]
fn an_unchanged_job_is_the_same_node() {
    let old = two();
    let mut changed = job(1, Status::Failed, true).job;
    let same = job(2, Status::Finished, true).job;
    let next = old.advance([(same.clone(), None), (changed.clone(), None), (job(3, Status::Started, true).job, None)]);
    let kept = |id: u128| Arc::ptr_eq(old.find(job_id(id)).unwrap(), next.find(job_id(id)).unwrap());
    assert_eq!((kept(1), kept(2)), (false, true));
    assert_eq!(numbers(&next), ["2", "1", "3"], "in the engine's order");
    assert_eq!(next.find(job_id(1)).unwrap().steps, old.find(job_id(1)).unwrap().steps, "loaded steps stay loaded");
    assert_eq!(next.find(job_id(3)).unwrap().steps, Steps::Unfetched);
    // The same steps again keep the node, too.
    let again = next.advance([fetched(job_with_steps(2, Status::Finished, true))]);
    assert!(Arc::ptr_eq(next.find(job_id(2)).unwrap(), again.find(job_id(2)).unwrap()));
    assert_eq!(numbers(&again), ["2"], "a job that is not listed is gone");
    // Of several jobs with the same id the first counts.
    changed.description = "second".to_owned();
    let twice = old.advance([(same, None), (job(1, Status::Started, true).job, None), (changed, None)]);
    assert_eq!(numbers(&twice), ["2", "1"]);
}

/// A list says of a job the same as before: then it is the same `Arc`, or another one beside steps that were loaded since.
#[test]
fn a_list_that_says_the_same_changes_nothing() {
    let listed = |id, status| Arc::new(JobNode::listed(job(id, status, true).job, None));
    let list = [listed(1, Status::Started), listed(2, Status::Finished)];
    let first = Snapshot::default().advance_to(list.clone());
    assert!(first.jobs().iter().zip(&list).all(|(node, said)| Arc::ptr_eq(node, said)));
    let (id, tree) = (job_id(1), StepTree::nest(job_with_steps(1, Status::Started, true).steps));
    let loaded = first.with_steps([(id, tree.clone())]);
    let again = loaded.advance_to(list.clone());
    assert!(loaded.jobs().iter().zip(again.jobs()).all(|(before, after)| Arc::ptr_eq(before, after)));
    // An action on this page was shown meanwhile. The list still counts: it is newer.
    let acted = loaded.with_job(job(1, Status::Failed, true).job);
    let back = acted.advance_to(list);
    assert_eq!(back.find(id).unwrap().job.status, Status::Started);
    assert_eq!(back.find(id).unwrap().steps.tree(), Some(&tree));
}

#[test]
fn a_part_of_a_list_removes_nothing() {
    let old = two();
    let part = || [3, 2].map(|id| Arc::new(JobNode::listed(job(id, Status::Failed, true).job, None)));
    let next = old.advance_in_part(part());
    assert_eq!(numbers(&next), ["3", "2", "1"]);
    let status = |id| next.find(job_id(id)).unwrap().job.status;
    assert_eq!([1, 2, 3].map(status), [Status::Started, Status::Failed, Status::Failed]);
    assert!(Arc::ptr_eq(next.find(job_id(1)).unwrap(), old.find(job_id(1)).unwrap()));
    assert_eq!(numbers(&old.advance_to(part())), ["3", "2"], "a whole list removes");
}

#[test]
fn counts_and_indexes_are_kept() {
    let all = snapshot(Status::ALL.into_iter().zip(1..).map(|(status, number)| job_with_steps(number, status, true)));
    let moments = [
        ("all", all.clone(), [1, 1, 1, 1, 1]),
        ("one fails", all.with_job(job(1, Status::Failed, true).job), [0, 2, 1, 1, 1]),
        ("one joins", all.with_job(job(9, Status::Started, true).job), [2, 1, 1, 1, 1]),
        ("one goes", all.without_job(job_id(5)), [1, 1, 1, 1, 0]),
        ("one that is not there goes", all.without_job(job_id(9)), [1, 1, 1, 1, 1]),
        ("steps come", all.with_steps([(job_id(2), StepTree::default())]), [1, 1, 1, 1, 1]),
        ("all go", all.advance([]), [0; 5]),
    ];
    for (name, moment, expected) in moments {
        assert_eq!(Status::ALL.map(|status| moment.counts().of(status)), expected, "{name}");
        assert_eq!(moment.counts().all(), moment.jobs().len(), "{name}");
        for (place, node) in moment.jobs().iter().enumerate() {
            assert_eq!(moment.index_of(node.job.id), Some(place), "{name}");
        }
    }
    assert!(all.without_job(job_id(3)).find(job_id(3)).is_none());
}

#[test]
fn steps_arrive_for_some_jobs() {
    let old = Snapshot::default().advance([1, 2, 3].map(|number| (job(number, Status::Started, true).job, None)));
    assert_eq!((old.known_steps(), old.unfetched()), (0, 3));
    let tree = |number| StepTree::nest(vec![step(number, number * 10, None, Status::Started, true)]);
    let next = old.with_steps([(job_id(2), tree(2)), (job_id(3), StepTree::default()), (job_id(9), tree(9))]);
    assert_eq!((next.known_steps(), next.unfetched(), next.jobs().len()), (1, 1, 3));
    assert!(Arc::ptr_eq(&old.jobs()[0], &next.jobs()[0]));
    let may = |index: usize| next.jobs()[index].steps.may_have_any();
    assert_eq!((may(0), may(1), may(2)), (true, true, false), "a job without steps cannot be opened");
    assert_eq!(
        next.jobs().iter().map(|node| node.steps.share().map(|share| share.all)).collect::<Vec<_>>(),
        [None, Some(1), None]
    );
    // The same answer again changes nothing.
    let again = next.with_steps([(job_id(2), tree(2)), (job_id(3), StepTree::default())]);
    assert!(next.jobs().iter().zip(again.jobs()).all(|(old, new)| Arc::ptr_eq(old, new)));
}
