//! What runs later or over and over: one boxed type for each kind, for the same reason as in [`super::live`].

use std::{pin::Pin, time::Duration};

use leptos::{
    leptos_dom::helpers::{self, TimeoutHandle},
    prelude::*,
};

/// Runs now, and again whenever a signal that it read has changed.
pub fn effect(run: impl FnMut() + 'static) {
    let run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(run);
}

/// Runs once, when what is being built is in the document.
pub fn when_built(run: impl FnOnce() + 'static) {
    let mut run = Some(run);
    effect(move || {
        if let Some(run) = run.take() {
            untrack(run);
        }
    });
}

/// Runs beside everything else, to its end.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    leptos::task::spawn_local(task);
}

/// Runs once, after a while; nothing if the browser does not want to.
pub fn later(wait: Duration, run: impl FnOnce() + 'static) -> Option<TimeoutHandle> {
    let run: Box<dyn FnOnce()> = Box::new(run);
    helpers::set_timeout_with_handle(run, wait).ok()
}

/// Runs once, when the document has caught up and before it is drawn.
pub fn next_frame(run: impl FnOnce() + 'static) {
    let run: Box<dyn FnOnce()> = Box::new(run);
    helpers::request_animation_frame(run);
}
