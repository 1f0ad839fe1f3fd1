//! The splitter finds what serde_json finds, however the body is cut.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, value::RawValue};
use task_monitor::wire::json::split::{DEEPEST, LARGEST, SplitError, Splitter};

/// The entries, and the document without them.
type Split = (Vec<String>, String);

/// Splits a body that comes in these pieces.
fn split<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Split, SplitError> {
    let (mut splitter, mut entries) = (Splitter::new("job"), Vec::new());
    for piece in pieces {
        splitter.take(piece, &mut |entry| {
            entries.push(String::from_utf8_lossy(entry).into_owned());
            Ok::<_, SplitError>(())
        })?;
    }
    Ok((entries, String::from_utf8_lossy(&splitter.finish()?).into_owned()))
}

fn split_text(body: &str) -> Result<Split, SplitError> {
    split([body.as_bytes()])
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The entries as serde_json finds them; none if it finds no JSON object.
fn entries_for_serde(body: &str) -> Option<Vec<String>> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(body).ok()?;
    let list = members.get("job").map_or("[]", |list| list.get());
    let entries: Vec<&RawValue> = serde_json::from_str(list).unwrap_or_default();
    Some(entries.into_iter().map(|entry| entry.get().to_owned()).collect())
}

#[test]
fn forms_of_lists() {
    let rows: &[(&str, &[&str], &str)] = &[
        ("{}", &[], "{}"),
        (" { \n } \r\n", &[], " { \n } \r\n"),
        ("\u{feff}{\"job\":[1]}", &["1"], "{\"job\":[]}"),
        (r#"{"job":[]}"#, &[], r#"{"job":[]}"#),
        (r#"{"job" : [ ] }"#, &[], r#"{"job" : [] }"#),
        (r#"{"job":[{"id":1},{"id":2}]}"#, &[r#"{"id":1}"#, r#"{"id":2}"#], r#"{"job":[]}"#),
        ("{\n  \"job\" : [ {\n \"id\" : 1 } ,\n {} ]\n}", &["{\n \"id\" : 1 }", "{}"], "{\n  \"job\" : []\n}"),
        (r#"{"job":[1, true ,null,"a",[[]]]}"#, &["1", "true", "null", "\"a\"", "[[]]"], r#"{"job":[]}"#),
        (
            r#"{"job":["]","\"]","\\",{"}":"\\\""}]}"#,
            &[r#""]""#, r#""\"]""#, r#""\\""#, r#"{"}":"\\\""}"#],
            r#"{"job":[]}"#,
        ),
        (r#"{"link":[{"job":[1]}],"job":[2],"size":3}"#, &["2"], r#"{"link":[{"job":[1]}],"job":[],"size":3}"#),
        // These come with the rest.
        (r#"{"job":{"id":1}}"#, &[], r#"{"job":{"id":1}}"#),
        (r#"{"job":"[1]"}"#, &[], r#"{"job":"[1]"}"#),
        (r#"{"\u006aob":[1]}"#, &[], r#"{"\u006aob":[1]}"#),
        (r#"{"jobs":[1],"jo":[2],"":[3]}"#, &[], r#"{"jobs":[1],"jo":[2],"":[3]}"#),
        // What is no list of values, but only in the rest, is seen there.
        (r#"{"job":[1],,}"#, &["1"], r#"{"job":[],,}"#),
        (r#"{"job":[1],"job":[2]}"#, &["1", "2"], r#"{"job":[],"job":[]}"#),
    ];
    for (body, entries, rest) in rows {
        let expected = (entries.iter().map(ToString::to_string).collect(), (*rest).to_owned());
        assert_eq!(split_text(body), Ok(expected.clone()), "{body}");
        assert_eq!(split(body.as_bytes().chunks(1)), Ok(expected), "{body}, byte by byte");
    }
}

#[test]
fn what_cannot_be_split() {
    let deepest = |depth: usize| format!(r#"{{"job":[{}1{}]}}"#, "[".repeat(depth), "]".repeat(depth));
    let deepest_beside = |depth: usize| format!(r#"{{"link":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth));
    let rows = [
        ("<html/>".to_owned(), Some(SplitError::NotJson)),
        ("[]".to_owned(), Some(SplitError::NotJson)),
        ("null".to_owned(), Some(SplitError::NotJson)),
        ("\"job\"".to_owned(), Some(SplitError::NotJson)),
        ("{}{}".to_owned(), Some(SplitError::NotJson)),
        ("{1}".to_owned(), Some(SplitError::NotJson)),
        (r#"{"job":[,1]}"#.to_owned(), Some(SplitError::NotJson)),
        (r#"{"job":[1,]}"#.to_owned(), Some(SplitError::NotJson)),
        (r#"{"job":[1,,2]}"#.to_owned(), Some(SplitError::NotJson)),
        (r#"{"job":[{} {}]}"#.to_owned(), Some(SplitError::NotJson)),
        (r#"{"job":[{}}}"#.to_owned(), Some(SplitError::NotJson)),
        (r#"{"job":[}]}"#.to_owned(), Some(SplitError::NotJson)),
        (r#"{"link":]}"#.to_owned(), Some(SplitError::NotJson)),
        (" \u{feff}{}".to_owned(), Some(SplitError::NotJson)),
        (String::new(), Some(SplitError::BrokenOff)),
        ("  ".to_owned(), Some(SplitError::BrokenOff)),
        (r#"{"job":[{},"#.to_owned(), Some(SplitError::BrokenOff)),
        (r#"{"job":[{"a":"}]}"#.to_owned(), Some(SplitError::BrokenOff)),
        (r#"{"job":[]"#.to_owned(), Some(SplitError::BrokenOff)),
        (deepest(DEEPEST), None),
        (deepest(DEEPEST + 1), Some(SplitError::TooDeep)),
        (deepest_beside(DEEPEST), None),
        (deepest_beside(DEEPEST + 1), Some(SplitError::TooDeep)),
        ("{\"job\":".repeat(200_000), Some(SplitError::TooDeep)),
    ];
    for (body, expected) in rows {
        let shown: String = body.chars().take(40).collect();
        assert_eq!(split_text(&body).err(), expected, "{shown}");
        assert_eq!(split(body.as_bytes().chunks(1)).err(), expected, "{shown}, byte by byte");
    }
    assert_eq!(split([b"\xEF{}".as_slice()]).err(), Some(SplitError::NotJson));
    assert_eq!(split([b"\xEF ".as_slice(), b"\xBB\xBF{}"]).err(), Some(SplitError::NotJson));
}

#[test]
fn the_largest_entry_and_the_largest_rest() {
    for (before, after) in [(r#"{"job":[""#, r#""]}"#), (r#"{"a":""#, r#""}"#)] {
        let room = LARGEST - if before.contains("job") { 2 } else { before.len() + after.len() };
        for (more, expected) in [(0, None), (1, Some(SplitError::TooLarge))] {
            let body = format!("{before}{}{after}", "x".repeat(room + more));
            assert_eq!(split_text(&body).err(), expected, "{before} and {more} more");
            assert_eq!(split(body.as_bytes().chunks(1 << 20)).err(), expected, "{before} and {more} more, in pieces");
        }
    }
}

/// Any JSON, with many members that are named as the list or nearly so.
fn any_json() -> impl Strategy<Value = Value> {
    let name = || prop_oneof!["job", "jobs", "", "[a\\[\\]{}\",: é]{0,4}"];
    let plain = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[\"\\\\\\[\\]{},:é✓\n\u{0}a]{0,12}".prop_map(Value::from),
    ];
    let nested = plain.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    });
    let list = prop::collection::vec(nested.clone(), 0..6).prop_map(Value::from);
    let beside = prop::collection::vec((name(), nested.clone()), 0..4);
    prop_oneof![
        1 => nested,
        4 => (list, beside).prop_map(|(list, beside)| {
            let list = std::iter::once(("job".to_owned(), list));
            Value::from(beside.into_iter().chain(list).collect::<Map<_, _>>())
        }),
    ]
}

fn any_body() -> impl Strategy<Value = String> {
    (any_json(), any::<bool>()).prop_map(|(json, pretty)| if pretty { format!("{json:#}") } else { json.to_string() })
}

/// A body with some bytes changed, with more of those that matter to the splitter.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"\"\\{}[],: 1x".to_vec())];
    let change = (any::<prop::sample::Index>(), byte);
    (any_body(), prop::collection::vec(change, 0..4), any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(body, changes, end, cut)| {
            let mut bytes = body.into_bytes();
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            bytes.truncate(if cut { end.index(bytes.len() + 1) } else { bytes.len() });
            bytes
        },
    )
}

/// A body in pieces; some of them are empty.
fn cut<'a>(body: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
    cuts.sort_unstable();
    let ends = cuts.iter().copied().chain([body.len()]);
    let mut begin = 0;
    ends.map(|end| &body[std::mem::replace(&mut begin, end)..end]).collect()
}

fn any_cuts() -> impl Strategy<Value = Vec<prop::sample::Index>> {
    prop::collection::vec(any::<prop::sample::Index>(), 0..8)
}

proptest! {
    /// For any JSON and any pieces.
    #[test]
    fn the_entries_are_those_that_serde_finds(body in any_body(), cuts in any_cuts()) {
        let found = split(cut(body.as_bytes(), &cuts)).ok();
        let expected = entries_for_serde(&body);
        prop_assert_eq!(found.as_ref().map(|(entries, _)| entries), expected.as_ref());
        // The rest is the same document, with an empty list.
        if let Some((_, rest)) = found {
            let mut document: Value = serde_json::from_str(&body).unwrap();
            if let Some(Value::Array(list)) = document.get_mut("job") {
                list.clear();
            }
            prop_assert_eq!(serde_json::from_str::<Value>(&rest).unwrap(), document);
        }
    }

    /// A body is good if it can be split, and all of its entries and the rest are good.
    #[test]
    fn what_serde_refuses_is_refused(body in nearly_json(), cuts in any_cuts()) {
        let whole = split([body.as_slice()]);
        prop_assert_eq!(&split(cut(&body, &cuts)), &whole);
        if let Ok(body) = std::str::from_utf8(&body) {
            let is_good = whole.is_ok_and(|(entries, rest)| is_json(&rest) && entries.iter().all(|entry| is_json(entry)));
            prop_assert_eq!(is_good, is_json(body) && body.trim_ascii_start().starts_with('{'));
        }
    }
}
