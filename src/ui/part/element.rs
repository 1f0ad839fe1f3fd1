//! Elements, built by chains of calls. One type for all, whatever is in them.

use leptos::{ev, prelude::*, tachys::html::event::EventDescriptor};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DomTokenList, HtmlElement, Node, js_sys::Reflect};

use super::{
    live::{IntoText, Live, live},
    run::when_built,
    view::{Draw, View},
};

/// An element that is being put together.
pub struct Element(web_sys::HtmlElement);

/// What a place of an element is set to: once, or again and again.
pub trait Setting {
    /// Sets it.
    fn set(self, element: &HtmlElement, place: Place, name: &'static str);
}

impl<T: IntoText> Setting for T {
    fn set(self, element: &HtmlElement, place: Place, name: &'static str) {
        set(element, place, name, self.into_text().as_deref());
    }
}

impl Setting for Live {
    fn set(self, element: &HtmlElement, place: Place, name: &'static str) {
        let element = element.clone();
        self.show(Box::new(move |now| set(&element, place, name, now)));
    }
}

/// An element with nothing in it yet.
pub fn el(tag: &'static str) -> Element {
    let Ok(element) = document().create_element(tag) else {
        unreachable!("only a name that no element can have is refused");
    };
    Element(element.unchecked_into())
}

/// A button that does not send a form.
pub fn button() -> Element {
    el("button").attr("type", "button")
}

/// One choice of several.
pub fn option(value: String, title: String, chosen: impl Fn() -> bool + 'static) -> Element {
    el("option").attr("value", value).prop("selected", live(chosen)).child(title)
}

/// A place to keep an element in that code beside it needs.
#[derive(Clone, Copy)]
pub struct Handle(StoredValue<Option<HtmlElement>, LocalStorage>);

impl Default for Handle {
    fn default() -> Self {
        Self(StoredValue::new_local(None))
    }
}

impl Handle {
    /// The element, from when it is built to when it goes.
    pub fn get(self) -> Option<HtmlElement> {
        self.0.try_get_value().flatten()
    }

    /// Does something with the element once it is in the document.
    pub fn when_built(self, run: impl FnOnce(HtmlElement) + 'static) {
        when_built(move || {
            if let Some(element) = self.get() {
                run(element);
            }
        });
    }
}

/// Gives the focus to the page's main part: it is always there, should what had the focus be gone.
pub fn focus_main() {
    if let Some(main) = document().query_selector("main").ok().flatten() {
        let _ = main.unchecked_into::<HtmlElement>().focus();
    }
}

/// Whether it has it.
pub fn is_main_focused() -> bool {
    document().active_element().is_some_and(|element| element.tag_name() == "MAIN")
}

/// Where a setting goes.
#[derive(Clone, Copy)]
pub enum Place {
    /// An attribute.
    Attribute,
    /// A style, or a custom property of one.
    Style,
    /// A class.
    Class,
    /// A property of the object.
    Property,
}

impl Element {
    /// Its classes.
    pub fn class(self, names: &'static str) -> Self {
        self.attr("class", names)
    }

    /// A class that it has at times.
    pub fn class_when(self, name: &'static str, holds: impl FnMut() -> bool + 'static) -> Self {
        self.with(Place::Class, name, live(holds))
    }

    /// An attribute: a text, or one that may be absent, or a live one.
    pub fn attr(self, name: &'static str, value: impl Setting) -> Self {
        self.with(Place::Attribute, name, value)
    }

    /// A property of the element's object, for what an attribute only begins with: a text for `value`, whether it holds for
    /// `checked` and `selected`.
    pub fn prop(self, name: &'static str, value: Live) -> Self {
        self.with(Place::Property, name, value)
    }

    /// A style, or a custom property of one.
    pub fn style(self, name: &'static str, value: impl Setting) -> Self {
        self.with(Place::Style, name, value)
    }

    /// Listens to an event.
    pub fn on<E: EventDescriptor>(self, event: E, mut handle: impl FnMut(E::EventType) + 'static) -> Self
    where
        E::EventType: JsCast,
    {
        self.listen(&event.name(), Box::new(move |event| handle(event.unchecked_into())))
    }

    fn listen(self, name: &str, handle: Box<dyn FnMut(ev::Event)>) -> Self {
        // The browser drops the closure when it drops the element.
        let handle = Closure::wrap(handle).into_js_value();
        let _ = self.0.add_event_listener_with_callback(name, handle.unchecked_ref());
        self
    }

    /// Makes the element known to code beside it.
    pub fn node(self, handle: Handle) -> Self {
        handle.0.set_value(Some(self.0.clone()));
        self
    }

    /// Puts something in it, after what is in it already.
    pub fn child(self, child: impl Draw) -> Self {
        child.view().append_to(&self.0);
        self
    }

    /// Puts several things in it.
    pub fn children<V: Draw>(self, children: impl IntoIterator<Item = V>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    fn with(self, place: Place, name: &'static str, value: impl Setting) -> Self {
        value.set(&self.0, place, name);
        self
    }
}

/// The browser refuses only names that cannot be any's; all of ours are literals.
fn set(element: &HtmlElement, place: Place, name: &str, value: Option<&str>) {
    let _ = match (place, value) {
        (Place::Attribute, Some(value)) => element.set_attribute(name, value),
        (Place::Attribute, None) => element.remove_attribute(name),
        (Place::Style, value) => element.style().set_property(name, value.unwrap_or_default()),
        (Place::Class, value) => toggle(&element.class_list(), name, value.is_some()),
        (Place::Property, value) => {
            let value = if name == "value" { value.unwrap_or_default().into() } else { value.is_some().into() };
            Reflect::set(element, &name.into(), &value).map(drop)
        }
    };
}

fn toggle(classes: &DomTokenList, name: &str, holds: bool) -> Result<(), JsValue> {
    classes.toggle_with_force(name, holds).map(drop)
}

impl Draw for Element {
    fn view(self) -> View {
        View::from(Node::from(self.0))
    }
}

/// What is written in HTML and never changes. Nothing that anybody typed may get in.
pub fn inert(html: &str) -> View {
    let holder = el("div").0;
    holder.set_inner_html(html);
    let child = holder.first_child();
    View::from(child.unwrap_or_else(|| holder.into()))
}
