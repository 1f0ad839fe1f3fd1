//! Reads whatever can be reached from the root, as far as the server links it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use crate::watch::{Sent, Watch};

/// A long list has many of a kind; this many are enough.
const OF_EACH: usize = 4;

/// Places by operation: where each can be asked.
pub(crate) type Examples = BTreeMap<String, Vec<String>>;

/// Follows all links by GET, in both forms; gives an example of each operation.
pub(crate) async fn everything(watch: &Watch<'_>) -> Examples {
    let mut examples = Examples::new();
    let mut known = BTreeSet::new();
    let mut waiting = VecDeque::from(["/ovirt-engine/api".to_owned(), "/ovirt-engine/api/openapi.json".to_owned()]);
    while let Some(href) = waiting.pop_front() {
        let path = href.replace("{query}", "page%201");
        let bare = path.split('?').next().unwrap_or_default().to_owned();
        let Some(methods) = watch.methods(&bare) else { panic!("{path} is linked and not documented") };
        if methods["post"].is_object() {
            note(&mut examples, &methods["post"], &bare);
        }
        if !methods["get"].is_object() || !note(&mut examples, &methods["get"], &path) {
            continue;
        }
        let answer = watch.ask(Sent::new("GET", &*path)).await;
        if methods["get"]["security"].is_null() {
            watch.ask(Sent::new("GET", &*path).with("accept", "application/xml")).await;
            let v4 = path.replacen("/ovirt-engine/api", "/ovirt-engine/api/v4", 1);
            assert_eq!(watch.ask(Sent::new("GET", v4)).await.status, answer.status, "{path}");
        }
        if answer.status == 200 && methods["get"]["security"].is_null() {
            follow(watch, &path, &answer.json()).await;
        }
        if answer.status == 200 {
            let mut found = Vec::new();
            links(&answer.json(), &mut found);
            waiting.extend(found.into_iter().filter(|href| known.insert(href.clone())));
        }
    }
    examples
}

/// Asks again with all links followed: what then is shown must be documented too.
async fn follow(watch: &Watch<'_>, path: &str, plain: &Value) {
    let things = plain.as_object().unwrap().values().filter_map(Value::as_array).flatten();
    let names: BTreeSet<String> = things.chain([plain]).flat_map(followable).collect();
    if !names.is_empty() {
        let separator = if path.contains('?') { '&' } else { '?' };
        let names: Vec<_> = names.into_iter().collect();
        let followed = format!("{path}{separator}follow={}", names.join(","));
        assert_eq!(watch.ask(Sent::new("GET", followed)).await.status, 200, "{path}: {names:?}");
    }
}

/// The names of a thing's references and links, but for searches.
fn followable(thing: &Value) -> Vec<String> {
    let references = thing.as_object().into_iter().flatten().filter(|(_, value)| value.get("href").is_some());
    let rels = thing["link"].as_array().into_iter().flatten().filter_map(|link| link["rel"].as_str());
    let names = references.map(|(name, _)| name.as_str()).chain(rels);
    names.filter(|name| !name.contains('/')).map(str::to_owned).collect()
}

/// Whether there was still room for an example.
fn note(examples: &mut Examples, operation: &Value, path: &str) -> bool {
    let places = examples.entry(operation["operationId"].as_str().unwrap().to_owned()).or_default();
    let room = places.len() < OF_EACH && !places.iter().any(|known| known == path);
    if room {
        places.push(path.to_owned());
    }
    room
}

fn links(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("href").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| links(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| links(value, found)),
        _ => (),
    }
}
