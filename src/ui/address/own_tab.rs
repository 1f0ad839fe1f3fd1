//! The page's own address.

use leptos::{ev, leptos_dom::helpers::location_hash, prelude::*};
use wasm_bindgen::JsValue;

use crate::{ui::state::Navigation, view::route::Route};

/// The whole address of a view.
pub fn address(route: &Route) -> String {
    let page = window().location().href().unwrap_or_default();
    format!("{}{route}", page.split('#').next().unwrap_or_default())
}

pub fn keep_synchronized(navigation: Navigation) {
    navigation.open(&route_of_address());
    let on_hash = window_event_listener(ev::hashchange, move |_| {
        let route = route_of_address();
        if route != untrack(|| navigation.route()) {
            navigation.open(&route);
        }
    });
    on_cleanup(move || on_hash.remove());
    let route = Memo::new(move |_| navigation.route());
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        let is_another_entry = before.is_some_and(|mut before| {
            // Typing in the search adds no entries.
            before.filter.text.clone_from(&now.filter.text);
            before != now
        });
        write(&now, is_another_entry);
        now
    });
}

fn route_of_address() -> Route {
    Route::parse(&location_hash().unwrap_or_default())
}

/// Writes a view into the address: as a new entry of the history, or in place of the present one.
fn write(route: &Route, is_another_entry: bool) {
    let fragment = route.to_string();
    let present = location_hash().unwrap_or_default();
    // If the address has another target already, its event has not arrived yet. Writing now would overwrite that target.
    let is_on_the_way = !is_another_entry && Route::parse(&present).target != route.target;
    if is_on_the_way || format!("#{present}") == fragment {
        return;
    }
    let Ok(history) = window().history() else { return };
    let written = if is_another_entry {
        history.push_state_with_url(&JsValue::NULL, "", Some(&fragment))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&fragment))
    };
    if written.is_err() {
        // Browsers limit how often a page may do this. The next change writes the address again.
        leptos::logging::warn!("the address could not be written");
    }
}
