//! oVirt's web admin around the page: the panel's side of the UI plug-in API (`PluginUiFunctions.java` and its kin).
//!
//! The page asks web admin for everything at the moment of use and keeps none of it: above all not the token. A function may
//! be absent (older engines) or say nothing (calls that come at a wrong time are dropped), so each answer is an option. No
//! closure of ours is ever handed over: the frame that it lives in goes whenever the admin looks at another place.

mod call;
mod transport;

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::{Window, js_sys::Reflect};

use crate::{
    api::browser::BrowserTransport,
    view::{
        panel::{self, LOCALE, Number},
        route::Route,
    },
};
use call::call;

/// The plug-in's name, as in `plugin/task-monitor.json`.
const NAME: &str = "task-monitor";

/// The web admin that the page is a place of. Copies are handles to the same.
#[derive(Debug, Clone)]
pub struct WebAdmin {
    /// Its window.
    window: Window,
    /// What its `pluginApi` gave us.
    api: JsValue,
    browser: BrowserTransport,
}

impl WebAdmin {
    /// The one around this frame: the parent, or the top. None in a tab of its own, and none of another origin: such a
    /// window throws at every look.
    pub fn find() -> Option<Self> {
        let own = window();
        let around = [own.parent(), own.top()].into_iter().filter_map(|window| window.ok().flatten());
        around.filter(|window| *window != own).find_map(Self::of)
    }

    /// The one in a window.
    pub fn of(window: Window) -> Option<Self> {
        let api = call(&window, "pluginApi", &[NAME.into()]).filter(JsValue::is_object)?;
        Some(Self { window, api, browser: BrowserTransport::default() })
    }

    /// `admin@internal-authz`
    pub fn user(&self) -> Option<String> {
        self.text("loginUserName")
    }

    /// The user's UUID.
    pub fn user_id(&self) -> Option<String> {
        self.text("loginUserId")
    }

    /// The language to write dates in.
    pub fn language(&self) -> &'static str {
        let configured = self.configured(LOCALE.key).as_string();
        panel::language(configured.as_deref(), self.text("currentLocale").as_deref())
    }

    /// What the site has set, within its range.
    pub fn number(&self, number: Number) -> u32 {
        number.of(self.configured(number.key).as_f64())
    }

    fn configured(&self, key: &str) -> JsValue {
        let config = call(&self.api, "configObject", &[]).unwrap_or_default();
        Reflect::get(&config, &key.into()).unwrap_or_default()
    }

    /// Begins web admin anew, at the same place. An ended session leads to the log-in form that way.
    pub fn reload(&self) {
        let _ = self.window.location().reload();
    }

    /// Leaves for web admin's events, those that go with a correlation id.
    pub fn show_events(&self, correlation: &str) {
        call(&self.api, "revealPlace", &["events".into()]);
        call(&self.api, "setSearchString", &[format!("Events: correlation_id = {correlation}").into()]);
    }

    /// The address of a host's own place, by its name.
    pub fn host_address(&self, name: &str) -> String {
        // As in our own places, web admin's names for `/`, `;` and `=` are left alone: host names have none.
        self.address(&format!("#hosts-general;name={}", String::from(web_sys::js_sys::encode_uri_component(name))))
    }

    /// The address of a view of ours.
    pub fn view_address(&self, route: &Route) -> String {
        self.address(&route.to_place())
    }

    fn address(&self, fragment: &str) -> String {
        let here = self.window.location().href().unwrap_or_default();
        format!("{}{fragment}", here.split('#').next().unwrap_or_default())
    }

    /// The fragment of web admin's address.
    pub fn fragment(&self) -> String {
        self.window.location().hash().unwrap_or_default()
    }

    /// Writes a view into web admin's address, in place of the one there: nobody is told, and nothing gets into the
    /// history. If another place is there by now, it stays.
    pub fn keep_view(&self, route: &Route) {
        let (now, wanted) = (self.fragment(), route.to_place());
        if now != wanted
            && Route::parse_place(&now).is_some()
            && let Ok(history) = self.window.history()
        {
            // Browsers limit how often this may be done; the next change catches up.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&wanted));
        }
    }

    /// What a function says, if it says something.
    fn text(&self, function: &str) -> Option<String> {
        call(&self.api, function, &[])?.as_string().filter(|text| !text.is_empty())
    }
}
