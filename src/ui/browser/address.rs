//! Keeps the address and the view the same: a link opens a view, and a view is a link.
//!
//! The stand-alone page has an address of its own; another target is another entry of its history. In web admin the address
//! belongs to web admin: only its last part is ours, and we add nothing to its history. There the view is written in place of the
//! one before, and stored for when the admin comes back by the menu.

mod own_tab;
mod panel;

use crate::{
    domain::outline::NodeId,
    ui::state::{AppState, SessionState},
    view::route::{Route, Target},
};

/// The link to a node, without search and filters.
pub fn link_to(session: SessionState, node: NodeId) -> String {
    let route = Route::default().with_target(Target::Node(node));
    match session.web_admin() {
        Some(web_admin) => web_admin.view_address(&route),
        None => own_tab::address(&route),
    }
}

/// The address of a view in a tab of its own.
pub fn in_own_tab(route: &Route) -> String {
    own_tab::address(route)
}

/// Opens what the address says, now and whenever it changes, and writes the view into it.
pub fn keep_in_step(state: AppState) {
    match state.session.web_admin() {
        Some(web_admin) => panel::keep_in_step(state, web_admin),
        None => own_tab::keep_in_step(state.navigation),
    }
}
