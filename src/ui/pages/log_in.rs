//! The log-in: at first a page of its own. After the end of a session, a dialog over the greyed-out data.

use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

use crate::ui::{
    components::{Dialog, Logo},
    demo,
    state::{Session, use_session},
    sync::use_sync,
};

/// The page before anybody has logged in.
#[component]
pub fn LogInPage() -> impl IntoView {
    let host = window().location().host().unwrap_or_default();
    view! {
        <main class="log-in-page">
            <section class="log-in-card">
                <h1><Logo/>"Task Monitor"</h1>
                <p class="quiet-text">{host}</p>
                <LogInForm user=String::new()/>
            </section>
        </main>
    }
}

/// The dialog over the data of an ended session. In web admin the banner opens web admin's own log-in.
#[component]
pub(super) fn LogInAgain() -> impl IntoView {
    let (session, sync) = (use_session(), use_sync());
    let is_panel = session.web_admin().is_some();
    let ended = Memo::new(move |_| match session.session.get() {
        Session::Ended { user } if !is_panel => Some(user.unwrap_or_default()),
        Session::Ended { .. } | Session::LoggedOut | Session::In { .. } => None,
    });
    move || {
        ended.get().map(|user| {
            view! {
                <Dialog title="The session has ended" class="log-in-again">
                    <p>"Log in again to continue. The page behind this shows the last data."</p>
                    <LogInForm user/>
                    <button type="button" class="link" on:click=move |_| sync.log_out()>
                        "Log in as someone else"
                    </button>
                </Dialog>
            }
        })
    }
}

#[component]
fn LogInForm(
    /// The user of the ended session; empty if there was none.
    user: String,
) -> impl IntoView {
    let sync = use_sync();
    let name = NodeRef::<html::Input>::new();
    let password = NodeRef::<html::Input>::new();
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let first_field = if user.is_empty() { name } else { password };
    first_field.on_load(|field| request_animation_frame(move || _ = field.focus()));
    let log_in = move |event: SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let value = |field: NodeRef<html::Input>| field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let (user, secret) = (with_profile(&value(name)), value(password));
        if user.is_empty() || secret.is_empty() {
            problem.set(Some("Enter a user name and a password.".to_owned()));
            return;
        }
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let Err(error) = sync.log_in(&user, &secret).await else { return };
            is_busy.set(false);
            problem.set(Some(error.to_string()));
            // The password is only in the field.
            if let Some(field) = password.get_untracked() {
                let _ = field.focus();
                field.select();
            }
        });
    };
    view! {
        <form class="form" novalidate on:submit=log_in>
            <label for="log-in-user">"User name"</label>
            <input
                id="log-in-user"
                node_ref=name
                type="text"
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                placeholder="admin@internal"
                value=user
            />
            <label for="log-in-password">"Password"</label>
            <input
                id="log-in-password"
                node_ref=password
                type="password"
                autocomplete="current-password"
                aria-describedby="log-in-problem"
            />
            <p id="log-in-problem" class="problem" role="alert">{move || problem.get()}</p>
            <demo::LogInHint/>
            <button type="submit" class="primary wide" aria-disabled=move || is_busy.get().then_some("true")>
                {move || if is_busy.get() { "Logging in…" } else { "Log in" }}
            </button>
        </form>
    }
}

/// Engines require a profile. Every engine has the profile `internal`.
fn with_profile(typed: &str) -> String {
    let typed = typed.trim();
    if typed.is_empty() || typed.contains('@') { typed.to_owned() } else { format!("{typed}@internal") }
}
