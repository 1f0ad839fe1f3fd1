//! The bar above the tree: counts that filter, the search, and what is added.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{
    ev::{self, MouseEvent},
    prelude::*,
};

use super::{
    context::Context,
    grid::range_select,
    part::{
        element::{Element, button, el, option},
        icon::{Icon, fixed_status_icon},
        live::{live, yes_no},
        run::{later, next_frame},
        view::{Draw, View, several},
    },
    storage,
};
use crate::{
    domain::{
        Status,
        outline::{Column, Direction, Filter, Sort, StatusSet},
    },
    view::{
        form::{Draft, Form},
        poll::Pace,
        words,
    },
};

/// The search field's id, for the `/` key.
pub const SEARCH: &str = "search";

/// The bar above the tree.
pub fn toolbar(context: Context) -> View {
    let add = move |_| context.form.set(Some(Form::new(Draft::add_job())));
    let add = button().class("primary").on(ev::click, add).child(Icon::Plus.draw()).child("Add job");
    el("div")
        .class("toolbar")
        .attr("role", "group")
        .attr("aria-label", "Find and add")
        .child(status_counts(context))
        .child(search_field(context))
        .child(origin_select(context))
        .child(attention_button(context))
        .child(view_menu(context))
        .child(add)
        .view()
}

/// Asks another question, made from the one that is asked now.
fn ask(context: Context, change: impl FnOnce(&mut Filter)) {
    let mut filter = context.grid.with_untracked(|grid| grid.filter().clone());
    change(&mut filter);
    context.grid.update(|grid| grid.ask(filter));
    context.monitor().fetch_steps(context);
}

fn status_counts(context: Context) -> View {
    let counts = move || context.grid.with(|grid| grid.snapshot().counts());
    let chosen = move || context.grid.with(|grid| grid.filter().statuses);
    let of_status = |status: Status| {
        let toggle = move |_| ask(context, |filter| filter.statuses = filter.statuses.toggled(status));
        count(move || chosen().contains(status), toggle)
            .child(fixed_status_icon(status))
            .child(words::status(status))
            .child(el("b").child(live(move || words::compact(counts().of(status)))))
    };
    let all = count(move || chosen().is_any(), move |_| ask(context, |filter| filter.statuses = StatusSet::default()))
        .child("All")
        .child(el("b").child(live(move || words::compact(counts().all()))));
    el("div")
        .class("counts")
        .attr("role", "group")
        .attr("aria-label", "Jobs by status")
        .child(all)
        .children(Status::ALL.map(of_status))
        .view()
}

fn count(pressed: impl Fn() -> bool + Send + 'static, choose: impl FnMut(MouseEvent) + 'static) -> Element {
    button().class("count").attr("aria-pressed", yes_no(pressed)).on(ev::click, choose)
}

