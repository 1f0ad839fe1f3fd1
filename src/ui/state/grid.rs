//! The state of the tree grid. Each part is in a signal of its own, so that a scroll notifies only readers of the viewport.

use std::{mem, sync::Arc};

use leptos::prelude::*;

use super::ClockState;
use crate::{
    domain::{JobId, outline::NodeId},
    ui::browser::{storage, tallest::tallest_element},
    view::{
        cursor::Cursor,
        grid::{self, Grid, Window},
        jobs::Jobs,
        outline::Outline,
        subject::{Lookup, Subject},
        viewport::Viewport,
    },
};

/// The parts of [`Grid`]. Every change goes through [`GridState::update`].
#[derive(Clone, Copy)]
pub struct GridState {
    jobs: RwSignal<Jobs>,
    outline: RwSignal<Outline>,
    cursor: RwSignal<Cursor>,
    viewport: RwSignal<Viewport>,
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
        Self {
            jobs: RwSignal::new(grid.jobs),
            outline: RwSignal::new(grid.outline),
            cursor: RwSignal::new(grid.cursor),
            viewport: RwSignal::new(grid.viewport),
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

    /// Makes one change. After it, the readers of each changed part are notified once.
    pub fn update<R>(self, change: impl FnOnce(&mut Grid) -> R) -> R {
        let mut grid = Grid {
            jobs: take(self.jobs),
            outline: take(self.outline),
            cursor: take(self.cursor),
            viewport: take(self.viewport),
        };
        // The parts are shared handles and small values, so the copy is cheap.
        let (jobs, rows, cursor, viewport) =
            (grid.jobs.clone(), Arc::clone(grid.outline.rows()), grid.cursor.clone(), grid.viewport);
        let result = change(&mut grid);
        let changed = Changed {
            jobs: !jobs.is_same(&grid.jobs),
            outline: !Arc::ptr_eq(&rows, grid.outline.rows()),
            cursor: !cursor.is_same(&grid.cursor),
            viewport: viewport != grid.viewport,
        };
        put(self.jobs, grid.jobs);
        put(self.outline, grid.outline);
        put(self.cursor, grid.cursor);
        put(self.viewport, grid.viewport);
        // All parts are set before any reader is notified.
        notify_if(changed.jobs, self.jobs);
        notify_if(changed.outline, self.outline);
        notify_if(changed.cursor, self.cursor);
        notify_if(changed.viewport, self.viewport);
        result
    }

    /// The rows in the document.
    pub fn window(self) -> Window {
        let (jobs, outline, cursor) = (self.jobs.read(), self.outline.read(), self.cursor.read());
        Window::of(&jobs, &outline, &cursor, self.viewport.get())
    }

    /// The jobs whose steps should be loaded.
    pub fn wanted_jobs(self) -> Vec<JobId> {
        let (jobs, outline, cursor) = (self.jobs.read(), self.outline.read(), self.cursor.read());
        grid::wanted_jobs(&jobs, &outline, &cursor, self.viewport.get())
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
