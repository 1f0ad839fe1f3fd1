//! XML: what an engine reads, and that every text stays unchanged.

use crate::{backup, id, internal, sample, text};
use task_monitor::{
    domain::{Job, StepType},
    wire::{
        Base, Format, Href, ResourcePath, describe,
        document::{Document, Entity, List, Value},
        input::{self, Action, Adding, Reference, Unreadable},
    },
};

/// The result, in the words of the tables below.
fn refused<T>(result: Result<T, Unreadable>) -> &'static str {
    match result {
        Ok(_) => "fine",
        Err(Unreadable::Syntax) => "syntax",
        Err(Unreadable::Value(_)) => "value",
        Err(Unreadable::Empty | Unreadable::Unknown { .. }) => "only JSON",
    }
}

fn job(body: &str) -> Result<Adding, Unreadable> {
    input::read_add_job(Format::Xml, body.as_bytes())
}

#[test]
fn jobs_that_an_engine_reads_and_refuses() {
    let rows = [
        ("<job/>", "fine"),
        ("<job></job>", "fine"),
        ("<job><description>a</description></job>", "fine"),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- hello -->\n<job>\n  <!-- a --><description>a</description>\n</job>\n",
            "fine",
        ),
        ("<?xml version=\"1.0\"?><?go?><job/><!-- end -->", "fine"),
        ("\u{feff}<job/>", "fine"),
        ("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><job/>", "fine"),
        ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><job/>", "syntax"),
        ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><job/>", "syntax"),
        ("<job href=\"/x\" id=\"y\" colour=\"red\"/>", "fine"),
        ("<job><status>FINISHED</status><auto_cleared> TRUE </auto_cleared><external>0</external></job>", "fine"),
        (
            "<job><start_time>2026-01-01T01:00:00.000+01:00</start_time><end_time>2026-01-01T00:00:00</end_time></job>",
            "fine",
        ),
        ("<job><owner id=\"x\"><user_name>y</user_name><more><deeper/></more></owner></job>", "fine"),
        (
            "<job><actions><link rel=\"end\" href=\"/x\"/></actions><link rel=\"steps\" href=\"/y\"/><link/></job>",
            "fine",
        ),
        ("<job><steps/></job>", "fine"),
        ("<job><steps><step id=\"x\"><number>3</number></step><step/></steps></job>", "fine"),
        ("<job><name/><comment></comment></job>", "fine"),
        ("<job xmlns=\"\"/>", "fine"),
        // Booleans and words.
        ("<job><auto_cleared>yes</auto_cleared></job>", "value"),
        ("<job><auto_cleared/></job>", "value"),
        ("<job><status>dancing</status></job>", "value"),
        ("<job><status></status></job>", "value"),
        ("<job><steps><step><type>dancing</type></step></steps></job>", "value"),
        ("<job><steps><step><external_type>nfs</external_type></step></steps></job>", "value"),
        // Unknown members, wrong places, wrong values.
        ("<job><colour>red</colour></job>", "syntax"),
        ("<job><autoCleared>true</autoCleared></job>", "syntax"),
        ("<job><id>x</id></job>", "syntax"),
        ("<job><href>x</href></job>", "syntax"),
        ("<job><job/></job>", "syntax"),
        ("<jobs><job/></jobs>", "syntax"),
        ("<step/>", "syntax"),
        ("<Job/>", "syntax"),
        ("<job xmlns=\"http://ovirt.org\"/>", "syntax"),
        ("<o:job xmlns:o=\"http://ovirt.org\"/>", "syntax"),
        ("<job><description xmlns=\"http://ovirt.org\">a</description></job>", "syntax"),
        ("<job><start_time>yesterday</start_time></job>", "syntax"),
        ("<job><steps><step><number>one</number></step></steps></job>", "syntax"),
        ("<job><steps><job/></steps></job>", "syntax"),
        ("<job><description><b>a</b></description></job>", "syntax"),
        ("<job>text</job>", "syntax"),
        ("<job/><job/>", "syntax"),
        ("<job/>text", "syntax"),
        // Not XML.
        ("", "syntax"),
        ("{}", "syntax"),
        ("<job>", "syntax"),
        ("<job></step>", "syntax"),
        ("<job><description>a</job></description>", "syntax"),
        ("<job><description>a & b</description></job>", "syntax"),
        ("<job><description>&nbsp;</description></job>", "syntax"),
        ("<job><description>&#xD800;</description></job>", "syntax"),
        ("<job><description>&#7;</description></job>", "syntax"),
        ("<job><description>\u{7}</description></job>", "syntax"),
        ("<job><description>&#xFFFE;</description></job>", "syntax"),
        ("<job><description>&#9;&#xE000;&#xFFFD;&#x10000;</description></job>", "fine"),
        ("<job id=\"a\" id=\"b\"/>", "syntax"),
        ("<job id=a/>", "syntax"),
        // No external entities, no entity expansion.
        ("<!DOCTYPE job><job/>", "syntax"),
        ("<!DOCTYPE job [<!ENTITY a \"b\">]><job><description>&a;</description></job>", "syntax"),
        ("<!DOCTYPE job SYSTEM \"file:///etc/passwd\"><job/>", "syntax"),
    ];
    for (body, expected) in rows {
        assert_eq!(refused(job(body)), expected, "{body}");
    }
    assert_eq!(refused(input::read_add_job(Format::Xml, b"<job><description>\xff</description></job>")), "syntax");
}

