//! Nesting steps.

use std::collections::HashSet;

use proptest::prelude::*;
use task_monitor::domain::{
    Status, Step, StepId,
    outline::{StepNode, StepTree},
};

use crate::support::{NOW, outline::any_steps, step, time};

const RUNS: Status = Status::Started;
const ENDED: Status = Status::Finished;
const FAILED: Status = Status::Failed;

/// A tree in one line: `1(2 3(4)) 5`.
fn show(tree: &StepTree) -> String {
    let mut text = String::new();
    let mut depth = 1;
    for node in tree.nodes() {
        match node.depth {
            deeper if deeper > depth => text.push('('),
            same if same == depth => text.push(' '),
            shallower => {
                text.push_str(&")".repeat((depth - shallower) as usize));
                text.push(' ');
            }
        }
        depth = node.depth;
        text.push_str(node.step.description.trim_start_matches("Step "));
    }
    text.push_str(&")".repeat(depth as usize - 1));
    text.trim().to_owned()
}

/// Steps in the order given: number and parent.
fn steps(steps: &[(u128, Option<u128>)]) -> Vec<Step> {
    steps.iter().map(|&(number, parent)| step(1, number, parent, RUNS, true)).collect()
}

#[test]
fn steps_in_any_order() {
    type Row = (&'static str, &'static [(u128, Option<u128>)], &'static str);
    let rows: &[Row] = &[
        ("none", &[], ""),
        ("flat", &[(2, None), (1, None)], "1 2"),
        ("in order", &[(1, None), (2, Some(1)), (3, Some(2)), (4, None)], "1(2(3)) 4"),
        ("parent after child", &[(3, Some(2)), (2, Some(1)), (4, None), (1, None)], "1(2(3)) 4"),
        ("siblings of a parent", &[(4, Some(1)), (3, Some(2)), (2, Some(1)), (1, None)], "1(2(3) 4)"),
        ("orphan at the top, with its children", &[(2, Some(9)), (3, Some(2)), (1, None)], "1 2(3)"),
        ("under itself", &[(1, Some(1)), (2, Some(1)), (3, None)], "3 1(2)"),
        ("circle of two", &[(1, Some(2)), (2, Some(1)), (3, None)], "3 1(2)"),
        (
            "circle of three, and what hangs on it",
            &[(1, Some(3)), (2, Some(1)), (3, Some(2)), (4, Some(2))],
            "1(2(3 4))",
        ),
        ("below a circle", &[(1, Some(2)), (2, Some(3)), (3, Some(2)), (4, None)], "4 2(1 3)"),
        ("two circles", &[(1, Some(2)), (2, Some(1)), (3, Some(4)), (4, Some(3))], "1(2) 3(4)"),
        ("one id twice: the first counts", &[(2, Some(1)), (1, None), (2, None), (1, Some(2))], "1(2)"),
    ];
    for (name, given, expected) in rows {
        assert_eq!(show(&StepTree::nest(steps(given))), *expected, "{name}");
    }
}

#[test]
fn siblings_are_sorted_by_number_then_start_then_id() {
    let with = |id, number, start| Step { number, start_time: Some(time(start)), ..step(1, id, None, RUNS, true) };
    let given =
        vec![with(1, Some(2), 0), with(2, Some(1), 9), with(3, Some(1), 5), with(5, Some(1), 5), with(4, Some(0), 9)];
    assert_eq!(show(&StepTree::nest(given)), "4 3 5 2 1");
    let nameless = vec![with(1, Some(0), 5), with(2, None, 9), with(3, None, 7)];
    assert_eq!(show(&StepTree::nest(nameless)), "3 2 1", "without numbers, by start");
}

#[test]
fn positions_are_counted() {
    let mut given = steps(&[(1, None), (2, Some(1)), (3, Some(2)), (4, Some(1)), (5, Some(9))]);
    given[3].status = ENDED;
    given[4].status = FAILED;
    let tree = StepTree::nest(given);
    let show = |node: &StepNode| {
        let (place, share) = (format!("{}/{}", node.position, node.siblings), node.share);
        format!(
            "{} {place} depth {} over {} share {}/{}",
            node.step.description, node.depth, node.descendants, share.ended, share.all
        )
    };
    let shown: Vec<String> = tree.nodes().iter().map(show).collect();
    assert_eq!(
        shown,
        [
            "Step 1 1/2 depth 1 over 3 share 1/2",
            "Step 2 1/2 depth 2 over 1 share 0/1",
            "Step 3 1/1 depth 3 over 0 share 0/0",
            "Step 4 2/2 depth 2 over 0 share 0/0",
            "Step 5 2/2 depth 1 over 0 share 0/0",
        ]
    );
    assert_eq!((tree.share().ended, tree.share().all), (1, 2));
    assert_eq!(tree.ancestors(2).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(tree.find(crate::support::step_id(4)).map(|(index, _)| index), Some(3));
    assert!(tree.find(crate::support::step_id(9)).is_none());
}

#[test]
fn ten_thousand_deep() {
    let chain = |number: u128| step(1, number, number.checked_sub(1), RUNS, true);
    let deep: Vec<Step> = (0..10_000).rev().map(chain).collect();
    let tree = StepTree::nest(deep);
    assert_eq!((tree.nodes().len(), tree.nodes()[0].descendants, tree.nodes()[9_999].depth), (10_000, 9_999, 10_000));
    assert_eq!(tree.ancestors(9_999).count(), 9_999);
    // The same chain as a circle.
    let circle = (0..10_000).map(|number: u128| step(1, number, Some((number + 1) % 10_000), RUNS, true)).collect();
    let tree = StepTree::nest(circle);
    assert_eq!((tree.nodes().len(), tree.nodes()[0].descendants), (10_000, 9_999));
}

#[test]
fn the_step_where_a_job_failed() {
    type Row = (&'static str, &'static [(u128, Option<u128>, Status, Option<i64>)], Option<u128>);
    let rows: &[Row] = &[
        ("nothing failed", &[(1, None, ENDED, Some(1)), (2, None, RUNS, None)], None),
        (
            "a leaf under its failed parents",
            &[(1, None, FAILED, Some(5)), (2, Some(1), FAILED, Some(5)), (3, Some(2), FAILED, Some(5))],
            Some(3),
        ),
        ("a failed step over good ones", &[(1, None, FAILED, Some(5)), (2, Some(1), ENDED, Some(3))], Some(1)),
        (
            "the one that ended first",
            &[(1, None, FAILED, Some(9)), (2, None, FAILED, Some(4)), (3, None, FAILED, Some(5))],
            Some(2),
        ),
        ("at one moment, the first in the outline", &[(2, None, FAILED, Some(4)), (1, None, FAILED, Some(4))], Some(1)),
        ("without an end, last", &[(1, None, FAILED, None), (2, None, FAILED, Some(4))], Some(2)),
        ("under a step that did not fail", &[(1, None, RUNS, None), (2, Some(1), FAILED, Some(4))], Some(2)),
        ("aborted is not failed", &[(1, None, Status::Aborted, Some(1)), (2, None, Status::Unknown, Some(1))], None),
    ];
    for (name, given, expected) in rows {
        let steps = given.iter().map(|&(number, parent, status, end)| Step {
            end_time: end.map(|end| time(NOW + end)),
            ..step(1, number, parent, status, true)
        });
        let tree = StepTree::nest(steps.collect());
        let found = tree.failed_leaf(Some(time(NOW + 9))).map(|index| tree.nodes()[index].step.id);
        assert_eq!(found, expected.map(crate::support::step_id), "{name}");
    }
}

/// Checks what must be true of every tree.
fn check(tree: &StepTree, ids: &HashSet<StepId>) {
    let nodes = tree.nodes();
    let placed: HashSet<StepId> = nodes.iter().map(|node| node.step.id).collect();
    assert_eq!((nodes.len(), &placed), (ids.len(), ids), "each id once");
    for (index, node) in nodes.iter().enumerate() {
        let below = &nodes[index + 1..index + 1 + node.descendants as usize];
        assert!(below.iter().all(|below| below.depth > node.depth), "descendants are deeper");
        assert!(
            nodes.get(index + 1 + below.len()).is_none_or(|next| next.depth <= node.depth),
            "and nothing else does"
        );
        let is_child = |other: &&StepNode| other.parent.map(|parent| parent as usize) == Some(index);
        let children: Vec<&StepNode> = nodes.iter().filter(is_child).collect();
        assert!(children.iter().all(|child| child.depth == node.depth + 1 && child.step.parent == Some(node.step.id)));
        check_family(&children);
        let ended = children.iter().filter(|child| child.step.status.is_ended()).count();
        assert_eq!((node.share.ended as usize, node.share.all as usize), (ended, children.len()));
    }
    check_family(&nodes.iter().filter(|node| node.parent.is_none()).collect::<Vec<_>>());
}

fn check_family(family: &[&StepNode]) {
    for (index, member) in family.iter().enumerate() {
        assert_eq!((member.position as usize, member.siblings as usize), (index + 1, family.len()));
    }
}

proptest! {
    #[test]
    fn nest_keeps_every_step_exactly_once(steps in any_steps(1)) {
        let ids = steps.iter().map(|step| step.id).collect();
        check(&StepTree::nest(steps), &ids);
    }

    #[test]
    fn the_order_of_the_list_does_not_matter((sorted, shuffled) in any_steps(1).prop_flat_map(|mut steps| {
        steps.sort_by_key(|step| step.id);
        steps.dedup_by_key(|step| step.id);
        (Just(steps.clone()), Just(steps).prop_shuffle())
    })) {
        prop_assert_eq!(StepTree::nest(sorted), StepTree::nest(shuffled));
    }
}
