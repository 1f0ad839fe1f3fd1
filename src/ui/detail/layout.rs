//! How the detail lies beside or over the tree, and how the focus gets into it.

use leptos::prelude::*;

use crate::{
    domain::outline::NodeId,
    ui::{
        browser::focus::{find, focus_first, focused},
        grid::row_element,
    },
};

/// The id of the heading, which takes the focus when the detail is opened by keyboard.
pub(super) const HEADING: &str = "detail-title";

/// Whether the detail lies over the tree: then whatever has the focus in the tree cannot be seen.
pub fn covers_tree() -> bool {
    let is_sheet = window().match_media("(max-width: 900px)").ok().flatten().is_some_and(|query| query.matches());
    is_sheet && find(".detail").is_some()
}

/// Moves the focus into the detail, once it is there.
pub fn focus_heading() {
    request_animation_frame(|| _ = focus_first(&format!("#{HEADING}")));
}

/// Takes the focus into a detail that comes to lie over the tree. If nothing has the focus, it also goes into a detail whose row
/// is not in the document: no row will take it then.
pub(super) fn lead_in(node: NodeId) {
    request_animation_frame(move || {
        let is_behind = find(".list:focus-within, .detail:focus-within").is_some();
        let is_nowhere = focused().is_none();
        if (is_nowhere && row_element(node).is_none()) || ((is_nowhere || is_behind) && covers_tree()) {
            focus_heading();
        }
    });
}
