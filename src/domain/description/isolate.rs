//! Texts of others as a part of a sentence, where no element separates them: in notices, announcements, names of controls and tips.

use std::{borrow::Cow, fmt::Write};

use super::{
    character::{Kind, is_right_to_left},
    cleaned,
};

/// First strong isolate: the direction of what follows is that of its first letter.
const BEGIN: char = '\u{2068}';
/// Pop directional isolate.
const END: char = '\u{2069}';

/// A text for the middle of a sentence: on one line, and it cannot change the order of the words around it.
///
/// Characters that begin or end a direction are left out, because one without its counterpart would reach beyond the text. A text
/// with letters from right to left is enclosed in an isolate of its own (Unicode Bidirectional Algorithm, section 2.4).
pub fn isolated(text: &str) -> Cow<'_, str> {
    let is_harmless = |character: char| match Kind::of(character) {
        Kind::Visible => !is_right_to_left(character),
        Kind::Space => character == ' ',
        Kind::Hidden => true,
        Kind::Control | Kind::Override | Kind::Embedding | Kind::Mark => false,
    };
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let has_direction = text.chars().any(|character| is_right_to_left(character) || Kind::of(character) == Kind::Mark);
    let mut line = String::with_capacity(text.len() + 2 * END.len_utf8());
    line.extend(has_direction.then_some(BEGIN));
    for character in cleaned(text).chars() {
        match Kind::of(character) {
            Kind::Space if line.ends_with(' ') => (),
            Kind::Space => line.push(' '),
            Kind::Embedding => (),
            _ => line.push(character),
        }
    }
    line.extend(has_direction.then_some(END));
    Cow::Owned(line)
}

/// A text with each character that is not seen, or that changes the order of others, as its code point: `[U+202E]`. Spaces and
/// line breaks stay, unless there is nothing else.
pub fn revealed(text: &str) -> Cow<'_, str> {
    let is_blank = text.chars().all(|character| Kind::of(character).shows_nothing());
    let stays = |character: char| match Kind::of(character) {
        Kind::Visible => true,
        Kind::Space => !is_blank,
        _ => false,
    };
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if stays(character) {
            shown.push(character);
        } else {
            // Writing to a text cannot fail.
            let _ = write!(shown, "[U+{:04X}]", u32::from(character));
        }
    }
    Cow::Owned(shown)
}

/// A JSON text with each character that is not seen, or that changes the order of others, as its escape: `\u202e`. Only strings hold such
/// characters, so the JSON is the same.
pub fn escaped(json: &str) -> Cow<'_, str> {
    let stays = |character: char| match Kind::of(character) {
        Kind::Visible | Kind::Space => true,
        Kind::Control | Kind::Override | Kind::Embedding | Kind::Mark | Kind::Hidden => false,
    };
    if json.chars().all(stays) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        if stays(character) {
            shown.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a text cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        }
    }
    Cow::Owned(shown)
}
