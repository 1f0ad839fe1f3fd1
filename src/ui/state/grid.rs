//! The state of the tree grid. Each part is in a signal of its own, so that a scroll notifies only readers of the viewport.

use std::{mem, sync::Arc};

use leptos::prelude::*;

use super::ClockState;
use crate::{
    domain::{JobId, Time, outline::NodeId},
    ui::browser::{storage, tallest::tallest_element},
    view::{
        cursor::Cursor,
        grid::{self, Grid, Sight, Window},
        jobs::Jobs,
        outline::Outline,
        subject::{Lookup, Subject},
        viewport::Viewport,
        wanted::{self, Unloaded, Wanted},
        watch::{Watch, Way},
    },
};

/// The parts of [`Grid`]. Every change goes through [`GridState::update`].
#[derive(Clone, Copy)]
pub struct GridState {
    jobs: RwSignal<Jobs>,
    outline: RwSignal<Outline>,
    cursor: RwSignal<Cursor>,
    viewport: RwSignal<Viewport>,
    unloaded: Memo<Unloaded>,
    watch: RwSignal<Watch>,
    failures: Memo<Vec<NodeId>>,
}

/// The grid of the page.
pub fn use_grid() -> GridState {
    expect_context()
}

impl GridState {
    pub(super) fn new(clock: ClockState) -> Self {
        let mut grid = Grid::new(clock.now_untracked(), clock.zone_untracked());
        grid.limit_height(tallest_element());
        grid.restore_open(storage::open_nodes());
        let (jobs, outline, watch) = (RwSignal::new(grid.jobs), RwSignal::new(grid.outline), RwSignal::new(grid.watch));
        let sort = Memo::new(move |_| outline.with(Outline::sort));
        Self {
            jobs,
            outline,
            cursor: RwSignal::new(grid.cursor),
            viewport: RwSignal::new(grid.viewport),
            unloaded: Memo::new(move |_| Unloaded::of(&jobs.read(), &outline.read())),
            watch,
            failures: Memo::new(move |_| watch.with(|watch| watch.failures.in_order(&jobs.read(), sort.get()))),
        }
    }

    /// The jobs as last read.
    pub fn jobs(self) -> Signal<Jobs> {
        self.jobs.into()
    }

    /// The query, the expanded nodes, and the rows that follow.
    pub fn outline(self) -> Signal<Outline> {
        self.outline.into()
    }

    /// The focus and the selection.
    pub fn cursor(self) -> Signal<Cursor> {
        self.cursor.into()
    }

    /// The part of the rows that is on screen.
    pub fn viewport(self) -> Signal<Viewport> {
        self.viewport.into()
    }

    /// What has happened to the jobs.
    pub fn watch(self) -> Signal<Watch> {
        self.watch.into()
    }

    /// All failures in the order of the list, filtered out or not.
    pub fn failures(self) -> Memo<Vec<NodeId>> {
        self.failures
    }

    /// The place of the admin in the list.
    pub fn here(self) -> Option<NodeId> {
        grid::here(&self.jobs.read(), &self.outline.read(), &self.cursor.read())
    }

    /// The failure after the place of the admin, or before it.
    pub fn failure_beside(self, way: Way) -> Option<NodeId> {
        self.update(|grid| grid.failure_beside(way))
    }

    /// Time has passed. `sight` is asked only if it matters.
    pub fn pass_time(self, now: Time, sight: impl FnOnce() -> Sight) {
        if self.watch.with_untracked(|watch| Grid::needs_time(watch, now)) {
            self.update(|grid| grid.pass_time(now, sight()));
        }
    }

    /// Makes one change. After it, the readers of each changed part are notified once.
    pub fn update<R>(self, change: impl FnOnce(&mut Grid) -> R) -> R {
        let mut grid = Grid {
            jobs: take(self.jobs),
            outline: take(self.outline),
            cursor: take(self.cursor),
            viewport: take(self.viewport),
            watch: take(self.watch),
        };
        // The parts are shared handles and small values, so the copy is cheap.
        let (jobs, cursor, viewport) = (grid.jobs.clone(), grid.cursor.clone(), grid.viewport);
        let (rows, loads_all) = (Arc::clone(grid.outline.rows()), grid.outline.loads_all());
        let version = grid.watch.version();
        let result = change(&mut grid);
        let changed = Changed {
            jobs: !jobs.is_same(&grid.jobs),
            outline: !Arc::ptr_eq(&rows, grid.outline.rows()) || loads_all != grid.outline.loads_all(),
            cursor: !cursor.is_same(&grid.cursor),
            viewport: viewport != grid.viewport,
            watch: version != grid.watch.version(),
        };
        put(self.jobs, grid.jobs);
        put(self.outline, grid.outline);
        put(self.cursor, grid.cursor);
        put(self.viewport, grid.viewport);
        put(self.watch, grid.watch);
        // All parts are set before any reader is notified.
        notify_if(changed.jobs, self.jobs);
        notify_if(changed.outline, self.outline);
        notify_if(changed.cursor, self.cursor);
        notify_if(changed.viewport, self.viewport);
        notify_if(changed.watch, self.watch);
        result
    }

    /// The rows in the document.
    pub fn window(self) -> Window {
        let (jobs, outline, cursor) = (self.jobs.read(), self.outline.read(), self.cursor.read());
        Window::of(&jobs, &outline, &cursor, self.viewport.get(), &self.watch.read())
    }

    /// The jobs whose steps are wanted.
    pub fn wanted(self) -> Vec<Wanted> {
        let (jobs, outline, cursor) = (self.jobs.read(), self.outline.read(), self.cursor.read());
        let mut wanted = wanted::looked_at(&jobs, &outline, &cursor, self.viewport.get());
        wanted.extend(self.unloaded.read().wanted());
        wanted
    }

    /// The jobs whose steps are not loaded.
    pub fn unloaded(self) -> Memo<Unloaded> {
        self.unloaded
    }

    /// The jobs in view.
    pub fn jobs_in_view(self) -> Vec<JobId> {
        let (jobs, outline) = (self.jobs.read(), self.outline.read());
        grid::jobs_in_view(&jobs, &outline, self.viewport.get())
    }

    /// Looks up a node.
    pub fn look_up(self, node: NodeId) -> Lookup {
        self.cursor.with(|cursor| self.jobs.with(|jobs| cursor.look_up(jobs, node)))
    }

    /// A job or step in the snapshot.
    pub fn find(self, node: NodeId) -> Option<Subject> {
        self.jobs.with(|jobs| jobs.find(node))
    }

    /// Whether the search or the filters hide a node of the snapshot.
    pub fn hides(self, node: NodeId) -> bool {
        self.outline.with(|outline| self.jobs.with(|jobs| outline.hides(jobs, node)))
    }

    /// The selected node.
    pub fn selected(self) -> Option<NodeId> {
        self.cursor.with(Cursor::selected)
    }

    /// Whether a list was read yet.
    pub fn is_loaded(self) -> bool {
        self.jobs.with(Jobs::is_loaded)
    }
}

/// The parts that a change has changed.
struct Changed {
    jobs: bool,
    outline: bool,
    cursor: bool,
    viewport: bool,
    watch: bool,
}

fn take<T: Default + Send + Sync + 'static>(part: RwSignal<T>) -> T {
    part.try_update_untracked(mem::take).unwrap_or_default()
}

fn put<T: Send + Sync + 'static>(part: RwSignal<T>, value: T) {
    part.try_update_untracked(|place| *place = value);
}

fn notify_if<T: Send + Sync + 'static>(changed: bool, part: RwSignal<T>) {
    if changed {
        part.notify();
    }
}
