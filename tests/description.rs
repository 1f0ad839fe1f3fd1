//! Texts of others: how they are shown, and how they stand in a sentence.
#![allow(clippy::unwrap_used, reason = "a test may")]

use task_monitor::{
    domain::description::{escaped, folded, isolated, original, readable, revealed},
    view::words,
};

const UNSEEN: &str = "(name without visible characters)";

#[test]
fn one_word_in_camel_case_is_taken_apart() {
    let rows = [
        ("SparsifyImage", "Sparsify image"),
        ("CloneImageGroupVolumesStructure", "Clone image group volumes structure"),
        ("ImportVMFromOVA", "Import VM from OVA"),
        ("AddVmFromSnapshot2", "Add vm from snapshot2"),
        ("Validating", "Validating"),
        ("NFS", "NFS"),
        ("web01", "web01"),
        ("Launching VM WebServer", "Launching VM WebServer"),
        ("CopyVolume of disk", "CopyVolume of disk"),
        ("Copy-Volume", "Copy-Volume"),
        ("GrößeÄndern", "GrößeÄndern"),
    ];
    for (given, expected) in rows {
        assert_eq!(readable(given), expected);
    }
}

/// What the engine has, what the page shows, and what its tip shows, if that is something else.
#[test]
fn a_name_is_shown_as_people_read_it() {
    let rows = [
        ("", "(no description)", None),
        (" ", UNSEEN, Some("[U+0020]")),
        ("\n\t", UNSEEN, Some("[U+000A][U+0009]")),
        ("\u{200b}\u{feff}", UNSEEN, Some("[U+200B][U+FEFF]")),
        ("\u{3164}", UNSEEN, Some("[U+3164]")),
        ("\u{2800} \u{fe0f}", UNSEEN, Some("[U+2800][U+0020][U+FE0F]")),
        ("\u{202e}\u{2069}\u{200f}", UNSEEN, Some("[U+202E][U+2069][U+200F]")),
        ("\u{e0041}\u{1d173}\u{7}", UNSEEN, Some("[U+E0041][U+1D173][U+0007]")),
        ("Backup \u{202e}gpj.exe", "Backup gpj.exe", Some("Backup [U+202E]gpj.exe")),
        ("\u{1b}[31mred\u{1b}[0m \u{9b}1;4mbold", "red bold", Some("[U+001B][31mred[U+001B][0m [U+009B]1;4mbold")),
        ("\u{1b}[31", "[31", Some("[U+001B][31")),
        ("bell\u{7} null\u{0}", "bell null", Some("bell[U+0007] null[U+0000]")),
        ("CopyVolume\u{8}", "CopyVolume", Some("CopyVolume[U+0008]")),
        // What belongs to a text stays: line breaks, directions of whole words, joiners, marks on letters.
        ("first\nsecond\tthird", "first\nsecond\tthird", None),
        ("\u{5e9}\u{5dc}\u{5d5}\u{5dd} VM \u{200f}!", "\u{5e9}\u{5dc}\u{5d5}\u{5dd} VM \u{200f}!", None),
        ("\u{202b}\u{5e9}\u{202c} a", "\u{202b}\u{5e9}\u{202c} a", None),
        ("\u{1f468}\u{200d}\u{1f4bb} \u{2764}\u{fe0f}", "\u{1f468}\u{200d}\u{1f4bb} \u{2764}\u{fe0f}", None),
        ("Z\u{300}\u{301}\u{302}algo", "Z\u{300}\u{301}\u{302}algo", None),
        ("SparsifyImage", "Sparsify image", Some("SparsifyImage")),
    ];
    for (given, shown, tip) in rows {
        assert_eq!((&*readable(given), original(given).as_deref()), (shown, tip), "{given:?}");
    }
}

#[test]
fn a_search_finds_what_is_shown_and_what_is_stored() {
    for (given, words) in [
        ("SparsifyImage", ["sparsify image", "sparsifyimage"]),
        ("\u{202e}Backup", ["backup", "\u{202e}backup"]),
        ("\u{200b}", ["without visible", "\u{200b}"]),
        ("", ["no description", ""]),
    ] {
        assert!(words.iter().all(|word| folded(given).contains(word)), "{given:?}: {:?}", folded(given));
    }
    assert_eq!(folded("Plain"), "plain");
}

/// The text of others, and the same as a part of a sentence.
const IN_SENTENCES: [(&str, &str); 12] = [
    ("Backup of web01", "Backup of web01"),
    ("Größe – 大小 ❤\u{fe0f}", "Größe – 大小 ❤\u{fe0f}"),
    ("two\nlines\r\n and\ttabs", "two lines and tabs"),
    ("\u{202e}txt.exe", "txt.exe"),
    ("open \u{2067}isolate", "open isolate"),
    ("closed\u{2069}\u{202c} more", "closed more"),
    ("\u{1b}[31mred", "red"),
    ("\u{5e9}\u{5dc}\u{5d5}\u{5dd}", "\u{2068}\u{5e9}\u{5dc}\u{5d5}\u{5dd}\u{2069}"),
    ("VM \u{645}\u{202e}\u{2069}!", "\u{2068}VM \u{645}!\u{2069}"),
    ("left\u{200e}", "\u{2068}left\u{200e}\u{2069}"),
    ("arabic mark\u{61c}", "\u{2068}arabic mark\u{61c}\u{2069}"),
    ("", ""),
];

#[test]
fn a_text_of_others_does_not_change_the_sentence_around_it() {
    for (given, expected) in IN_SENTENCES {
        assert_eq!(isolated(given), expected, "{given:?}");
        let depth = expected.chars().fold(0, |depth, character| match character {
            '\u{2068}' => depth + 1,
            '\u{2069}' => depth - 1,
            '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{2067}' => panic!("{expected:?} has an open direction"),
            _ => depth,
        });
        assert_eq!(depth, 0, "{expected:?}");
    }
}

/// Cutting comes before isolating, so that the end of the isolate is never cut off.
#[test]
fn a_shortened_name_keeps_the_end_of_its_isolate() {
    let name = "\u{5e9}".repeat(100);
    let cut = words::named(&name, 10);
    assert_eq!(cut, format!("\u{2068}{}…\u{2069}", "\u{5e9}".repeat(10)));
    assert_eq!(words::named("SparsifyImage", 60), "SparsifyImage", "it is given as it is shown");
}

#[test]
fn a_plain_text_is_not_copied() {
    use std::borrow::Cow::Borrowed;
    let text = "Moving disk web01_Disk1";
    assert!(matches!((readable(text), isolated(text), revealed(text)), (Borrowed(_), Borrowed(_), Borrowed(_))));
}

#[test]
fn raw_json_shows_what_is_not_seen_and_stays_the_same_json() {
    let json = "{\n  \"description\": \"a\u{202e}b\u{200b}\u{e0041} \u{5e9} \u{7f}\"\n}";
    let shown = escaped(json);
    assert_eq!(shown, "{\n  \"description\": \"a\\u202eb\\u200b\\udb40\\udc41 \u{5e9} \\u007f\"\n}");
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(parsed(&shown), parsed(json));
}
