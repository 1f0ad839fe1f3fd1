//! The steps of one job, nested.

use std::{cmp::Ordering, collections::HashMap};

use crate::domain::{Status, Step, StepId};

/// The steps of one job in the order of an outline: each parent directly before its children.
///
/// Siblings stand by number, then start, then id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepTree {
    nodes: Vec<StepNode>,
    shapes: Vec<Shape>,
    failed_leaf: Option<u32>,
    share: Share,
}

/// What flattening reads of every step on show, a hundred thousand at times: packed, for the nodes themselves are large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) id: StepId,
    pub(super) descendants: u32,
    pub(super) position: u32,
    pub(super) siblings: u32,
}

/// A step in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepNode {
    /// The step.
    pub step: Step,
    /// Index of the parent in the tree; none directly under the job.
    pub parent: Option<u32>,
    /// 1 directly under the job, 2 below that.
    pub depth: u32,
    /// How many nodes stand below it, at any depth: they follow it directly in the tree.
    pub descendants: u32,
    /// 1-based place among its siblings.
    pub position: u32,
    /// How many siblings there are, itself included.
    pub siblings: u32,
    /// How many of its direct children have ended.
    pub share: Share,
    /// What a search looks at: the description in lower case.
    pub(super) folded: Box<str>,
}

/// How many of the direct children have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that have ended, in whatever way.
    pub ended: u32,
    /// All of them.
    pub all: u32,
}

impl Share {
    fn count(&mut self, status: Status) {
        self.all += 1;
        self.ended += u32::from(status.is_ended());
    }
}

impl StepTree {
    /// Nests steps that come in any order.
    ///
    /// A step whose parent is not here stands at the top, as does one of each circle of parents; of steps with one id the
    /// first counts. Takes any depth.
    pub fn nest(steps: Vec<Step>) -> Self {
        let mut steps = without_repeats(steps);
        // Before all else, so that the engine's order never shows: not even in where a circle is cut.
        steps.sort_by(by_place);
        let mut order = Order::new(&steps);
        order.visit_from_roots();
        order.break_circles();
        build(steps, &order.placed)
    }

    /// The nodes, each parent directly before its children.
    pub fn nodes(&self) -> &[StepNode] {
        &self.nodes
    }

    pub(super) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The node of a step, with its index.
    pub fn find(&self, id: StepId) -> Option<(usize, &StepNode)> {
        self.nodes.iter().enumerate().find(|(_, node)| node.step.id == id)
    }

    /// The ways up from a node: its parent first, the top last. Indexes into [`Self::nodes`].
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> {
        let parent = |index: usize| self.nodes.get(index).and_then(|node| node.parent).map(to_usize);
        std::iter::successors(parent(index), move |&index| parent(index))
    }

    /// How many of the steps directly under the job have ended.
    pub const fn share(&self) -> Share {
        self.share
    }

    /// Where it failed: index of the failed step without a failed child that ended first.
    ///
    /// When a step fails, an engine ends all that still ran with the same status, later or at the same moment.
    pub fn first_failed_leaf(&self) -> Option<usize> {
        self.failed_leaf.map(to_usize)
    }
}

pub(super) const fn to_usize(index: u32) -> usize {
    index as usize
}

/// Trees of more than four billion steps do not fit into a browser.
pub(super) fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn without_repeats(steps: Vec<Step>) -> Vec<Step> {
    let mut seen = std::collections::HashSet::with_capacity(steps.len());
    steps.into_iter().filter(|step| seen.insert(step.id)).collect()
}

fn by_place(a: &Step, b: &Step) -> Ordering {
    (a.number, a.start_time, a.id).cmp(&(b.number, b.start_time, b.id))
}

/// A step's index, its depth, and where its parent was placed.
type Placed = (usize, u32, Option<u32>);

