//! One row. Each cell reads its own part of the row's view; what reads the same as before is left alone in the document.

use leptos::ev::{self, MouseEvent};
use wasm_bindgen::JsCast;

use super::{Rows, header::cell_of, keyboard::Keyboard};
use crate::{
    domain::{Percent, Status, outline::NodeId},
    ui::{
        clock,
        context::Context,
        part::{
            element::{Element, button, el},
            icon::{Icon, expander, status_icon},
            live::{Live, live, yes_no},
            state::Derived,
            view::{Draw, View, part},
        },
    },
    view::{
        grid::{Cell, ROW_HEIGHT, RowView},
        timeline::Bar,
        words,
    },
};

/// The row's id in the document.
pub(super) fn element_id(node: NodeId) -> String {
    format!("row-{node}")
}

/// The row of a node that is in the window.
pub(super) fn grid_row(context: Context, id: NodeId, window: Rows, keyboard: Keyboard) -> View {
    // A row that leaves shows its last state until it is gone.
    let row = Row(Derived::new(move |last: Option<&Option<RowView>>| {
        let now = window.with(|window| window.rows.iter().find(|row| row.id == id).cloned());
        now.or_else(|| last.cloned().flatten())
    }));
    let status = row.status();
    let click = move |_: MouseEvent| context.select(Some(id));
    el("div")
        .attr("class", live(move || row.read(classes)))
        .attr("id", element_id(id))
        .attr("role", "row")
        .attr("tabindex", row.tab_stop(|row| row.tab_stop && row.cell.is_none()))
        .attr("aria-level", row.number(|row| row.level as usize))
        .attr("aria-posinset", row.number(|row| row.position as usize))
        .attr("aria-setsize", row.number(|row| row.siblings as usize))
        .attr("aria-rowindex", row.number(|row| row.index + 2))
        .attr("aria-selected", yes_no(move || row.read(|row| row.selected)))
        .attr("aria-expanded", live(move || row.read(|row| row.open).map(|open| if open { "true" } else { "false" })))
        .style("top", live(move || format!("{}px", row.read(|row| row.index).saturating_mul(ROW_HEIGHT as usize))))
        .style("--level", row.number(|row| row.level.saturating_sub(1) as usize))
        .on(ev::click, click)
        .child(description_cell(context, id, row, status))
        .child(status_cell(row, status))
        .child(progress_cell(row))
        .child(timeline_cell(context, row, status))
        .child(text_cell(row, Cell::Started, live(move || started(context, row))))
        .child(text_cell(row, Cell::Duration, live(move || duration(context, row))))
        .child(text_cell(row, Cell::Owner, live(move || row.read(|row| row.owner.clone()).unwrap_or_default())))
        .child(actions_cell(context, id, row, keyboard))
        .view()
}

fn classes(row: &RowView) -> String {
    let mut classes = "row".to_owned();
    let marks = [
        (row.selected, " selected"),
        (row.failed_here, " failed-here"),
        (row.leads, " leads"),
        (row.level == 1, " is-job"),
    ];
    for (_, name) in marks.into_iter().filter(|(holds, _)| *holds) {
        classes.push_str(name);
    }
    classes
}

/// The row's view as its cells read it.
#[derive(Clone, Copy)]
struct Row(Derived<Option<RowView>>);

impl Row {
    fn read<T: Default>(self, part: impl FnOnce(&RowView) -> T) -> T {
        self.0.with(|row| row.as_ref().map(part).unwrap_or_default())
    }

    fn number(self, part: fn(&RowView) -> usize) -> Live {
        live(move || self.read(part).to_string())
    }

    fn tab_stop(self, holds: impl Fn(&RowView) -> bool + Send + 'static) -> Live {
        live(move || if self.read(&holds) { "0" } else { "-1" })
    }

    /// One of its cells: only the focused one is a tab stop.
    fn cell(self, cell: Cell) -> Element {
        let role = if cell == Cell::Description { "rowheader" } else { "gridcell" };
        let focused = self.tab_stop(move |row| row.cell == Some(cell));
        cell_of(cell).attr("role", role).attr("tabindex", focused)
    }

    fn status(self) -> Derived<Status> {
        Derived::new(move |_| self.0.with(|row| row.as_ref().map_or(Status::Unknown, |row| row.status)))
    }
}

