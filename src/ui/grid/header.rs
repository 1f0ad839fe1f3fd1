//! The header row: names, and what to sort by. Sorting by keyboard is in the *View* menu, so that the grid stays one tab stop.

use leptos::{ev, prelude::*};

use crate::{
    domain::outline::{Column, Direction},
    ui::{
        context::Context,
        part::{
            element::{Element, button, el, option},
            icon::Icon,
            live::live,
            view::{Draw, View},
        },
        storage,
    },
    view::{grid::Cell, timeline::Range},
};

/// The header row.
pub(super) fn header(context: Context) -> View {
    let sortable = |cell, column, title| sort_header(context, cell, column, title);
    let row = el("div")
        .class("head-row")
        .attr("role", "row")
        .attr("aria-rowindex", "1")
        .child(sortable(Cell::Description, Column::Description, "Task"))
        .child(sortable(Cell::Status, Column::Status, "Status"))
        .child(sortable(Cell::Progress, Column::Progress, "Progress"))
        .child(head_cell(Cell::Timeline).child(range_select(context, false)))
        .child(sortable(Cell::Started, Column::Started, "Started"))
        .child(sortable(Cell::Duration, Column::Duration, "Duration"))
        .child(sortable(Cell::Owner, Column::Owner, "Owner"))
        .child(head_cell(Cell::Actions).child(el("span").class("unseen").child("Actions")));
    el("div").class("grid-head").attr("role", "rowgroup").child(row).view()
}

fn head_cell(cell: Cell) -> Element {
    cell_of(cell).attr("role", "columnheader")
}

/// A cell of a row, whatever it is there.
pub(super) fn cell_of(cell: Cell) -> Element {
    let class = format!("cell cell-{}", cell_name(cell));
    el("div").attr("class", class).attr("aria-colindex", cell.position().to_string())
}

fn sort_header(context: Context, cell: Cell, column: Column, title: &'static str) -> View {
    let aria_sort = move || {
        let sort = context.grid.with(|grid| grid.sort());
        match sort.direction {
            _ if sort.column != column => "none",
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        }
    };
    let sort = move |_| context.grid.update(|grid| grid.sort_by(grid.sort().after_click(column)));
    let sort = button().class("sort").attr("tabindex", "-1").on(ev::click, sort).child(title);
    head_cell(cell).attr("aria-sort", live(aria_sort)).child(sort.child(Icon::Caret.draw())).view()
}

/// How far back the time axis reaches. In the header it is for the pointer; the *View* menu has it as a tab stop.
pub fn range_select(context: Context, tab_stop: bool) -> View {
    let choose = move |event| {
        let chosen = event_target_value(&event).parse().ok().and_then(Range::of_minutes);
        if let Some(range) = chosen {
            context.preferences.update(|preferences| preferences.range = range);
            storage::keep_preferences(context.preferences.get_untracked());
        }
    };
    let options = Range::ALL.into_iter().map(|range| {
        option(range.minutes().to_string(), range.title().to_owned(), move || context.preferences.get().range == range)
    });
    el("select")
        .attr("aria-label", "Time axis")
        .attr("tabindex", if tab_stop { "0" } else { "-1" })
        .on(ev::change, choose)
        .children(options)
        .view()
}

/// The end of a cell's class name.
const fn cell_name(cell: Cell) -> &'static str {
    match cell {
        Cell::Description => "description",
        Cell::Status => "status",
        Cell::Progress => "progress",
        Cell::Timeline => "timeline",
        Cell::Started => "started",
        Cell::Duration => "duration",
        Cell::Owner => "owner",
        Cell::Actions => "actions",
    }
}
