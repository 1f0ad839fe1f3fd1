//! From the outline to the list of all rows that are not hidden in closed ones.

use super::{
    Expansion, Filtered, JobNode, KeptSteps, NodeId, Snapshot, StepNode,
    expansion::JobExpansion,
    index::{to_u32, to_usize},
    tree::Shape,
};

/// One row. It is small, since there may be a hundred thousand. A row on screen looks up the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Index into [`Filtered::jobs`].
    pub job: u32,
    /// Index into the job's tree; none for the job itself.
    step: u32,
}

/// Means "the job itself". An `Option` would make the row larger than eight bytes.
const NO_STEP: u32 = u32::MAX;

impl Row {
    /// Index into the job's tree; none for the job itself.
    pub fn step(self) -> Option<usize> {
        (self.step != NO_STEP).then(|| to_usize(self.step))
    }

    /// The job and, for a step, the node that the row shows.
    pub fn look_up<'a>(
        self,
        snapshot: &'a Snapshot,
        filtered: &Filtered,
    ) -> Option<(&'a JobNode, Option<&'a StepNode>)> {
        let job = filtered.jobs.get(to_usize(self.job))?;
        let node = snapshot.jobs().get(to_usize(job.index))?;
        match self.step() {
            None => Some((node, None)),
            Some(step) => Some((node, Some(node.steps.tree()?.nodes().get(step)?))),
        }
    }

    /// Its 1-based position among the shown siblings, and how many of these there are.
    pub fn sibling_position(self, snapshot: &Snapshot, filtered: &Filtered) -> Option<(u32, u32)> {
        let (_, node) = self.look_up(snapshot, filtered)?;
        let Some(node) = node else { return Some((self.job + 1, to_u32(filtered.jobs.len()))) };
        match &filtered.jobs.get(to_usize(self.job))?.kept {
            KeptSteps::All => Some((node.position, node.siblings)),
            KeptSteps::Some(steps) => steps.get(to_usize(self.step)).map(|step| (step.position, step.siblings)),
        }
    }

    /// Whether it is shown only because something below it matches.
    pub fn ancestor_only(self, filtered: &Filtered) -> bool {
        filtered.jobs.get(to_usize(self.job)).is_some_and(|job| match (&job.kept, self.step()) {
            (_, None) => job.ancestor_only,
            (KeptSteps::All, Some(_)) => false,
            (KeptSteps::Some(steps), Some(step)) => steps.get(step).is_some_and(|step| step.ancestor_only),
        })
    }

    /// The node that the row shows.
    pub fn id(self, snapshot: &Snapshot, filtered: &Filtered) -> Option<NodeId> {
        let (job, step) = self.look_up(snapshot, filtered)?;
        Some(step.map_or(NodeId::Job(job.job.id), |step| NodeId::Step(job.job.id, step.step.id)))
    }
}

/// Finds the row of a job or of one of its steps, by binary search: rows are sorted by job, then by step.
pub fn find_row(rows: &[Row], job: usize, step: Option<usize>) -> Option<usize> {
    let key = |row: &Row| (row.job, row.step.wrapping_add(1));
    let wanted = (to_u32(job), step.map_or(0, |step| to_u32(step) + 1));
    rows.binary_search_by_key(&wanted, key).ok()
}

/// Lists the rows. `filtered` must be made from `snapshot`.
pub fn flatten(snapshot: &Snapshot, filtered: &Filtered, expansion: &Expansion) -> Vec<Row> {
    let mut rows = Vec::with_capacity(filtered.jobs.len());
    for (index, left) in filtered.jobs.iter().enumerate() {
        let Some(head) = snapshot.heads().get(to_usize(left.index)) else { continue };
        let job = to_u32(index);
        rows.push(Row { job, step: NO_STEP });
        let open = expansion.of_job(head.id);
        if open.is_open(None, left.has_match_below) {
            push_steps(&mut rows, job, &head.steps, &left.kept, &open);
        }
    }
    rows
}

fn push_steps(rows: &mut Vec<Row>, job: u32, shapes: &[Shape], kept: &KeptSteps, open: &JobExpansion<'_>) {
    let mut index = 0;
    while let Some(shape) = shapes.get(index) {
        let (kept, has_match_below) = match kept {
            KeptSteps::All => (true, false),
            KeptSteps::Some(steps) => steps.get(index).map_or((false, false), |step| (step.kept, step.has_match_below)),
        };
        if kept {
            rows.push(Row { job, step: to_u32(index) });
        }
        let goes_on = kept && shape.descendants > 0 && open.is_open(Some(shape.id), has_match_below);
        index += if goes_on { 1 } else { to_usize(shape.descendants) + 1 };
    }
}
