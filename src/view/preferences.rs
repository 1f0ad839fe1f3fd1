//! What the page may keep in the browser: how the admin likes it, and nothing that an engine said.
//!
//! Expanded ids are kept for the tab only (`sessionStorage`); ids tell nobody anything without the engine.

use form_urlencoded::{Serializer, parse};

use super::{poll::Pace, timeline::Range};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// As the system is.
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

/// How the admin likes the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// Whether `/` and `?` are left alone outside the tree: who dictates, or whose hand rests on the keys, may want that
    /// (WCAG 2.1.4).
    pub plain_keys: bool,
    /// Light or dark.
    pub theme: Theme,
    /// How often to ask.
    pub pace: Pace,
    /// How far back the time axis reaches.
    pub range: Range,
}

impl Preferences {
    /// Reads what was stored, member by member, since another version of the page may have written it: what makes no sense
    /// is as by default.
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

    /// The text to store: `theme=dark&pace=30&range=60`, the pace in seconds (0 is off; left out, it is automatic), the range
    /// in minutes; `keys=plain` only where shortcuts are off.
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
