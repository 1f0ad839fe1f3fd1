//! Text without regard to its case.

/// The text in lower case, as Unicode has it.
pub fn to_lower_case(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { beyond_ascii(text) }
}

#[cfg(not(target_arch = "wasm32"))]
fn beyond_ascii(text: &str) -> String {
    text.to_lowercase()
}

/// A browser has Unicode's tables already; a copy of them would be a fortieth of the page.
#[cfg(target_arch = "wasm32")]
fn beyond_ascii(text: &str) -> String {
    web_sys::js_sys::JsString::from(text).to_lower_case().into()
}
