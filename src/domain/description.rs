//! How a description is shown, and how a search reads it. Anybody may name a job, so a description may be any text.

mod character;
mod isolate;

use std::borrow::Cow;

use character::Kind;
pub use isolate::{escaped, isolated, revealed};

/// What is shown in place of an empty description.
const EMPTY: &str = "(no description)";

/// What is shown in place of a description of spaces and invisible characters.
const INVISIBLE: &str = "(name without visible characters)";

/// A description as people read it.
///
/// Some jobs are named by the engine's command alone (`SparsifyImage`): such a word is taken apart (`Sparsify image`). Overrides of
/// the direction, control characters and codes for the colours of a terminal are left out. A description that shows nothing
/// says so. Any other text stays as it is, with its line breaks.
pub fn readable(description: &str) -> Cow<'_, str> {
    if description.is_empty() {
        return Cow::Borrowed(EMPTY);
    }
    if description.chars().all(|character| Kind::of(character).shows_nothing()) {
        return Cow::Borrowed(INVISIBLE);
    }
    sentence_of(description).map_or_else(|| cleaned(description), Cow::Owned)
}

/// The description itself with its invisible characters made visible, if the page shows another text in its place.
pub fn original(description: &str) -> Option<String> {
    (!description.is_empty() && readable(description) != description).then(|| revealed(description).into_owned())
}

/// A description in lower case, as a search reads it: as it is shown, and as it is if that is something else.
pub fn folded(description: &str) -> String {
    match readable(description) {
        Cow::Borrowed(text) if text == description => text.to_lowercase(),
        text => format!("{} {}", text.to_lowercase(), description.to_lowercase()),
    }
}

/// The words of an engine's command as a sentence.
fn sentence_of(description: &str) -> Option<String> {
    let is_command = description.starts_with(|first: char| first.is_ascii_uppercase())
        && description.chars().all(|character| character.is_ascii_alphanumeric());
    let words = if is_command { words_of(description) } else { Vec::new() };
    let (first, rest) = words.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let rest = rest.iter().map(|word| if is_acronym(word) { (*word).to_owned() } else { word.to_lowercase() });
    Some(std::iter::once((*first).to_owned()).chain(rest).collect::<Vec<_>>().join(" "))
}

/// The text without the characters that would change how it is read.
fn cleaned(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| Kind::of(character).is_kept()) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some(after) = after_terminal_code(rest) {
            rest = after;
            continue;
        }
        if Kind::of(next).is_kept() {
            kept.push(next);
        }
        rest = &rest[next.len_utf8()..];
    }
    Cow::Owned(kept)
}

/// What follows a code for a terminal (ECMA-48, "control sequence"), if the text begins with one: `ESC [ 31 m`.
fn after_terminal_code(text: &str) -> Option<&str> {
    let code = text.strip_prefix("\u{1b}[").or_else(|| text.strip_prefix('\u{9b}'))?;
    let code = code.trim_start_matches(|character| matches!(character, '0'..='?' | ' '..='/'));
    code.strip_prefix(|last| matches!(last, '@'..='~'))
}

/// The words of a word in camel case. A row of capitals is one word (`ImportVMFromOVA`: Import, VM, From, OVA).
fn words_of(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let begins = |index: usize| {
        let is_upper = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_uppercase);
        let is_lower = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_lowercase);
        is_upper(index) && (!is_upper(index - 1) || is_lower(index + 1))
    };
    let mut starts: Vec<usize> = vec![0];
    starts.extend((1..text.len()).filter(|index| begins(*index)));
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

fn is_acronym(word: &str) -> bool {
    word.len() > 1 && !word.contains(|character: char| character.is_ascii_lowercase())
}
