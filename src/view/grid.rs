//! The tree grid: what it shows, what is focused and selected, where it is scrolled to. Every poll and every key goes through
//! here, so what the admin was doing survives all of them, or a test says so.

mod columns;
mod keys;
mod place;
mod row;

use std::sync::Arc;

pub use columns::{Cell, Cells};
pub use keys::{Key, Pressed};
use place::Places;
pub use row::{RowView, Window};

use crate::domain::{
    JobId, StepId, Time,
    outline::{self, Expansion, Filter, Filtered, JobNode, Names, NodeId, Row, Snapshot, Sort, StepNode, Steps, Zone},
};

/// Height of a row in CSS pixels.
pub const ROW_HEIGHT: u32 = 32;

/// Rows kept on either side of those in view, so that a fast scroll finds them there.
const SPARE_ROWS: usize = 3;

/// The state of the tree grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    snapshot: Arc<Snapshot>,
    /// Whether any list has come yet.
    loaded: bool,
    names: Arc<Names>,
    /// Of the reader: what times in a search mean.
    zone: Zone,
    /// The engine's time when the snapshot was taken.
    now: Time,
    filter: Filter,
    sort: Sort,
    expansion: Expansion,
    /// Derived from all of the above.
    filtered: Arc<Filtered>,
    /// Derived from `filtered` and the expansion.
    rows: Arc<Vec<Row>>,
    focus: Option<Focus>,
    selected: Option<NodeId>,
    /// The selected job as it was last seen, should it go.
    keepsake: Option<Arc<JobNode>>,
    /// To be opened, focused and scrolled to as soon as it is known.
    awaited: Option<NodeId>,
    cells: Cells,
    scroll_top: u32,
    height: u32,
}

/// Where the focus is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// The row.
    pub node: NodeId,
    /// The cell; none for the row itself.
    pub cell: Option<Cell>,
    /// Index of the row.
    index: usize,
}

/// What there is to show of the selection.
#[derive(Debug, Clone, PartialEq)]
pub enum Selected {
    /// Nothing is selected.
    Nothing,
    /// It may still come.
    Waiting(NodeId),
    /// It is there; for a step, with its index in the job's tree.
    Here(Arc<JobNode>, Option<usize>),
    /// It is not, or not any more; the job as it was last seen.
    Gone(NodeId, Option<Arc<JobNode>>),
}

impl Grid {
    /// An empty grid, for a reader in that zone.
    pub fn new(now: Time, zone: Zone) -> Self {
        Self {
            snapshot: Arc::default(),
            loaded: false,
            names: Arc::default(),
            zone,
            now,
            filter: Filter::default(),
            sort: Sort::default(),
            expansion: Expansion::default(),
            filtered: Arc::default(),
            rows: Arc::default(),
            focus: None,
            selected: None,
            keepsake: None,
            awaited: None,
            cells: Cells::all(),
            scroll_top: 0,
            height: 0,
        }
    }

    /// An empty one in the place of this one: of the same size on screen, with nothing of what was in it.
    #[must_use]
    pub fn emptied(&self, now: Time) -> Self {
        Self { cells: self.cells, height: self.height, ..Self::new(now, self.zone) }
    }

    /// What the engine has, as far as is known.
    pub const fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Whether any list has come yet.
    pub const fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// What users are called.
    pub const fn names(&self) -> &Arc<Names> {
        &self.names
    }

    /// What is left of all.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// In which order.
    pub const fn sort(&self) -> Sort {
        self.sort
    }

    /// What is open.
    pub const fn expansion(&self) -> &Expansion {
        &self.expansion
    }

    /// How many rows there are, on screen or not.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// How many jobs the filter left.
    pub fn job_count(&self) -> usize {
        self.filtered.jobs.len()
    }

    /// Where the focus is.
    pub const fn focus(&self) -> Option<Focus> {
        self.focus
    }

    /// What is selected.
    pub const fn selected(&self) -> Option<NodeId> {
        self.selected
    }

    /// How far it is scrolled, in CSS pixels.
    pub const fn scroll_top(&self) -> u32 {
        self.scroll_top
    }

    /// Which cells a row has.
    pub const fn cells(&self) -> Cells {
        self.cells
    }

