//! The admin's preferences.

use leptos::prelude::*;

use crate::{
    host::PageHost,
    ui::browser::storage,
    view::preferences::{Preferences, Theme},
};

/// The preferences. A change is stored at once.
#[derive(Clone, Copy)]
pub struct PreferencesState(RwSignal<Preferences>);

/// The preferences of the page.
pub fn use_preferences() -> PreferencesState {
    expect_context()
}

impl PreferencesState {
    /// The stored preferences, or the defaults. Web admin has only a light theme.
    pub(super) fn load(host: &PageHost) -> Self {
        let theme = if host.web_admin().is_some() { Theme::Light } else { Theme::System };
        let preferences = storage::preferences().unwrap_or(Preferences { theme, ..Preferences::default() });
        Self(RwSignal::new(preferences))
    }

    /// The preferences.
    pub fn get(self) -> Preferences {
        self.0.get()
    }

    /// The preferences, without a subscription to changes.
    pub fn get_untracked(self) -> Preferences {
        self.0.get_untracked()
    }

    /// Changes and stores them.
    pub fn update(self, change: impl FnOnce(&mut Preferences)) {
        self.0.update(change);
        storage::store_preferences(self.0.get_untracked());
    }

    /// A key for `aria-keyshortcuts`; none if single-key shortcuts are off.
    pub fn shortcut(self, key: &'static str) -> Signal<Option<&'static str>> {
        Signal::derive(move || (!self.0.with(|preferences| preferences.plain_keys)).then_some(key))
    }
}
