//! Posted XML (`JAXBProvider`): elements in any order, `href` and `id` as attributes.
//!
//! It is converted to the JSON with the same meaning, so that one set of rules checks both forms.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesDecl, BytesStart, Event},
};
use serde_json::Value;

use super::{
    Members, Unreadable,
    model::{ListModel, MemberType, Model},
    value,
};

/// How deep elements may nest: as deep as in JSON.
const DEPTH: usize = 128;

/// Reads a document that consists of one element with that name and members of the model.
pub(super) fn members(body: &[u8], root: &str, model: Model) -> Result<Members, Unreadable> {
    let text = std::str::from_utf8(body).map_err(|_| Unreadable::Syntax)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut document = Document { reader: Reader::from_str(text), depth: 0 };
    let members = loop {
        match document.next()? {
            Event::Start(start) if is(&start, root) => break document.object(&start, model)?,
            Event::Empty(start) if is(&start, root) => break attributes(&start, |name| model.member(name))?,
            other => outside(&other)?,
        }
    };
    loop {
        match document.next()? {
            Event::Eof => return Ok(members),
            other => outside(&other)?,
        }
    }
}

fn is(start: &BytesStart<'_>, name: &str) -> bool {
    start.name().as_ref() == name
}

/// Checks what is before and after the root. A document type is refused: it could declare entities.
fn outside(event: &Event<'_>) -> Result<(), Unreadable> {
    match event {
        Event::Decl(declaration) => is_utf8(declaration),
        Event::Comment(_) | Event::PI(_) => Ok(()),
        Event::Text(text) if text.xml10_content().trim().is_empty() => Ok(()),
        _ => Err(Unreadable::Syntax),
    }
}

/// An engine reads UTF-8 only: a declaration of another encoding is refused, even if the text is ASCII.
fn is_utf8(declaration: &BytesDecl<'_>) -> Result<(), Unreadable> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(encoding)) if encoding.as_ref().eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(_) => Err(Unreadable::Syntax),
    }
}

/// Whether XML 1.0 allows that character (section 2.2).
const fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

