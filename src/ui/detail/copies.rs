//! Buttons to copy links and texts, and the raw JSON of the engine.

use leptos::{either::Either, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Function, JSON, Promise, Reflect};

use super::ticket::TicketButton;
use crate::{
    domain::{description::escaped, outline::NodeId},
    ui::{
        address::link_to,
        components::Dialog,
        state::{SessionState, ToastKind, Toasts, use_overlays, use_session, use_toasts},
        sync::use_sync,
    },
    view::subject::Subject,
};

/// Copies texts, and shows a toast.
#[derive(Clone, Copy)]
pub struct Clipboard {
    session: SessionState,
    toasts: Toasts,
}

/// The clipboard.
pub fn use_clipboard() -> Clipboard {
    Clipboard { session: use_session(), toasts: use_toasts() }
}

impl Clipboard {
    /// Copies the link to a job or step.
    pub fn copy_link(self, node: NodeId) {
        self.copy(link_to(self.session, node), "Link copied.");
    }

    /// Copies a text and shows a toast. If the browser does not allow copying, shows the text.
    pub fn copy(self, text: String, done: &'static str) {
        let ticket = self.session.ticket();
        spawn_local(async move {
            match write_text(&text).await {
                _ if !ticket.is_current() => (),
                Ok(_) => self.toasts.say(ToastKind::Info, done, None),
                Err(_) => {
                    let text = format!("The browser does not allow copying here. The text: {text}");
                    self.toasts.say(ToastKind::Problem, text, None);
                }
            }
        });
    }
}

/// Copies a text to the clipboard. A page over plain HTTP from another machine has no clipboard.
async fn write_text(text: &str) -> Result<JsValue, JsValue> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into())?;
    // It may be absent, and some browsers' views lack the function or throw.
    let write: Function = Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
    let written: Promise = write.call1(&clipboard, &text.into())?.dyn_into()?;
    JsFuture::from(written).await
}

/// The buttons that copy, and the button that shows the raw JSON.
#[component]
pub(super) fn Copies(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let (clipboard, session, overlays) = (use_clipboard(), use_session(), use_overlays());
    let is_asking = StoredValue::new(false);
    let node = move || subject.with_untracked(|subject| subject.as_ref().map(Subject::id));
    let copy_link = move |_| node().into_iter().for_each(|node| clipboard.copy_link(node));
    let copy_id = move |_| node().into_iter().for_each(|node| clipboard.copy(node.to_string(), "Id copied."));
    let ask = move |_| {
        let Some(node) = node().filter(|_| !is_asking.get_value()) else { return };
        is_asking.set_value(true);
        let ticket = session.ticket();
        spawn_local(async move {
            let answer = ticket.client.raw(node.job(), node.step()).await;
            // Meanwhile the detail may show another node, or another user may have logged in.
            if is_asking.try_set_value(false).is_none() && ticket.is_current() {
                overlays.raw.set(Some(answer.map(|text| indented(&text)).map_err(|error| error.to_string())));
            }
        });
    };
    view! {
        <div class="copies">
            <TicketButton subject/>
            <button type="button" class="quiet" on:click=copy_link>"Copy link"</button>
            <button type="button" class="quiet" on:click=copy_id>"Copy id"</button>
            <button type="button" class="quiet" on:click=ask>"Raw JSON"</button>
            <EventsButton subject/>
        </div>
    }
}

/// In web admin: opens the events of a job whose correlation id is known.
#[component]
fn EventsButton(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let (sync, session) = (use_sync(), use_session());
    let job = Memo::new(move |_| subject.with(|subject| subject.as_ref().map(|subject| subject.job.job.id)));
    move || {
        let web_admin = session.web_admin()?;
        let correlation = sync.correlation_of(job.get()?)?;
        let show = move |_| web_admin.show_events(&correlation);
        Some(view! { <button type="button" class="quiet" on:click=show>"Events"</button> })
    }
}

/// The raw JSON, while it is open.
#[component]
pub fn OpenRaw() -> impl IntoView {
    let overlays = use_overlays();
    move || overlays.raw.get().map(|answer| view! { <RawDialog answer/> })
}

#[component]
fn RawDialog(
    /// The raw JSON, or why it could not be read.
    answer: Result<String, String>,
) -> impl IntoView {
    let (clipboard, overlays) = (use_clipboard(), use_overlays());
    let content = match answer {
        Ok(text) => {
            let copied = text.clone();
            let copy = move |_| clipboard.copy(copied.clone(), "JSON copied.");
            Either::Left(view! {
                <pre class="raw" tabindex="0">{text}</pre>
                <div class="dialog-foot"><button type="button" on:click=copy>"Copy"</button></div>
            })
        }
        Err(problem) => Either::Right(view! { <p class="problem" role="alert">{problem}</p> }),
    };
    let close = Callback::new(move |()| overlays.raw.set(None));
    view! { <Dialog title="Raw JSON" class="wide" on_close=close>{content}</Dialog> }
}

/// As the engine sent it, except for white space. Characters that are not seen, or that change the order of others, are escaped, which
/// is the same JSON.
fn indented(text: &str) -> String {
    let pretty = JSON::parse(text)
        .and_then(|value| JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from_f64(2.0)));
    escaped(&pretty.map_or_else(|_| text.to_owned(), String::from)).into_owned()
}
