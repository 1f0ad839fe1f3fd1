//! Options of the view: order, time axis, refresh interval.

use leptos::prelude::*;

use crate::{
    domain::outline::{Column, Sort},
    ui::{
        components::{Choice, Glyph, Icon, Select},
        grid::RangeSelect,
        state::{use_connection, use_grid, use_preferences},
        sync::use_sync,
    },
    view::{poll::Pace, words},
};

/// The *View* button and its popover.
#[component]
pub(super) fn ViewOptions() -> impl IntoView {
    view! {
        <button type="button" class="toggle view-button" popovertarget="view-options" aria-label="View">
            <Icon glyph=Glyph::View/>
            <span class="button-word">"View"</span>
        </button>
        <div id="view-options" class="popover" popover="auto" role="group" aria-label="View">
            <SortOptions/>
            <label>"Time axis"<RangeSelect/></label>
            <PaceOption/>
            <EventJobsOption/>
        </div>
    }
}

#[component]
fn SortOptions() -> impl IntoView {
    let grid = use_grid();
    let sort = Memo::new(move |_| grid.outline().with(|outline| outline.sort()));
    let choices = Column::ALL.map(|column| Choice::new(column, column.as_str(), words::column(column))).to_vec();
    let chosen = Signal::derive(move || sort.get().column);
    let choose = Callback::new(move |column: Column| {
        grid.update(|grid| grid.sort_by(Sort { column, direction: column.first_direction() }));
    });
    let reverse = move |_| {
        let sort = sort.get_untracked();
        grid.update(|grid| grid.sort_by(sort.after_click(sort.column)));
    };
    view! {
        <label>"Sort by"<Select choices chosen on_choose=choose/></label>
        <button type="button" class="toggle" title="Reverse the order" on:click=reverse>
            {move || words::order(sort.get())}
        </button>
    }
}

/// Engines make a job for each event that an external program adds.
#[component]
fn EventJobsOption() -> impl IntoView {
    let (grid, sync) = (use_grid(), use_sync());
    let is_on = Memo::new(move |_| grid.outline().with(|outline| outline.filter().event_jobs));
    let toggle = move |_| sync.filter(|filter| filter.event_jobs = !filter.event_jobs);
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || is_on.get() on:change=toggle/>
            <span>"Jobs for added events"</span>
        </label>
    }
}

#[component]
fn PaceOption() -> impl IntoView {
    let (connection, preferences, sync) = (use_connection(), use_preferences(), use_sync());
    let choices = Pace::ALL.into_iter().enumerate();
    let choices = choices.map(|(index, pace)| Choice::new(pace, index.to_string(), title(pace))).collect();
    let chosen = Signal::derive(move || connection.pace());
    let choose = Callback::new(move |pace| {
        connection.poller.update(|poller| poller.set_pace(pace));
        preferences.update(|preferences| preferences.pace = pace);
        sync.reschedule();
    });
    view! { <label>"Refresh"<Select choices chosen on_choose=choose/></label> }
}

fn title(pace: Pace) -> String {
    match pace {
        Pace::Auto => "Automatic".to_owned(),
        Pace::Every(seconds) => format!("Every {seconds} s"),
        Pace::Off => "Off".to_owned(),
    }
}
