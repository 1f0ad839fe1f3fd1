//! Copies for elsewhere, and the engine's own words.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{JSON, Reflect};

use super::Shown;
use crate::{
    domain::outline::NodeId,
    ui::{
        context::Context,
        part::{
            dialog::dialog,
            element::{button, el},
            run::spawn,
            state::{Derived, State},
            view::{Draw, View, part, several},
        },
        route::link_to,
    },
    view::route::Target,
};

/// The buttons that copy, and the one that shows the engine's own words.
pub(super) fn copies(context: Context, shown: Derived<Option<Shown>>) -> View {
    let raw = State::new(None::<Result<String, String>>);
    let node = move || shown.with_untracked(|shown| shown.as_ref().map(Shown::id));
    let link = move |_| node().into_iter().for_each(|node| copy_link(context, node));
    let id = move |_| node().into_iter().for_each(|node| copy(context, &node.to_string(), "Id copied."));
    let asking = StoredValue::new(false);
    let ask = move |_| {
        let Some(node) = node().filter(|_| !asking.get_value()) else { return };
        asking.set_value(true);
        spawn(async move {
            let answer = context.monitor().client().raw(node.job(), node.step()).await;
            asking.try_set_value(false);
            raw.set(Some(answer.map(|text| indented(&text)).map_err(|error| error.to_string())));
        });
    };
    let events = part(move || {
        let (web_admin, job) =
            (context.web_admin()?, shown.with(|shown| shown.as_ref().map(|shown| shown.job.job.id))?);
        let correlation = context.monitor().correlation_of(job)?;
        let show = move |_| web_admin.show_events(correlation.as_str());
        Some(button().class("quiet").on(ev::click, show).child("Events").view())
    });
    let copies = el("div")
        .class("copies")
        .child(button().class("quiet").on(ev::click, link).child("Copy link"))
        .child(button().class("quiet").on(ev::click, id).child("Copy id"))
        .child(button().class("quiet").on(ev::click, ask).child("Raw JSON"))
        .child(events);
    let told = part(move || raw.get().map(|answer| raw_dialog(context, raw, answer)));
    several([copies.view(), told])
}

fn raw_dialog(context: Context, raw: State<Option<Result<String, String>>>, answer: Result<String, String>) -> View {
    let close = Callback::new(move |()| raw.set(None));
    let dialog = dialog("As the engine tells it".to_owned(), "wide", Some(close));
    let told = match answer {
        Ok(text) => {
            let copied = text.clone();
            let copy = button().on(ev::click, move |_| copy(context, &copied, "JSON copied.")).child("Copy");
            dialog
                .child(el("pre").class("raw").attr("tabindex", "0").child(text))
                .child(el("div").class("dialog-foot").child(copy))
        }
        Err(words) => dialog.child(el("p").class("problem").attr("role", "alert").child(words)),
    };
    told.view()
}

/// Copies the link to a node.
pub(super) fn copy_link(context: Context, node: NodeId) {
    copy(context, &link_to(context, Target::Node(node)), "Link copied.");
}

/// Copies a text and says so, or shows it where the browser does not let us.
pub(super) fn copy(context: Context, text: &str, done: &'static str) {
    let text = text.to_owned();
    spawn(async move {
        match write_text(&text).await {
            Ok(_) => context.say(done, false, None),
            Err(_) => context.say(format!("The browser does not let this page copy. Here it is: {text}"), true, None),
        }
    });
}

/// Puts a text on the clipboard. There is none for pages that came by plain HTTP from another machine.
async fn write_text(text: &str) -> Result<JsValue, JsValue> {
    let navigator = window().navigator();
    if Reflect::get(&navigator, &"clipboard".into())?.is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await
}

/// As the engine sent it, but for white space.
fn indented(text: &str) -> String {
    let pretty = JSON::parse(text)
        .and_then(|value| JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from_f64(2.0)));
    pretty.map_or_else(|_| text.to_owned(), String::from)
}