fn search_field(context: Context) -> View {
    let text = move || context.grid.with(|grid| grid.filter().text.clone());
    // A letter is drawn first, and what it finds in the frame after it: typing never waits for the search.
    let typed = Rc::new(Cell::new(None));
    let waiting = Rc::clone(&typed);
    let find: Rc<dyn Fn()> = Rc::new(move || {
        if let Some(value) = waiting.take() {
            ask(context, |filter| filter.text = value);
        }
    });
    let find_now = Rc::clone(&find);
    let on_input = move |event| {
        if typed.replace(Some(event_target_value(&event))).is_none() {
            let find = Rc::clone(&find);
            next_frame(move || _ = later(Duration::ZERO, move || find()));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if !matches!(event.key().as_str(), "Escape" | "Enter" | "ArrowDown") {
            return;
        }
        event.stop_propagation();
        find_now();
        if event.key() == "Escape" && !untrack(text).is_empty() {
            ask(context, |filter| filter.text.clear());
        } else {
            event.prevent_default();
            super::grid::focus_grid(context);
        }
    };
    let field = el("input")
        .attr("id", SEARCH)
        .attr("type", "search")
        .attr("placeholder", "Search")
        .attr("aria-label", "Search jobs and steps")
        .attr("aria-keyshortcuts", context.shortcut("/"))
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .prop("value", live(text))
        .on(ev::input, on_input)
        .on(ev::keydown, on_key);
    let key = el("kbd").attr("aria-hidden", "true").child("/");
    el("label").class("search").child(Icon::Search.draw()).child(field).child(key).view()
}

fn origin_select(context: Context) -> View {
    let chosen = move || context.grid.with(|grid| grid.filter().external);
    let choose = move |event| {
        let external = event_target_value(&event).parse().ok();
        ask(context, |filter| filter.external = external);
    };
    let options = [("", "Any origin", None), ("true", "External", Some(true)), ("false", "Internal", Some(false))]
        .map(|(value, title, external)| option(value.to_owned(), title.to_owned(), move || chosen() == external));
    el("select").attr("aria-label", "Origin").on(ev::change, choose).children(options).view()
}

fn attention_button(context: Context) -> View {
    button()
        .class("toggle")
        .attr("aria-pressed", yes_no(move || context.grid.with(|grid| grid.filter().attention)))
        .attr("title", "Only jobs and steps that failed or run, and the way to them")
        .on(ev::click, move |_| ask(context, |filter| filter.attention = !filter.attention))
        .child("Failed or running")
        .view()
}

/// What else there is to choose: order, time axis, how often to ask.
fn view_menu(context: Context) -> View {
    let opener = button().class("toggle view-button").attr("popovertarget", "view-options").attr("aria-label", "View");
    let options = el("div")
        .attr("id", "view-options")
        .class("popover")
        .attr("popover", "auto")
        .attr("role", "group")
        .attr("aria-label", "View")
        .child(sort_select(context))
        .child(el("label").child("Time axis").child(range_select(context, true)))
        .child(pace_select(context));
    let opener = opener.child(Icon::View.draw()).child(el("span").class("button-word").child("View"));
    several([opener.view(), options.view()])
}

const fn sort_title(column: Column) -> &'static str {
    match column {
        Column::Description => "Task",
        Column::Status => "Status",
        Column::Progress => "Progress",
        Column::Started => "Started",
        Column::Duration => "Duration",
        Column::Owner => "Owner",
    }
}

fn sort_select(context: Context) -> View {
    let sort = move || context.grid.with(|grid| grid.sort());
    let choose = move |event| {
        if let Ok(column) = event_target_value(&event).parse::<Column>() {
            context.grid.update(|grid| grid.sort_by(Sort { column, direction: column.first_direction() }));
        }
    };
    let turn = move |_| context.grid.update(|grid| grid.sort_by(grid.sort().after_click(grid.sort().column)));
    let options = Column::ALL.map(|column| {
        option(column.as_str().to_owned(), sort_title(column).to_owned(), move || sort().column == column)
    });
    let column = el("select").on(ev::change, choose).children(options);
    several([
        el("label").child("Sort by").child(column).view(),
        button()
            .class("toggle")
            .attr("aria-pressed", yes_no(move || sort().direction == Direction::Descending))
            .on(ev::click, turn)
            .child("Descending")
            .view(),
    ])
}

fn pace_select(context: Context) -> View {
    let choose = move |event| {
        let index = event_target_value(&event).parse::<usize>().ok();
        let Some(pace) = index.and_then(|index| Pace::ALL.get(index).copied()) else { return };
        context.poller.update(|poller| poller.set_pace(pace));
        context.preferences.update(|preferences| preferences.pace = pace);
        storage::keep_preferences(context.preferences.get_untracked());
        context.monitor().schedule(context);
    };
    let title = |pace| match pace {
        Pace::Auto => "Automatically".to_owned(),
        Pace::Every(seconds) => format!("Every {seconds} s"),
        Pace::Off => "Off".to_owned(),
    };
    let options = Pace::ALL.into_iter().enumerate().map(|(index, pace)| {
        option(index.to_string(), title(pace), move || context.poller.with(|poller| poller.pace() == pace))
    });
    let pace = el("select").on(ev::change, choose).children(options);
    el("label").child("Update").child(pace).view()
}
