//! oVirt's web admin around the page: the panel's side of the UI plug-in API (`PluginUiFunctions.java`).
//!
//! The page asks web admin for each value when it needs it, and stores none, above all not the token. A function may be absent
//! (older engines) or return nothing (web admin drops calls at the wrong time), so each answer is an option. Web admin never
//! gets a callback of this page: its frame is removed whenever the admin opens another place.

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

/// The web admin around the page. Copies are handles to the same one.
#[derive(Debug, Clone)]
pub struct WebAdmin {
    /// Its window.
    window: Window,
    /// The result of its `pluginApi`.
    api: JsValue,
    browser: BrowserTransport,
}

impl WebAdmin {
    /// Finds web admin in the parent window or the top window. A page in a tab of its own has none. A window of another origin
    /// throws at every access, so it counts as none.
    pub fn find() -> Option<Self> {
        let own = window();
        let around = [own.parent(), own.top()].into_iter().filter_map(|window| window.ok().flatten());
        around.filter(|window| *window != own).find_map(Self::of)
    }

    /// The web admin in this window.
    pub fn of(window: Window) -> Option<Self> {
        let api = call(&window, "pluginApi", &[NAME.into()]).filter(JsValue::is_object)?;
        Some(Self { window, api, browser: BrowserTransport::default() })
    }

    /// Gives the panel's frame a title for screen readers: web admin gives it none.
    pub fn name_frame(&self, title: &str) {
        if let Some(frame) = window().frame_element().ok().flatten() {
            let _ = frame.set_attribute("title", title);
        }
    }

    /// Whether the admin came here by keyboard: the focus is still in web admin's menu, and visibly so.
    pub fn has_focus_by_keyboard(&self) -> bool {
        let focused = self.window.document().and_then(|document| document.active_element());
        focused.is_some_and(|element| element.matches("a:focus-visible, button:focus-visible").unwrap_or(false))
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

    /// The site's setting, within its range.
    pub fn number(&self, number: Number) -> u32 {
        number.of(self.configured(number.key).as_f64())
    }

    fn configured(&self, key: &str) -> JsValue {
        let config = call(&self.api, "configObject", &[]).unwrap_or_default();
        Reflect::get(&config, &key.into()).unwrap_or_default()
    }

    /// Reloads web admin at the same place. If the session has ended, web admin then shows its log-in form.
    pub fn reload(&self) {
        let _ = self.window.location().reload();
    }

    /// Opens web admin's events with this correlation id.
    pub fn show_events(&self, correlation: &str) {
        call(&self.api, "revealPlace", &["events".into()]);
        call(&self.api, "setSearchString", &[format!("Events: correlation_id = {correlation}").into()]);
    }

    /// The address of a host's page in web admin, by the host's name.
    pub fn host_address(&self, name: &str) -> String {
        self.place_address("hosts-general", name)
    }

    /// The address of an object's page in web admin, by the place and the object's name.
    pub fn place_address(&self, place: &str, name: &str) -> String {
        // Web admin has its own escapes for `/`, `;` and `=`. Names of hosts, machines and storage domains contain none of them.
        self.address(&format!("#{place};name={}", String::from(web_sys::js_sys::encode_uri_component(name))))
    }

    /// Opens web admin's events of a user.
    pub fn show_events_of_user(&self, name: &str) {
        call(&self.api, "revealPlace", &["events".into()]);
        call(&self.api, "setSearchString", &[format!("Events: usrname = {name}").into()]);
    }

    /// The address in web admin of a view of this page.
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

    /// Replaces the view in web admin's address, without an event and without a history entry. Does nothing if the admin has
    /// opened another place meanwhile.
    pub fn keep_view(&self, route: &Route) {
        let (now, wanted) = (self.fragment(), route.to_place());
        if now != wanted
            && Route::parse_place(&now).is_some()
            && let Ok(history) = self.window.history()
        {
            // Browsers limit how often a page may do this; the next change writes the address again.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&wanted));
        }
    }

    /// The text that a function returns, if it returns one.
    fn text(&self, function: &str) -> Option<String> {
        call(&self.api, function, &[])?.as_string().filter(|text| !text.is_empty())
    }
}
