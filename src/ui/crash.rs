//! What is shown when the program itself fails. After a panic nothing of it runs any more, so this uses the document alone.

use std::panic;

use leptos::prelude::document;

use crate::host::ovirt_plugin::WebAdmin;

/// Shows a message instead of a page that has silently stopped. The browser's console has the details, and in web
/// admin so has the engine's log.
pub fn show_on_panic() {
    panic::set_hook(Box::new(|info| {
        let details = info.to_string();
        leptos::leptos_dom::logging::console_error(&details);
        if let Some(web_admin) = WebAdmin::find() {
            // To the log only: web admin's `reportFatalError` would alarm everybody.
            web_admin.severe(&format!("Task Monitor: {details}"));
        }
        let Ok(message) = document().create_element("p") else { return };
        let words =
            "Something in this page has failed, and it has stopped. Nothing was lost in the engine. Reload the page.";
        message.set_text_content(Some(words));
        let _ = message.set_attribute("class", "crash");
        let _ = message.set_attribute("role", "alert");
        if let Some(body) = document().body() {
            let _ = body.prepend_with_node_1(&message);
        }
    }));
}
