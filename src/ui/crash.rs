//! What is shown when the program itself fails. After a panic nothing of it runs any more, so this uses the document alone.

use std::panic;

use leptos::prelude::document;

/// Shows a message instead of a page that has silently stopped. The browser's console has the details.
pub fn show_on_panic() {
    panic::set_hook(Box::new(|info| {
        leptos::leptos_dom::logging::console_error(&info.to_string());
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
