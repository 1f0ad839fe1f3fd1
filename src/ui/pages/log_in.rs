//! The log-in: at first a page of its own. After the end of a session, a dialog over the greyed-out data.

use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::ui::{
    browser::focus::find,
    components::{Dialog, Logo},
    demo,
    state::{LogInState, Session, use_log_in, use_session},
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
    let LogInState { is_busy, problem, needs_profile } = use_log_in();
    let profile = NodeRef::<html::Input>::new();
    let first_field = if user.is_empty() { name } else { password };
    first_field.on_load(|field| request_animation_frame(move || _ = field.focus()));
    let log_in = move |event: SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let value = |field: NodeRef<html::Input>| field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let typed = value(name);
        let (user, secret) = (with_profile(&typed, &value(profile)), value(password));
        if user.is_empty() || secret.is_empty() {
            problem.set(Some("Enter a user name and a password.".to_owned()));
            return;
        }
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let Err(error) = sync.log_in(&user, &secret).await else { return };
            is_busy.set(false);
            let sentence = error.to_string();
            if sentence.contains(NO_PROFILE) {
                needs_profile.set(true);
            }
            // The engine may not know the name that the page has sent. It may differ from the typed one.
            let sent_as = if user == typed.trim() { String::new() } else { format!(" The name was sent as {user}.") };
            problem.set(Some(sentence + &sent_as));
            // The password is only in the field. Meanwhile the form may have been mounted anew.
            if let Some(field) = find(PASSWORD) {
                let _ = field.focus();
                field.unchecked_into::<HtmlInputElement>().select();
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
            <Show when=move || needs_profile.get()>
                <label for="log-in-profile">"Profile"</label>
                <input
                    id="log-in-profile"
                    node_ref=profile
                    type="text"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder=DEFAULT_PROFILE
                />
            </Show>
            <label for="log-in-password">"Password"</label>
            <input
                id="log-in-password"
                node_ref=password
                type="password"
                autocomplete="current-password"
                aria-describedby="log-in-problem"
            />
            <p id="log-in-problem" class="problem" role="alert"><bdi>{move || problem.get()}</bdi></p>
            <demo::LogInHint/>
            <button type="submit" class="primary wide" aria-disabled=move || is_busy.get().then_some("true")>
                {move || if is_busy.get() { "Logging in…" } else { "Log in" }}
            </button>
        </form>
    }
}

/// The password field.
const PASSWORD: &str = "#log-in-password";

/// The engine's message for an unknown profile.
const NO_PROFILE: &str = "No valid profile found in credentials";

/// The default profile. Every engine has it, unless it uses Keycloak.
const DEFAULT_PROFILE: &str = "internal";

/// Engines require a name with a profile. The profile from the profile field replaces the one in the name.
fn with_profile(typed: &str, profile: &str) -> String {
    let (typed, profile) = (typed.trim(), profile.trim());
    let (name, own) = typed.rsplit_once('@').map_or((typed, None), |(name, own)| (name, Some(own)));
    match (typed.is_empty(), profile.is_empty(), own) {
        (true, ..) => String::new(),
        (_, false, _) => format!("{name}@{profile}"),
        (_, true, Some(_)) => typed.to_owned(),
        (_, true, None) => format!("{typed}@{DEFAULT_PROFILE}"),
    }
}