/// S21: version 3 of the API wraps a status in `state`. As in oVirt's version 4, such a body is refused.
#[test]
fn version_3_is_refused() {
    let sample = sample("s21-v3-job.xml");
    assert_eq!(refused(job(&sample)), "syntax");
    let as_in_version_4 = sample.replace("<status><state>STARTED</state></status>", "<status>started</status>");
    assert_eq!(refused(job(&as_in_version_4)), "fine");
}

/// A body of one megabyte could nest elements deeper than the stack allows.
#[test]
fn no_document_is_too_deep() {
    for (open, close) in [("<parent_step>", "</parent_step>"), ("<job>", "</job>"), ("<statistics>", "</statistics>")] {
        for (levels, depth) in [(100, 100), (200, 40_000)] {
            let body = format!("<step>{}{}</step>", open.repeat(depth), close.repeat(depth));
            let read = refused(input::read_add_step(Format::Xml, body.as_bytes()));
            // A job cannot contain a job. The depth of members that are skipped does not matter.
            let expected = match open {
                "<parent_step>" if levels == 100 => "fine",
                "<statistics>" => "fine",
                _ => "syntax",
            };
            assert_eq!(read, expected, "{open} {depth}");
        }
    }
}

#[test]
fn text_is_read() {
    let rows = [
        ("a", "a"),
        ("  a  ", "  a  "),
        ("", ""),
        ("&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;", "<b> & \"c\" 'd'"),
        ("&#228;&#xe4;&#x1F4BE;", "ää\u{1F4BE}"),
        ("a<!-- not this -->b<?nor this?>c", "abc"),
        ("<![CDATA[<b> & c]]> d", "<b> & c d"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one&#13;two", "one\rtwo"),
    ];
    for (written, expected) in rows {
        let read = job(&format!("<job><description>{written}</description></job>")).unwrap();
        assert_eq!(read.description.as_deref(), Some(expected), "{written}");
    }
    assert_eq!(job("<job><description/></job>").unwrap().description.as_deref(), Some(""));
    assert_eq!(job("<job/>").unwrap(), Adding::default());
}

#[test]
fn steps_and_actions_are_read() {
    let step = "<step><parent_step id=\"x\" href=\"/y\"/><type> EXECUTING </type><description>a</description>\
                <job id=\"z\"/><execution_host id=\"h\"/><number/><progress>7</progress></step>";
    let read = input::read_add_step(Format::Xml, step.as_bytes()).unwrap();
    assert_eq!((read.step_type, read.description.as_deref()), (Some(StepType::Executing), Some("a")));
    assert_eq!(read.parent.unwrap().id.as_deref(), Some("x"));
    let no_id = input::read_add_step(Format::Xml, b"<step><parent_step/></step>").unwrap();
    assert_eq!(no_id.parent.unwrap().id, None);
    let action = "<action><async>false</async><force>1</force><grace_period><expiry>100</expiry></grace_period>\
                  <status>failed</status><succeeded>TRUE</succeeded><vm id=\"x\"><name>y</name></vm><reason/>\
                  <host href=\"/y\" id=\"h\"><name>n</name><status>up</status><os><type>x</type></os></host>\
                  <storage_domain><name>s</name></storage_domain></action>";
    let expected = Action {
        asynchronous: Some(false),
        force: Some(true),
        grace_period: Some(100),
        status: Some("failed".to_owned()),
        succeeded: Some(true),
        host: Some(Reference { id: Some("h".to_owned()), name: Some("n".to_owned()) }),
    };
    assert_eq!(input::read_action(Format::Xml, action.as_bytes()), Ok(expected));
    for (body, expected) in [
        ("<action><step/></action>", "syntax"),
        ("<action><grace_period>5</grace_period></action>", "syntax"),
        ("<action><grace_period><expires>5</expires></grace_period></action>", "syntax"),
        ("<action><succeeded>maybe</succeeded></action>", "value"),
        ("<action><fault><detail>a</detail></fault></action>", "fine"),
    ] {
        assert_eq!(refused(input::read_action(Format::Xml, body.as_bytes())), expected, "{body}");
    }
    let Err(Unreadable::Value(detail)) = job("<job><status>dancing</status></job>") else { panic!("it dances") };
    assert_eq!(detail, "'dancing' is no value of 'status'.");
}

/// An engine reads back the text that it wrote. Characters that XML cannot contain become U+FFFD.
#[test]
fn any_text_survives() {
    let rows = [
        ("<b>\"q\" & 'r'</b> ]]>", "<b>\"q\" & 'r'</b> ]]>"),
        ("  line\n\tand\r\nmore  ", "  line\n\tand\r\nmore  "),
        ("✓ 任务 \u{1F4BE} \u{85} \u{2028}", "✓ 任务 \u{1F4BE} \u{85} \u{2028}"),
        ("bell \u{7} nul \0 end \u{ffff}", "bell \u{fffd} nul \u{fffd} end \u{fffd}"),
        ("&amp; &#13; &lt;", "&amp; &#13; &lt;"),
    ];
    for (description, expected) in rows {
        let job = Job { description: description.to_owned(), ..backup() };
        let written = Document::entity("job", describe::job(Base::Plain, &job, None)).to_bytes(Format::Xml);
        let read = input::read_add_job(Format::Xml, &written).unwrap();
        assert_eq!(read.description.as_deref(), Some(expected), "{}", text(written));
    }
}

/// Every kind of value. Each format writes members in its own order, whatever the order of the calls.
#[test]
fn documents_are_written_in_each_forms_order() {
    let place = |part| Href(Base::V4, ResourcePath::Top(part));
    let entity = Entity::at(place("x"), "an \"id\"")
        .related("zone", Entity::at(place("zones"), "z"))
        .related("boxes", List::of("box", [Entity::new().with("b", 1_i64), Entity::new()]))
        .related("none", List::of("one", Vec::<Entity>::new()))
        .with("words", List::of("word", ["a", "b"]))
        .with("time", internal().start_time)
        .with("flag", true)
        .with("absent", None::<bool>)
        .with("absent_too", Value::Absent)
        .commented("c")
        .described("d & e")
        .named("n")
        .link("boxes", place("x/boxes"))
        .action("open", place("x/open"));
    let document = Document::entity("thing", entity);
    let json = r#"{"flag":"true","time":1767225600600,"words":{"word":["a","b"]},"boxes":{"box":[{"b":"1"},{}]},"none":{},"zone":{"href":"/ovirt-engine/api/v4/zones","id":"z"},"actions":{"link":[{"href":"/ovirt-engine/api/v4/x/open","rel":"open"}]},"name":"n","description":"d & e","comment":"c","link":[{"href":"/ovirt-engine/api/v4/x/boxes","rel":"boxes"}],"href":"/ovirt-engine/api/v4/x","id":"an \"id\""}"#;
    let xml = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><thing href="/ovirt-engine/api/v4/x" id="an &quot;id&quot;"><actions><link href="/ovirt-engine/api/v4/x/open" rel="open"/></actions><name>n</name><description>d &amp; e</description><comment>c</comment><link href="/ovirt-engine/api/v4/x/boxes" rel="boxes"/><flag>true</flag><time>2026-01-01T00:00:00.600Z</time><words><word>a</word><word>b</word></words><boxes><box><b>1</b></box><box/></boxes><none/><zone href="/ovirt-engine/api/v4/zones" id="z"/></thing>"#;
    assert_eq!(text(document.to_bytes(Format::Json)), json);
    assert_eq!(text(document.to_bytes(Format::Xml)), xml);
    let list = Document::list("things", List::of("thing", [id::<task_monitor::domain::JobId>(crate::COPY)]));
    assert_eq!(text(list.to_bytes(Format::Json)), format!(r#"{{"thing":["{}"]}}"#, crate::COPY));
    assert!(text(list.to_bytes(Format::Xml)).ends_with(&format!("<things><thing>{}</thing></things>", crate::COPY)));
}
