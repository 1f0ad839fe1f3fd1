//! Web admin's address, as long as our place is in it.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;

use super::{Context, current, open};
use crate::{
    host::ovirt_plugin::WebAdmin,
    ui::{
        part::{run::effect, state::Derived},
        storage,
    },
    view::route::Route,
};

pub fn keep_in_step(context: Context, web_admin: WebAdmin) {
    let (kept, scroll_top) = storage::view();
    // A link says all of the view; the menu's entry says nothing, and brings back what was there before.
    match asked(&web_admin) {
        Some(route) if route != Route::default() => open(context, &route),
        Some(_) | None => {
            open(context, &kept);
            scroll_once_loaded(context, scroll_top);
        }
    }
    let seen = Rc::new(RefCell::new(web_admin.fragment()));
    follow(context, web_admin.clone(), Rc::clone(&seen));
    let route = Derived::new(move |_| current(context));
    effect(move || {
        let route = route.get();
        web_admin.keep_view(&route);
        seen.replace(web_admin.fragment());
        storage::keep_view(&route, context.grid.with_untracked(|grid| grid.scroll_top()));
    });
    let on_leave = window_event_listener_untyped("pagehide", move |_| {
        untrack(|| storage::keep_view(&current(context), context.grid.with(|grid| grid.scroll_top())));
    });
    on_cleanup(move || on_leave.remove());
}

fn asked(web_admin: &WebAdmin) -> Option<Route> {
    Route::parse_place(&web_admin.fragment())
}

fn scroll_once_loaded(context: Context, top: u32) {
    let loaded = Derived::new(move |_| context.grid.with(|grid| grid.is_loaded()));
    let mut wanted = Some(top).filter(|top| *top > 0);
    effect(move || {
        if loaded.get()
            && let Some(top) = wanted.take()
        {
            context.grid.update(|grid| grid.scrolled_to(top));
        }
    });
}

/// Opens a link that is followed while the panel is there. It is looked for with each tick of the clock: a listener of ours
/// in web admin's window would outlive this frame.
fn follow(context: Context, web_admin: WebAdmin, seen: Rc<RefCell<String>>) {
    effect(move || {
        context.now.track();
        let now = web_admin.fragment();
        if *seen.borrow() != now
            && let Some(route) = asked(&web_admin)
        {
            seen.replace(now);
            open(context, &route);
        }
    });
}