    /// A poll, or an own action, brought something. Everything the admin was doing stays.
    pub fn show(&mut self, snapshot: Arc<Snapshot>, now: Time) {
        self.loaded = true;
        self.now = now;
        if let Some(node) = self.selected.and_then(|selected| snapshot.find(selected.job())) {
            self.keepsake = Some(Arc::clone(node));
        }
        if !Arc::ptr_eq(&self.snapshot, &snapshot) {
            let places = self.places();
            self.snapshot = snapshot;
            self.rederive(&places);
        }
        self.meet_awaited();
    }

    /// Users' names came.
    pub fn name(&mut self, names: Arc<Names>) {
        let places = self.places();
        self.names = names;
        self.rederive(&places);
    }

    /// The admin asks another question.
    pub fn ask(&mut self, filter: Filter) {
        if self.filter == filter {
            return;
        }
        let places = self.places();
        // What was closed by hand among the found belongs to the old question.
        if self.filter.text != filter.text {
            self.expansion.forget_closed();
        }
        self.filter = filter;
        self.rederive(&places);
        // Nothing is left of what was in view: the answer begins at its beginning.
        if self.first_shown(&places.topmost).is_none() {
            self.scroll_top = 0;
        }
    }

    /// The admin wants another order.
    pub fn sort_by(&mut self, sort: Sort) {
        if self.sort != sort {
            let places = self.places();
            self.sort = sort;
            self.rederive(&places);
        }
    }

    /// Opens or closes a row.
    pub fn set_open(&mut self, node: NodeId, open: bool) {
        let (places, revealing) = (self.places(), self.is_revealing(node));
        self.expansion.set(node, revealing, open);
        self.replace_rows(&places);
    }

    /// Opens what was open in an earlier visit.
    pub fn restore_open(&mut self, nodes: impl IntoIterator<Item = NodeId>) {
        let places = self.places();
        self.expansion.extend(nodes);
        self.replace_rows(&places);
    }

    /// Opens the row, or closes it.
    pub fn toggle(&mut self, node: NodeId) {
        self.set_open(node, !self.is_open(node));
    }

    /// Whether a row is open.
    pub fn is_open(&self, node: NodeId) -> bool {
        self.expansion.is_open(node, self.is_revealing(node))
    }

    /// Selects a node, or nothing. Whoever looks at something else no longer waits to be taken elsewhere.
    pub fn select(&mut self, node: Option<NodeId>) {
        self.selected = node;
        self.awaited = self.awaited.filter(|awaited| Some(*awaited) == node);
        self.keepsake = node.and_then(|node| self.snapshot.find(node.job())).cloned();
    }

    /// Selects a node, opens it and the way to it, focuses it and scrolls to it: now, or as soon as it is known.
    pub fn go_to(&mut self, node: NodeId) {
        self.select(Some(node));
        self.awaited = Some(node);
        self.meet_awaited();
    }

    /// Whether search or filters leave a node out that is there.
    pub fn hides(&self, node: NodeId) -> bool {
        let Selected::Here(job, step) = self.look_at(node) else { return false };
        let place = self.snapshot.place_of(job.job.id).and_then(|index| self.filtered.place_of(index));
        match place.and_then(|place| self.filtered.jobs.get(place)).map(|left| &left.kept) {
            None => true,
            Some(outline::Kept::All) => false,
            Some(outline::Kept::Some(steps)) => step.and_then(|step| steps.get(step)).is_some_and(|step| !step.kept),
        }
    }

    /// If search or filters hide what is selected, they are lifted.
    pub fn unhide_selected(&mut self) {
        if let Some(node) = self.selected
            && self.hides(node)
        {
            self.ask(Filter::default());
            self.go_to(node);
        }
    }

    /// What there is to show of the selection.
    pub fn look_at_selected(&self) -> Selected {
        self.selected.map_or(Selected::Nothing, |node| self.look_at(node))
    }

