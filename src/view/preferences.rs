//! The admin's preferences, which the page stores in the browser. Data from an engine is never stored.
//!
//! The ids of expanded nodes are stored for the tab only (`sessionStorage`). Without the engine, an id reveals nothing.

use form_urlencoded::{Serializer, parse};

use super::{poll::Pace, timeline::Range};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// As the system's setting.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The next one that the switch offers.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Its name, for the switch and the stylesheet.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The admin's preferences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// Whether the shortcuts `/` and `?` are off outside the tree. Users of speech input, or users who press keys by accident, may
    /// want that (WCAG 2.1.4).
    pub plain_keys: bool,
    /// Light or dark.
    pub theme: Theme,
    /// How often to poll.
    pub pace: Pace,
    /// How far back the time axis reaches.
    pub range: Range,
}

impl Preferences {
    /// Reads stored preferences. Another version of the page may have written them, so each invalid member gets its default.
    pub fn parse(text: &str) -> Self {
        let mut preferences = Self::default();
        for (name, value) in parse(text.as_bytes()) {
            match name.as_ref() {
                "theme" => preferences.theme = found(Theme::ALL, |theme| theme.as_str() == value),
                "pace" => preferences.pace = found(Pace::ALL, |pace| seconds(pace).is_some_and(|text| text == value)),
                "keys" => preferences.plain_keys = value == "plain",
                "range" => preferences.range = value.parse().ok().and_then(Range::of_minutes).unwrap_or_default(),
                _ => (),
            }
        }
        preferences
    }

    /// The text to store: `theme=dark&pace=30&range=60`. The pace is in seconds; 0 is off, and no pace is automatic. The range is in
    /// minutes. `keys=plain` is there only if shortcuts are off.
    pub fn to_text(self) -> String {
        let mut text = Serializer::new(String::new());
        text.append_pair("theme", self.theme.as_str());
        if let Some(seconds) = seconds(self.pace) {
            text.append_pair("pace", &seconds);
        }
        if self.plain_keys {
            text.append_pair("keys", "plain");
        }
        text.append_pair("range", &self.range.minutes().to_string());
        text.finish()
    }
}

fn seconds(pace: Pace) -> Option<String> {
    match pace {
        Pace::Auto => None,
        Pace::Off => Some("0".to_owned()),
        Pace::Every(seconds) => Some(seconds.to_string()),
    }
}

fn found<T: Copy + Default>(all: impl IntoIterator<Item = T>, fits: impl Fn(T) -> bool) -> T {
    all.into_iter().find(|one| fits(*one)).unwrap_or_default()
}