fn description_cell(context: Context, id: NodeId, row: Row, status: Derived<Status>) -> Element {
    let toggle = move |event: MouseEvent| {
        if is_expander(&event) {
            event.stop_propagation();
            context.toggle(id);
        }
    };
    let open = Derived::new(move |_| row.read(|row| row.open));
    let expander = part(move || open.get().map(expander));
    let shared =
        move |write: fn(u32, u32) -> String| row.read(|row| row.share.map(|share| write(share.ended, share.all)));
    let spoken = live(move || shared(|ended, all| format!("{ended} of {all} steps ended")));
    let short = live(move || shared(|ended, all| format!("{ended}/{all}")).unwrap_or_default());
    let share = el("span").class("share").attr("role", "img").attr("aria-label", spoken).child(short);
    // Always there, so that a poll that changes something else in the row leaves it alone.
    let class = live(move || if row.read(|row| row.external && row.level == 1) { "tag" } else { "kind" });
    let tag = move || {
        let kind = row.read(|row| row.step_type.and_then(words::step_type)).unwrap_or_default();
        match (kind, row.read(|row| row.external)) {
            (kind, false) => kind.to_owned(),
            ("", true) => "external".to_owned(),
            (kind, true) => [kind, ", external"].concat(),
        }
    };
    let tag = el("span").attr("class", class).child(live(tag));
    let text =
        move || row.read(|row| if row.description.trim().is_empty() { None } else { Some(row.description.clone()) });
    let text = live(move || text().unwrap_or_else(|| "(no description)".to_owned()));
    row.cell(Cell::Description)
        .on(ev::click, toggle)
        .child(expander)
        .child(status_icon(status))
        .child(el("span").class("text").child(text))
        .child(share)
        .child(tag)
}

fn is_expander(event: &MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(".expander").ok().flatten().is_some())
}

fn text_cell(row: Row, cell: Cell, text: Live) -> Element {
    row.cell(cell).child(text)
}

fn status_cell(row: Row, status: Derived<Status>) -> Element {
    row.cell(Cell::Status)
        .attr("data-status", live(move || status.get().as_str()))
        .child(live(move || words::status(status.get())))
}

/// A step's own progress with its number; for a job or parent the share of what has ended, without one.
fn progress_cell(row: Row) -> Element {
    let percent = move || {
        let own = row.read(|row| row.progress.map(Percent::get));
        let share = row.read(|row| row.share);
        let of_share = share.map(|share| share.ended * 100 / share.all.max(1));
        (own.map(u32::from).or(of_share), own.is_some())
    };
    let class = move || match percent() {
        (None, _) => "progress none",
        (Some(_), true) => "progress own",
        (Some(_), false) if row.read(|row| row.status.is_running()) => "progress",
        (Some(_), false) => "progress over",
    };
    let part = live(move || format!("{}%", percent().0.unwrap_or(0)));
    let number = live(move || match percent() {
        (Some(percent), true) => format!("{percent}%"),
        _ => String::new(),
    });
    row.cell(Cell::Progress).child(el("span").attr("class", live(class)).style("--part", part)).child(number)
}

fn timeline_cell(context: Context, row: Row, status: Derived<Status>) -> Element {
    // Reads the clock even for what has ended: the axis ends now, so all bars move.
    let bar = move || {
        let (start, end, running) = row.read(|row| (row.start, row.end, row.status.is_running()));
        // What is over but has no end time has no length that anybody knows.
        let end = if running { end } else { end.or(start) };
        Bar::place(start, end, context.now.get(), context.preferences.get().range)
    };
    let class = move || match bar() {
        Some(Bar { cut: false, .. }) => "bar",
        Some(Bar { cut: true, .. }) => "bar cut",
        None => "bar none",
    };
    let bar = el("span")
        .attr("class", live(class))
        .attr("data-status", live(move || status.get().as_str()))
        .style("left", live(move || hundredths(bar().map(|bar| bar.start))))
        .style("width", live(move || hundredths(bar().map(|bar| bar.length))));
    row.cell(Cell::Timeline).child(bar)
}

fn actions_cell(context: Context, id: NodeId, row: Row, keyboard: Keyboard) -> Element {
    let open = move |event: MouseEvent| {
        event.stop_propagation();
        if context.menu.get_untracked().is_some_and(|menu| menu.node == id) {
            context.menu.set(None);
        } else {
            super::open_menu(context, id);
        }
    };
    let label = live(move || row.read(|row| format!("Actions for {}", words::shortened(&row.description, 60))));
    let opener = button()
        .class("quiet icon-only row-menu")
        // From elsewhere the Tab key comes to the row first.
        .attr("tabindex", row.tab_stop(move |row| row.tab_stop && keyboard.had_focus()))
        .attr("aria-label", label)
        .attr("aria-haspopup", "menu")
        .attr("aria-expanded", yes_no(move || context.menu.get().is_some_and(|menu| menu.node == id)))
        .on(ev::click, open)
        .child(Icon::Dots.draw());
    row.cell(Cell::Actions).child(opener)
}

fn started(context: Context, row: Row) -> String {
    row.read(|row| row.start).map_or_else(|| "—".to_owned(), |start| clock::short(start, context.now.get()))
}

/// Reads the clock only while the row runs, so that nothing else ticks.
fn duration(context: Context, row: Row) -> String {
    let (start, end, running) = row.read(|row| (row.start, row.end, row.status.is_running()));
    match (start, end) {
        (Some(start), Some(end)) => words::duration(end - start),
        (Some(start), None) if running => words::duration(context.now.get() - start),
        _ => "—".to_owned(),
    }
}

fn hundredths(value: Option<u32>) -> String {
    let value = value.unwrap_or(0);
    format!("{}.{:02}%", value / 100, value % 100)
}
