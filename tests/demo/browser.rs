//! Changes of the browser that the demo runs in: no locks, no storage, another clock.

use std::future::Future;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::js_sys::{Array, Promise, eval};

/// Runs all futures concurrently, on one thread.
pub(crate) async fn at_once<F: Future<Output = ()> + 'static>(works: impl IntoIterator<Item = F>) {
    let promises = works.into_iter().map(|work| {
        future_to_promise(async move {
            work.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    let promises: Array = promises.collect();
    JsFuture::from(Promise::all(&promises)).await.unwrap();
}

/// A change of the browser. Dropping it undoes the change.
pub(crate) struct Changed(&'static str);

impl Changed {
    pub(crate) fn by(change: &str, undo: &'static str) -> Self {
        eval(change).unwrap();
        Self(undo)
    }

    pub(crate) fn without_locks() -> Self {
        Self::by(
            "Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })",
            "delete navigator.locks",
        )
    }

    pub(crate) fn with_blocked_storage() -> Self {
        Self::by(
            "globalThis.before = Object.getOwnPropertyDescriptor(window, 'localStorage');
             Object.defineProperty(window, 'localStorage', {
               configurable: true, get() { throw new DOMException('no', 'SecurityError') } })",
            "Object.defineProperty(window, 'localStorage', globalThis.before)",
        )
    }

    pub(crate) fn with_full_storage() -> Self {
        Self::by(
            "globalThis.before = Storage.prototype.setItem;
             Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
            "Storage.prototype.setItem = globalThis.before",
        )
    }

    pub(crate) fn with_a_clock_three_hours_ahead() -> Self {
        Self::by(
            "globalThis.before = Date.now; Date.now = () => globalThis.before() + 3 * 3600_000",
            "Date.now = globalThis.before",
        )
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        eval(self.0).unwrap();
    }
}
