//! Focus, scroll position, selection and expansion survive every poll. The tests apply random events to the grid's state, and check
//! the rules after each of them.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::sync::Arc;

use proptest::prelude::*;
use support::{
    job, job_id,
    outline::{advanced, any_filter, any_poll, any_steps, job_node, now, step_node},
};
use task_monitor::{
    domain::{
        Job, Status, Step,
        outline::{Column, Direction, Filter, NodeId, Snapshot, Sort, StatusSet, StepTree, Zone},
    },
    view::{
        columns::{Cell, Cells},
        grid::{Grid, Key, Pressed, RowView},
        subject::Lookup,
        viewport::ROW_HEIGHT,
    },
};

/// An event of a grid.
#[derive(Debug, Clone)]
enum Event {
    Poll(Vec<(Job, Option<Vec<Step>>)>),
    StepsOf(u128, Vec<Step>),
    Same,
    Filter(Filter),
    Sort(Sort),
    Toggle(usize),
    Press(Key),
    Type(&'static str),
    Click(usize, Cell),
    Select(Option<usize>),
    GoTo(NodeId),
    Scroll(u32),
    Resize(u32),
    Narrow(u32),
}

fn any_key() -> impl Strategy<Value = Key> {
    prop::sample::select(vec![
        Key::Right,
        Key::Left,
        Key::Down,
        Key::Up,
        Key::Home,
        Key::End,
        Key::CtrlHome,
        Key::CtrlEnd,
        Key::PageDown,
        Key::PageUp,
        Key::Enter,
        Key::Space,
        Key::Star,
    ])
}

fn any_sort() -> impl Strategy<Value = Sort> {
    let directions = prop::sample::select(vec![Direction::Ascending, Direction::Descending]);
    (prop::sample::select(Column::ALL.to_vec()), directions).prop_map(|(column, direction)| Sort { column, direction })
}

fn any_node() -> impl Strategy<Value = NodeId> {
    (0..16_u128, prop::option::of(0..10_u128))
        .prop_map(|(job, step)| step.map_or(job_node(job), |step| step_node(job, job * 100 + step)))
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => any_poll().prop_map(Event::Poll),
        4 => (0..16_u128).prop_flat_map(|job| any_steps(job).prop_map(move |steps| Event::StepsOf(job, steps))),
        1 => Just(Event::Same),
        1 => any_filter().prop_map(Event::Filter),
        1 => any_sort().prop_map(Event::Sort),
        4 => any::<usize>().prop_map(Event::Toggle),
        6 => any_key().prop_map(Event::Press),
        1 => prop::sample::select(vec!["j", "job 1", "s", "step 10", "?"]).prop_map(Event::Type),
        2 => (any::<usize>(), prop::sample::select(Cell::ALL.to_vec())).prop_map(|(row, cell)| Event::Click(row, cell)),
        2 => prop::option::of(any::<usize>()).prop_map(Event::Select),
        3 => any_node().prop_map(Event::GoTo),
        4 => (0..3_000_u32).prop_map(Event::Scroll),
        1 => (0..500_u32).prop_map(Event::Resize),
        1 => (300..1_000_u32).prop_map(Event::Narrow),
    ]
}

/// All rows of a grid, as on a screen that is high enough.
fn all_rows(grid: &Grid) -> Vec<RowView> {
    let mut whole = grid.clone();
    whole.scrolled_to(0);
    whole.resized(1_000_000);
    whole.window().rows
}

fn ids(grid: &Grid) -> Vec<NodeId> {
    all_rows(grid).into_iter().map(|row| row.id).collect()
}

/// A grid under test, and values that it does not show.
struct GridUnderTest {
    grid: Grid,
    height: u32,
    /// The node to go to as soon as it is loaded.
    awaited: Option<NodeId>,
}

impl GridUnderTest {
    fn new() -> Self {
        let mut grid = Grid::new(now(), Zone::default());
        grid.resized(320);
        Self { grid, height: 320, awaited: None }
    }

