//! The components of the demo, over the engine inside the page.

use leptos::{either::Either, ev, prelude::*, task::spawn_local};

use crate::{
    host::demo::{DemoEngine, Fault, World},
    ui::{
        components::{Glyph, Icon, MenuButton, MenuItem},
        state::{SessionState, ToastKind, Toasts, use_toasts},
        sync::{Sync, use_sync},
    },
};

/// The demo as the page sees it.
#[derive(Clone, Copy)]
struct Demo {
    engine: StoredValue<Option<DemoEngine>, LocalStorage>,
    /// The fault that is chosen.
    fault: RwSignal<Fault>,
    /// Whether the browser lets the demo store data.
    can_store: RwSignal<bool>,
}

/// Provides the demo to its components.
pub fn provide(session: SessionState, sync: Sync) {
    let engine = session.host().demo();
    let fault = RwSignal::new(engine.as_ref().map_or(Fault::None, DemoEngine::fault));
    let can_store = RwSignal::new(engine.as_ref().is_none_or(DemoEngine::can_store));
    if let Some(engine) = &engine {
        engine.watch(move |engine| {
            fault.set(engine.fault());
            can_store.set(engine.can_store());
        });
    }
    provide_context(Demo { engine: StoredValue::new_local(engine), fault, can_store });
    // Polls at once when another tab has reset the demo. Everything else can wait for the next poll.
    let listener = window_event_listener(ev::storage, move |event| {
        if event.key().is_some_and(|name| World::is_entry(&name)) {
            sync.refresh();
        }
    });
    on_cleanup(move || listener.remove());
}

impl Demo {
    /// The page is not notified: the demo shows how the page detects the fault.
    fn choose(self, fault: Fault) {
        if let Some(engine) = self.engine.get_value() {
            engine.set_fault(fault);
        }
    }

    fn reset(self, sync: Sync, toasts: Toasts) {
        let Some(engine) = self.engine.get_value() else { return };
        spawn_local(async move {
            engine.reset().await;
            sync.refresh();
            toasts.say(ToastKind::Info, "The demo was reset.", None);
        });
    }

    fn menu_items(self, sync: Sync, toasts: Toasts) -> Vec<MenuItem> {
        let present = self.fault.get_untracked();
        let faults = Fault::ALL.map(|fault| MenuItem {
            hint: Some(explanation(fault).to_owned()),
            checked: Some(fault == present),
            ..MenuItem::new(title(fault), move || self.choose(fault))
        });
        let reset = MenuItem {
            hint: Some("Removes what you added and changed, in all tabs".to_owned()),
            ..MenuItem::new("Reset the demo", move || self.reset(sync, toasts))
        };
        faults.into_iter().chain([reset]).collect()
    }
}

const fn title(fault: Fault) -> &'static str {
    match fault {
        Fault::None => "No fault",
        Fault::Unreachable => "Unreachable",
        Fault::Slow => "Slow",
        Fault::NoAnswer => "No answer",
        Fault::NotAllowed => "Not allowed",
        Fault::SessionEnded => "Session ended",
        Fault::LostReply => "Lost reply",
    }
}

const fn explanation(fault: Fault) -> &'static str {
    match fault {
        Fault::None => "The engine answers",
        Fault::Unreachable => "Nothing reaches the engine",
        Fault::Slow => "Each answer takes 4 seconds",
        Fault::NoAnswer => "The page gives up after 30 seconds",
        Fault::NotAllowed => "You may not see or change jobs",
        Fault::SessionEnded => "The engine asks for a log-in",
        Fault::LostReply => "The next action is carried out, but no answer comes",
    }
}

/// The mark of the demo. Its menu has the faults to simulate, and the reset.
#[component]
pub fn DemoMark() -> impl IntoView {
    let demo = expect_context::<Demo>();
    let (sync, toasts) = (use_sync(), use_toasts());
    let items = Callback::new(move |()| demo.menu_items(sync, toasts));
    let class = Signal::derive(move || if demo.fault.get() == Fault::None { "mark" } else { "mark faulty" });
    let present = move || match demo.fault.get() {
        Fault::None => Either::Left(view! { <span class="mark-words">"an invented data centre in this page"</span> }),
        fault => Either::Right(view! { <span>{title(fault)}</span> }),
    };
    view! {
        <MenuButton menu="Demo" items class>
            <b>"Demo"</b>
            {present}
            <Icon glyph=Glyph::Caret/>
        </MenuButton>
    }
}

/// A notice, if the browser does not allow storage.
#[component]
pub fn StorageNotice() -> impl IntoView {
    let demo = expect_context::<Demo>();
    view! {
        <Show when=move || !demo.can_store.get()>
            <p class="banner" role="status">
                "This browser does not let the demo store data: its jobs are lost when this tab closes."
            </p>
        </Show>
    }
}

/// How to log in to the demo.
#[component]
pub fn LogInHint() -> impl IntoView {
    view! { <p class="quiet-text">"This is the demo: log in as admin@internal with any password."</p> }
}
