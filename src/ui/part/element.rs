//! Elements of one type, whatever is in them. With `view!`, each element has a type of its own, made from those of its
//! attributes and children, and for each type the compiler writes the framework's code out anew. These keep theirs in lists, by
//! the framework's own erased types, so that one copy draws them all.

use std::borrow::Cow;

use leptos::{
    attr::{
        Attribute, AttributeValue,
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    ev,
    prelude::*,
    tachys::html::{
        InertElement,
        class::class,
        element::{ElementType, custom},
        event::{EventDescriptor, on},
        node_ref::node_ref,
        property::{IntoProperty, prop},
        style::{IntoStyle, style},
    },
};

use wasm_bindgen::JsCast;

use super::live::{Live, live};

/// An element that is being put together.
pub struct Element(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element with nothing in it yet.
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

/// A button that does not send a form.
pub fn button() -> Element {
    el("button").attr("type", "button")
}

/// One choice of several.
pub fn option(value: String, title: String, chosen: impl Fn() -> bool + Send + 'static) -> Element {
    el("option").attr("value", value).prop("selected", live(chosen)).child(title)
}

impl Element {
    /// Its classes.
    pub fn class(self, names: &'static str) -> Self {
        self.attr("class", names)
    }

    /// A class that it has at times.
    pub fn class_when(self, name: &'static str, holds: impl FnMut() -> bool + Send + 'static) -> Self {
        let holds: Live<bool> = Box::new(holds);
        self.with(class((name, holds)))
    }

    /// An attribute: a text, or one that may be absent, or a live one.
    pub fn attr(self, name: &'static str, value: impl AttributeValue) -> Self {
        self.with(custom_attribute(name, value))
    }

    /// A property of the element's object, for what an attribute only begins with: `value`, `checked`, `selected`.
    pub fn prop(self, name: &'static str, value: impl IntoProperty + Send) -> Self {
        self.with(prop(name, value))
    }

    /// A style, or a custom property of one.
    pub fn style<V>(self, name: &'static str, value: V) -> Self
    where
        (&'static str, V): IntoStyle,
    {
        self.with(style((name, value)))
    }

    /// Listens to an event.
    pub fn on<E: EventDescriptor>(self, event: E, mut handle: impl FnMut(E::EventType) + 'static) -> Self
    where
        E::EventType: JsCast,
    {
        self.listen(event.name(), Box::new(move |event| handle(event.unchecked_into())))
    }

    fn listen(self, name: Cow<'static, str>, handle: Box<dyn FnMut(web_sys::Event)>) -> Self {
        self.with(on(ev::Custom::<web_sys::Event>::new(name), handle))
    }

    /// Makes the element known to code beside it.
    pub fn node<E: ElementType>(self, node: NodeRef<E>) -> Self
    where
        E::Output: JsCast + Clone + 'static,
    {
        self.with(node_ref::<E, _>(node))
    }

    /// Puts something in it, after what is in it already.
    pub fn child<V: IntoRender>(mut self, child: V) -> Self
    where
        V::Output: RenderHtml + Send,
    {
        self.0.children.push(child.into_render().into_any());
        self
    }

    /// Puts several things in it.
    pub fn children<V: IntoRender>(self, children: impl IntoIterator<Item = V>) -> Self
    where
        V::Output: RenderHtml + Send,
    {
        children.into_iter().fold(self, Self::child)
    }

    /// The element as a view.
    pub fn into_any(self) -> AnyView {
        let Parts { tag, attributes, children } = *self.0;
        // In capitals, as the document spells it: so the framework sees that it is the same element when it draws again.
        custom(tag.to_ascii_uppercase()).add_any_attr(attributes).child(children).into_any()
    }

    fn with(mut self, attribute: impl Attribute) -> Self {
        self.0.attributes.push(attribute.into_any_attr());
        self
    }
}

impl IntoRender for Element {
    type Output = AnyView;

    fn into_render(self) -> AnyView {
        self.into_any()
    }
}

/// What is written in HTML and never changes. Nothing that anybody typed may get in.
pub fn inert(html: impl Into<Cow<'static, str>>) -> AnyView {
    InertElement::new(html).into_any()
}

/// Several things beside each other, without an element around them.
pub fn several<const N: usize>(views: [AnyView; N]) -> AnyView {
    Vec::from(views).into_any()
}
