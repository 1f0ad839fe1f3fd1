//! Events of a real engine are read without a loss.

use serde_json::{Map, Value, json};
use task_monitor::{
    domain::{
        Event,
        event::{Reference, Severity},
    },
    wire::json,
};

use crate::support::recorded::{events, file};

/// An event as engines write it: integers as texts, the time as a number.
fn written(event: &Event) -> Value {
    let id = event.id.0.to_string();
    let mut value = json!({
        "id": id, "index": id, "href": format!("/ovirt-engine/api/events/{id}"), "code": event.code.to_string(),
        "severity": event.severity.as_str(), "time": event.time.timestamp_millis(), "description": event.description,
        "origin": event.origin, "custom_id": event.custom_id.to_string(), "flood_rate": event.flood_rate.to_string(),
    });
    let members = value.as_object_mut().unwrap();
    for (name, text) in [("correlation_id", &event.correlation_id), ("custom_data", &event.custom_data)] {
        text.iter().for_each(|text| _ = members.insert(name.to_owned(), json!(text)));
    }
    refer(members, "user", "users", event.user.as_ref());
    refer(members, "vm", "vms", event.vm.as_ref());
    refer(members, "host", "hosts", event.host.as_ref());
    refer(members, "storage_domain", "storagedomains", event.storage_domain.as_ref());
    refer(members, "template", "templates", event.template.as_ref());
    refer(members, "cluster", "clusters", event.cluster.as_ref());
    refer(members, "data_center", "datacenters", event.data_center.as_ref());
    value
}

fn refer<I: ToString>(members: &mut Map<String, Value>, name: &str, places: &str, reference: Option<&Reference<I>>) {
    let Some(Reference { id, name: called }) = reference else { return };
    let mut value = Map::new();
    called.iter().for_each(|called| _ = value.insert("name".to_owned(), json!(called)));
    if let Some(id) = id.as_ref().map(ToString::to_string) {
        value.insert("href".to_owned(), json!(format!("/ovirt-engine/api/{places}/{id}")));
        value.insert("id".to_owned(), json!(id));
    }
    members.insert(name.to_owned(), Value::Object(value));
}

#[test]
fn all_events_are_read_without_a_loss() {
    for (name, count) in [("hosts-events.json", 497), ("events.json", 63)] {
        let read = events(name);
        assert_eq!(read.len(), count, "{name}");
        let recorded: Value = serde_json::from_str(&file(name)).unwrap();
        for (recorded, event) in recorded["event"].as_array().unwrap().iter().zip(&read) {
            assert_eq!(*recorded, written(event), "{name}");
        }
    }
}

/// The page reads JSON only. Both forms have the same events, of which the record in XML has the newest 40.
#[test]
fn the_same_events_are_in_xml() {
    let read: Vec<Value> = events("events.json").iter().take(40).map(written).collect();
    let xml = from_xml(&file("events.xml"));
    assert_eq!(xml.len(), 40);
    let back = json::read_events(json!({ "event": xml }).to_string().as_bytes()).unwrap();
    assert_eq!((back.items.iter().map(written).collect::<Vec<_>>(), back.unreadable), (read, 0));
}

/// The entries of a list in XML as in JSON. `id` and `href` are attributes there, and times are texts.
fn from_xml(text: &str) -> Vec<Value> {
    use quick_xml::events::Event as Xml;
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().trim_text(true);
    let mut open: Vec<(String, Map<String, Value>, String)> = Vec::new();
    let mut entries = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Xml::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    (key, json!(attribute.value.as_ref()))
                });
                open.push((name, attributes.collect(), String::new()));
            }
            Xml::Text(text) => open.last_mut().unwrap().2.push_str(&text.xml10_content()),
            Xml::GeneralRef(name) => open.last_mut().unwrap().2.push_str(match name.xml10_content().as_ref() {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                other => panic!("{other}"),
            }),
            Xml::End(_) => {
                let (name, members, text) = open.pop().unwrap();
                let value = match name.as_str() {
                    "time" => json!(chrono::DateTime::parse_from_rfc3339(&text).unwrap().timestamp_millis()),
                    _ if members.is_empty() => json!(text),
                    _ => Value::Object(members),
                };
                match open.last_mut() {
                    Some(_) if name == "event" => entries.push(value),
                    Some((_, above, _)) => _ = above.insert(name, value),
                    None => (),
                }
            }
            Xml::Eof => return entries,
            _ => (),
        }
    }
}

#[test]
fn what_other_engines_may_send() {
    let read = |body: &str| json::read_events(body.as_bytes());
    let one = r#"{"id":"7","time":1767225600412,"severity":"ALERT","user":{"name":"SYSTEM"},"vm":{},"host":null,"correlation_id":"","template":{"id":"no id","name":"Blank"}}"#;
    let listed = read(&format!(r#"{{"event":[{one},{{"id":"x","time":1}},{{"id":"8"}},4,null]}}"#)).unwrap();
    assert_eq!(listed.unreadable, 3, "without an id, without a time, and no object");
    let event = &listed.items[0];
    assert_eq!((event.severity, event.code, event.correlation_id.as_deref()), (Severity::Alert, 0, None));
    assert_eq!(event.user, Some(Reference { id: None, name: Some("SYSTEM".to_owned()) }));
    assert_eq!((&event.vm, &event.host), (&None, &None), "what names nothing is no reference");
    assert_eq!(event.template, Some(Reference { id: None, name: Some("Blank".to_owned()) }));
    assert_eq!(read(&format!(r#"{{"event":{one}}}"#)).unwrap().items.len(), 1, "a single one without brackets");
    for empty in ["{}", r#"{"event":[]}"#, r#"{"event":null}"#] {
        assert_eq!(read(empty).unwrap(), json::Listed::default(), "{empty}");
    }
    for other in ["", "[]", "<html>", r#"{"job":[]}"#, r#"{"event":"no"}"#, r#"{"detail":"no such thing"}"#] {
        assert!(read(other).is_err(), "{other}");
    }
}

/// A root without any link says nothing; one with links says all that there is.
#[test]
fn the_root_says_whether_there_are_events() {
    for (root, expected) in [
        ("{}", true),
        (r#"{"link":[]}"#, true),
        (r#"{"link":[{"rel":"jobs"},{"rel":"events"}]}"#, true),
        (r#"{"link":[{"rel":"jobs"},{"rel":"events/search"}]}"#, false),
        (r#"{"link":{"rel":"jobs"}}"#, false),
    ] {
        assert_eq!(json::read_api_root(root.as_bytes()).unwrap().has_events, expected, "{root}");
    }
}
