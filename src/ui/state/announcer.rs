//! Announcements for screen readers.

use leptos::prelude::*;

/// The text of the page's live region.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

/// The announcer of the page.
pub fn use_announcer() -> Announcer {
    expect_context()
}

impl Default for Announcer {
    fn default() -> Self {
        Self(RwSignal::new(String::new()))
    }
}

impl Announcer {
    /// The last announcement.
    pub fn text(self) -> Signal<String> {
        self.0.into()
    }

    /// Announces a text.
    pub fn say(self, text: String) {
        self.0.set(text);
    }
}
