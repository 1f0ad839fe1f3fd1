//! What changes by itself: values that are read again, and the document changed, when a signal that they read has changed. A
//! closure has a type of its own, and for each type the compiler writes the framework's code out anew: boxed, all share one
//! copy.

use std::borrow::Cow;

use leptos::{prelude::*, reactive::effect::RenderEffect};

/// A text of the page; most are known when it is built.
pub type Text = Cow<'static, str>;

/// A text that may be absent, and is read again when a signal that it read has changed.
pub struct Live(Box<dyn FnMut() -> Option<Text>>);

/// Puts a text into the document.
pub(super) type Show = Box<dyn FnMut(Option<&str>)>;

/// What a live value may be read as.
pub trait IntoText {
    /// The text, if there is one.
    fn into_text(self) -> Option<Text>;
}

impl IntoText for &'static str {
    fn into_text(self) -> Option<Text> {
        Some(Cow::Borrowed(self))
    }
}

impl IntoText for String {
    fn into_text(self) -> Option<Text> {
        Some(Cow::Owned(self))
    }
}

/// There, without a value, or not: as `disabled` and the like are.
impl IntoText for bool {
    fn into_text(self) -> Option<Text> {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<T: IntoText> IntoText for Option<T> {
    fn into_text(self) -> Option<Text> {
        self?.into_text()
    }
}

/// Makes a live value.
pub fn live<T: IntoText>(mut read: impl FnMut() -> T + 'static) -> Live {
    Live(Box::new(move || read().into_text()))
}

/// For ARIA states, which want the word.
pub fn yes_no(read: impl Fn() -> bool + 'static) -> Live {
    live(move || if read() { "true" } else { "false" })
}

/// For ARIA states that are left out when they do not hold.
pub fn yes(read: impl Fn() -> bool + 'static) -> Live {
    live(move || read().then_some("true"))
}

impl Live {
    /// Shows the value, now and whenever it has become another. One that is the same as before touches nothing.
    pub(super) fn show(self, mut show: Show) {
        let Self(mut read) = self;
        let mut shown: Option<Option<Text>> = None;
        follow(Box::new(move || {
            let now = read();
            if shown.as_ref() != Some(&now) {
                show(now.as_deref());
                shown = Some(now);
            }
        }));
    }
}

/// Runs at once, and again whenever a signal that it read has changed, for as long as what it stands in is on the page.
pub(super) fn follow(mut run: Box<dyn FnMut()>) {
    StoredValue::new_local(RenderEffect::new(move |_: Option<()>| run()));
}
