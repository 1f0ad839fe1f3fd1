//! Icons as inline SVG. Each is one path on a grid of 16; shapes follow PatternFly's.

use super::{
    element::{el, inert},
    live::live,
    state::Derived,
    view::{Draw, View, part},
};
use crate::{domain::Status, view::words};

/// Which icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Points right; turned when open.
    Chevron,
    /// Points down.
    Caret,
    /// Three dots.
    Dots,
    /// A cross.
    Close,
    /// A plus.
    Plus,
    /// An arrow out of a box.
    Leave,
    /// A lens.
    Search,
    /// Half light, half dark.
    Contrast,
    /// Two bars.
    Pause,
    /// A triangle.
    Play,
    /// An arrow in a circle.
    Refresh,
    /// A head and shoulders.
    User,
    /// Sliders.
    View,
}

impl Icon {
    /// Its path.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Chevron => "M6 3.5 10.5 8 6 12.5",
            Self::Caret => "M4 6l4 4 4-4",
            Self::Dots => "M3 8h.01M8 8h.01M13 8h.01",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Leave => "M9.5 2.5h4v4M13.5 2.5 8 8M6.5 3.5H3v9.5h9.5V9.5",
            Self::Search => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zm3.6-1.4L14 14",
            Self::Contrast => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 0v12M10 3v10M12 4.5v7",
            Self::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Self::Play => "M5 3.5v9l7-4.5z",
            Self::Refresh => "M13 8a5 5 0 1 1-1.5-3.6L13 6M13 2.5V6H9.5",
            Self::User => "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zm-5 5.5c.6-2.4 2.5-3.5 5-3.5s4.4 1.1 5 3.5",
            Self::View => "M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.5v4M6 9.5v4",
        }
    }

    /// The icon, drawn in the text's colour. It says nothing to a screen reader.
    pub fn draw(self) -> View {
        drawing("class=\"icon\"", self.path())
    }
}

/// The shape of a status: ring, tick in a disc, mark in a disc, mark in a triangle, question in a ring.
const fn status_path(status: Status) -> &'static str {
    match status {
        Status::Started => "M8 1.75A6.25 6.25 0 0 1 14.25 8",
        Status::Finished => {
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.7 5.45-4.5 4.5a.75.75 0 0 1-1.06 0l-2-2 1.06-1.06 1.47 1.47 3.97-3.97z"
        }
        Status::Failed => {
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-.9 3.25h1.8l-.25 5h-1.3zM8 12.1a.95.95 0 1 1 0-1.9.95.95 0 0 1 0 1.9z"
        }
        Status::Aborted => {
            "M8.7 1.65a.8.8 0 0 0-1.4 0L.85 13.3A.8.8 0 0 0 1.55 14.5h12.9a.8.8 0 0 0 .7-1.2zM7.15 5.5h1.7L8.6 10H7.4zM8 12.7a.9.9 0 1 1 0-1.8.9.9 0 0 1 0 1.8z"
        }
        Status::Unknown => {
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zm-2.4 4c0-1.4 1-2.3 2.45-2.3 1.4 0 2.4.85 2.4 2.05 0 .9-.45 1.4-1.2 1.9-.5.35-.6.5-.6.95h-1.3c0-1 .3-1.45 1.05-1.95.5-.35.7-.55.7-.95 0-.5-.4-.85-1.05-.85-.7 0-1.15.45-1.15 1.15zM8 11.9a.85.85 0 1 1 0-1.7.85.85 0 0 1 0 1.7z"
        }
    }
}

/// A status as a shape in its colour. It says nothing to a screen reader: the word stands beside it.
pub fn status_icon(status: Derived<Status>) -> View {
    part(move || Some(fixed_status_icon(status.get())))
}

/// The icon of a status that stays.
pub fn fixed_status_icon(status: Status) -> View {
    drawing(&format!("class=\"status-icon\" data-status=\"{}\"", status.as_str()), status_path(status))
}

/// What opens and closes a row. It has more room around it than other icons, to be hit.
pub fn expander(open: bool) -> View {
    let class = if open { "icon expander open" } else { "icon expander" };
    let path = Icon::Chevron.path();
    inert(&format!("<svg class=\"{class}\" viewBox=\"-4 -4 24 24\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>"))
}

/// One path on a grid of 16. The browser reads it as HTML, which only words of this file and of `Status` get into.
fn drawing(attributes: &str, path: &str) -> View {
    inert(&format!("<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" {attributes}><path d=\"{path}\"/></svg>"))
}

/// A status as shape and word.
pub fn status_word(status: Derived<Status>) -> View {
    el("span")
        .class("status-word")
        .attr("data-status", live(move || status.get().as_str()))
        .child(status_icon(status))
        .child(live(move || words::status(status.get())))
        .view()
}
