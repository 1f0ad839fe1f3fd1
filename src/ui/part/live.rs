//! Live values of one type each. A closure has a type of its own, and for each type the compiler writes the framework's code
//! out anew: boxed, all live texts of the page share one copy. That halved the page.

use leptos::prelude::AnyView;

/// A value that is read again when a signal that it read has changed. As a child or an attribute it updates just that.
pub type Live<T> = Box<dyn FnMut() -> T + Send>;

/// Makes a live value.
pub fn live<T>(read: impl FnMut() -> T + Send + 'static) -> Live<T> {
    Box::new(read)
}

/// A part of the page that is there only at times, or not always the same.
pub fn part(read: impl FnMut() -> Option<AnyView> + Send + 'static) -> Live<Option<AnyView>> {
    Box::new(read)
}

/// For ARIA states, which want the word.
pub fn yes_no(read: impl Fn() -> bool + Send + 'static) -> Live<&'static str> {
    Box::new(move || if read() { "true" } else { "false" })
}

/// For ARIA states that are left out when they do not hold.
pub fn yes(read: impl Fn() -> bool + Send + 'static) -> Live<Option<&'static str>> {
    Box::new(move || read().then_some("true"))
}
