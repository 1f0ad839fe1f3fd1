//! Jobs of a real engine: nested, shown, and as they went.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use task_monitor::domain::{
    Job, JobWithSteps, Status, Step, StepType,
    change::diff,
    outline::{Expansion, Filter, NodeId, Snapshot, StepTree, flatten},
};

use crate::support::{
    outline::{left, snapshot},
    recorded::{jobs_of_hosts, jobs_over_time, jobs_with_steps},
};

/// Also the jobs for added events, which are left out otherwise.
fn everything() -> Filter {
    Filter { event_jobs: true, ..Filter::default() }
}

fn nodes(content: &JobWithSteps) -> impl Iterator<Item = NodeId> {
    let job = content.job.id;
    [NodeId::Job(job)].into_iter().chain(content.steps.iter().map(move |step| NodeId::Step(job, step.id)))
}

#[test]
fn every_step_has_its_row_under_its_parent() {
    for (jobs, levels) in [(jobs_of_hosts(), 5), (jobs_with_steps(), 3)] {
        let all: HashSet<NodeId> = jobs.iter().flat_map(nodes).collect();
        let expansion: Expansion = all.iter().copied().collect();
        let snapshot = snapshot(jobs);
        let filtered = left(&snapshot, &everything());
        let rows: Vec<NodeId> = flatten(&snapshot, &filtered, &expansion)
            .iter()
            .map(|row| {
                let (job, step) = row.look_up(&snapshot, &filtered).unwrap();
                step.map_or(NodeId::Job(job.job.id), |step| NodeId::Step(job.job.id, step.step.id))
            })
            .collect();
        assert_eq!((rows.len(), rows.iter().copied().collect::<HashSet<_>>()), (all.len(), all));
        let trees = || snapshot.jobs().iter().filter_map(|job| job.steps.tree());
        let deepest = trees().flat_map(StepTree::nodes).map(|node| node.depth).max();
        assert_eq!(deepest, Some(levels));
        for (node, parent) in trees().flat_map(|tree| {
            tree.nodes().iter().map(|node| (node, node.parent.and_then(|parent| tree.nodes().get(parent as usize))))
        }) {
            assert_eq!(node.step.parent, parent.map(|parent| parent.step.id));
        }
    }
}

/// The steps where the jobs failed: how many jobs, and the path of the step.
const FAILED: &[(usize, &str)] = &[
    (7, "Executing"),
    (1, "Executing > Copying Volume"),
    (1, "Executing > Creating Volume"),
    (
        1,
        "Executing > Merging snapshots (web2_disk1 Auto-generated for Live Storage Migration into Active VM) of disk web2_disk1",
    ),
    (1, "Finalizing"),
    (20, "Validating"),
];

#[test]
fn where_real_jobs_failed() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for content in jobs_of_hosts().into_iter().filter(|content| content.job.status == Status::Failed) {
        let tree = StepTree::nest(content.steps);
        let index = tree.failed_leaf(content.job.end_time).unwrap();
        let leaf = &tree.nodes()[index].step;
        let consequence = |step: &Step| step.step_type == StepType::Finalizing || step.end_time == content.job.end_time;
        let earlier = tree
            .nodes()
            .iter()
            .map(|node| &node.step)
            .find(|step| step.status == Status::Failed && !consequence(step) && step.end_time < leaf.end_time);
        assert_eq!(earlier, None, "{}", content.job.description);
        let mut path: Vec<&str> =
            tree.ancestors(index).map(|above| tree.nodes()[above].step.description.as_str()).collect();
        path.insert(0, &leaf.description);
        path.reverse();
        *found.entry(path.join(" > ")).or_default() += 1;
    }
    let found: Vec<_> = found.iter().map(|(path, count)| (*count, path.as_str())).collect();
    assert_eq!(found, FAILED);
}

/// What each poll would have brought: the jobs as they were when one of them had changed.
fn polls() -> Vec<Vec<(Job, Option<StepTree>)>> {
    let mut now: Vec<JobWithSteps> = Vec::new();
    let polls = jobs_over_time().into_iter().map(|state| {
        match now.iter_mut().find(|content| content.job.id == state.job.id) {
            Some(content) => *content = state,
            None => now.push(state),
        }
        now.iter().map(|content| (content.job.clone(), Some(StepTree::nest(content.steps.clone())))).collect()
    });
    polls.collect()
}

fn rows(snapshot: &Snapshot) -> Vec<NodeId> {
    let filtered = left(snapshot, &everything());
    let all = snapshot.jobs().iter().flat_map(|job| {
        let steps = job.steps.tree().map(StepTree::nodes).unwrap_or_default();
        let steps = steps.iter().map(|node| NodeId::Step(job.job.id, node.step.id));
        [NodeId::Job(job.job.id)].into_iter().chain(steps)
    });
    let rows = flatten(snapshot, &filtered, &all.collect());
    let id = |row: &task_monitor::domain::outline::Row| {
        let (job, step) = row.look_up(snapshot, &filtered).unwrap();
        step.map_or(NodeId::Job(job.job.id), |step| NodeId::Step(job.job.id, step.step.id))
    };
    rows.iter().map(id).collect()
}

/// A poll changes the job that changed. No other row gets another place among the rows that stay.
#[test]
fn no_row_moves_that_did_not_change() {
    let mut snapshot = Snapshot::default();
    let mut changes = 0;
    for poll in polls() {
        let next = snapshot.advance(poll.clone());
        let change = diff(&snapshot, &next);
        assert_eq!((change.removed.len(), change.added.len() + change.changed.len()), (0, 1), "{change:?}");
        changes += change.changed.len();
        let unchanged = |id: &&NodeId| !change.changed.contains(&id.job()) && !change.added.contains(&id.job());
        let (before, after) = (rows(&snapshot), rows(&next));
        let kept = |rows: &[NodeId], other: &[NodeId]| {
            rows.iter().copied().filter(|id| other.contains(id)).collect::<Vec<_>>()
        };
        assert_eq!(kept(&before, &after), kept(&after, &before), "what stays keeps its order, also in a changed job");
        assert_eq!(
            before.iter().filter(unchanged).collect::<Vec<_>>(),
            after.iter().filter(unchanged).collect::<Vec<_>>()
        );
        for node in snapshot.jobs().iter().filter(|node| !change.changed.contains(&node.job.id)) {
            assert!(Arc::ptr_eq(node, next.find(node.job.id).unwrap()), "an unchanged job is the same node");
        }
        assert!(diff(&next, &next.advance(poll)).is_empty(), "the same poll again changes nothing");
        snapshot = next;
    }
    assert_eq!((snapshot.jobs().len(), changes), (16, 44));
}