    fn apply(&mut self, event: Event) {
        let before = Before::of(self);
        match event {
            Event::Poll(jobs) => {
                let next = advanced(self.grid.jobs.snapshot(), jobs);
                self.poll(&before, next);
            }
            Event::StepsOf(job, steps) => {
                let next = self.grid.jobs.snapshot().with_steps([(job_id(job), StepTree::nest(steps))]);
                self.poll(&before, Arc::new(next));
            }
            Event::Same => {
                let same = Arc::clone(self.grid.jobs.snapshot());
                self.poll(&before, same);
            }
            Event::Filter(filter) => self.reorder(&before, |grid| grid.set_filter(filter)),
            Event::Sort(sort) => self.reorder(&before, |grid| grid.sort_by(sort)),
            Event::Toggle(row) => {
                if let Some(node) = before.pick(row) {
                    self.reorder(&before, |grid| grid.toggle(node));
                }
            }
            Event::Press(key) => self.press(key),
            Event::Type(text) => drop(self.grid.type_ahead(text)),
            Event::Click(row, cell) => {
                if let Some(node) = before.pick(row) {
                    self.grid.focus_on(node, Some(cell).filter(|cell| self.grid.viewport.cells().contains(*cell)));
                    assert_eq!(self.grid.cursor.focus().unwrap().node, node);
                }
            }
            Event::Select(row) => self.select(row.and_then(|row| before.pick(row))),
            Event::GoTo(node) => self.go_to(node),
            Event::Scroll(top) => {
                self.grid.scrolled_to(top);
                assert!(self.room_below() <= before.room_below, "scrolled past the end");
            }
            Event::Resize(height) => {
                self.height = height;
                self.grid.resized(height);
                assert!(
                    self.grid.viewport.scroll_top() <= before.grid.viewport.scroll_top(),
                    "a higher view never scrolls down"
                );
                assert!(self.room_below() <= 128, "the room below is at most the height of the banner");
            }
            Event::Narrow(width) => self.grid.set_cells(Cells::for_width(width)),
        }
        self.check_window();
    }

    fn press(&mut self, key: Key) {
        let had_rows = self.grid.outline.row_count() > 0;
        match self.grid.press(key) {
            Pressed::Select(node) | Pressed::Open(node) => self.select(Some(node)),
            Pressed::Ignored => assert!(!had_rows, "{key:?} was ignored"),
            Pressed::Done | Pressed::Use(..) => (),
        }
        assert_eq!(self.grid.cursor.focus().is_some(), had_rows);
    }

    fn select(&mut self, node: Option<NodeId>) {
        self.grid.select(node);
        self.awaited = self.awaited.filter(|awaited| Some(*awaited) == node);
        assert_eq!(self.grid.cursor.selected(), node);
    }

    fn go_to(&mut self, node: NodeId) {
        self.grid.go_to(node);
        assert_eq!(self.grid.cursor.selected(), Some(node));
        self.awaited = Some(node);
        self.check_awaited();
    }

    /// If the awaited node is loaded, checks that the grid has gone to it.
    fn check_awaited(&mut self) {
        let Some(node) = self.awaited else { return };
        match self.grid.cursor.look_up(&self.grid.jobs, node) {
            Lookup::Waiting => return,
            Lookup::Gone(_) => (),
            Lookup::Here(_) => {
                let index = ids(&self.grid).iter().position(|other| *other == node);
                assert_eq!(
                    self.grid.outline.hides(&self.grid.jobs, node),
                    index.is_none(),
                    "its ancestors are expanded: only a filter can hide it"
                );
                if let Some(index) = index {
                    assert_eq!(self.grid.cursor.focus().unwrap().node, node, "the awaited node has the focus");
                    assert!(
                        self.height < ROW_HEIGHT
                            || self.grid.viewport.in_view(self.grid.outline.row_count()).contains(&index),
                        "the awaited node is in view"
                    );
                    assert_ne!(
                        all_rows(&self.grid)[index].open,
                        Some(false),
                        "the awaited node is expanded, if it has children"
                    );
                } else if self.grid.cursor.selected() == Some(node) {
                    let mut shown = self.grid.clone();
                    shown.unhide_selected();
                    assert!(ids(&shown).contains(&node), "without the filter nothing hides it");
                }
            }
        }
        self.awaited = None;
    }

