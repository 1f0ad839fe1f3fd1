//! The page's own address.

use leptos::{ev, leptos_dom::helpers::location_hash, prelude::*};
use wasm_bindgen::JsValue;

use super::{Context, current, open};
use crate::{
    ui::part::{run::effect, state::Derived},
    view::route::Route,
};

/// The whole address of a view.
pub fn address(route: &Route) -> String {
    let page = window().location().href().unwrap_or_default();
    format!("{}{route}", page.split('#').next().unwrap_or_default())
}

pub fn keep_in_step(context: Context) {
    open(context, &Route::parse(&location_hash().unwrap_or_default()));
    let on_hash = window_event_listener(ev::hashchange, move |_| {
        let route = Route::parse(&location_hash().unwrap_or_default());
        if route != untrack(|| current(context)) {
            open(context, &route);
        }
    });
    on_cleanup(move || on_hash.remove());
    let route = Derived::new(move |_| current(context));
    let mut before = None;
    effect(move || {
        let now = route.get();
        let another_place = before.replace(now.clone()).is_some_and(|mut was: Route| {
            // Typing is to leave no trace.
            was.filter.text.clone_from(&now.filter.text);
            was != now
        });
        write(&now, another_place);
    });
}

/// Writes a view into the address: as another place to come back to, or in place of the one there.
fn write(route: &Route, another_place: bool) {
    let fragment = route.to_string();
    let there = location_hash().unwrap_or_default();
    // Where the address is another place already, its event is to come: what is written now would be written into that place.
    let on_the_way = !another_place && Route::parse(&there).target != route.target;
    if on_the_way || format!("#{there}") == fragment {
        return;
    }
    let Ok(history) = window().history() else { return };
    let written = if another_place {
        history.push_state_with_url(&JsValue::NULL, "", Some(&fragment))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&fragment))
    };
    if written.is_err() {
        // Browsers limit how often this may be done; the next change catches up.
        leptos::logging::warn!("address not written");
    }
}
