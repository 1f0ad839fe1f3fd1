//! A list of choices. One of them is chosen.

use leptos::prelude::*;

/// One choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<T> {
    /// The value of the choice.
    pub item: T,
    /// Its `value` in the document.
    pub value: String,
    /// The text.
    pub title: String,
}

impl<T> Choice<T> {
    /// A choice.
    pub fn new(item: T, value: impl Into<String>, title: impl Into<String>) -> Self {
        Self { item, value: value.into(), title: title.into() }
    }
}

/// A `<select>` over typed choices.
#[component]
pub fn Select<T>(
    /// The choices.
    choices: Vec<Choice<T>>,
    /// The chosen value.
    #[prop(into)]
    chosen: Signal<T>,
    /// Called with the value that the admin chooses.
    #[prop(into)]
    on_choose: Callback<T>,
    /// Its name, if it has no `<label>`.
    #[prop(optional)]
    label: Option<&'static str>,
    /// Its id in the document.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether it can be reached with the Tab key.
    #[prop(default = true)]
    tab_stop: bool,
    /// Whether it cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let items: Vec<(String, T)> = choices.iter().map(|choice| (choice.value.clone(), choice.item.clone())).collect();
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some((_, item)) = items.iter().find(|(known, _)| *known == value) {
            on_choose.run(item.clone());
        }
    };
    let options = choices.into_iter().map(|Choice { item, value, title }| {
        let is_chosen = move || chosen.with(|chosen| *chosen == item);
        view! { <option value=value prop:selected=is_chosen>{title}</option> }
    });
    let options = options.collect_view();
    view! {
        <select
            id=id
            aria-label=label
            tabindex=(!tab_stop).then_some("-1")
            prop:disabled=move || disabled.get()
            on:change=choose
        >
            {options}
        </select>
    }
}