    /// What there is to show of a node.
    pub fn look_at(&self, node: NodeId) -> Selected {
        let Some(job) = self.snapshot.find(node.job()) else {
            return if self.loaded { Selected::Gone(node, self.remembered(node)) } else { Selected::Waiting(node) };
        };
        match (node.step(), &job.steps) {
            (None, _) => Selected::Here(Arc::clone(job), None),
            (Some(_), Steps::Unfetched) => Selected::Waiting(node),
            (Some(step), Steps::Fetched(tree)) => match tree.find(step) {
                Some((index, _)) => Selected::Here(Arc::clone(job), Some(index)),
                None => Selected::Gone(node, Some(Arc::clone(job))),
            },
        }
    }

    /// Focuses a row or one of its cells, if it is on show.
    pub fn focus_on(&mut self, node: NodeId, cell: Option<Cell>) {
        if let Some(index) = self.index_of(node) {
            self.focus = Some(Focus { node, cell, index });
        }
    }

    /// The jobs whose steps the admin can see, or would like to: open, in view, selected, awaited.
    pub fn wanted_jobs(&self) -> Vec<JobId> {
        let mut jobs: Vec<JobId> = self.expansion.opened_jobs().collect();
        for node in [self.selected, self.awaited].into_iter().flatten() {
            jobs.push(node.job());
        }
        for index in self.in_view() {
            jobs.extend(self.node_at(index).map(NodeId::job));
        }
        jobs
    }

    fn remembered(&self, node: NodeId) -> Option<Arc<JobNode>> {
        self.keepsake.clone().filter(|kept| kept.job.id == node.job())
    }

    fn node_at(&self, index: usize) -> Option<NodeId> {
        self.rows.get(index)?.id(&self.snapshot, &self.filtered)
    }

    fn index_of(&self, node: NodeId) -> Option<usize> {
        let place = self.filtered.place_of(self.snapshot.place_of(node.job())?)?;
        let step = match node.step() {
            None => None,
            Some(step) => Some(self.step_index(node.job(), step)?),
        };
        outline::find_row(&self.rows, place, step)
    }

    fn look_up(&self, index: usize) -> Option<(&JobNode, Option<&StepNode>)> {
        self.rows.get(index)?.look_up(&self.snapshot, &self.filtered)
    }

    /// Whether a search found something below the node.
    fn is_revealing(&self, node: NodeId) -> bool {
        let place = self.snapshot.place_of(node.job()).and_then(|index| self.filtered.place_of(index));
        let Some(job) = place.and_then(|place| self.filtered.jobs.get(place)) else { return false };
        match (node.step(), &job.kept) {
            (None, _) => job.revealing,
            (Some(_), outline::Kept::All) => false,
            (Some(step), outline::Kept::Some(kept)) => {
                self.step_index(node.job(), step).and_then(|index| kept.get(index)).is_some_and(|step| step.revealing)
            }
        }
    }

    fn step_index(&self, job: JobId, step: StepId) -> Option<usize> {
        Some(self.snapshot.find(job)?.steps.tree()?.find(step)?.0)
    }

    /// Opens what is awaited, and the way to it, once all of it is known.
    fn meet_awaited(&mut self) {
        let Some(node) = self.awaited else { return };
        match self.look_at(node) {
            Selected::Nothing | Selected::Waiting(_) => return,
            Selected::Gone(..) => {
                self.awaited = None;
                return;
            }
            Selected::Here(job, step) => {
                if let Some((index, tree)) = step.zip(job.steps.tree()) {
                    // A step without steps below it is not left open for those that may come.
                    let itself = Some(index).filter(|index| tree.nodes()[*index].descendants > 0);
                    for above in tree.ancestors(index).chain(itself) {
                        self.set_open(NodeId::Step(job.job.id, tree.nodes()[above].step.id), true);
                    }
                }
                self.set_open(NodeId::Job(job.job.id), true);
            }
        }
        self.awaited = None;
        // The filter may hide it.
        if self.index_of(node).is_some() {
            self.focus_on(node, None);
            self.scroll_to_focus_in_the_middle();
        }
    }

    /// Filters, sorts and flattens anew after a change of what that depends on; `places` are those from before.
    fn rederive(&mut self, places: &Places) {
        let Self { snapshot, filter, sort, names, zone, now, .. } = &*self;
        self.filtered = Arc::new(outline::filter(snapshot, filter, *sort, names, *zone, *now));
        self.replace_rows(places);
    }
}
