//! Web admin's address, while it names this page's place.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;

use crate::{
    host::ovirt_plugin::WebAdmin,
    ui::{browser::storage, state::AppState},
    view::route::Route,
};

pub fn keep_synchronized(state: AppState, web_admin: WebAdmin) {
    let (stored, scroll_top) = storage::view();
    // A link contains the whole view. The menu entry contains none, so it opens the stored view.
    match route_of_address(&web_admin) {
        Some(route) if route != Route::default() => state.navigation.open(&route),
        Some(_) | None => {
            state.navigation.open(&stored);
            scroll_once_loaded(state, scroll_top);
        }
    }
    let seen = Rc::new(RefCell::new(web_admin.fragment()));
    follow_links(state, web_admin.clone(), Rc::clone(&seen));
    let route = Memo::new(move |_| state.navigation.route());
    Effect::new(move || {
        let route = route.get();
        web_admin.keep_view(&route);
        seen.replace(web_admin.fragment());
        untrack(|| store(state, &route));
    });
    let on_leave =
        window_event_listener_untyped("pagehide", move |_| untrack(|| store(state, &state.navigation.route())));
    on_cleanup(move || on_leave.remove());
}

fn store(state: AppState, route: &Route) {
    storage::store_view(route, state.grid.viewport().with(|viewport| viewport.scroll_top()));
}

fn route_of_address(web_admin: &WebAdmin) -> Option<Route> {
    Route::parse_place(&web_admin.fragment())
}

fn scroll_once_loaded(state: AppState, top: u32) {
    let is_loaded = Memo::new(move |_| state.grid.is_loaded());
    let mut wanted = Some(top).filter(|top| *top > 0);
    Effect::new(move || {
        if is_loaded.get()
            && let Some(top) = wanted.take()
        {
            state.grid.update(|grid| grid.scrolled_to(top));
        }
    });
}

/// Opens a link that the user follows while the panel is open. It reads the address at each tick of the clock: a listener
/// in web admin's window would stay there after this frame was removed.
fn follow_links(state: AppState, web_admin: WebAdmin, seen: Rc<RefCell<String>>) {
    Effect::new(move || {
        state.clock.now();
        let now = web_admin.fragment();
        if *seen.borrow() != now
            && let Some(route) = route_of_address(&web_admin)
        {
            seen.replace(now);
            state.navigation.open(&route);
        }
    });
}
