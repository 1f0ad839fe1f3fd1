//! Web Locks: only one tab can hold a lock at a time. The functions are called by name, because web-sys has them only as unstable.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Function, Object, Promise, Reflect};

/// A lock that is held until this is dropped.
#[must_use]
pub(super) struct WebLock {
    release: Function,
}

impl Drop for WebLock {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// Waits for the lock of that name and takes it. `None` if the browser has no locks: browsers from before 2022, and all on
/// plain HTTP.
pub(super) async fn hold(name: &str) -> Option<WebLock> {
    ask(name, &Object::new()).await.ok().flatten()
}

/// Takes the lock of that name if it is free. Never waits.
pub(super) async fn hold_at_once(name: &str) -> Option<WebLock> {
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("ifAvailable"), &JsValue::TRUE).ok()?;
    ask(name, &options).await.ok().flatten()
}

/// The names of all held locks, in any tab.
pub(super) async fn names() -> Vec<String> {
    query().await.unwrap_or_default()
}

/// The browser holds the lock until the promise that the callback returns is fulfilled. Dropping the result fulfils it.
async fn ask(name: &str, options: &Object) -> Result<Option<WebLock>, JsValue> {
    let (granted, grant) = promise();
    let (released, release) = promise();
    let on_grant = Closure::once(move |_lock: JsValue| {
        if let Some(grant) = grant {
            let _ = grant.call0(&JsValue::UNDEFINED);
        }
        released
    });
    let asked = call("request", &Array::of3(&JsValue::from_str(name), options, on_grant.as_ref()))?;
    // The request fails at once where locks are forbidden. Otherwise it ends only after the release.
    JsFuture::from(Promise::race(&Array::of2(&granted, &asked))).await?;
    Ok(release.map(|release| WebLock { release }))
}

async fn query() -> Result<Vec<String>, JsValue> {
    let state = JsFuture::from(call("query", &Array::new())?).await?;
    let held: Array = Reflect::get(&state, &JsValue::from_str("held"))?.dyn_into()?;
    let name = |lock: JsValue| Reflect::get(&lock, &JsValue::from_str("name")).ok()?.as_string();
    Ok(held.iter().filter_map(name).collect())
}

fn call(method: &str, arguments: &Array) -> Result<Promise, JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::UNDEFINED)?.navigator();
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks"))?;
    let method: Function = Reflect::get(&locks, &JsValue::from_str(method))?.dyn_into()?;
    method.apply(&locks, arguments)?.dyn_into()
}

/// A promise, and the function that fulfils it.
fn promise() -> (Promise, Option<Function>) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    (promise, fulfil)
}
