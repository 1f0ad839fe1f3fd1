//! How the focus gets into the detail when that covers the tree.

use leptos::prelude::*;

use crate::{
    domain::outline::NodeId,
    ui::{
        browser::{
            detail_pane::{covers_tree, focus_heading},
            focus::{find, focused, is_main_focused},
        },
        grid::row_element,
    },
};

/// Moves the focus into a detail that covers the tree. If nothing has the focus, or only the main part, it also moves into a
/// detail whose row is not in the document: no row will take the focus then.
pub(super) fn focus_if_tree_is_covered(node: NodeId) {
    request_animation_frame(move || {
        let is_behind = find(".list:focus-within, .detail:focus-within").is_some();
        let is_nowhere = focused().is_none() || is_main_focused();
        if (is_nowhere && row_element(node).is_none()) || ((is_nowhere || is_behind) && covers_tree()) {
            focus_heading();
        }
    });
}
