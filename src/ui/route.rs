//! Keeps the URL and the view the same: a link opens a view, and a view is a link.

use leptos::{ev, leptos_dom::helpers::location_hash, prelude::*};
use wasm_bindgen::JsValue;

use super::context::Context;
use crate::ui::part::{run::effect, state::Derived};
use crate::view::route::{Route, Target};

/// The view as a route.
pub fn current(context: Context) -> Route {
    let nonsense = context.nonsense.get();
    context.grid.with(|grid| Route {
        target: match (nonsense, grid.selected()) {
            (Some(text), _) => Target::Nonsense(text),
            (None, Some(node)) => Target::Node(node),
            (None, None) => Target::List,
        },
        filter: grid.filter().clone(),
        sort: grid.sort(),
    })
}

/// The whole link to a node, with the filters left behind.
pub fn link_to(target: Target) -> String {
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default().to_owned();
    format!("{page}{}", Route::default().with_target(target))
}

/// Opens what the URL says, now and whenever it changes, and writes the view into it.
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
        let was = before.replace(now.target.clone());
        write(&now, was.is_some_and(|was| was != now.target));
    });
}

fn open(context: Context, route: &Route) {
    context.grid.update(|grid| {
        grid.ask(route.filter.clone());
        grid.sort_by(route.sort);
    });
    if untrack(|| current(context)).target != route.target {
        context.go_to(route.target.clone());
    }
}

/// Another target is another place to come back to; another filter is the same place, seen differently.
fn write(route: &Route, another_place: bool) {
    let fragment = route.to_string();
    if location_hash().is_some_and(|now| format!("#{now}") == fragment) {
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
        leptos::logging::warn!("the address could not be written");
    }
}
