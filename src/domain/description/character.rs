//! What a character does to the text around it.

use std::ops::RangeInclusive;

/// A kind of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is seen.
    Visible,
    /// A space, a tab or a line break.
    Space,
    /// Any other control character (C0, C1, DEL).
    Control,
    /// Shows what follows in an order that is not its own: LRO, RLO.
    Override,
    /// Begins or ends a part with its own direction: LRE, RLE, PDF, LRI, RLI, FSI, PDI.
    Embedding,
    /// Marks a direction at one place: LRM, RLM, ALM.
    Mark,
    /// Any other character that is not seen.
    Hidden,
}

impl Kind {
    pub(super) fn of(character: char) -> Self {
        match character {
            '!'..='~' => Self::Visible,
            '\u{202d}' | '\u{202e}' => Self::Override,
            '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' => Self::Embedding,
            '\u{200e}' | '\u{200f}' | '\u{61c}' => Self::Mark,
            _ if character.is_whitespace() => Self::Space,
            _ if character.is_control() => Self::Control,
            _ if is_in(character, &HIDDEN) => Self::Hidden,
            _ => Self::Visible,
        }
    }

    /// Whether a text of such characters alone shows nothing.
    pub(super) const fn shows_nothing(self) -> bool {
        !matches!(self, Self::Visible)
    }

    /// Whether it stays in a text on the page. Marks and embeddings are a part of texts in Arabic and Hebrew, and joiners of many
    /// scripts and emoji.
    pub(super) const fn is_kept(self) -> bool {
        !matches!(self, Self::Control | Self::Override)
    }
}

/// Whether a character is written from right to left.
pub(super) fn is_right_to_left(character: char) -> bool {
    character >= '\u{590}' && is_in(character, &RIGHT_TO_LEFT)
}

/// The characters that are not seen: Unicode's `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt, 16.0) without those that
/// have a kind of their own, and the blank of Braille, which has no dots.
const HIDDEN: [RangeInclusive<char>; 17] = [
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200d}',
    '\u{2060}'..='\u{2065}',
    '\u{206a}'..='\u{206f}',
    '\u{2800}'..='\u{2800}',
    '\u{3164}'..='\u{3164}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff0}'..='\u{fff8}',
    '\u{1bca0}'..='\u{1bca3}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0000}'..='\u{e0fff}',
];

/// The blocks of the scripts that are written from right to left (Unicode Bidirectional Algorithm, classes R and AL, 16.0).
const RIGHT_TO_LEFT: [RangeInclusive<char>; 4] =
    ['\u{590}'..='\u{8ff}', '\u{fb1d}'..='\u{fefc}', '\u{10800}'..='\u{10fff}', '\u{1e800}'..='\u{1efff}'];

fn is_in(character: char, ranges: &[RangeInclusive<char>]) -> bool {
    ranges.iter().any(|range| range.contains(&character))
}
