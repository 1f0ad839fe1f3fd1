//! Long work in short tasks: between them the browser draws, and answers the user.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel,
    js_sys::{Function, Promise},
    window,
};

/// The longest task, in milliseconds. A frame has 16.7.
const LONGEST_TASK: f64 = 8.0;

/// Work that is under way.
pub struct Turn {
    /// None if the browser has none: then the work is one task.
    channel: Option<MessageChannel>,
    /// When the current task began at the earliest, in milliseconds.
    since: f64,
}

impl Turn {
    /// The work begins.
    pub fn begin() -> Self {
        Self { channel: MessageChannel::new().ok(), since: now() }
    }

    /// Lets the browser have its turn if the current task has become long. Unlike a timer, a message is not delayed on a page that
    /// is hidden.
    pub async fn give_way(&mut self) {
        let Some(channel) = self.channel.as_ref().filter(|_| now() - self.since > LONGEST_TASK) else { return };
        let mut send = |resolve: Function, _| {
            channel.port1().set_onmessage(Some(&resolve));
            if channel.port2().post_message(&JsValue::NULL).is_err() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        };
        let _ = JsFuture::from(Promise::new(&mut send)).await;
        self.since = now();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.port1().close();
        }
    }
}

fn now() -> f64 {
    window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
