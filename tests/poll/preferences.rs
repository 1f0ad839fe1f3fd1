//! The stored preferences: they are written and read, and any text can be read.

use proptest::prelude::*;
use task_monitor::view::{
    poll::Pace,
    preferences::{Preferences, Theme},
    timeline::Range,
};

#[test]
fn preferences_are_written_and_read() {
    for theme in [Theme::System, Theme::Light, Theme::Dark] {
        for pace in Pace::ALL {
            for range in Range::ALL {
                for plain_keys in [false, true] {
                    let preferences = Preferences { plain_keys, theme, pace, range };
                    assert_eq!(Preferences::parse(&preferences.to_text()), preferences);
                }
            }
        }
    }
    assert_eq!(Preferences::default().to_text(), "theme=system&range=30");
    assert_eq!(Theme::System.next().next().next(), Theme::System);
}

/// Another version of the page, or a user, may have written the text: valid members are used.
#[test]
fn invalid_members_get_their_defaults() {
    let dark = Preferences { theme: Theme::Dark, ..Preferences::default() };
    let rows = [
        ("", Preferences::default()),
        ("junk", Preferences::default()),
        (r#"{"theme":"dark"}"#, Preferences::default()),
        ("theme=dark", dark),
        ("theme=dark&colour=red", dark),
        ("theme=dark&pace=7&range=11", dark),
        ("theme=dark&pace=-1", dark),
        ("theme=dark&pace=often&range=long", dark),
        ("theme=dark&range=", dark),
        (
            "theme=sepia&pace=0&range=480",
            Preferences { pace: Pace::Off, range: Range::Hours8, ..Preferences::default() },
        ),
        ("keys=loud&theme=dark", dark),
        ("theme=7&pace=30", Preferences { pace: Pace::Every(30), ..Preferences::default() }),
    ];
    for (text, expected) in rows {
        assert_eq!(Preferences::parse(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_gives_preferences(text in any::<String>()) {
        prop_assert_eq!(Preferences::parse(&text), Preferences::default());
    }
}
