//! Tells apart who has changed the document. Leptos changes it in tasks only, so what changes while none of them runs was changed by
//! another program.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use wasm_bindgen_futures::spawn_local;

use super::damage;

/// From now on, all tasks of Leptos are noted. It must be called before anything is mounted.
pub(super) fn begin() {
    // It fails only at a second call.
    let _ = Executor::init_custom_executor(Noting);
}

/// The browser's executor. It notes when a task begins and ends.
struct Noting;

impl CustomExecutor for Noting {
    fn spawn(&self, task: PinnedFuture<()>) {
        spawn_local(Noted(task));
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        spawn_local(Noted(task));
    }

    /// The browser runs the tasks by itself.
    fn poll_local(&self) {}
}

/// A task of the page.
struct Noted<F: ?Sized>(Pin<Box<F>>);

impl<F: Future<Output = ()> + ?Sized> Future for Noted<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        damage::before_own_changes();
        let polled = self.0.as_mut().poll(context);
        damage::after_own_changes();
        polled
    }
}
