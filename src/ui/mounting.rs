//! Mounts the page. If another program of the browser, such as a translator or an extension, takes away a part of it, mounts it anew from
//! its state: text nodes that are no longer in the document would show old values for ever.
//!
//! State and tasks live as long as the page. Only the view is replaced.

mod carried;
mod damage;
mod own_tasks;

use std::{any::Any, cell::RefCell, time::Duration};

use gloo_timers::future::sleep;
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use self::carried::Carried;
use super::{
    app::{self, App},
    state::{AppState, ToastKind},
};
use crate::{host::PageHost, view::renewal::Renewals};

/// What the admin is told about a program that changes each new page again.
const CHANGED_AGAIN: &str = "Another program in this browser, such as a translator or an extension, keeps changing this page. The page \
                             is then drawn anew every few seconds. Turn that program off for this page.";

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
}

/// The page: what lives as long as it, and its present view.
struct Page {
    /// Owns state and tasks.
    owner: Owner,
    state: AppState,
    view: Option<View>,
    renewals: Renewals,
}

/// A mounted view.
struct View {
    /// The element around it.
    root: HtmlElement,
    /// Unmounts it when it is dropped.
    mounted: Box<dyn Any>,
}

/// Starts the tasks of the page, and mounts its view.
pub fn mount(host: PageHost) {
    own_tasks::begin();
    damage::watch(on_damage);
    let owner = Owner::new();
    let state = owner.with(|| app::begin(host));
    let view = mount_view(&owner);
    PAGE.set(Some(Page { owner, state, view, renewals: Renewals::default() }));
}

/// The view was damaged. It is damaged until it is mounted anew.
fn on_damage() {
    let now = Duration::from_secs_f64(window().performance().map_or(0.0, |clock| clock.now()) / 1_000.0);
    let due = PAGE.with_borrow_mut(|page| page.as_mut().map(|page| (page.renewals.damaged(now), page.state)));
    let Some((renewal, state)) = due else { return };
    spawn_local(async move {
        if !renewal.wait.is_zero() {
            sleep(renewal.wait).await;
        }
        renew();
        if renewal.is_told {
            state.toasts.say(ToastKind::Problem, CHANGED_AGAIN, None);
        }
    });
}

/// Replaces the view.
fn renew() {
    // Mounting runs code of the page, so the page must not be borrowed meanwhile.
    let Some((owner, view)) =
        PAGE.with_borrow_mut(|page| page.as_mut().map(|page| (page.owner.clone(), page.view.take())))
    else {
        return;
    };
    let carried = view.as_ref().map(|view| Carried::of(&view.root, &damage::taken()));
    if let Some(View { root, mounted }) = view {
        drop(mounted);
        root.remove();
    }
    // What others have put elsewhere does not stay beside the new view.
    for node in damage::taken() {
        if let Some(parent) = node.parent_node() {
            let _ = parent.remove_child(&node);
        }
    }
    let view = mount_view(&owner);
    if let Some((view, carried)) = view.as_ref().zip(carried) {
        carried.give_to(&view.root);
    }
    PAGE.with_borrow_mut(|page| {
        if let Some(page) = page {
            page.view = view;
        }
    });
    damage::forget();
}

/// Mounts a view in an element of its own, which can be replaced whatever has happened to its content.
fn mount_view(owner: &Owner) -> Option<View> {
    let root: HtmlElement = document().create_element("div").ok()?.dyn_into().ok()?;
    root.set_id("app");
    document().body()?.append_child(&root).ok()?;
    let mounted = owner.with(|| mount_to(root.clone(), || view! { <App/> }));
    damage::observe(&root);
    Some(View { root, mounted: Box::new(mounted) })
}
