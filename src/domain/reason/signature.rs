//! What failures of the same kind have in common.

/// The words after which a name comes: "VM web1", "of disk db_disk1".
const KINDS: [&str; 15] = [
    "vm", "vms", "host", "hosts", "disk", "disks", "snapshot", "template", "domain", "cluster", "center", "pool",
    "network", "user", "volume",
];

/// What stands in place of a name or number.
const BLANK: &str = "…";

/// The signature of a failed leaf: its text in lower case without ids, numbers and names. Failures with the same one are of one kind.
///
/// A name is what `names` has, what is in quotes, what has a digit in it, and the word after the kind of an object.
pub fn signature<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let mut words: Vec<String> = Vec::new();
    let mut is_after_kind = false;
    let mut quoted = Quotes::default();
    for word in text.split_whitespace() {
        let core = word.trim_matches(|character: char| !character.is_alphanumeric());
        let is_quoted = quoted.take(word);
        let is_name = is_quoted
            || names.contains(&core)
            || core.contains(|character: char| character.is_ascii_digit())
            || (is_after_kind && !core.is_empty() && !is_kind(core) && !is_small(core));
        is_after_kind = is_kind(word);
        let word = if is_name { BLANK.to_owned() } else { core.to_lowercase() };
        // Several names in a row are one: a name may have blanks.
        let is_again = word == BLANK && words.last().is_some_and(|last| last == BLANK);
        if !word.is_empty() && !is_again {
            words.push(word);
        }
    }
    words.join(" ")
}

fn is_kind(word: &str) -> bool {
    KINDS.iter().any(|kind| word.eq_ignore_ascii_case(kind))
}

/// Words of a sentence that are no name even after a kind: "copying disk to host".
fn is_small(word: &str) -> bool {
    ["to", "of", "on", "in", "from", "for", "into", "with", "and", "is", "was", "the", "has", "failed", "due"]
        .iter()
        .any(|small| word.eq_ignore_ascii_case(small))
}

/// Whether the words are inside quotes. An apostrophe inside a word is none.
#[derive(Default)]
struct Quotes(Option<char>);

impl Quotes {
    fn take(&mut self, word: &str) -> bool {
        let bare = word.trim_matches(|character: char| matches!(character, '(' | ')' | ',' | '.' | ':' | ';'));
        if self.0.is_none() {
            self.0 = bare.chars().next().filter(|first| matches!(first, '\'' | '"' | '“'));
            if self.0.is_none() {
                return false;
            }
        }
        let end = if self.0 == Some('“') { '”' } else { self.0.unwrap_or('"') };
        if bare.chars().count() > 1 && bare.ends_with(end) {
            self.0 = None;
        }
        true
    }
}
