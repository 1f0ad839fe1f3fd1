//! The banner between the tree and the bottom bar: what is wrong with the connection, and what to do about it.

use leptos::{ev, prelude::document};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    context::{Context, Session},
    part::{
        element::{button, el},
        live::live,
        run::next_frame,
        state::Derived,
        view::{Draw, View, part},
    },
};
use crate::{
    api::ApiError,
    view::{link::Link, poll::Poller, words},
};

/// Says why what is on screen may no longer be true.
pub fn banner(context: Context) -> View {
    // The countdown must not be announced every second: only the first sentence is in the alert.
    let trouble = Derived::new(move |_| match context.link.get() {
        Link::Lost { error, .. } => Some(error),
        Link::Loading | Link::Live { .. } => None,
    });
    let age = move || match context.link.with(Link::last) {
        Some(last) => format!(" What you see was true {} ago.", words::duration(context.now.get() - last)),
        None => String::new(),
    };
    let next = move || {
        let wait = match context.link.get() {
            Link::Lost { next: Some(next), .. } => Some(next - context.now.get()),
            Link::Lost { next: None, .. } | Link::Loading | Link::Live { .. } => None,
        };
        match wait {
            _ if context.poller.with(Poller::is_under_way) => " Trying now.".to_owned(),
            Some(wait) if wait.num_seconds() < 1 => " Trying now.".to_owned(),
            Some(wait) => format!(" Next try in {}.", words::duration(wait)),
            None => " Updates are paused or off, so there is no next try.".to_owned(),
        }
    };
    let retry = move |_| context.monitor().poll(context);
    let told = Derived::new(move |_| {
        let error = trouble.get()?;
        let ended = matches!(context.session.get(), Session::Ended { .. });
        match (ended, context.web_admin().is_some()) {
            (true, true) => Some(Told::SessionEnded),
            // The log-in says it then.
            (true, false) => None,
            (false, _) => {
                let told_in_the_list =
                    matches!(error, ApiError::Forbidden(_)) && !context.grid.with(|grid| grid.is_loaded());
                // An engine's own words may end without a full stop.
                let words = error.to_string();
                let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
                (!told_in_the_list).then(|| Told::Lost(words + stop))
            }
        }
    });
    part(move || {
        let told = told.get();
        // Who has pressed the button is not to lose the focus with it.
        let had_focus = document().query_selector(".banner:focus-within").ok().flatten().is_some();
        if had_focus {
            next_frame(move || focus_button(context));
        }
        let (sentence, more, way_out) = match told? {
            Told::SessionEnded => {
                let again = move |_| context.web_admin().into_iter().for_each(|web_admin| web_admin.reload());
                let again = button().class("primary").on(ev::click, again).child("Sign in again");
                ("The session has ended.".to_owned(), None, again)
            }
            Told::Lost(words) => (words, Some(live(next)), button().on(ev::click, retry).child("Try now")),
        };
        let alert = el("b").attr("role", "alert").child(sentence);
        let words = el("p").child(alert).child(live(age)).child(more);
        Some(el("div").class("banner").child(words).child(way_out).view())
    })
}

/// Focuses the banner's button, or what stands above it if the banner is gone.
fn focus_button(context: Context) {
    let button = document().query_selector(".banner button").ok().flatten();
    match button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        Some(button) => _ = button.focus(),
        None => super::grid::focus_grid(context),
    }
}

/// What the banner is about.
#[derive(Debug, Clone, PartialEq)]
enum Told {
    /// In web admin, which has its own way to log in.
    SessionEnded,
    /// Of the connection, in the words of its error.
    Lost(String),
}
