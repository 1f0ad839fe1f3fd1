//! What the page may keep in the browser: how the admin likes it, and nothing that an engine said.
//!
//! Expanded ids are kept for the tab only (`sessionStorage`); ids tell nobody anything without the engine.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{poll::Pace, timeline::Range};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// Light or dark.
    pub theme: Theme,
    /// How often to ask.
    pub pace: Pace,
    /// How far back the time axis reaches.
    pub range: Range,
}

/// Preferences in storage: flat.
#[derive(Serialize)]
struct Stored {
    theme: Theme,
    /// Seconds; 0 is off, none is automatic.
    pace: Option<u32>,
    range: u32,
}

impl Preferences {
    /// Reads what was stored, member by member, since another version of the page may have written it: what makes no sense
    /// is as by default.
    pub fn parse(text: &str) -> Self {
        let stored: Value = serde_json::from_str(text).unwrap_or_default();
        let number = |name| stored.get(name)?.as_u64().and_then(|number| u32::try_from(number).ok());
        let pace = match number("pace") {
            None => Pace::Auto,
            Some(0) => Pace::Off,
            Some(seconds) => Pace::ALL.into_iter().find(|pace| *pace == Pace::Every(seconds)).unwrap_or_default(),
        };
        let theme = stored.get("theme").and_then(|theme| Theme::deserialize(theme).ok()).unwrap_or_default();
        Self { theme, pace, range: number("range").and_then(Range::of_minutes).unwrap_or_default() }
    }

    /// The text to store.
    pub fn to_text(self) -> String {
        let pace = match self.pace {
            Pace::Auto => None,
            Pace::Off => Some(0),
            Pace::Every(seconds) => Some(seconds),
        };
        let stored = Stored { theme: self.theme, pace, range: self.range.minutes() };
        serde_json::to_string(&stored).unwrap_or_default()
    }
}
