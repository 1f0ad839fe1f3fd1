//! Documents as an engine's XML (`JAXBProvider`), without its indentation.

use std::{borrow::Cow, io};

use chrono::SecondsFormat;
use quick_xml::{
    Writer,
    escape::partial_escape,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use super::{Document, Entity, Link, List, Value};

type Output = Writer<Vec<u8>>;

pub(super) fn document(document: &Document<'_>) -> Vec<u8> {
    let mut output = Writer::new(declaration());
    finished(element(&mut output, document.root, &document.content), output)
}

/// The XML declaration.
pub(super) fn declaration() -> Vec<u8> {
    let mut output = Writer::new(Vec::new());
    finished(output.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes")))), output)
}

/// One element with its content.
pub(super) fn fragment(name: &'static str, value: &Value<'_>) -> Vec<u8> {
    let mut output = Writer::new(Vec::new());
    finished(element(&mut output, name, value), output)
}

/// Writing to memory cannot fail.
fn finished(written: io::Result<()>, output: Output) -> Vec<u8> {
    written.map(|()| output.into_inner()).unwrap_or_default()
}

fn element(output: &mut Output, name: &'static str, value: &Value<'_>) -> io::Result<()> {
    match value {
        Value::Absent => Ok(()),
        Value::Entity(entity) => write_entity(output, name, entity),
        Value::List(list) => write_list(output, name, list),
        Value::Text(_) | Value::Flag(_) | Value::Number(_) | Value::Date(_) | Value::Id(_) => {
            output.write_event(Event::Start(BytesStart::new(name)))?;
            output.write_event(Event::Text(BytesText::from_escaped(escaped(&text(value)))))?;
            output.write_event(Event::End(BytesEnd::new(name)))
        }
    }
}

fn write_entity(output: &mut Output, name: &'static str, entity: &Entity<'_>) -> io::Result<()> {
    let mut start = BytesStart::new(name);
    if let Some(href) = &entity.href {
        start.push_attribute(("href", href.to_string().as_str()));
    }
    if let Some(id) = &entity.id {
        start.push_attribute(("id", text(id).as_ref()));
    }
    if let Some(label) = &entity.label {
        start.push_attribute(("name", escaped(label).as_ref()));
    }
    if entity.is_reference() {
        return output.write_event(Event::Empty(start));
    }
    output.write_event(Event::Start(start))?;
    if !entity.actions.is_empty() {
        output.write_event(Event::Start(BytesStart::new("actions")))?;
        write_links(output, &entity.actions)?;
        output.write_event(Event::End(BytesEnd::new("actions")))?;
    }
    let texts = [("name", &entity.name), ("description", &entity.description), ("comment", &entity.comment)];
    for (name, text) in texts {
        if let Some(text) = text {
            element(output, name, &Value::Text(Cow::Borrowed(text)))?;
        }
    }
    write_links(output, &entity.links)?;
    for (name, value) in entity.own.iter().chain(&entity.related) {
        element(output, name, value)?;
    }
    output.write_event(Event::End(BytesEnd::new(name)))
}

fn write_links(output: &mut Output, links: &[Link]) -> io::Result<()> {
    links.iter().try_for_each(|link| {
        let href = link.href.to_string();
        let start = BytesStart::new("link").with_attributes([("href", href.as_str()), ("rel", link.rel)]);
        output.write_event(Event::Empty(start))
    })
}

fn write_list(output: &mut Output, name: &'static str, list: &List<'_>) -> io::Result<()> {
    if list.values.is_empty() {
        return output.write_event(Event::Empty(BytesStart::new(name)));
    }
    output.write_event(Event::Start(BytesStart::new(name)))?;
    list.values.iter().try_for_each(|value| element(output, list.item, value))?;
    output.write_event(Event::End(BytesEnd::new(name)))
}

/// The text of a single value.
fn text<'a>(value: &'a Value<'_>) -> Cow<'a, str> {
    match value {
        Value::Text(text) => Cow::Borrowed(text),
        Value::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Date(time) => Cow::Owned(time.to_rfc3339_opts(SecondsFormat::Millis, true)),
        Value::Id(id) => Cow::Owned(id.to_string()),
        Value::Absent | Value::Entity(_) | Value::List(_) => Cow::Borrowed(""),
    }
}

/// Escaped text. Control characters that XML cannot contain become U+FFFD. A carriage return is written as a character
/// reference, since XML readers turn a plain one into a line feed.
fn escaped(text: &str) -> Cow<'_, str> {
    let escaped = partial_escape(text);
    if escaped.chars().all(|c| c != '\r' && allowed(c)) {
        return escaped;
    }
    let kept = |c: char| if allowed(c) { c } else { char::REPLACEMENT_CHARACTER };
    Cow::Owned(escaped.chars().map(kept).collect::<String>().replace('\r', "&#13;"))
}

/// `Char` of XML 1.0.
fn allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

impl Entity<'_> {
    /// Whether it has nothing but attributes.
    fn is_reference(&self) -> bool {
        let Self { href: _, id: _, label: _, actions, name, description, comment, links, own, related } = self;
        let texts = [name, description, comment];
        actions.is_empty()
            && links.is_empty()
            && own.is_empty()
            && related.is_empty()
            && texts.iter().all(|text| text.is_none())
    }
}
