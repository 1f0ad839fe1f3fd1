//! Why the program has failed, in a development build. In a released one a panic has no text: it is a trap and nothing else, and
//! `page/crash.js` says what is known of it.

use std::panic;

use leptos::leptos_dom::logging::console_error;

/// Writes the reason of a panic to the browser's console.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| console_error(&info.to_string())));
}
