//! The configuration of the panel: its table agrees with the plug-in's files and the documentation.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, reason = "a test may")]

use serde_json::Value;
use task_monitor::view::{
    panel::{LOCALE, MENU, Number, POLL_SECONDS, Word, language},
    route::PLACE,
};

const NUMBERS: [Number; 1] = [POLL_SECONDS];
const WORDS: [Word; 2] = [MENU, LOCALE];

#[test]
fn numbers_are_limited_to_their_range() {
    for number in NUMBERS {
        let (least, most) = (f64::from(number.least), f64::from(number.most));
        let rows = [
            (None, number.default),
            (Some(f64::NAN), number.default),
            (Some(f64::NEG_INFINITY), number.least),
            (Some(-1.0), number.least),
            (Some(least - 0.5), number.least),
            (Some(least), number.least),
            (Some(least + 1.4), number.least + 1),
            (Some(most - 0.4), number.most),
            (Some(most + 1.0), number.most),
            (Some(1e300), number.most),
        ];
        for (value, expected) in rows {
            assert_eq!(number.of(value), expected, "{} = {value:?}", number.key);
        }
        assert!((number.least..=number.most).contains(&number.default));
    }
}

#[test]
fn the_language_is_one_of_web_admins_languages() {
    let rows = [
        (None, None, "en-US"),
        (None, Some("de-DE"), "de-DE"),
        (None, Some("pt_BR"), "pt-BR"),
        (None, Some("DE"), "de-DE"),
        (None, Some("tlh-QO"), "en-US"),
        (None, Some(""), "en-US"),
        (None, Some("not a language at all"), "en-US"),
        (Some("auto"), Some("ja-JP"), "ja-JP"),
        (Some("fr-FR"), Some("ja-JP"), "fr-FR"),
        (Some("xx"), Some("ja-JP"), "ja-JP"),
        (Some("auto"), Some("auto"), "en-US"),
    ];
    for (configured, web_admin, expected) in rows {
        assert_eq!(language(configured, web_admin), expected, "{configured:?} {web_admin:?}");
    }
    for word in &LOCALE.words[1..] {
        assert_eq!(language(None, Some(word)), *word);
    }
}

#[test]
fn the_descriptor_has_exactly_the_defaults() {
    let descriptor: Value = serde_json::from_str(include_str!("../plugin/task-monitor.json")).unwrap();
    let numbers = NUMBERS.map(|number| (number.key, Value::from(number.default)));
    let words = WORDS.map(|word| (word.key, Value::from(word.words[0])));
    let expected: serde_json::Map<String, Value> =
        numbers.into_iter().chain(words).map(|(key, value)| (key.to_owned(), value)).collect();
    assert_eq!(descriptor["config"], Value::Object(expected));
}

#[test]
fn the_bootstrap_page_has_the_same_words() {
    let page = include_str!("../plugin/plugin.html");
    let quoted = |words: &[&str]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    assert!(page.contains(&format!("var MENUS = [{}];", quoted(&MENU.words[1..]))));
    assert!(page.contains(&format!("var PLACE = \"{PLACE}\";")));
    for locale in &LOCALE.words[1..] {
        assert!(page.contains(&format!("\"{locale}\": \"")), "a label in {locale}");
    }
}

#[test]
fn the_documentation_has_the_same_values() {
    let document = include_str!("../docs/ovirt-plugin.md");
    let code = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    for Number { key, least, most, default } in NUMBERS {
        let row = format!("| `{key}` | {least} to {most} | {default} |");
        assert!(document.contains(&row), "{row}");
    }
    for Word { key, words } in WORDS {
        let row = format!("| `{key}` | {} | `{}` |", code(words), words[0]);
        assert!(document.contains(&row), "{row}");
    }
}
