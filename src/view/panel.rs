//! The configuration of the panel in web admin: the members of `config` in
//! `/etc/ovirt-engine/ui-plugins/task-monitor-config.json`. They override the same members in `plugin/task-monitor.json`.
//!
//! The page uses the tables here. A test compares `docs/ovirt-plugin.md` and `plugin/` with them. Unknown members are ignored.
//! Everybody in web admin can read the configuration, so it must hold no secret.

/// A whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its name.
    pub key: &'static str,
    /// The smallest value. A smaller number becomes this.
    pub least: u32,
    /// The largest value. A larger number becomes this.
    pub most: u32,
    /// The value if the member is missing or is no number.
    pub default: u32,
}

/// One word of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its name.
    pub key: &'static str,
    /// The allowed words. The first is the default, also for any other value.
    pub words: &'static [&'static str],
}

/// How often to ask the engine while something runs, in seconds.
pub const POLL_SECONDS: Number = Number { key: "pollSeconds", least: 2, most: 300, default: 5 };

/// Where the menu entry is: in the main menu, or in one of its parts. `plugin/plugin.html` reads it.
pub const MENU: Word = Word { key: "menu", words: &["primary", "compute", "network", "storage", "admin"] };

/// The language of the menu entry, and of dates in the panel: web admin's own, or another of its languages
/// (`languages.properties`).
pub const LOCALE: Word = Word {
    key: "locale",
    words: &["auto", "en-US", "es-ES", "fr-FR", "ja-JP", "pt-BR", "zh-CN", "de-DE", "ko-KR", "it-IT", "cs-CZ", "ka-GE"],
};

impl Number {
    /// The number for a configured value.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value is between two numbers that fit"
    )]
    pub fn of(self, value: Option<f64>) -> u32 {
        match value {
            Some(value) if !value.is_nan() => value.clamp(f64::from(self.least), f64::from(self.most)).round() as u32,
            Some(_) | None => self.default,
        }
    }
}

/// The language of dates: the configured one, or else web admin's. Only the first part counts (`de` of `de-AT` and `de_DE`). A
/// language that web admin does not have becomes American English, as in web admin.
pub fn language(configured: Option<&str>, web_admin: Option<&str>) -> &'static str {
    let known = |name: &str| {
        let first = name.split(['-', '_']).next().unwrap_or_default();
        LOCALE.words[1..]
            .iter()
            .copied()
            .find(|word| word.split('-').next().is_some_and(|is| is.eq_ignore_ascii_case(first)))
    };
    [configured, web_admin].into_iter().flatten().find_map(known).unwrap_or(LOCALE.words[1])
}
