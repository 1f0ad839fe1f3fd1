//! A transport that translates to XML: the suite sees JSON, the wire has XML.
//!
//! So the whole suite runs in both forms. The translation is independent of the engine's.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use serde_json::{Map, Value};
use task_monitor::{
    api::{Transport, TransportError},
    wire::{Body, Request, Response},
};

/// A transport, in XML.
pub struct Xml<'door, T>(pub &'door T);

const JSON: &str = "application/json";
const XML: &str = "application/xml";
/// As an engine sends it.
const XML_SENT: &str = "application/xml;charset=UTF-8";

impl<T: Transport> Transport for Xml<'_, T> {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let mut response = self.0.send(to_xml(request)).await?;
        if response.header("content-type") == Some(XML_SENT) {
            let text = String::from_utf8(response.body.into_bytes()).unwrap();
            response.body = Body::Bytes(to_json(&text).to_string().into_bytes());
            replace(&mut response.headers, "content-type", XML_SENT, JSON);
        }
        Ok(response)
    }
}

/// A JSON request as XML. A body that is not an object is sent as it is, which is bad XML too.
fn to_xml(mut request: Request) -> Request {
    replace(&mut request.headers, "accept", JSON, XML);
    if replace(&mut request.headers, "content-type", JSON, XML)
        && let Ok(Value::Object(members)) = serde_json::from_slice(&request.body)
    {
        let mut text = String::new();
        element(&mut text, root(&request.path), &Value::Object(members));
        request.body = text.into_bytes();
    }
    request
}

fn replace(headers: &mut [(String, String)], name: &str, from: &str, to: &str) -> bool {
    let found = headers.iter_mut().find(|(key, value)| key == name && value == from);
    found.map(|(_, value)| to.clone_into(value)).is_some()
}

fn root(path: &str) -> &'static str {
    match path.rsplit('/').next() {
        Some("jobs") => "job",
        Some("steps") => "step",
        Some("events") => "event",
        _ => "action",
    }
}

fn element(text: &mut String, name: &str, value: &Value) {
    let Value::Object(members) = value else {
        let content = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.push_str(&format!("<{name}>{}</{name}>", quick_xml::escape::escape(content)));
        return;
    };
    let id = members.get("id").and_then(Value::as_str).map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
    text.push_str(&format!("<{name}{id}>"));
    for (name, value) in members.iter().filter(|(name, value)| *name != "id" && !value.is_null()) {
        element(text, name, value);
    }
    text.push_str(&format!("</{name}>"));
}

/// An XML document as JSON: dates as numbers, lists as an engine writes them.
pub fn to_json(text: &str) -> Value {
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    let mut reader = Reader::from_str(text.strip_prefix(declaration).unwrap());
    let value = match reader.read_event().unwrap() {
        Event::Start(start) => content(&mut reader, &start),
        Event::Empty(start) => Value::Object(attributes(&start)),
        other => panic!("{other:?}"),
    };
    assert_eq!(reader.read_event().unwrap(), Event::Eof);
    value
}

fn content(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Value {
    let (mut members, mut text, mut parent) = (attributes(start), String::new(), false);
    loop {
        let (name, child) = match reader.read_event().unwrap() {
            Event::Start(child) => (child.name().as_ref().to_owned(), content(reader, &child)),
            Event::Empty(child) => (child.name().as_ref().to_owned(), Value::Object(attributes(&child))),
            Event::Text(part) => {
                text.push_str(&part.xml10_content());
                continue;
            }
            Event::GeneralRef(name) => {
                let named = || quick_xml::escape::resolve_xml_entity(&name).unwrap().to_owned();
                text.push_str(&name.resolve_char_ref().unwrap().map_or_else(named, String::from));
                continue;
            }
            Event::End(_) => break,
            other => panic!("{other:?}"),
        };
        parent = true;
        if is_list(start, &name) {
            let list = members.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut().unwrap().push(child);
        } else {
            let what = format!("{name} twice in {}", start.name().as_ref());
            assert!(members.insert(name, child).is_none(), "{what}");
        }
    }
    let name = start.name();
    match name.as_ref() {
        _ if parent || !members.is_empty() => Value::Object(members),
        "start_time" | "end_time" | "last_updated" | "time" => {
            assert!(text.ends_with('Z') && text.len() == "2026-01-01T00:00:00.000Z".len(), "{text}");
            text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis().into()
        }
        _ => text.into(),
    }
}

/// Whether an element is an item of a list: links everywhere, other elements in a parent with their plural.
fn is_list(parent: &BytesStart<'_>, name: &str) -> bool {
    name == "link" || parent.name().as_ref() == format!("{name}s")
}

fn attributes(start: &BytesStart<'_>) -> Map<String, Value> {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap().into_owned();
        (attribute.key.as_ref().to_owned(), Value::from(value))
    });
    attributes.collect()
}