struct Document<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Document<'a> {
    fn next(&mut self) -> Result<Event<'a>, Unreadable> {
        self.reader.read_event().map_err(|_| Unreadable::Syntax)
    }

    /// The members of an element whose start tag was just read.
    fn object(&mut self, start: &BytesStart<'_>, model: Model) -> Result<Members, Unreadable> {
        let mut members = attributes(start, |name| model.member(name))?;
        self.deeper()?;
        loop {
            match self.next()? {
                Event::Start(child) => self.member(&mut members, &child, model, false)?,
                Event::Empty(child) => self.member(&mut members, &child, model, true)?,
                Event::End(_) => break,
                other => outside(&other)?,
            }
        }
        self.depth -= 1;
        Ok(members)
    }

    fn member(
        &mut self,
        members: &mut Members,
        start: &BytesStart<'_>,
        model: Model,
        empty: bool,
    ) -> Result<(), Unreadable> {
        let name = start.name().as_ref().to_owned();
        // These two are attributes in XML.
        let member_type =
            model.member(&name).filter(|_| !matches!(name.as_str(), "href" | "id")).ok_or(Unreadable::Syntax)?;
        let value = self.value(start, member_type, empty)?;
        members.insert(name, value);
        Ok(())
    }

    fn value(&mut self, start: &BytesStart<'_>, member_type: MemberType, empty: bool) -> Result<Value, Unreadable> {
        match member_type {
            MemberType::Object(model) if empty => attributes(start, |name| model.member(name)).map(Value::Object),
            MemberType::Object(model) => self.object(start, model).map(Value::Object),
            MemberType::List(list) => self.list(start, list, empty),
            MemberType::Other | MemberType::Any | MemberType::Links => {
                attributes(start, |_| Some(MemberType::Text))?;
                if !empty {
                    self.skip()?;
                }
                Ok(Value::Object(Members::new()))
            }
            MemberType::Boolean
            | MemberType::Integer
            | MemberType::ShortInteger
            | MemberType::Text
            | MemberType::Date
            | MemberType::Status
            | MemberType::StepType
            | MemberType::Severity
            | MemberType::ExternalSystem => {
                attributes(start, |_| None)?;
                let text = if empty { String::new() } else { self.text()? };
                scalar(start.name().as_ref(), text, member_type)
            }
        }
    }

    fn list(&mut self, start: &BytesStart<'_>, list: ListModel, empty: bool) -> Result<Value, Unreadable> {
        let ListModel { member: item, item: model, .. } = list;
        attributes(start, |_| None)?;
        let mut items = Vec::new();
        if !empty {
            self.deeper()?;
            loop {
                match self.next()? {
                    Event::Start(child) if is(&child, item) => items.push(self.object(&child, model)?.into()),
                    Event::Empty(child) if is(&child, item) => {
                        items.push(attributes(&child, |name| model.member(name))?.into())
                    }
                    Event::End(_) => break,
                    other => outside(&other)?,
                }
            }
            self.depth -= 1;
        }
        Ok(Value::Object(Members::from_iter([(item.to_owned(), Value::Array(items))])))
    }

    /// The text of an element that contains nothing else.
    fn text(&mut self) -> Result<String, Unreadable> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(name) => {
                    let named = || quick_xml::escape::resolve_xml_entity(&name);
                    match name.resolve_char_ref().map_err(|_| Unreadable::Syntax)? {
                        Some(character) => text.push(character),
                        None => text.push_str(named().ok_or(Unreadable::Syntax)?),
                    }
                }
                Event::Comment(_) | Event::PI(_) => (),
                Event::End(_) if text.chars().all(is_xml) => return Ok(text),
                Event::End(_) => return Err(Unreadable::Syntax),
                Event::Start(_) | Event::Empty(_) | Event::Decl(_) | Event::DocType(_) | Event::Eof => {
                    return Err(Unreadable::Syntax);
                }
            }
        }
    }

    /// Skips the content of an element.
    fn skip(&mut self) -> Result<(), Unreadable> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::Eof | Event::DocType(_) => return Err(Unreadable::Syntax),
                _ => (),
            }
        }
        Ok(())
    }

    fn deeper(&mut self) -> Result<(), Unreadable> {
        self.depth += 1;
        if self.depth > DEPTH { Err(Unreadable::Syntax) } else { Ok(()) }
    }
}

/// `href` and `id`, if the model has them. Other attributes are ignored, except a namespace: the API has none.
fn attributes(start: &BytesStart<'_>, model: impl Fn(&str) -> Option<MemberType>) -> Result<Members, Unreadable> {
    let mut members = Members::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Unreadable::Syntax)?;
        let name = attribute.key.as_ref();
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| Unreadable::Syntax)?;
        if name == "xmlns" && !value.is_empty() {
            return Err(Unreadable::Syntax);
        }
        if matches!(name, "href" | "id") && model(name).is_some() {
            members.insert(name.to_owned(), value.into_owned().into());
        }
    }
    Ok(members)
}

/// A scalar value. Bad booleans and words have their own refusal; everything else is bad syntax.
fn scalar(name: &str, text: String, member_type: MemberType) -> Result<Value, Unreadable> {
    let text = if matches!(member_type, MemberType::Text) { text } else { text.trim().to_owned() };
    let value = Value::String(text);
    if value::check_type(&value, member_type).is_ok() {
        return Ok(value);
    }
    match member_type {
        MemberType::Boolean
        | MemberType::Status
        | MemberType::StepType
        | MemberType::Severity
        | MemberType::ExternalSystem => {
            let word = value.as_str().unwrap_or_default();
            Err(Unreadable::Value(format!("'{word}' is no value of '{name}'.")))
        }
        MemberType::Integer
        | MemberType::ShortInteger
        | MemberType::Text
        | MemberType::Date
        | MemberType::Object(_)
        | MemberType::List(_)
        | MemberType::Other
        | MemberType::Any
        | MemberType::Links => Err(Unreadable::Syntax),
    }
}
