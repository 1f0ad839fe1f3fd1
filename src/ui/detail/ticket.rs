//! Copies a job or step as a text for a ticket: with a button, and with the system's key for copying.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Event, js_sys::Reflect};

use super::copies::{Clipboard, use_clipboard};
use crate::{
    domain::{Status, outline::NodeId},
    ui::{
        address::link_to,
        browser::focus::{find, has_selected_text, is_within},
        state::{
            ClockState, GridState, ReasonsState, SessionState, ToastKind, use_clock, use_grid, use_reasons,
            use_session, use_toasts,
        },
    },
    view::{
        jobs::Jobs,
        subject::Subject,
        ticket::{Ticket, TicketReason},
        words::reason::level,
    },
};

/// What is needed to write a ticket.
#[derive(Clone, Copy)]
pub struct TicketWriter {
    session: SessionState,
    grid: GridState,
    clock: ClockState,
    clipboard: Clipboard,
    reasons: ReasonsState,
}

/// Writes tickets.
pub fn use_tickets() -> TicketWriter {
    TicketWriter {
        session: use_session(),
        grid: use_grid(),
        clock: use_clock(),
        clipboard: use_clipboard(),
        reasons: use_reasons(),
    }
}

impl TicketWriter {
    /// Copies a job or step.
    pub fn copy(self, subject: &Subject) {
        self.clipboard.copy(self.text(subject), COPIED);
    }

    /// What the admin gave as the reason, then the events, each with how sure it is.
    fn reasons(self, subject: &Subject) -> Vec<TicketReason> {
        let given = untrack(|| self.reasons.given(subject.id()));
        let given = given.map(|text| TicketReason { level: "The reason that was given".to_owned(), text });
        let found = untrack(|| self.reasons.of(subject.job.job.id)).filter(|_| subject.status() == Status::Failed);
        let logged = found.iter().flat_map(|found| found.levels()).map(|(of, events)| {
            let lines = events.iter().map(|event| event.description.as_str()).collect::<Vec<_>>();
            TicketReason { level: level(of), text: lines.join("\n") }
        });
        given.into_iter().chain(logged).collect()
    }

    fn text(self, subject: &Subject) -> String {
        let today = self.clock.today().get_untracked();
        let ticket = Ticket {
            subject,
            owner: self.grid.jobs().with_untracked(|jobs: &Jobs| jobs.owner_name(&subject.job)),
            reasons: self.reasons(subject),
            link: link_to(self.session, subject.id()),
            now: self.clock.engine_now(),
            today: &today,
        };
        ticket.markdown()
    }
}

const COPIED: &str = "Copied for a ticket.";

/// The button in the detail.
#[component]
pub(super) fn TicketButton(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let tickets = use_tickets();
    let copy = move |_| subject.with_untracked(|subject| subject.iter().for_each(|subject| tickets.copy(subject)));
    view! { <button type="button" class="quiet" on:click=copy>"Copy for a ticket"</button> }
}

/// The system's key for copying (Ctrl+C, ⌘C) copies the focused row, or what the detail shows, unless a text is selected.
pub fn listen_for_copying() {
    let (tickets, toasts) = (use_tickets(), use_toasts());
    let listener = window_event_listener(ev::Custom::<Event>::new("copy"), move |event| {
        let is_typing = is_within(event.target(), "input, textarea, select, dialog");
        if is_typing || event.default_prevented() || has_selected_text() {
            return;
        }
        let Some(subject) = untrack(|| tickets.grid.find(meant(tickets.grid)?)) else { return };
        let Some(data) = clipboard_of(&event) else { return };
        if data.set_data("text/plain", &tickets.text(&subject)).is_ok() {
            event.prevent_default();
            toasts.say(ToastKind::Info, COPIED, None);
        }
    });
    on_cleanup(move || listener.remove());
}

/// The row that has the focus, or what the detail shows if that has it.
fn meant(grid: GridState) -> Option<NodeId> {
    if find(".detail:focus-within").is_some() {
        return grid.selected();
    }
    let is_in_grid = find(".grid-body:focus-within").is_some();
    grid.cursor().with(|cursor| cursor.focus()).filter(|_| is_in_grid).map(|focus| focus.node)
}

/// `ClipboardEvent.clipboardData`: web-sys has that type only as an unstable one.
fn clipboard_of(event: &Event) -> Option<DataTransfer> {
    Reflect::get(event, &"clipboardData".into()).ok()?.dyn_into().ok()
}
