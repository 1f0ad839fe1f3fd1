//! Names in sentences.

/// Whether a sentence contains a name as a whole word: `host1` is not in "Moving to host10" or "host1-backup".
pub(super) fn names(sentence: &str, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    sentence.match_indices(name).any(|(at, found)| {
        let before = sentence[..at].chars().next_back();
        let mut after = sentence[at + found.len()..].chars();
        let next = after.next();
        // A full stop ends a sentence, but a name goes on after it: `host1.example.com`.
        let goes_on = next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
        !goes_on && ![before, next].into_iter().flatten().any(is_of_name) && before != Some('.')
    })
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}
