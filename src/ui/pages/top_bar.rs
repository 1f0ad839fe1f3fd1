//! The top bar: name, freshness of the data, and user.

use leptos::{either::EitherOf3, prelude::*};

use super::freshness::Freshness;
use crate::domain::description::isolated;
use crate::ui::{
    browser::address,
    components::{Glyph, Icon, Logo, MenuButton, MenuItem},
    demo,
    state::{Session, use_clock, use_connection, use_navigation, use_preferences, use_session},
    sync::use_sync,
};

/// The top bar.
#[component]
pub(super) fn TopBar() -> impl IntoView {
    let host = window().location().host().unwrap_or_default();
    view! {
        <header class="top">
            <h1><Logo/><span>"Task Monitor"</span></h1>
            <span class="place">{host}</span>
            <demo::DemoMark/>
            <InsecureMark/>
            <span class="stretch"></span>
            <Freshness/>
            <RefreshButton/>
            <PauseButton/>
            <ThemeButton/>
            <OwnTabLink/>
            <User/>
        </header>
    }
}

/// Says that the way to the engine is not safe. `jobs-engine connect --engine-insecure` writes the engine's address into the
/// document (docs/ovirt-engine.md).
#[component]
fn InsecureMark() -> impl IntoView {
    let engine = document().query_selector("meta[name=engine-insecure]").ok().flatten();
    engine.and_then(|meta| meta.get_attribute("content")).map(|engine| {
        let text = if engine.starts_with("http:") { "Not encrypted" } else { "Certificate not checked" };
        view! { <span class="mark faulty insecure" title=engine>{text}</span> }
    })
}

#[component]
fn RefreshButton() -> impl IntoView {
    let sync = use_sync();
    view! {
        <button
            type="button"
            class="quiet icon-only"
            aria-label="Refresh now"
            title="Refresh now"
            on:click=move |_| sync.refresh()
        >
            <Icon glyph=Glyph::Refresh/>
        </button>
    }
}

#[component]
fn PauseButton() -> impl IntoView {
    let (connection, clock, sync) = (use_connection(), use_clock(), use_sync());
    let is_paused = Memo::new(move |_| connection.paused_since().is_some());
    let toggle = move |_| {
        let since = (!is_paused.get_untracked()).then(|| clock.now_untracked());
        connection.poller.update(|poller| poller.set_paused(since));
        if since.is_some() { sync.reschedule() } else { sync.refresh() }
    };
    let label = move || if is_paused.get() { "Resume refresh" } else { "Pause refresh" };
    let content = move || {
        let (glyph, word) = if is_paused.get() { (Glyph::Play, "Resume") } else { (Glyph::Pause, "Pause") };
        view! { <Icon glyph/><span class="button-word">{word}</span> }
    };
    view! { <button type="button" class="quiet" aria-label=label on:click=toggle>{content}</button> }
}

#[component]
fn ThemeButton() -> impl IntoView {
    let preferences = use_preferences();
    let theme = Memo::new(move |_| preferences.get().theme);
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme.get().as_str());
        }
    });
    let next = move |_| preferences.update(|preferences| preferences.theme = preferences.theme.next());
    let label = move || format!("Theme: {}. Switch to {}", theme.get().as_str(), theme.get().next().as_str());
    view! {
        <button type="button" class="quiet icon-only" aria-label=label title=label on:click=next>
            <Icon glyph=Glyph::Contrast/>
        </button>
    }
}

/// In web admin: a link that opens the same view in a tab of its own.
#[component]
fn OwnTabLink() -> impl IntoView {
    let navigation = use_navigation();
    let is_panel = use_session().web_admin().is_some();
    is_panel.then(|| {
        view! {
            <a
                class="quiet icon-only"
                href=move || address::in_own_tab(&navigation.route())
                target="_blank"
                rel="noopener"
                aria-label="Open in own tab"
                title="Open in own tab"
            >
                <Icon glyph=Glyph::Leave/>
            </a>
        }
    })
}

/// The user, with the log-out. Web admin shows the user in its own bar.
#[component]
fn User() -> impl IntoView {
    let (session, sync) = (use_session(), use_sync());
    let name = Signal::derive(move || {
        session.session.with(|session| match session {
            Session::In { .. } | Session::Ended { .. } => isolated(session.user().unwrap_or("logged in")).into_owned(),
            Session::LoggedOut => String::new(),
        })
    });
    let host = session.host();
    if host.web_admin().is_some() {
        return EitherOf3::A(());
    }
    if !host.needs_log_in() {
        return EitherOf3::B(view! { <span class="user button-word">{name}</span> });
    }
    let items = Callback::new(move |()| vec![MenuItem::new("Log out", move || sync.log_out())]);
    EitherOf3::C(view! {
        // If there is no room for the name, it is still the name of the button.
        <MenuButton menu="Session" items class="quiet user" label=name at_right=true>
            <Icon glyph=Glyph::User/>
            <span class="button-word">{name}</span>
        </MenuButton>
    })
}
