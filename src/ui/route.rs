//! Keeps the address and the view the same: a link opens a view, and a view is a link.
//!
//! In a tab of its own the page's address is meant, and other targets are other places to come back to. In web admin it is
//! that of the window around, of which only the last part is ours, and whose history is not: there the view is written in
//! place of the one before, and kept for when the admin comes back by the menu.

mod own;
mod place;

use leptos::prelude::*;

use super::context::Context;
use crate::view::route::{Route, Target};

/// The view as a route.
pub fn current(context: Context) -> Route {
    let nonsense = context.nonsense.get();
    context.grid.with(|grid| Route {
        target: match (nonsense, grid.selected()) {
            (Some(text), _) => Target::Nonsense(text),
            (None, Some(node)) => Target::Node(node),
            (None, None) => Target::List,
        },
        filter: grid.filter().clone(),
        sort: grid.sort(),
    })
}

/// The whole link to a node, with the filters left behind.
pub fn link_to(context: Context, target: Target) -> String {
    let route = Route::default().with_target(target);
    match context.web_admin() {
        Some(web_admin) => web_admin.view_address(&route),
        None => own::address(&route),
    }
}

/// The address of the view in a tab of its own.
pub fn own_tab(context: Context) -> String {
    own::address(&current(context))
}

/// Opens what the address says, now and whenever it changes, and writes the view into it.
pub fn keep_in_step(context: Context) {
    match context.web_admin() {
        Some(web_admin) => place::keep_in_step(context, web_admin),
        None => own::keep_in_step(context),
    }
}

fn open(context: Context, route: &Route) {
    context.grid.update(|grid| {
        grid.ask(route.filter.clone());
        grid.sort_by(route.sort);
    });
    if untrack(|| current(context)).target != route.target {
        context.go_to(route.target.clone());
    }
}
