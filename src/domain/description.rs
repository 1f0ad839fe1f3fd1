//! How a description is shown.

use std::borrow::Cow;

/// A description as people read it. Some jobs are named by the engine's command alone (`SparsifyImage`): such a word is taken
/// apart (`Sparsify image`). Any other text stays as it is.
pub fn readable(description: &str) -> Cow<'_, str> {
    let is_command = description.starts_with(|first: char| first.is_ascii_uppercase())
        && description.chars().all(|character| character.is_ascii_alphanumeric());
    let words = if is_command { words_of(description) } else { Vec::new() };
    match words.split_first() {
        Some((first, rest)) if !rest.is_empty() => {
            let rest = rest.iter().map(|word| if is_acronym(word) { (*word).to_owned() } else { word.to_lowercase() });
            Cow::Owned(std::iter::once((*first).to_owned()).chain(rest).collect::<Vec<_>>().join(" "))
        }
        _ => Cow::Borrowed(description),
    }
}

/// A description in lower case, as a search reads it: as it is shown, and as it is if that is something else.
pub fn folded(description: &str) -> String {
    match readable(description) {
        Cow::Borrowed(text) => text.to_lowercase(),
        Cow::Owned(text) => format!("{} {}", text.to_lowercase(), description.to_lowercase()),
    }
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

#[cfg(test)]
mod tests {
    use super::readable;

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
            ("", ""),
        ];
        for (given, expected) in rows {
            assert_eq!(readable(given), expected);
        }
    }
}
