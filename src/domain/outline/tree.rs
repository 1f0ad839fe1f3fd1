//! The steps of one job, nested.

use std::{cmp::Ordering, ops::Range, sync::Arc};

use super::index::{IndexById, arrange, sort, to_u32, to_usize};
use crate::domain::{Status, Step, StepId, description::folded};

/// The steps of one job in the order of an outline: each parent directly before its children.
///
/// Siblings are sorted by number, then start time, then id.
#[derive(Debug, Clone, Default)]
pub struct StepTree {
    nodes: Vec<StepNode>,
    shapes: Arc<[Shape]>,
    /// All descriptions in lower case, for searching, each with a line break after it. One text, because one search through it is
    /// much faster than a search in each description.
    folded: String,
    share: Share,
}

/// What flattening reads of every step: perhaps a hundred thousand. Packed, since the nodes are large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) id: StepId,
    pub(super) descendants: u32,
}

/// A step in the tree.
#[derive(Debug, Clone)]
pub struct StepNode {
    /// The step.
    pub step: Step,
    /// Index of the parent in the tree; none for a step directly under the job.
    pub parent: Option<u32>,
    /// 1 directly under the job, 2 below that.
    pub depth: u32,
    /// How many nodes are below it, at any depth. They follow it directly in the tree.
    pub descendants: u32,
    /// 1-based position among its siblings.
    pub position: u32,
    /// How many siblings there are, itself included.
    pub siblings: u32,
    /// How many of its direct children have ended.
    pub share: Share,
    /// The range of its description in the tree's text.
    folded: Range<u32>,
}

/// How many of the direct children have ended, and how many of these failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many have ended, with any status.
    pub ended: u32,
    /// How many of these have failed.
    pub failed: u32,
    /// How many there are.
    pub all: u32,
}

impl Share {
    fn count(&mut self, status: Status) {
        self.all += 1;
        self.ended += u32::from(status.is_ended());
        self.failed += u32::from(status == Status::Failed);
    }
}

/// Compares the steps only: everything else follows from them.
impl PartialEq for StepTree {
    fn eq(&self, other: &Self) -> bool {
        self.nodes.len() == other.nodes.len() && self.nodes.iter().zip(&other.nodes).all(|(a, b)| a.step == b.step)
    }
}

impl Eq for StepTree {}

impl StepTree {
    /// Nests steps that come in any order.
    ///
    /// A step whose parent is not in the list goes to the top, and so does one step of each circle of parents. Of several steps
    /// with the same id the first counts. The depth is not limited.
    pub fn nest(steps: Vec<Step>) -> Self {
        let placed = Order::of(&steps);
        build(steps, &placed)
    }

    /// The nodes, each parent directly before its children.
    pub fn nodes(&self) -> &[StepNode] {
        &self.nodes
    }

    pub(super) const fn shapes(&self) -> &Arc<[Shape]> {
        &self.shapes
    }

    /// All descriptions in lower case, in the nodes' order.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// The description of one of its nodes in lower case.
    pub fn folded_of(&self, node: &StepNode) -> &str {
        self.folded.get(to_usize(node.folded.start)..to_usize(node.folded.end)).unwrap_or_default()
    }

    /// The node of a step and its index.
    pub fn find(&self, id: StepId) -> Option<(usize, &StepNode)> {
        self.nodes.iter().enumerate().find(|(_, node)| node.step.id == id)
    }

    /// The ancestors of a node, its parent first. Indexes into [`Self::nodes`].
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> {
        let parent = |index: usize| self.nodes.get(index).and_then(|node| node.parent).map(to_usize);
        std::iter::successors(parent(index), move |&index| parent(index))
    }

    /// How many of the steps directly under the job have ended.
    pub const fn share(&self) -> Share {
        self.share
    }
}

fn in_sibling_order(a: &Step, b: &Step) -> Ordering {
    (a.number, a.start_time, a.id).cmp(&(b.number, b.start_time, b.id))
}

/// Means "none".
const NONE: u32 = u32::MAX;

/// A step in the order of the outline.
#[derive(Clone, Copy)]
struct Placed {
    index: u32,
    depth: u32,
    /// The position of its parent in the outline.
    parent: Option<u32>,
}

/// Computes the order of the outline, on indexes of steps.
struct Order {
    /// The steps without repeated ids, sorted as siblings.
    sorted: Vec<u32>,
    /// The parent of each step; [`NONE`] if it is not in the list.
    parents: Vec<u32>,
    /// The first child of each step; at the end, the first step without a parent.
    first: Vec<u32>,
    /// The next sibling of each step.
    next: Vec<u32>,
    visited: Vec<bool>,
    placed: Vec<Placed>,
}

