//! How tall an element can be: browsers limit it, without a word.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// More than any browser shows, in CSS pixels.
const TOO_TALL: &str = "1000000000px";

/// Any browser shows this height.
const SAFE: f64 = 10_000_000.0;

/// The height of the tallest element in this browser, in CSS pixels: 33,554,428 in Chromium, 17,895,697 in Firefox.
pub fn tallest_element() -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between two numbers that fit")]
    let whole = |height: f64| height.clamp(0.0, f64::from(u32::MAX)) as u32;
    whole(measure().filter(|height| *height > 0.0).unwrap_or(SAFE))
}

fn measure() -> Option<f64> {
    let (body, probe) = (document().body()?, document().create_element("div").ok()?);
    let style = probe.dyn_ref::<HtmlElement>()?.style();
    for (name, value) in [("position", "absolute"), ("visibility", "hidden"), ("height", TOO_TALL)] {
        style.set_property(name, value).ok()?;
    }
    body.append_child(&probe).ok()?;
    let height = probe.get_bounding_client_rect().height();
    probe.remove();
    Some(height)
}
