//! What only the demo shows: its mark in the top bar with the menu below it, and what it has to say.

use leptos::{ev, prelude::*};

use super::{
    context::Context,
    part::{
        element::{Handle, button, el},
        icon::Icon,
        live::yes_no,
        menu::{Item, menu},
        run::spawn,
        state::State,
        view::{Draw, View, part, several},
    },
};
use crate::host::demo::{DemoEngine, Fault, World};

/// The demo as the page sees it.
#[derive(Clone, Copy)]
struct Demo {
    engine: StoredValue<Option<DemoEngine>, LocalStorage>,
    fault: State<Fault>,
    keeps: State<bool>,
}

/// Makes the demo known to the components below.
pub fn provide() {
    let engine = Context::get().monitor().client().transport().demo();
    let fault = State::new(engine.as_ref().map_or(Fault::None, DemoEngine::fault));
    let keeps = State::new(engine.as_ref().is_none_or(DemoEngine::keeps));
    if let Some(engine) = &engine {
        engine.watch(move |engine| {
            fault.set(engine.fault());
            keeps.set(engine.keeps());
        });
    }
    provide_context(Demo { engine: StoredValue::new_local(engine), fault, keeps });
    notice_resets();
}

impl Demo {
    /// The page is not told: how it finds out is what there is to see.
    fn choose(self, fault: Fault) {
        if let Some(engine) = self.engine.get_value() {
            engine.set_fault(fault);
        }
    }

    fn reset(self, context: Context) {
        let Some(engine) = self.engine.get_value() else { return };
        spawn(async move {
            engine.reset().await;
            context.monitor().poll(context);
            context.say("The demo's world has begun anew.", false, None);
        });
    }
}

/// Asks at once when another tab has begun the world anew. Everything else can wait for the next poll.
fn notice_resets() {
    let context = Context::get();
    let listener = window_event_listener(ev::storage, move |event| {
        if event.key().is_some_and(|name| World::is_entry(&name)) {
            context.monitor().poll(context);
        }
    });
    on_cleanup(move || listener.remove());
}

const fn title(fault: Fault) -> &'static str {
    match fault {
        Fault::None => "All is well",
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
        Fault::NoAnswer => "The engine is given up after 30 seconds",
        Fault::NotAllowed => "You may see and change no jobs",
        Fault::SessionEnded => "The engine asks for a log-in",
        Fault::LostReply => "The next action is carried out, but no answer comes",
    }
}

/// Says that this is a demo. Below it: what may go wrong, and a way to begin anew.
pub fn mark(context: Context) -> View {
    let demo = expect_context::<Demo>();
    let place = State::new(None::<(i32, i32)>);
    let node = Handle::default();
    let open = move |_| {
        if let Some(button) = node.get() {
            let edge = button.get_bounding_client_rect();
            let below = super::grid::whole_pixels(edge.left(), edge.bottom() + 4.0);
            place.update(|place| *place = if place.is_some() { None } else { Some(below) });
        }
    };
    let open_menu = part(move || {
        place.get().map(|place_now| {
            let close = Callback::new(move |()| place.set(None));
            let items = items(demo, context);
            menu("Demo".to_owned(), place_now, items, close)
        })
    });
    let present = part(move || {
        Some(match demo.fault.get() {
            Fault::None => el("span").class("mark-words").child("an invented data centre in this page").view(),
            fault => el("span").child(title(fault)).view(),
        })
    });
    let opener = button()
        .class("mark")
        .class_when("faulty", move || demo.fault.get() != Fault::None)
        .node(node)
        .attr("aria-haspopup", "menu")
        .attr("aria-expanded", yes_no(move || place.get().is_some()))
        .on(ev::click, open)
        .child(el("b").child("Demo"))
        .child(present)
        .child(Icon::Caret.draw());
    several([opener.view(), open_menu])
}

fn items(demo: Demo, context: Context) -> Vec<Item> {
    let present = demo.fault.get_untracked();
    let faults = Fault::ALL.map(|fault| Item {
        hint: Some(explanation(fault).to_owned()),
        checked: Some(fault == present),
        ..Item::new(title(fault), move || demo.choose(fault))
    });
    let reset = Item {
        hint: Some("Removes what you added and changed, in all tabs".to_owned()),
        ..Item::new("Reset the demo's world", move || demo.reset(context))
    };
    faults.into_iter().chain([reset]).collect()
}

/// Says so when the browser keeps nothing.
pub fn notice() -> View {
    let demo = expect_context::<Demo>();
    let words = "This browser does not let the demo store anything: its world ends with this tab.";
    let banner = move || el("p").class("banner").attr("role", "status").child(words).view();
    part(move || (!demo.keeps.get()).then(banner))
}

/// What to type, when the demo asks who we are.
pub fn hint() -> View {
    el("p").class("quiet-text").child("This is the demo: any password will do for admin@internal.").view()
}
