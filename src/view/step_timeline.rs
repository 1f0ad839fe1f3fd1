//! The steps of a job, or those below a step, as bars on one time axis of their own.

use chrono::TimeDelta;

use super::{
    subject::Subject,
    ticks::{Tick, WHOLE, ticks},
};
use crate::domain::{
    Status, Step, Time,
    description::readable,
    outline::{NodeId, StepTree, Zone},
};

/// The most bars. More of them are no picture any more, and the tree has all steps.
pub const MOST_BARS: usize = 30;

const MOST_TICKS: i64 = 4;

/// The shortest bar that is visible, in hundredths of a percent of the axis.
const SHORTEST_BAR: i64 = 60;

/// Steps as bars, in the order of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTimeline {
    /// The marks of the axis.
    pub ticks: Vec<Tick>,
    /// The bars.
    pub bars: Vec<StepBar>,
    /// How many steps with a start have no bar: those that took the shortest time.
    pub left_out: usize,
}

/// The bar of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepBar {
    /// The step.
    pub node: NodeId,
    /// Its description as the page shows it.
    pub name: String,
    /// Its status.
    pub status: Status,
    /// 0 for the outermost steps of this timeline.
    pub depth: u32,
    /// Its left end, in hundredths of a percent of the axis.
    pub start: u32,
    /// Its length, in the same unit.
    pub length: u32,
    /// How long it took, or has taken. None if it ended at an unknown time.
    pub took: Option<TimeDelta>,
    /// Whether it is in the longest chain: the longest of the outermost steps, the longest of the steps directly below that, and
    /// so on.
    pub is_longest: bool,
}

/// When a step ran.
#[derive(Debug, Clone, Copy)]
struct Span {
    index: usize,
    start: Time,
    end: Time,
}

impl Span {
    fn of(index: usize, step: &Step, now: Time) -> Option<Self> {
        let start = step.start_time?;
        let end = if step.status.is_running() { Some(now) } else { step.end_time };
        Some(Self { index, start, end: end.unwrap_or(start).max(start) })
    }

    fn length(&self) -> TimeDelta {
        self.end - self.start
    }
}

impl StepTimeline {
    /// The timeline of a job or step at that moment. None if no step of it has started.
    pub fn of(subject: &Subject, now: Time, zone: &Zone) -> Option<Self> {
        let tree = subject.job.steps.tree()?;
        let below = below(tree, subject.step);
        let mut spans: Vec<Span> =
            below.filter_map(|index| Span::of(index, &tree.nodes().get(index)?.step, now)).collect();
        let all = spans.len();
        let longest = longest_chain(tree, subject.step, &spans);
        let failed = subject.failed_step().and_then(|failed| failed.step);
        leave_out_short(&mut spans, failed);
        let start = spans.iter().map(|span| span.start).min()?;
        let end = spans.iter().map(|span| span.end).max()?.max(start + TimeDelta::seconds(1));
        let outermost = subject.step().map_or(1, |step| step.depth + 1);
        let bars = spans.iter().filter_map(|span| {
            let node = tree.nodes().get(span.index)?;
            let (left, length) = place(span, start, end);
            let is_known = node.step.status.is_running() || node.step.end_time.is_some();
            Some(StepBar {
                node: NodeId::Step(subject.job.job.id, node.step.id),
                name: readable(&node.step.description).into_owned(),
                status: node.step.status,
                depth: node.depth.saturating_sub(outermost),
                start: left,
                length,
                took: is_known.then(|| span.length()),
                is_longest: longest.contains(&span.index),
            })
        });
        let bars: Vec<StepBar> = bars.collect();
        Some(Self { ticks: ticks(start, end, zone, MOST_TICKS), left_out: all - bars.len(), bars })
    }

    /// The longest chain, outermost first.
    pub fn longest_chain(&self) -> impl Iterator<Item = &StepBar> {
        self.bars.iter().filter(|bar| bar.is_longest)
    }
}

/// The indexes of the steps below a step, or of all steps of the job.
fn below(tree: &StepTree, step: Option<usize>) -> std::ops::Range<usize> {
    match step.and_then(|step| Some((step, tree.nodes().get(step)?))) {
        None => 0..tree.nodes().len(),
        Some((step, node)) => step + 1..step + 1 + usize::try_from(node.descendants).unwrap_or(0),
    }
}

fn longest_chain(tree: &StepTree, root: Option<usize>, spans: &[Span]) -> Vec<usize> {
    let parent = |index: usize| tree.nodes().get(index)?.parent.and_then(|parent| usize::try_from(parent).ok());
    let mut chain = Vec::new();
    let mut above = root;
    loop {
        // Children follow their parent, so one pass from there on finds the next one. Of equal ones the first counts.
        let after = above.map_or(0, |above| above + 1);
        let children = spans.iter().filter(|span| span.index >= after && parent(span.index) == above);
        let Some(longest) = children.rev().max_by_key(|span| span.length()) else { return chain };
        chain.push(longest.index);
        above = Some(longest.index);
    }
}

/// Leaves out the steps that took the shortest time, if there are too many; never the step where the job failed.
fn leave_out_short(spans: &mut Vec<Span>, failed: Option<usize>) {
    if spans.len() <= MOST_BARS {
        return;
    }
    spans.sort_by_key(|span| (Some(span.index) != failed, std::cmp::Reverse(span.length()), span.index));
    spans.truncate(MOST_BARS);
    spans.sort_by_key(|span| span.index);
}

/// The left end and the length of a bar.
fn place(span: &Span, start: Time, end: Time) -> (u32, u32) {
    let whole = (end - start).num_milliseconds().max(1);
    let position = |time: Time| (time - start).num_milliseconds() * WHOLE / whole;
    let left = position(span.start).min(WHOLE - SHORTEST_BAR);
    let length = (position(span.end) - left).max(SHORTEST_BAR);
    (u32::try_from(left).unwrap_or(0), u32::try_from(length).unwrap_or(0))
}
