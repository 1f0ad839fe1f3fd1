//! Compares an answer with a recorded one: status, kind of body, keys, and values that are no ids, times or hosts.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

/// What stands for what: `job1` for the id of a job here.
#[derive(Debug, Default)]
pub(crate) struct Ids(HashMap<String, String>);

impl Ids {
    /// Sets the id for it.
    pub(crate) fn insert(&mut self, name: &str, id: &str) {
        self.0.insert(name.to_owned(), id.to_owned());
    }

    /// Whether there is an id for it.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A recorded text with the ids from here. An id that nothing has yet is one that does not exist.
    pub(crate) fn fill(&self, text: &str) -> String {
        let pieces = pieces(text).into_iter().map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Id(name) => match self.0.get(name) {
                Some(id) => id.clone(),
                None => "0aaaaaaa-0000-4000-8000-00000000dead".to_owned(),
            },
        });
        pieces.collect()
    }

    /// Whether a text is the recorded one. Learns the ids that are new.
    fn fits(&mut self, recorded: &str, text: &str) -> bool {
        let mut rest = text;
        for piece in pieces(recorded) {
            let (name, known) = match piece {
                Piece::Text(text) => (None, Some(text.to_owned())),
                Piece::Id(name) => (Some(name), self.0.get(name).cloned()),
            };
            let part = known.as_deref().or_else(|| rest.get(..36)).unwrap_or_default();
            let Some(after) = rest.strip_prefix(part) else { return false };
            if let (Some(name), None) = (name, &known) {
                if Uuid::parse_str(part).is_err() {
                    return false;
                }
                self.insert(name, part);
            }
            rest = after;
        }
        rest.is_empty()
    }
}

enum Piece<'a> {
    Text(&'a str),
    Id(&'a str),
}

/// `{job1}` stands for an id; `${action}` is text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(open) = rest[from..].find('{').map(|at| at + from) {
        let name = rest[open + 1..].split_once('}').map(|(name, _)| name).filter(|name| is_id(name));
        match name {
            Some(name) => {
                pieces.extend([Piece::Text(&rest[..open]), Piece::Id(name)]);
                rest = &rest[open + name.len() + 2..];
                from = 0;
            }
            None => from = open + 1,
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn is_id(name: &str) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.len() < name.len() && letters.bytes().all(|byte| byte.is_ascii_lowercase()) && !letters.is_empty()
}

/// The paths of the values that differ: `body.job.0.status`.
pub(crate) fn differences(ids: &mut Ids, path: &str, recorded: &Value, here: &Value) -> Vec<String> {
    match (recorded, here) {
        (Value::Object(recorded), Value::Object(here)) => {
            let mut found = Vec::new();
            for (key, value) in recorded {
                let path = format!("{path}.{key}");
                match here.get(key) {
                    Some(_) if is_id_of_a_directory(&path) => (),
                    Some(other) => found.extend(differences(ids, &path, value, other)),
                    None => found.push(path),
                }
            }
            found.extend(here.keys().filter(|key| !recorded.contains_key(*key)).map(|key| format!("{path}.{key}")));
            found
        }
        (Value::Array(recorded), Value::Array(here)) if recorded.len() == here.len() => {
            let items = recorded.iter().zip(here).enumerate();
            items.flat_map(|(at, (a, b))| differences(ids, &format!("{path}.{at}"), a, b)).collect()
        }
        // Times.
        (Value::Number(_), Value::Number(_)) => Vec::new(),
        (Value::String(recorded), Value::String(here)) if ids.fits(recorded, here) => Vec::new(),
        (Value::String(recorded), Value::String(here)) if both_number_an_event(path, recorded, here) => Vec::new(),
        // Long pages were cut.
        (Value::String(recorded), Value::String(here))
            if recorded.strip_suffix('…').is_some_and(|begin| here.starts_with(begin)) =>
        {
            Vec::new()
        }
        (recorded, here) if recorded == here => Vec::new(),
        _ => vec![path.to_owned()],
    }
}

/// Ids that are no UUIDs.
fn is_id_of_a_directory(path: &str) -> bool {
    ["body.domain_entry_id", "body.domain.id", "body.domain.href"].contains(&path)
}

/// The numbers of events are another engine's.
fn both_number_an_event(path: &str, recorded: &str, here: &str) -> bool {
    let is_number = |text: &str| text.strip_prefix("/ovirt-engine/api/events/").unwrap_or(text).parse::<u64>().is_ok();
    let named = ["id", "index", "href"].iter().any(|name| path.ends_with(&format!(".{name}")));
    named && is_number(recorded) && is_number(here)
}