    fn poll(&mut self, before: &Before, next: Arc<Snapshot>) {
        self.grid.show(next, now());
        assert_eq!(self.grid.cursor.selected(), before.grid.cursor.selected(), "a poll changed the selection");
        let was_awaited =
            self.awaited.is_some_and(|node| matches!(self.grid.cursor.look_up(&self.grid.jobs, node), Lookup::Here(_)));
        self.check_awaited();
        // Going to the awaited node moves focus and scroll position.
        if !was_awaited {
            assert_eq!(self.grid.outline.expansion(), before.grid.outline.expansion(), "a poll changed the expansion");
            before.check(self);
        }
    }

    fn reorder(&mut self, before: &Before, change: impl FnOnce(&mut Grid)) {
        change(&mut self.grid);
        before.check(self);
    }

    /// The scroll position at which the last row is at the lower edge.
    fn lowest_top(&self) -> u32 {
        (u32::try_from(self.grid.outline.row_count()).unwrap() * ROW_HEIGHT).saturating_sub(self.height)
    }

    /// The height of the empty room below the last row.
    fn room_below(&self) -> u32 {
        self.grid.viewport.scroll_top().saturating_sub(self.lowest_top())
    }

    fn check_window(&self) {
        let (all, window, view) =
            (all_rows(&self.grid), self.grid.window(), self.grid.viewport.in_view(self.grid.outline.row_count()));
        assert_eq!(window.count, all.len());
        let last = self.grid.viewport.scroll_top() + self.height;
        assert!(
            self.height == 0 || last <= self.grid.viewport.whole_height(self.grid.outline.row_count()),
            "scrolled past the whole height"
        );
        assert!(window.rows.len() <= view.len() + 8, "{} rows for {view:?}", window.rows.len());
        assert!(window.rows.windows(2).all(|pair| pair[0].index < pair[1].index), "the indexes are in ascending order");
        assert!(
            view.clone().all(|index| window.rows.iter().any(|row| row.index == index)),
            "all rows in view are in the document"
        );
        let whole = |row: &RowView| RowView { tab_stop: row.tab_stop, ..all[row.index].clone() };
        assert!(window.rows.iter().all(|row| *row == whole(row)), "a row does not depend on the scroll position");
        let stops: Vec<&RowView> = window.rows.iter().filter(|row| row.tab_stop).collect();
        assert_eq!(stops.len(), usize::from(!all.is_empty()), "there is one tab stop");
        let focus = self.grid.cursor.focus();
        if let Some(focus) = focus {
            assert_eq!((stops[0].id, stops[0].cell), (focus.node, focus.cell), "the focused row is the tab stop");
            assert!(
                focus.cell.is_none_or(|cell| self.grid.viewport.cells().contains(cell)),
                "a hidden cell has the focus"
            );
        }
        for row in &all {
            assert!((1..=row.siblings).contains(&row.position), "{row:?}");
            assert_eq!(row.selected, self.grid.cursor.selected() == Some(row.id));
        }
    }
}

/// The state before an event.
struct Before {
    rows: Vec<NodeId>,
    grid: Grid,
    room_below: u32,
}

impl Before {
    fn of(tested: &GridUnderTest) -> Self {
        Self { rows: ids(&tested.grid), grid: tested.grid.clone(), room_below: tested.room_below() }
    }

    fn pick(&self, any: usize) -> Option<NodeId> {
        self.rows.get(any.checked_rem(self.rows.len())?).copied()
    }

    fn check(&self, tested: &GridUnderTest) {
        let after = ids(&tested.grid);
        self.check_focus(&tested.grid, &after);
        self.check_scroll(tested, &after);
    }

