//! Keeps the address and the view the same: a link opens a view, and the address of a view is a link to it.
//!
//! A page in a tab has an address of its own. Each new target is a new entry in its history. In web admin the address
//! belongs to web admin. The page changes only its last part and adds nothing to its history. The new view replaces the old
//! one, and it is stored, so that the menu entry opens it again.

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

/// Opens the view of the address, now and after each change of it, and writes each new view into it.
pub fn keep_synchronized(state: AppState) {
    match state.session.web_admin() {
        Some(web_admin) => panel::keep_synchronized(state, web_admin),
        None => own_tab::keep_synchronized(state.navigation),
    }
}
