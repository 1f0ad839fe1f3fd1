//! The detail as a part of the document: whether it covers the tree, and the focus on its heading.

use leptos::prelude::*;

use super::focus::{find, focus_first};

/// The id of the heading, which takes the focus when the detail is opened by keyboard.
pub const HEADING: &str = "detail-title";

/// Whether the detail covers the tree. Then the user cannot see what has the focus in the tree.
pub fn covers_tree() -> bool {
    let is_sheet = window().match_media("(max-width: 900px)").ok().flatten().is_some_and(|query| query.matches());
    is_sheet && find(".detail").is_some()
}

/// Moves the focus to the heading of the detail, once it is there.
pub fn focus_heading() {
    request_animation_frame(|| _ = focus_first(&format!("#{HEADING}")));
}
