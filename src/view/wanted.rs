//! The jobs whose steps the page wants, and why.

use std::sync::Arc;

use super::{cursor::Cursor, jobs::Jobs, outline::Outline, viewport::Viewport};
use crate::domain::{
    JobId,
    outline::{Need, NodeId, lacking},
};

/// If more rows than this are expanded, only those in view are wanted: somebody has expanded all.
const FEW_OPEN: usize = 20;

/// For a query the page loads the steps of so many jobs unasked. An oVirt engine needs about 4 ms for the steps of one job, so this
/// costs it two seconds of one core.
pub const UNASKED: usize = 500;

/// Why the steps of a job are wanted. The most urgent comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interest {
    /// The job or one of its steps is selected, or the page was asked to go there.
    Selected,
    /// One of its rows is in view, or will be after the next movement of the wheel.
    InView,
    /// It is expanded, out of view.
    Expanded,
    /// The query needs its steps, which are not loaded.
    Query,
}

/// A job whose steps are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The job.
    pub job: JobId,
    /// Why.
    pub interest: Interest,
}

/// The jobs that somebody looks at, the most urgent first. There may be duplicates.
pub fn looked_at(jobs: &Jobs, outline: &Outline, cursor: &Cursor, viewport: Viewport) -> Vec<Wanted> {
    let because = |interest| move |job| Wanted { job, interest };
    let selected = [cursor.selected, cursor.awaited].into_iter().flatten().map(NodeId::job);
    let mut wanted: Vec<Wanted> = selected.map(because(Interest::Selected)).collect();
    let in_view = viewport.mounted(outline.row_count()).filter_map(|index| outline.node_at(jobs, index));
    wanted.extend(in_view.map(NodeId::job).map(because(Interest::InView)));
    let opened: Vec<JobId> = outline.expansion.opened_jobs().take(FEW_OPEN + 1).collect();
    if opened.len() <= FEW_OPEN {
        wanted.extend(opened.into_iter().map(because(Interest::Expanded)));
    }
    wanted
}

/// The jobs whose steps are not loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unloaded {
    /// For what the query needs their steps, if it does.
    pub need: Option<Need>,
    /// How many there are: those that matter to the query, or all.
    pub count: usize,
    /// Those that the page loads for the query. None if there are too many, unless the admin has asked for them.
    pub to_load: Arc<[JobId]>,
}

impl Unloaded {
    /// The jobs whose steps are not loaded, among those that the query is about.
    pub fn of(jobs: &Jobs, outline: &Outline) -> Self {
        let Some(need) = outline.need() else {
            return Self { count: jobs.snapshot.unfetched(), ..Self::default() };
        };
        let lacking: Vec<JobId> = lacking(&jobs.snapshot, &outline.filter).collect();
        let count = lacking.len();
        let to_load = if outline.loads_all || count <= UNASKED { lacking.into() } else { Arc::default() };
        Self { need: Some(need), count, to_load }
    }

    /// Whether the admin must ask before they are loaded.
    pub fn must_be_asked_for(&self) -> bool {
        self.need.is_some() && self.to_load.len() < self.count
    }

    /// Those to load.
    pub fn wanted(&self) -> impl Iterator<Item = Wanted> {
        self.to_load.iter().map(|job| Wanted { job: *job, interest: Interest::Query })
    }
}
