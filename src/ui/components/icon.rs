//! Icons as inline SVG. Each is one path on a grid of 16. Screen readers ignore them.

use leptos::prelude::*;

/// Which icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Points down.
    Caret,
    /// Points up.
    Up,
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

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Caret => "M4 6l4 4 4-4",
            Self::Up => "M4 10l4-4 4 4",
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
}

/// An icon in the colour of the text.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=glyph.path()></path></svg> }
}

/// The page's mark: a task with its steps.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 20 20" aria-hidden="true">
            <path class="logo-line" d="M3 2v12.5a2 2 0 0 0 2 2h4M3 6h6"></path>
            <rect class="logo-task" x="9" y="3" width="9" height="6" rx="1.5"></rect>
            <rect class="logo-step" x="9" y="13" width="9" height="6" rx="1.5"></rect>
        </svg>
    }
}
