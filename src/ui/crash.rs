//! What is said where when the program itself fails. `page/crash.js` shows it: after a panic nothing of the program runs any more.

use std::panic;

use crate::host::ovirt_plugin::WebAdmin;

/// Writes the reason of a panic to the browser's console and, in web admin, to the engine's log.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let details = info.to_string();
        leptos::leptos_dom::logging::console_error(&details);
        if let Some(web_admin) = WebAdmin::find() {
            // To the log only: web admin's `reportFatalError` would alarm everybody.
            web_admin.severe(&format!("Task Monitor: {details}"));
        }
    }));
}
