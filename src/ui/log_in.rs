//! Logging in: on a page of its own at first, over the greyed data after a session has ended.

use leptos::{
    ev::{self, SubmitEvent},
    prelude::*,
};

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    context::{Context, Session},
    demo,
    head::logo,
    part::{
        dialog::dialog,
        element::{Handle, button, el},
        live::{live, yes},
        run::{next_frame, spawn},
        state::{Derived, State},
        view::{Draw, View, part},
    },
};

/// The page before anybody has logged in.
pub fn log_in_page(context: Context) -> View {
    let host = window().location().host().unwrap_or_default();
    let card = el("section")
        .class("log-in-card")
        .child(el("h1").child(logo()).child("Task Monitor"))
        .child(el("p").class("quiet-text").child(host))
        .child(log_in_form(context, String::new()));
    el("main").class("log-in-page").child(card).view()
}

/// The dialog over the data of a session that has ended.
pub fn log_in_again(context: Context) -> View {
    let ended = Derived::new(move |_| match context.session.get() {
        Session::Ended { user } => Some(user.unwrap_or_default()),
        Session::LoggedOut | Session::In { .. } => None,
    });
    // Web admin has its own way to log in; the banner leads there.
    if context.web_admin().is_some() {
        return ().view();
    }
    let log_out = move |_| context.monitor().log_out(context);
    part(move || {
        let user = ended.get()?;
        let again = dialog("The session has ended".to_owned(), "log-in-again", None)
            .child(el("p").child("What you see behind this is as it was. Log in again to go on where you were."))
            .child(log_in_form(context, user))
            .child(button().class("link").on(ev::click, log_out).child("Log out instead"));
        Some(again.view())
    })
}

/// The form, with the name of who it was before.
fn log_in_form(context: Context, user: String) -> View {
    let name = Handle::default();
    let password = Handle::default();
    let busy = State::new(false);
    let problem = State::new(None::<String>);
    let known = !user.is_empty();
    (if known { password } else { name }).when_built(|input| {
        next_frame(move || {
            let _ = input.focus();
        });
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let value = |field: Handle| input(field).map(|input| input.value()).unwrap_or_default();
        let (user, secret) = (full_name(&value(name)), value(password));
        if user.is_empty() || secret.is_empty() {
            problem.set(Some("Give a user name and a password.".to_owned()));
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn(async move {
            let answer = context.monitor().log_in(context, &user, &secret).await;
            busy.set(false);
            if let Err(error) = answer {
                problem.set(Some(error.to_string()));
                // The browser's field is the only place that the password was in.
                if let Some(field) = input(password) {
                    let _ = field.focus();
                    field.select();
                }
            }
        });
    };
    let name = el("input")
        .attr("id", "log-in-user")
        .node(name)
        .attr("type", "text")
        .attr("autocomplete", "username")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("placeholder", "admin@internal")
        .attr("value", user);
    let password = el("input")
        .attr("id", "log-in-password")
        .node(password)
        .attr("type", "password")
        .attr("autocomplete", "current-password")
        .attr("aria-describedby", "log-in-problem");
    let submit = el("button")
        .attr("type", "submit")
        .class("primary wide")
        .attr("aria-disabled", yes(move || busy.get()))
        .child(live(move || if busy.get() { "Logging in…" } else { "Log in" }));
    let problem = el("p")
        .attr("id", "log-in-problem")
        .class("problem")
        .attr("role", "alert")
        .child(live(move || problem.get().unwrap_or_default()));
    el("form")
        .class("form")
        .attr("novalidate", "")
        .on(ev::submit, send)
        .child(el("label").attr("for", "log-in-user").child("User name"))
        .child(name)
        .child(el("label").attr("for", "log-in-password").child("Password"))
        .child(password)
        .child(problem)
        .child(demo::hint())
        .child(submit)
        .view()
}

fn input(field: Handle) -> Option<HtmlInputElement> {
    field.get().map(JsCast::unchecked_into)
}

/// Engines want a profile; `internal` is the one that every engine has.
fn full_name(typed: &str) -> String {
    let typed = typed.trim();
    if typed.is_empty() || typed.contains('@') { typed.to_owned() } else { format!("{typed}@internal") }
}