impl Order {
    fn of(steps: &[Step]) -> Vec<Placed> {
        let mut order = Self::new(steps);
        let mut root = order.first[steps.len()];
        while root != NONE {
            order.visit(root);
            root = order.next[to_usize(root)];
        }
        order.break_circles();
        order.placed
    }

    fn new(steps: &[Step]) -> Self {
        let count = steps.len();
        let mut by_id = IndexById::with_room(count);
        let mut sorted = Vec::with_capacity(count);
        for (index, step) in steps.iter().enumerate() {
            if by_id.add(step.id.into(), index) {
                sorted.push(to_u32(index));
            }
        }
        // Sorted first, so that the engine's order has no effect, not even on where a circle is cut.
        sort(&mut sorted, &|a, b| in_sibling_order(&steps[a], &steps[b]));
        let parent_of = |step: &Step| step.parent.and_then(|parent| by_id.find(parent.into())).unwrap_or(NONE);
        let parents: Vec<u32> = steps.iter().map(parent_of).collect();
        let (mut first, mut next) = (vec![NONE; count + 1], vec![NONE; count]);
        for &index in sorted.iter().rev() {
            let family = &mut first[to_usize(parents[to_usize(index)]).min(count)];
            next[to_usize(index)] = std::mem::replace(family, index);
        }
        Self { sorted, parents, first, next, visited: vec![false; count], placed: Vec::with_capacity(count) }
    }

    /// Steps that no root leads to belong to circles of parents. The way up from such a step ends in its circle, which is cut
    /// there.
    fn break_circles(&mut self) {
        let mut walked = vec![false; self.parents.len()];
        for mut top in std::mem::take(&mut self.sorted) {
            if self.visited[to_usize(top)] {
                continue;
            }
            while !std::mem::replace(&mut walked[to_usize(top)], true) {
                top = self.parents[to_usize(top)];
            }
            self.visit(top);
        }
    }

    /// Places a step and everything below it.
    fn visit(&mut self, root: u32) {
        let mut waiting = Vec::new();
        self.place(Placed { index: root, depth: 1, parent: None }, &mut waiting);
        while let Some(step) = waiting.pop() {
            let next = self.next[to_usize(step.index)];
            if next != NONE {
                waiting.push(Placed { index: next, ..step });
            }
            if !self.visited[to_usize(step.index)] {
                self.place(step, &mut waiting);
            }
        }
    }

    /// Places a step; its children wait.
    fn place(&mut self, step: Placed, waiting: &mut Vec<Placed>) {
        let (parent, child) = (to_u32(self.placed.len()), self.first[to_usize(step.index)]);
        if child != NONE {
            waiting.push(Placed { index: child, depth: step.depth + 1, parent: Some(parent) });
        }
        self.visited[to_usize(step.index)] = true;
        self.placed.push(step);
    }
}

fn build(steps: Vec<Step>, placed: &[Placed]) -> StepTree {
    let mut nodes: Vec<StepNode> = Vec::with_capacity(placed.len());
    let mut top = Share::default();
    let mut texts = String::with_capacity(steps.iter().map(|step| step.description.len() + 1).sum());
    let steps = arrange(steps, placed.iter().map(|placed| placed.index));
    for (step, &Placed { depth, parent, .. }) in steps.zip(placed) {
        let share = parent.map_or(&mut top, |parent| &mut nodes[to_usize(parent)].share);
        share.count(step.status);
        let position = share.all;
        let start = to_u32(texts.len());
        texts.push_str(&folded(&step.description));
        let range = start..to_u32(texts.len());
        texts.push('\n');
        let share = Share::default();
        nodes.push(StepNode { step, parent, depth, descendants: 0, position, siblings: 0, share, folded: range });
    }
    for index in (0..nodes.len()).rev() {
        let parent = nodes[index].parent.map(to_usize);
        nodes[index].siblings = parent.map_or(top.all, |parent| nodes[parent].share.all);
        if let Some(parent) = parent {
            nodes[parent].descendants += nodes[index].descendants + 1;
        }
    }
    let shape = |node: &StepNode| Shape { id: node.step.id, descendants: node.descendants };
    let shapes = nodes.iter().map(shape).collect();
    StepTree { shapes, nodes, folded: texts, share: top }
}
