//! Readers of bodies, and writers against them.

use proptest::{option, prelude::*};
use task_monitor::{
    domain::{Job, Status, StepType},
    wire::{
        Base, Format, describe,
        document::Document,
        fault::{self, Fault},
        input::{Action, Adding, read_action, read_add_job, read_add_step},
        json,
    },
};

use crate::{cases, input, support::job, xml};

fn formats() -> impl Strategy<Value = Format> {
    prop::sample::select(Format::ALL)
}

fn members(pairs: &[(&str, Option<String>)]) -> Vec<(String, String)> {
    pairs.iter().filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?))).collect()
}

/// A flat object, as a client writes it.
fn written(format: Format, root: &str, members: &[(String, String)]) -> Vec<u8> {
    match format {
        Format::Json => {
            serde_json::to_vec(&members.iter().cloned().collect::<std::collections::BTreeMap<_, _>>()).unwrap()
        }
        Format::Xml => {
            let inner: String = members
                .iter()
                .map(|(name, value)| format!("<{name}>{}</{name}>", quick_xml::escape::escape(value.as_str())))
                .collect();
            format!("<{root}>{inner}</{root}>").into_bytes()
        }
    }
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn no_body_breaks_a_reader(format in formats(), body in input::body()) {
        drop((read_add_job(format, &body), read_add_step(format, &body), read_action(format, &body)));
        // What the client reads, too.
        drop((json::read_jobs(&body), json::read_job(&body), json::read_user(&body), json::read_api_root(&body)));
        fault::read(&body);
    }

    /// The engine reads what the client writes, in either format.
    #[test]
    fn both_forms_mean_the_same(
        format in formats(),
        // No control characters, which XML has none of; line ends are read as one kind.
        description in option::of("[^\\p{Cc}\\u{fffe}\\u{ffff}]{0,30}"),
        flag in option::of(any::<bool>()),
        number in option::of(any::<i64>()),
        step_type in option::of(prop::sample::select(&["validating", "EXECUTING", "unknown"][..])),
    ) {
        let text = flag.map(|flag| flag.to_string());
        let adding = written(format, "job", &members(&[("description", description.clone()), ("auto_cleared", text.clone())]));
        prop_assert_eq!(read_add_job(format, &adding), Ok(Adding { description: description.clone(), auto_cleared: flag }));
        let step = written(format, "step", &members(&[
            ("description", description.clone()),
            ("type", step_type.map(str::to_owned)),
            ("number", number.map(|number| number.to_string())),
        ]));
        let step = read_add_step(format, &step).unwrap();
        prop_assert_eq!(step.description, description);
        prop_assert_eq!(step.step_type, step_type.map(|word| word.parse::<StepType>().unwrap()));
        let action = written(format, "action", &members(&[("succeeded", text.clone()), ("force", text)]));
        prop_assert_eq!(read_action(format, &action), Ok(Action { succeeded: flag, force: flag, ..Action::default() }));
    }

    /// Any text without NUL is read back as it was written; XML replaces characters that it cannot contain.
    #[test]
    fn any_text_survives(description in "[^\\x00]*") {
        let content = job(1, Status::Started, true);
        let named = Job { description: description.clone(), ..content.job };
        let document = Document::entity("job", describe::job(Base::Plain, &named, None));
        let read = read_add_job(Format::Json, &document.to_bytes(Format::Json)).unwrap();
        prop_assert_eq!(read.description.as_deref(), Some(description.as_str()));
        let bytes = document.to_bytes(Format::Xml);
        let shown: String = description.chars().map(|c| if in_xml(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
        let read = read_add_job(Format::Xml, &bytes).unwrap();
        prop_assert_eq!(read.description.as_deref(), Some(shown.as_str()));
        let read = xml::to_json(std::str::from_utf8(&bytes).unwrap());
        prop_assert_eq!(read["description"].as_str(), Some(shown.as_str()));
        let refused = Fault::new("Operation Failed", description.as_str());
        let read = fault::read(&describe::fault(&refused).to_bytes(Format::Json));
        prop_assert_eq!(read, Some(refused));
    }
}

/// `Char` of XML 1.0, as the standard lists it.
fn in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
