//! The icon of the tab, with a number on it. Each number is a file: `page/icon-1.svg` to `page/icon-9.svg`, and `page/icon-9plus.svg`. The
//! content security policy allows no icon that a script draws.

use super::focus::find;

/// The attribute in which the page's own icon is kept meanwhile.
const OWN: &str = "data-own";

/// Shows this number; 0 shows none.
pub fn show(number: usize) {
    let Some(link) = find("link[rel=icon]") else { return };
    let own = link.get_attribute(OWN).or_else(|| link.get_attribute("href")).unwrap_or_default();
    let icon = match number {
        0 => own.clone(),
        1..=9 => format!("./icon-{number}.svg"),
        _ => "./icon-9plus.svg".to_owned(),
    };
    if link.get_attribute("href").as_ref() != Some(&icon) {
        let _ = link.set_attribute(OWN, &own);
        let _ = link.set_attribute("href", &icon);
    }
}
