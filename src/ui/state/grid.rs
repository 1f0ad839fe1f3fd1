//! The state of the tree grid, part by part, each in a signal of its own: a scroll wakes who reads the viewport, and nobody else.

use std::{mem, sync::Arc};

use leptos::prelude::*;

use super::ClockState;
use crate::{
    domain::{JobId, outline::NodeId},
    ui::browser::{clock, storage},
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
        let mut grid = Grid::new(clock.now_untracked(), clock::zone());
        grid.restore_open(storage::open_nodes());
        Self {
            jobs: RwSignal::new(grid.jobs),
            outline: RwSignal::new(grid.outline),
            cursor: RwSignal::new(grid.cursor),
            viewport: RwSignal::new(grid.viewport),
        }
    }

    /// What is known of the engine's jobs.
    pub fn jobs(self) -> Signal<Jobs> {
        self.jobs.into()
    }

    /// The query, what is expanded, and the rows that follow.
    pub fn outline(self) -> Signal<Outline> {
        self.outline.into()
    }

    /// The focus and the selection.
    pub fn cursor(self) -> Signal<Cursor> {
        self.cursor.into()
    }

    /// What is on screen.
    pub fn viewport(self) -> Signal<Viewport> {
        self.viewport.into()
    }

    /// Carries out one change as one step: whoever reads a part is woken once, after it, and only if that part changed.
    pub fn update<R>(self, change: impl FnOnce(&mut Grid) -> R) -> R {
        let mut grid = Grid {
            jobs: take(self.jobs),
            outline: take(self.outline),
            cursor: take(self.cursor),
            viewport: take(self.viewport),
        };
        // Shared handles and small values: copies that cost nothing.
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
        // All parts are in place before anybody is woken.
        notify_if(changed.jobs, self.jobs);
        notify_if(changed.outline, self.outline);
        notify_if(changed.cursor, self.cursor);
        notify_if(changed.viewport, self.viewport);
        result
    }

    /// The rows to have in the document.
    pub fn window(self) -> Window {
        let (jobs, outline, cursor) = (self.jobs.read(), self.outline.read(), self.cursor.read());
        Window::of(&jobs, &outline, &cursor, self.viewport.get())
    }

    /// The jobs whose steps the admin can see, or wants to.
    pub fn wanted_jobs(self) -> Vec<JobId> {
        let (jobs, outline, cursor) = (self.jobs.read(), self.outline.read(), self.cursor.read());
        grid::wanted_jobs(&jobs, &outline, &cursor, self.viewport.get())
    }

    /// What is known of a node.
    pub fn look_up(self, node: NodeId) -> Lookup {
        self.cursor.with(|cursor| self.jobs.with(|jobs| cursor.look_up(jobs, node)))
    }

    /// A job or step that is known now.
    pub fn find(self, node: NodeId) -> Option<Subject> {
        self.jobs.with(|jobs| jobs.find(node))
    }

    /// Whether search or filters leave out a node that the engine has.
    pub fn hides(self, node: NodeId) -> bool {
        self.outline.with(|outline| self.jobs.with(|jobs| outline.hides(jobs, node)))
    }

    /// What is selected.
    pub fn selected(self) -> Option<NodeId> {
        self.cursor.with(Cursor::selected)
    }

    /// Whether any list has come yet.
    pub fn is_loaded(self) -> bool {
        self.jobs.with(Jobs::is_loaded)
    }
}

/// Which parts a change changed.
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
