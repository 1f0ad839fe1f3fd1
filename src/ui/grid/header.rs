//! The header row: the names of the columns, which sort by a click. With the keyboard, the *View* menu sorts: the grid is one tab stop.

use leptos::prelude::*;

use super::cells::class_of;
use crate::{
    domain::outline::{Column, Direction},
    ui::{
        components::{Choice, Glyph, Icon, Select},
        state::{use_axis, use_grid, use_preferences},
    },
    view::{columns::Cell, timeline::Range, words},
};

/// The header row.
#[component]
pub(super) fn Header() -> impl IntoView {
    view! {
        <div class="grid-head" role="rowgroup">
            <div class="head-row" role="row" aria-rowindex="1">
                <SortHeader cell=Cell::Description column=Column::Description/>
                <SortHeader cell=Cell::Status column=Column::Status/>
                <SortHeader cell=Cell::Progress column=Column::Progress/>
                <ColumnHeader cell=Cell::Timeline>
                    <RangeSelect tab_stop=false/>
                    <Marks/>
                </ColumnHeader>
                <SortHeader cell=Cell::Started column=Column::Started/>
                <SortHeader cell=Cell::Duration column=Column::Duration/>
                <SortHeader cell=Cell::Owner column=Column::Owner/>
                <ColumnHeader cell=Cell::Actions>
                    <span class="unseen">"Actions"</span>
                </ColumnHeader>
            </div>
        </div>
    }
}

#[component]
fn ColumnHeader(
    /// The column.
    cell: Cell,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! { <div class=class_of(cell) role="columnheader" aria-colindex=cell.position()>{children()}</div> }
}

/// The name of a column. A click sorts by it.
#[component]
fn SortHeader(
    /// The column.
    cell: Cell,
    /// The column to sort by.
    column: Column,
) -> impl IntoView {
    let grid = use_grid();
    let order = move || {
        let sort = grid.outline().with(|outline| outline.sort());
        match sort.direction {
            _ if sort.column != column => "none",
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        }
    };
    let sort = move |_| grid.update(|grid| grid.sort_by(grid.outline.sort().after_click(column)));
    view! {
        <div class=class_of(cell) role="columnheader" aria-colindex=cell.position() aria-sort=order>
            <button type="button" class="sort" tabindex="-1" on:click=sort>
                {words::column(column)}
                <Icon glyph=Glyph::Caret/>
            </button>
        </div>
    }
}

/// The labels of the time axis' marks, for the eye only: the range is the name of the column.
#[component]
fn Marks() -> impl IntoView {
    let axis = use_axis();
    let label = |(number, text): (usize, &&'static str)| {
        view! { <span class="axis-mark" style=("--mark", (number + 1).to_string())>{*text}</span> }
    };
    let labels = move || axis.range().marks().1.iter().enumerate().map(label).collect_view();
    view! { <span aria-hidden="true">{labels}</span> }
}

/// The range of the time axis.
#[component]
pub fn RangeSelect(
    /// Whether it is a tab stop: in the *View* menu, but not in the header.
    #[prop(default = true)]
    tab_stop: bool,
) -> impl IntoView {
    let preferences = use_preferences();
    let choices =
        Range::ALL.into_iter().map(|range| Choice::new(range, range.minutes().to_string(), range.title())).collect();
    let chosen = Signal::derive(move || preferences.get().range);
    let choose = Callback::new(move |range| preferences.update(|preferences| preferences.range = range));
    view! { <Select choices chosen on_choose=choose label="Time axis" tab_stop/> }
}
