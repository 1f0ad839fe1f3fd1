//! From the outline to rows.

use std::sync::Arc;

use proptest::prelude::*;
use task_monitor::domain::{
    Status,
    outline::{Expansion, Filter, Filtered, NodeId, Row, Snapshot, StepTree, find_row, flatten},
};

use crate::support::{
    job_id,
    outline::{advanced, any_filter, any_poll, job_node, job_of, left, search, snapshot, step_node},
    step_id,
};

const RUNS: Status = Status::Started;
const ENDED: Status = Status::Finished;

fn open(nodes: impl IntoIterator<Item = NodeId>) -> Expansion {
    nodes.into_iter().collect()
}

/// Rows as an indented list with their positions among siblings: `J2 1/2`, `.21 1/1`.
pub fn show(snapshot: &Snapshot, filtered: &Filtered, rows: &[Row]) -> Vec<String> {
    let one = |row: &Row| {
        let (job, step) = row.look_up(snapshot, filtered).unwrap();
        let name = step.map_or_else(
            || job.job.description.replace("Job ", "J"),
            |step| ".".repeat(step.depth as usize) + &step.step.description.replace("Step ", ""),
        );
        let (position, siblings) = row.sibling_position(snapshot, filtered).unwrap();
        format!("{name} {position}/{siblings}")
    };
    rows.iter().map(one).collect()
}

fn world() -> Snapshot {
    snapshot([
        job_of(1, &[(11, None, RUNS), (12, Some(11), ENDED), (13, Some(12), RUNS), (14, None, ENDED)]),
        job_of(2, &[(21, None, ENDED)]),
    ])
}

#[test]
fn only_open_nodes_have_rows_below() {
    let rows: &[(&str, &[NodeId], &[&str])] = &[
        ("all closed", &[], &["J2 1/2", "J1 2/2"]),
        ("one job", &[job_node(1)], &["J2 1/2", "J1 2/2", ".11 1/2", ".14 2/2"]),
        ("inside a closed job", &[step_node(1, 11), step_node(1, 12)], &["J2 1/2", "J1 2/2"]),
        (
            "all",
            &[job_node(1), job_node(2), step_node(1, 11), step_node(1, 12), step_node(2, 21)],
            &["J2 1/2", ".21 1/1", "J1 2/2", ".11 1/2", "..12 1/1", "...13 1/1", ".14 2/2"],
        ),
        ("a gap in the way", &[job_node(1), step_node(1, 12)], &["J2 1/2", "J1 2/2", ".11 1/2", ".14 2/2"]),
        ("what is not there", &[job_node(9), step_node(1, 99)], &["J2 1/2", "J1 2/2"]),
    ];
    let snapshot = world();
    let filtered = left(&snapshot, &Filter::default());
    for (name, nodes, expected) in rows {
        let rows = flatten(&snapshot, &filtered, &open(nodes.iter().copied()));
        assert_eq!(show(&snapshot, &filtered, &rows), *expected, "{name}");
    }
}

#[test]
fn a_search_opens_nodes_until_the_user_closes_them() {
    let snapshot = world();
    let filtered = left(&snapshot, &search("step 13"));
    let mut expansion = Expansion::default();
    let rows = |expansion: &Expansion| show(&snapshot, &filtered, &flatten(&snapshot, &filtered, expansion));
    assert_eq!(rows(&expansion), ["J1 1/1", ".11 1/1", "..12 1/1", "...13 1/1"]);
    expansion.set(step_node(1, 11), true, false);
    assert_eq!(rows(&expansion), ["J1 1/1", ".11 1/1"]);
    assert!(!expansion.is_open(step_node(1, 11), true) && !expansion.is_open(step_node(1, 11), false));
    expansion.set(step_node(1, 11), true, true);
    assert_eq!(rows(&expansion).len(), 4);
    assert!(expansion.is_open(step_node(1, 11), false), "opened by the user, so it stays open after the search");
    expansion.set(job_node(1), true, false);
    assert_eq!(rows(&expansion), ["J1 1/1"]);
}

#[test]
fn opening_and_closing_a_node_leaves_nothing_behind() {
    let nodes = [job_node(1), step_node(1, 11), step_node(1, 12), step_node(2, 21)];
    let mut expansion = open(nodes);
    let opened: std::collections::BTreeSet<NodeId> = expansion.opened(usize::MAX).into_iter().collect();
    assert_eq!(opened, nodes.into());
    for node in nodes {
        assert!(expansion.is_open(node, false) && !expansion.is_open(job_node(2), false));
        expansion.set(node, false, false);
        assert!(!expansion.is_open(node, false));
    }
    assert_eq!(expansion, Expansion::default());
    expansion.set(job_node(9), false, false);
    expansion.set(job_node(1), true, false);
    expansion.forget_closed();
    assert_eq!(expansion, Expansion::default());
}