/// Works out the order of the outline, over indexes of steps that stand by place.
struct Order {
    /// The parent of each step, where it is here.
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    roots: Vec<usize>,
    visited: Vec<bool>,
    placed: Vec<Placed>,
}

impl Order {
    fn new(steps: &[Step]) -> Self {
        let by_id: HashMap<StepId, usize> = steps.iter().enumerate().map(|(index, step)| (step.id, index)).collect();
        let parent_of = |step: &Step| step.parent.and_then(|parent| by_id.get(&parent).copied());
        let parents: Vec<Option<usize>> = steps.iter().map(parent_of).collect();
        let mut children = vec![Vec::new(); steps.len()];
        let mut roots = Vec::new();
        for (index, parent) in parents.iter().enumerate() {
            match parent {
                Some(parent) => children[*parent].push(index),
                None => roots.push(index),
            }
        }
        Self { parents, children, roots, visited: vec![false; steps.len()], placed: Vec::with_capacity(steps.len()) }
    }

    fn visit_from_roots(&mut self) {
        for root in std::mem::take(&mut self.roots) {
            self.visit(root);
        }
    }

    /// What no root leads to hangs on a circle. Up from any such step the circle is met; it is cut there.
    fn break_circles(&mut self) {
        let mut walked = vec![false; self.parents.len()];
        for index in 0..self.parents.len() {
            if self.visited[index] {
                continue;
            }
            let mut top = index;
            while let Some(parent) = self.parents[top].filter(|_| !walked[top]) {
                walked[top] = true;
                top = parent;
            }
            self.visit(top);
        }
    }

    fn visit(&mut self, root: usize) {
        let mut waiting: Vec<Placed> = vec![(root, 1, None)];
        while let Some(next @ (index, depth, _)) = waiting.pop() {
            if std::mem::replace(&mut self.visited[index], true) {
                continue;
            }
            let place = to_u32(self.placed.len());
            self.placed.push(next);
            waiting.extend(self.children[index].iter().rev().map(|&child| (child, depth + 1, Some(place))));
        }
    }
}

fn build(steps: Vec<Step>, placed: &[Placed]) -> StepTree {
    let mut steps: Vec<Option<Step>> = steps.into_iter().map(Some).collect();
    let mut nodes: Vec<StepNode> = Vec::with_capacity(placed.len());
    let mut top = Share::default();
    for &(index, depth, parent) in placed {
        let Some(step) = steps[index].take() else { continue };
        let share = parent.map_or(&mut top, |parent| &mut nodes[to_usize(parent)].share);
        share.count(step.status);
        let position = share.all;
        let folded = step.description.to_lowercase().into_boxed_str();
        let share = Share::default();
        nodes.push(StepNode { step, parent, depth, descendants: 0, position, siblings: 0, share, folded });
    }
    for index in (0..nodes.len()).rev() {
        let parent = nodes[index].parent.map(to_usize);
        nodes[index].siblings = parent.map_or(top.all, |parent| nodes[parent].share.all);
        if let Some(parent) = parent {
            nodes[parent].descendants += nodes[index].descendants + 1;
        }
    }
    let shape = |node: &StepNode| {
        let StepNode { descendants, position, siblings, .. } = *node;
        Shape { id: node.step.id, descendants, position, siblings }
    };
    StepTree { failed_leaf: failed_leaf(&nodes), shapes: nodes.iter().map(shape).collect(), nodes, share: top }
}

fn failed_leaf(nodes: &[StepNode]) -> Option<u32> {
    let failed = |node: &StepNode| node.step.status == Status::Failed;
    let parents: std::collections::HashSet<u32> =
        nodes.iter().filter(|node| failed(node)).filter_map(|node| node.parent).collect();
    let leaves = (0..to_u32(nodes.len())).filter(|index| !parents.contains(index) && failed(&nodes[to_usize(*index)]));
    leaves.min_by_key(|index| {
        let end = nodes[to_usize(*index)].step.end_time;
        (end.is_none(), end)
    })
}
