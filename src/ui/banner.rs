//! The banner between toolbar and tree: what is wrong with the connection, and what to do about it.

use leptos::{ev, prelude::*};

use super::{
    context::{Context, Session},
    part::{
        element::{button, el},
        live::{live, part},
        state::Derived,
    },
};
use crate::{
    api::ApiError,
    view::{link::Link, words},
};

/// Says why what is on screen may no longer be true.
pub fn banner(context: Context) -> AnyView {
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
        let Link::Lost { next: Some(next), .. } = context.link.get() else { return String::new() };
        let wait = next - context.now.get();
        if wait.num_seconds() < 1 {
            " Trying now.".to_owned()
        } else {
            format!(" Next try in {}.", words::duration(wait))
        }
    };
    let retry = move |_| context.monitor().poll(context);
    part(move || {
        let error = trouble.get()?;
        let ended = matches!(context.session.get(), Session::Ended { .. });
        if ended && let Some(web_admin) = context.web_admin() {
            let alert = el("b").attr("role", "alert").child("The session has ended.");
            let again = button().class("primary").on(ev::click, move |_| web_admin.reload()).child("Sign in again");
            return Some(
                el("div").class("banner").child(el("p").child(alert).child(live(age))).child(again).into_any(),
            );
        }
        // The log-in says it then.
        if ended || (!context.grid.with(|grid| grid.is_loaded()) && matches!(error, ApiError::Forbidden(_))) {
            return None;
        }
        let alert = el("b").attr("role", "alert").child(error.to_string());
        let words = el("p").child(alert).child(live(age)).child(live(next));
        let retry = button().on(ev::click, retry).child("Try now");
        Some(el("div").class("banner").child(words).child(retry).into_any())
    })
    .into_any()
}