    /// The focus stays on its node, or moves to the nearest shown ancestor, or to the nearest row.
    fn check_focus(&self, grid: &Grid, after: &[NodeId]) {
        let Some(was) = self.grid.cursor.focus() else { return assert_eq!(grid.cursor.focus(), None) };
        let Some(is) = grid.cursor.focus() else { return assert!(after.is_empty(), "the focus was lost") };
        if after.contains(&was.node) {
            return assert_eq!((is.node, is.cell), (was.node, was.cell), "the focus left its node");
        }
        assert!(after.contains(&is.node), "the focus is on no row");
        if let Some(ancestor) = shown_ancestor(grid, was.node, after) {
            return assert_eq!(is.node, ancestor, "the focus of a hidden node moves to its nearest shown ancestor");
        }
        if let Some(successor) = self.successor(was.node, after) {
            assert_eq!(is.node, successor, "the focus of a removed node moves to the nearest row");
        }
    }

    /// The nearest row after a removed one that is still shown, or else before it. At most 50 rows are tried on either side.
    fn successor(&self, lost: NodeId, after: &[NodeId]) -> Option<NodeId> {
        let index = self.rows.iter().position(|node| *node == lost).unwrap();
        let (before, from) = self.rows.split_at(index);
        from.iter().take(50).chain(before.iter().rev().take(50)).find(|node| after.contains(node)).copied()
    }

    /// The topmost whole row stays where it is on screen, if the list is long enough. At the very top, the scroll position stays 0.
    fn check_scroll(&self, tested: &GridUnderTest, after: &[NodeId]) {
        let (was, is) = (self.grid.viewport.scroll_top(), tested.grid.viewport.scroll_top());
        if was == 0 {
            return assert_eq!(is, 0, "scrolled away from the top");
        }
        let topmost = was.div_ceil(ROW_HEIGHT);
        let offset = topmost * ROW_HEIGHT - was;
        let Some(node) = self.rows.get(topmost as usize) else { return };
        if let Some(index) = after.iter().position(|other| other == node) {
            let wanted = (u32::try_from(index).unwrap() * ROW_HEIGHT).saturating_sub(offset);
            let room = if tested.lowest_top() == 0 { 0 } else { self.room_below };
            let unmoved = self.rows == after && is == was;
            assert!(
                unmoved || is == wanted.min(tested.lowest_top() + room),
                "the topmost row moved on screen: {was}, {is}"
            );
        }
        assert!(tested.room_below() <= self.room_below, "the room below grew");
    }
}

fn shown_ancestor(grid: &Grid, node: NodeId, after: &[NodeId]) -> Option<NodeId> {
    let job = grid.jobs.snapshot().find(node.job())?;
    let tree = job.steps.tree()?;
    let (index, _) = tree.find(node.step()?)?;
    let above = tree.ancestors(index).map(|index| NodeId::Step(node.job(), tree.nodes()[index].step.id));
    above.chain([NodeId::Job(node.job())]).find(|above| after.contains(above))
}

#[test]
fn if_a_filter_hides_all_rows_in_view_the_result_is_shown_from_the_top() {
    let job = |number| job(number, if number > 100 { Status::Started } else { Status::Finished }, true).job;
    let mut grid = Grid::new(now(), Zone::default());
    grid.resized(320);
    grid.show(advanced(grid.jobs.snapshot(), (1..=200).map(|number| (job(number), None)).collect()), now());
    grid.scrolled_to(u32::MAX);
    assert_eq!(grid.viewport.in_view(grid.outline.row_count()), 190..200);
    grid.set_filter(Filter { statuses: StatusSet::default().toggled(Status::Started), ..Filter::default() });
    assert_eq!((grid.viewport.in_view(grid.outline.row_count()), grid.outline.row_count()), (0..10, 100));
    grid.scrolled_to(640);
    grid.set_filter(Filter::default());
    assert_eq!(grid.viewport.in_view(grid.outline.row_count()), 20..30, "rows that are still shown do not move");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn focus_and_scroll_position_survive_any_events(events in prop::collection::vec(any_event(), 1..40)) {
        let mut tested = GridUnderTest::new();
        for event in events {
            tested.apply(event);
        }
    }
}
