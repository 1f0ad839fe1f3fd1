//! From the outline to rows: what is on show if the screen were high enough.

use super::{
    Expansion, Filtered, FilteredJob, JobNode, Kept, KeptStep, NodeId, Snapshot, StepNode,
    expansion::OfJob,
    index::{to_u32, to_usize},
};

/// One row. Small, since there may be a hundred thousand; a row that is really on screen looks the rest up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Index into [`Filtered::jobs`].
    pub job: u32,
    /// Index into the job's tree; none for the job itself.
    step: u32,
    /// 1-based place among its siblings on show.
    pub position: u32,
    /// How many siblings are on show.
    pub siblings: u32,
}

/// Stands for "the job itself", so that a row stays at 16 bytes.
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

    /// The node that the row shows.
    pub fn id(self, snapshot: &Snapshot, filtered: &Filtered) -> Option<NodeId> {
        let (job, step) = self.look_up(snapshot, filtered)?;
        Some(step.map_or(NodeId::Job(job.job.id), |step| NodeId::Step(job.job.id, step.step.id)))
    }
}

/// Finds a job's row, or that of one of its steps: rows stand by job, then by step, so this takes a few comparisons.
pub fn find_row(rows: &[Row], job: usize, step: Option<usize>) -> Option<usize> {
    let key = |row: &Row| (row.job, row.step.wrapping_add(1));
    let wanted = (to_u32(job), step.map_or(0, |step| to_u32(step) + 1));
    rows.binary_search_by_key(&wanted, key).ok()
}

/// Lists the rows on show. Both must be of one snapshot.
pub fn flatten(snapshot: &Snapshot, filtered: &Filtered, expansion: &Expansion) -> Vec<Row> {
    let siblings = to_u32(filtered.jobs.len());
    let mut rows = Vec::with_capacity(filtered.jobs.len());
    for (index, job) in filtered.jobs.iter().enumerate() {
        let Some(node) = snapshot.jobs().get(to_usize(job.index)) else { continue };
        rows.push(Row { job: to_u32(index), step: NO_STEP, position: to_u32(index + 1), siblings });
        let open = expansion.of_job(node.job.id);
        if open.is_open(None, job.revealing) {
            push_steps(&mut rows, to_u32(index), node, job, &open);
        }
    }
    rows
}

fn push_steps(rows: &mut Vec<Row>, job: u32, node: &JobNode, filtered: &FilteredJob, open: &OfJob<'_>) {
    let Some(tree) = node.steps.tree() else { return };
    let mut index = 0;
    while let Some(shape) = tree.shapes().get(index) {
        let kept = match &filtered.kept {
            Kept::All => {
                KeptStep { kept: true, position: shape.position, siblings: shape.siblings, ..KeptStep::default() }
            }
            Kept::Some(steps) => steps.get(index).copied().unwrap_or_default(),
        };
        if kept.kept {
            rows.push(Row { job, step: to_u32(index), position: kept.position, siblings: kept.siblings });
        }
        let goes_on = kept.kept && shape.descendants > 0 && open.is_open(Some(shape.id), kept.revealing);
        index += if goes_on { 1 } else { to_usize(shape.descendants) + 1 };
    }
}