/// The expected rows, by a slow and simple recursion.
fn expected(snapshot: &Snapshot, filtered: &Filtered, expansion: &Expansion) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    for left in &filtered.jobs {
        let job = &snapshot.jobs()[left.index as usize];
        nodes.push(NodeId::Job(job.job.id));
        if let Some(tree) =
            job.steps.tree().filter(|_| expansion.is_open(NodeId::Job(job.job.id), left.has_match_below))
        {
            children(&mut nodes, tree, left, expansion, None);
        }
    }
    nodes
}

fn children(
    nodes: &mut Vec<NodeId>,
    tree: &StepTree,
    left: &task_monitor::domain::outline::FilteredJob,
    expansion: &Expansion,
    parent: Option<u32>,
) {
    use task_monitor::domain::outline::KeptSteps;
    for (index, node) in tree.nodes().iter().enumerate().filter(|(_, node)| node.parent == parent) {
        let (kept, has_match_below) = match &left.kept {
            KeptSteps::All => (true, false),
            KeptSteps::Some(steps) => (steps[index].kept, steps[index].has_match_below),
        };
        let id = NodeId::Step(node.step.job, node.step.id);
        if kept {
            nodes.push(id);
        }
        if kept && expansion.is_open(id, has_match_below) {
            children(nodes, tree, left, expansion, Some(u32::try_from(index).unwrap()));
        }
    }
}

/// Any nodes of the random jobs, opened and closed.
fn any_expansion() -> impl Strategy<Value = Expansion> {
    let node = (0..16_u128, prop::option::of(0..10_u128));
    let nodes = prop::collection::vec(node, 0..60).prop_map(|nodes| {
        let node = |(job, step): (u128, Option<u128>)| {
            step.map_or(NodeId::Job(job_id(job)), |step| NodeId::Step(job_id(job), step_id(job * 100 + step)))
        };
        nodes.into_iter().map(node).collect()
    });
    (nodes.clone(), nodes).prop_map(|(open, closed): (Vec<NodeId>, Vec<NodeId>)| {
        let mut expansion = Expansion::default();
        for node in closed {
            expansion.set(node, true, false);
        }
        expansion.extend(open);
        expansion
    })
}

proptest! {
    #[test]
    fn flatten_equals_the_simple_recursion(
        poll in any_poll(), steps_come_later in any::<bool>(), question in any_filter(), expansion in any_expansion(),
    ) {
        let snapshot = if steps_come_later {
            let jobs = poll.iter().map(|(job, _)| (job.clone(), None));
            let steps = poll.iter().filter_map(|(job, steps)| Some((job.id, StepTree::nest(steps.clone()?))));
            Arc::new(Snapshot::default().advance(jobs).with_steps(steps))
        } else {
            advanced(&Snapshot::default(), poll)
        };
        let filtered = left(&snapshot, &question);
        let rows = flatten(&snapshot, &filtered, &expansion);
        let nodes: Vec<NodeId> = rows.iter().map(|row| row.id(&snapshot, &filtered).unwrap()).collect();
        prop_assert_eq!(&nodes, &expected(&snapshot, &filtered, &expansion));
        // The binary search finds what a look at each row finds.
        for (job, left) in filtered.jobs.iter().enumerate() {
            let steps = snapshot.jobs()[left.index as usize].steps.tree().map_or(0, |tree| tree.nodes().len());
            for step in std::iter::once(None).chain((0..steps + 1).map(Some)) {
                let linear = rows.iter().position(|row| row.job as usize == job && row.step() == step);
                prop_assert_eq!(find_row(&rows, job, step), linear);
            }
        }
        prop_assert_eq!(find_row(&rows, filtered.jobs.len(), None), None);
    }

    /// Siblings on show are counted, and no others.
    #[test]
    fn positions_count_the_siblings_on_show(poll in any_poll(), question in any_filter()) {
        let snapshot = advanced(&Snapshot::default(), poll);
        let filtered = left(&snapshot, &question);
        let all = snapshot.jobs().iter().flat_map(|node| {
            let steps = node.steps.tree().into_iter().flat_map(|tree| tree.nodes());
            steps.map(|step| NodeId::Step(node.job.id, step.step.id)).chain([NodeId::Job(node.job.id)])
        });
        let rows = flatten(&snapshot, &filtered, &open(all));
        let parent = |row: &Row| row.look_up(&snapshot, &filtered).unwrap().1.map(|step| (row.job, step.parent));
        for row in &rows {
            let family: Vec<&Row> = rows.iter().filter(|other| parent(other) == parent(row)).collect();
            let place = family.iter().position(|other| *other == row).unwrap();
            let (position, siblings) = row.sibling_position(&snapshot, &filtered).unwrap();
            prop_assert_eq!((position as usize, siblings as usize), (place + 1, family.len()));
        }
    }
}
