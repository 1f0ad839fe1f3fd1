//! The navigation: the target of the address, which the detail shows.

use leptos::prelude::*;

use super::GridState;
use crate::{
    domain::outline::NodeId,
    view::{
        grid::Grid,
        outline::Outline,
        route::{Route, Target},
    },
};

/// The target of the address, and functions to change it. The address follows.
#[derive(Clone, Copy)]
pub struct Navigation {
    grid: GridState,
    /// The text of an invalid link.
    pub invalid: RwSignal<Option<String>>,
    /// Whether the browser's focus must move to the grid's focused row, even if the browser's focus is not in the grid.
    pub focus_wanted: StoredValue<bool>,
}

/// The navigation of the page.
pub fn use_navigation() -> Navigation {
    expect_context()
}

impl Navigation {
    pub(super) fn new(grid: GridState) -> Self {
        Self { grid, invalid: RwSignal::new(None), focus_wanted: StoredValue::new(false) }
    }

    /// The view as a route.
    pub fn route(self) -> Route {
        let target = match (self.invalid.get(), self.grid.selected()) {
            (Some(text), _) => Target::Invalid(text),
            (None, Some(node)) => Target::Node(node),
            (None, None) => Target::List,
        };
        self.grid.outline().with(|outline: &Outline| Route {
            target,
            filter: outline.filter().clone(),
            sort: outline.sort(),
        })
    }

    /// Opens the view of a route.
    pub fn open(self, route: &Route) {
        self.grid.update(|grid| {
            grid.set_filter(route.filter.clone());
            grid.sort_by(route.sort);
        });
        if untrack(|| self.route()).target != route.target {
            self.go_to(route.target.clone());
        }
    }

    /// Selects a node, or nothing. The focus stays.
    pub fn select(self, node: Option<NodeId>) {
        self.set_invalid(None);
        self.grid.update(|grid| grid.select(node));
    }

    /// Goes to a target: expands its ancestors, focuses it and scrolls to it.
    pub fn go_to(self, target: Target) {
        let node = target.node();
        self.set_invalid(match target {
            Target::Invalid(text) => Some(text),
            Target::List | Target::Node(_) => None,
        });
        self.focus_wanted.set_value(node.is_some());
        self.grid.update(|grid| match node {
            Some(node) => grid.go_to(node),
            None => grid.select(None),
        });
    }

    /// Goes to a node. If the search or the filters hide it, clears them.
    pub fn show(self, node: NodeId) {
        self.go_to(Target::Node(node));
        self.grid.update(Grid::unhide_selected);
    }

    fn set_invalid(self, text: Option<String>) {
        if self.invalid.with_untracked(|before| *before != text) {
            self.invalid.set(text);
        }
    }
}
