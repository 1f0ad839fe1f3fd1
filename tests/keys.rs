//! What keys mean, on real keyboards; and the keyboard of the tree grid: the table of the accessibility contract, section 3.1, row by
//! row.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::sync::Arc;

use support::{
    job,
    outline::{job_node, job_of, now, search, snapshot, step_node},
};
use task_monitor::{
    domain::{
        Status,
        outline::{Filter, NodeId, Snapshot, Zone},
    },
    view::{
        columns::{Cell, Cells},
        grid::{Grid, Key, Pressed},
        keyboard::{KeyPress, Meaning, Modifiers, Origin},
        viewport::ROW_HEIGHT,
        watch::Way,
    },
};

const RUNS: Status = Status::Started;
const ENDED: Status = Status::Finished;

/// Newest first: job 3 (no steps), 2 (never fetched), 1 with steps 11 (over 12, over 13) and 14. Twelve rows fit.
fn grid() -> Grid {
    let known = snapshot([
        job_of(1, &[(11, None, RUNS), (12, Some(11), ENDED), (13, Some(12), RUNS), (14, None, ENDED)]),
        job_of(3, &[]),
    ]);
    grid_of(known.with_job(job(2, RUNS, true).job))
}

fn grid_of(snapshot: Snapshot) -> Grid {
    let mut grid = Grid::new(now(), Zone::default());
    grid.show(Arc::new(snapshot), now());
    grid.resized(12 * ROW_HEIGHT);
    grid
}

/// All rows with children are open: 3, 2, 1, 11, 12, 13, 14.
fn open() -> Grid {
    let mut grid = grid();
    grid.restore_open([job_node(1), step_node(1, 11), step_node(1, 12)]);
    grid
}

/// A node as a number: 1 to 9 for jobs, more for steps of job 1.
fn node(number: u128) -> NodeId {
    if number < 10 { job_node(number) } else { step_node(1, number) }
}

fn rows(grid: &Grid) -> String {
    let number = |description: &str| description.replace("Job ", "").replace("Step ", "");
    grid.window().rows.iter().map(|row| number(&row.description)).collect::<Vec<_>>().join(" ")
}

/// Where the focus is: `13 Owner`, or `13` for the row itself.
fn focus(grid: &Grid) -> String {
    let Some(focus) = grid.cursor.focus() else { return "nowhere".to_owned() };
    let row = grid.window().rows.into_iter().find(|row| row.id == focus.node).unwrap();
    let cell = focus.cell.map_or(String::new(), |cell| format!(" {cell:?}"));
    format!("{}{cell}", row.description.replace("Job ", "").replace("Step ", ""))
}

#[test]
fn on_rows() {
    let all = "3 2 1 11 12 13 14";
    let table = [
        ("→ on a closed row opens it", 1, vec![Key::Left, Key::Right], "1", all),
        ("→ on an open row goes to the first cell", 1, vec![Key::Right], "1 Description", all),
        ("→ on a leaf goes to the first cell", 13, vec![Key::Right], "13 Description", all),
        ("→ on a job without steps goes to the first cell", 3, vec![Key::Right], "3 Description", all),
        ("→ on a job never fetched opens it: there may be steps", 2, vec![Key::Right], "2", all),
        ("← on an open row closes it", 11, vec![Key::Left], "11", "3 2 1 11 14"),
        ("← on a closed row goes to its parent", 11, vec![Key::Left, Key::Left], "1", "3 2 1 11 14"),
        ("← on a leaf goes to its parent", 13, vec![Key::Left], "12", all),
        ("← on the last leaf too", 14, vec![Key::Left], "1", all),
        ("← on a job that is closed stays", 3, vec![Key::Left], "3", all),
        ("↓ goes to the next row", 12, vec![Key::Down], "13", all),
        ("↓ stops at the end", 14, vec![Key::Down], "14", all),
        ("↑ goes to the row before", 11, vec![Key::Up], "1", all),
        ("↑ stops at the start", 3, vec![Key::Up], "3", all),
        ("Home goes to the first row", 13, vec![Key::Home], "3", all),
        ("End goes to the last row", 3, vec![Key::End], "14", all),
        ("Ctrl+Home goes to the first row", 13, vec![Key::CtrlHome], "3", all),
        ("Ctrl+End goes to the last row", 3, vec![Key::CtrlEnd], "14", all),
        ("Page down stops at the end", 2, vec![Key::PageDown], "14", all),
        ("Page up stops at the start", 13, vec![Key::PageUp], "3", all),
    ];
    for (name, from, keys, expected, left) in table {
        let mut grid = open();
        grid.focus_on(node(from), None);
        for key in keys {
            assert_eq!(grid.press(key), Pressed::Done, "{name}");
        }
        assert_eq!((focus(&grid).as_str(), rows(&grid).as_str()), (expected, left), "{name}");
    }
}

#[test]
fn on_cells() {
    let table = [
        ("→ goes to the next cell", Cell::Description, Key::Right, "12 Status"),
        ("→ stops at the last", Cell::Actions, Key::Right, "12 Actions"),
        ("← goes to the cell before", Cell::Owner, Key::Left, "12 Duration"),
        ("← from the first cell goes to the row", Cell::Description, Key::Left, "12"),
        ("↓ stays in the column", Cell::Owner, Key::Down, "13 Owner"),
        ("↑ stays in the column", Cell::Owner, Key::Up, "11 Owner"),
        ("Home goes to the first cell", Cell::Owner, Key::Home, "12 Description"),
        ("End goes to the last cell", Cell::Status, Key::End, "12 Actions"),
        ("Ctrl+Home stays in the column", Cell::Status, Key::CtrlHome, "3 Status"),
        ("Ctrl+End stays in the column", Cell::Status, Key::CtrlEnd, "14 Status"),
        ("Page down stays in the column", Cell::Status, Key::PageDown, "14 Status"),
        ("Page up stays in the column", Cell::Status, Key::PageUp, "3 Status"),
    ];
    for (name, cell, key, expected) in table {
        let mut grid = open();
        grid.focus_on(node(12), Some(cell));
        assert_eq!(grid.press(key), Pressed::Done, "{name}");
        assert_eq!((focus(&grid).as_str(), grid.outline.row_count()), (expected, 7), "{name}");
    }
}

#[test]
fn hidden_cells_are_skipped() {
    let mut grid = open();
    grid.set_cells(Cells::for_width(499));
    grid.focus_on(node(12), None);
    let mut passed = Vec::new();
    for _ in 0..5 {
        grid.press(Key::Right);
        passed.push(grid.cursor.focus().unwrap().cell);
    }
    // The row is open, so the first press goes to a cell at once.
    let shown = [Cell::Description, Cell::Status, Cell::Duration, Cell::Actions, Cell::Actions];
    assert_eq!(passed, shown.map(Some));
    grid.press(Key::Left);
    assert_eq!(focus(&grid), "12 Duration");
    grid.set_cells(Cells::all());
    grid.focus_on(node(12), Some(Cell::Owner));
    grid.set_cells(Cells::for_width(880));
    assert_eq!(focus(&grid), "12", "when a cell is hidden, its row gets the focus");
}

#[test]
fn cells_by_width() {
    let hidden =
        |width| Cell::ALL.into_iter().filter(|cell| !Cells::for_width(width).contains(*cell)).collect::<Vec<_>>();
    let table = [
        (2_000, vec![]),
        (1_008, vec![]),
        (1_007, vec![Cell::Owner]),
        (873, vec![Cell::Timeline, Cell::Owner]),
        (727, vec![Cell::Progress, Cell::Timeline, Cell::Owner]),
        (615, vec![Cell::Progress, Cell::Timeline, Cell::Started, Cell::Owner]),
        (0, vec![Cell::Progress, Cell::Timeline, Cell::Started, Cell::Owner]),
    ];
    for (width, expected) in table {
        assert_eq!(hidden(width), expected, "{width}");
    }
    assert!(Cells::all().iter().eq(Cell::ALL));
    assert_eq!(Cell::ALL.map(Cell::position), [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn enter_and_space() {
    use Pressed::{Done, Open, Select, Use};
    let (inner, leaf) = (node(12), node(13));
    let table = [
        (inner, None, Key::Enter, Open(inner), 7),
        (inner, None, Key::Space, Select(inner), 7),
        (inner, Some(Cell::Description), Key::Enter, Done, 6),
        (leaf, Some(Cell::Description), Key::Enter, Open(leaf), 7),
        (inner, Some(Cell::Owner), Key::Enter, Open(inner), 7),
        (inner, Some(Cell::Actions), Key::Enter, Use(inner, Cell::Actions), 7),
        (inner, Some(Cell::Actions), Key::Space, Select(inner), 7),
    ];
    for (on, cell, key, expected, count) in table {
        let mut grid = open();
        grid.focus_on(on, cell);
        assert_eq!(grid.press(key), expected, "{cell:?} {key:?}");
        assert_eq!(
            (grid.outline.row_count(), grid.cursor.focus().unwrap().node, grid.cursor.focus().unwrap().cell),
            (count, on, cell)
        );
        assert_eq!(grid.cursor.selected(), None, "the page selects, together with the URL");
    }
}

#[test]
fn a_star_opens_all_siblings() {
    let mut grid = grid_of(snapshot([job_of(
        1,
        &[
            (11, None, RUNS),
            (12, Some(11), RUNS),
            (13, Some(12), RUNS),
            (14, None, RUNS),
            (15, Some(14), RUNS),
            (16, None, RUNS),
        ],
    )]));
    grid.set_open(node(1), true);
    assert_eq!(rows(&grid), "1 11 14 16");
    grid.focus_on(node(14), Some(Cell::Status));
    assert_eq!(grid.press(Key::Star), Pressed::Done);
    assert_eq!((rows(&grid).as_str(), focus(&grid).as_str()), ("1 11 12 14 15 16", "14 Status"));
    grid.focus_on(node(12), None);
    grid.press(Key::Star);
    assert_eq!(rows(&grid), "1 11 12 13 14 15 16", "only siblings of one parent");
    // Jobs are siblings too: also those out of view, and those whose steps are not loaded.
    let mut many = grid_of(
        snapshot((1..=9).map(|number| job_of(number, &[(number * 10, None, RUNS)]))).with_job(job(10, RUNS, true).job),
    );
    many.resized(2 * ROW_HEIGHT);
    many.focus_on(node(9), None);
    many.press(Key::Star);
    assert_eq!(many.outline.row_count(), 19);
    assert!(many.outline.is_open(&many.jobs, job_node(10)));
}

#[test]
fn a_page_is_one_row_less_than_the_view() {
    let mut grid = grid_of(snapshot((1..=100).map(|number| job_of(number, &[]))));
    grid.resized(10 * ROW_HEIGHT + 7);
    let focused_row = |grid: &Grid| grid.window().rows.iter().find(|row| row.tab_stop).unwrap().index;
    let mut rows = Vec::new();
    for key in [Key::PageDown, Key::PageDown, Key::PageUp, Key::End, Key::PageUp, Key::Home] {
        grid.press(key);
        rows.push(focused_row(&grid));
        let top = grid.viewport.scroll_top();
        let row = u32::try_from(focused_row(&grid)).unwrap() * ROW_HEIGHT;
        assert!((top..=top + 9 * ROW_HEIGHT + 7).contains(&row), "the whole focused row is in view");
    }
    assert_eq!(rows, [9, 18, 9, 99, 90, 0]);
    grid.resized(10);
    grid.press(Key::PageDown);
    assert_eq!(focused_row(&grid), 1, "it moves by at least one row");
}

#[test]
fn without_a_focus_the_first_row_gets_it() {
    let mut grid = grid();
    assert_eq!(grid.press(Key::Down), Pressed::Done);
    assert_eq!(focus(&grid), "2");
    let mut empty = Grid::new(now(), Zone::default());
    for key in [Key::Down, Key::Enter, Key::Star, Key::CtrlEnd, Key::Space] {
        assert_eq!((empty.press(key), empty.cursor.focus()), (Pressed::Ignored, None));
    }
    assert_eq!(empty.type_ahead("a"), Pressed::Ignored);
}

/// When another user logs in, the grid keeps its size and loses its content.
#[test]
fn a_cleared_grid_keeps_its_size() {
    let mut grid = open();
    let cells = Cells::for_width(620);
    grid.set_cells(cells);
    grid.clear(now());
    let Grid { jobs, outline, cursor, viewport, .. } = &grid;
    assert_eq!((outline.row_count(), cursor.focus(), jobs.is_loaded()), (0, None, false));
    assert_eq!(viewport.cells(), cells);
    grid.show(Arc::new(snapshot((1..=30).map(|number| job_of(number, &[])))), now());
    assert!(grid.window().rows.len() >= 12, "all rows that fit are in the document");
}

#[test]
fn type_ahead() {
    let named = |names: &[&str]| {
        let jobs = names.iter().zip(1..).map(|(name, number)| {
            let mut content = job_of(100 - number, &[]);
            (*name).clone_into(&mut content.job.description);
            content
        });
        grid_of(snapshot(jobs))
    };
    let names = ["Alpha", "beta", "Éclair", "alps", "Beta 2", "gamma"];
    let table: [(Option<usize>, &str, Option<usize>); 13] = [
        (None, "a", Some(0)),
        (None, "b", Some(1)),
        (Some(0), "a", Some(3)),
        (Some(3), "a", Some(0)),
        (Some(0), "B", Some(1)),
        (Some(1), "be", Some(1)),
        (Some(1), "beta 2", Some(4)),
        (Some(4), "beta", Some(4)),
        (Some(5), "al", Some(0)),
        (Some(5), "é", Some(2)),
        (Some(5), "g", None),
        (Some(0), "z", None),
        (Some(0), "lpha", None),
    ];
    for (from, typed, expected) in table {
        let mut grid = named(&names);
        if let Some(from) = from {
            grid.focus_on(grid.window().rows[from].id, Some(Cell::Owner));
        }
        let before = grid.cursor.focus();
        let pressed = grid.type_ahead(typed);
        match expected {
            Some(row) => {
                assert_eq!(pressed, Pressed::Done, "{from:?} {typed}");
                let focus = grid.cursor.focus().unwrap();
                assert_eq!((focus.node, focus.cell), (grid.window().rows[row].id, None), "{from:?} {typed}");
            }
            None => assert_eq!((pressed, grid.cursor.focus()), (Pressed::Ignored, before), "{from:?} {typed}"),
        }
    }
    let mut steps = open();
    steps.type_ahead("step 13");
    assert_eq!(focus(&steps), "13");
}

#[test]
fn in_a_filtered_tree() {
    let mut grid = grid();
    grid.set_filter(search("step 13"));
    assert_eq!(rows(&grid), "1 11 12 13");
    grid.focus_on(node(12), None);
    grid.press(Key::Left);
    assert_eq!(
        (rows(&grid).as_str(), focus(&grid).as_str()),
        ("1 11 12", "12"),
        "the user can collapse a row that the search expanded"
    );
    grid.press(Key::Left);
    grid.press(Key::Left);
    assert_eq!((rows(&grid).as_str(), focus(&grid).as_str()), ("1 11", "11"));
    grid.press(Key::Right);
    assert_eq!(rows(&grid), "1 11 12");
    grid.set_filter(search("step 14"));
    grid.set_filter(search("step 13"));
    assert_eq!(rows(&grid), "1 11 12 13", "a new search expands it again");
    // What has nothing below it that is left is a leaf.
    grid.set_filter(Filter { attention: true, ..Filter::default() });
    let known =
        snapshot([job_of(1, &[(11, None, Status::Failed), (12, Some(11), ENDED)]), job_of(3, &[(31, None, ENDED)])]);
    grid.show(Arc::new(known), now());
    grid.set_open(node(1), true);
    let leaves: Vec<_> = grid.window().rows.iter().map(|row| (row.description.clone(), row.open)).collect();
    let leaf = |name: &str, open| (name.to_owned(), open);
    assert_eq!(leaves, [leaf("Job 3", None), leaf("Job 1", Some(true)), leaf("Step 11", None)]);
    grid.focus_on(node(11), None);
    grid.press(Key::Right);
    assert_eq!(focus(&grid), "11 Description");
}

/// No other key is held down.
const ALONE: Modifiers = Modifiers { ctrl: false, alt: false, shift: false, meta: false, alt_graph: false };
const SHIFT: Modifiers = Modifiers { shift: true, ..ALONE };
const CTRL: Modifiers = Modifiers { ctrl: true, ..ALONE };
const ALT: Modifiers = Modifiers { alt: true, ..ALONE };
const META: Modifiers = Modifiers { meta: true, ..ALONE };
const ALT_GR: Modifiers = Modifiers { alt_graph: true, ..ALONE };
/// AltGr as Windows tells it to older browsers.
const CTRL_ALT: Modifiers = Modifiers { ctrl: true, alt: true, ..ALONE };

/// The keyboard and the key on it; `key`, `code` and the other keys of the event; what it means.
const ON_KEYBOARDS: [(&str, &str, &str, Modifiers, Meaning); 48] = {
    use Meaning::{Character, Escape, Failure, Help, Menu, Nothing, Search, Tab, Tree};
    [
        ("American /", "/", "Slash", ALONE, Search),
        ("American ?", "?", "Slash", SHIFT, Help),
        ("German / (Shift+7)", "/", "Digit7", SHIFT, Search),
        ("German ? (Shift+ß)", "?", "Minus", SHIFT, Help),
        ("German - (where / is in America)", "-", "Slash", ALONE, Character('-')),
        ("German @ (AltGr+Q)", "@", "KeyQ", ALT_GR, Character('@')),
        ("German @ on Windows", "@", "KeyQ", CTRL_ALT, Character('@')),
        ("German z (where y is in America)", "z", "KeyY", ALONE, Character('z')),
        ("French / (Shift+:)", "/", "Period", SHIFT, Search),
        ("French ? (Shift+,)", "?", "KeyM", SHIFT, Help),
        ("French ! (where / is in America)", "!", "Slash", ALONE, Character('!')),
        ("French * (without Shift)", "*", "Backslash", ALONE, Tree(Key::Star)),
        ("Polish \u{142} (AltGr+L)", "\u{142}", "KeyL", ALT_GR, Character('\u{142}')),
        ("Polish \u{142} on Windows", "\u{142}", "KeyL", CTRL_ALT, Character('\u{142}')),
        ("Hebrew / (where q is in America)", "/", "KeyQ", ALONE, Search),
        ("Russian \u{444}", "\u{444}", "KeyA", ALONE, Character('\u{444}')),
        ("Russian . (where / is in America)", ".", "Slash", ALONE, Character('.')),
        ("Arabic \u{61f}", "\u{61f}", "Slash", SHIFT, Help),
        ("Arabic \u{638} (where / is in America)", "\u{638}", "Slash", ALONE, Search),
        ("Thai \u{e1d} (where / is in America)", "\u{e1d}", "Slash", ALONE, Search),
        ("Thai \u{e26} (where ? is in America)", "\u{e26}", "Slash", SHIFT, Help),
        ("Japanese ？ of full width", "？", "Slash", SHIFT, Help),
        ("Japanese space of full width", "\u{3000}", "Space", ALONE, Tree(Key::Space)),
        ("Number pad /", "/", "NumpadDivide", ALONE, Search),
        ("Number pad *", "*", "NumpadMultiply", ALONE, Tree(Key::Star)),
        ("Number pad 8 without Num lock", "ArrowUp", "Numpad8", ALONE, Tree(Key::Up)),
        ("Number pad Enter", "Enter", "NumpadEnter", ALONE, Tree(Key::Enter)),
        ("Command of the browser: find", "f", "KeyF", CTRL, Nothing),
        ("Command of macOS: copy", "c", "KeyC", META, Nothing),
        ("Command of macOS: find selection", "ArrowRight", "ArrowRight", META, Nothing),
        ("Command of the browser: back", "ArrowLeft", "ArrowLeft", ALT, Nothing),
        ("Command of the browser: menu", "f", "KeyF", ALT, Nothing),
        ("Command of the system", "t", "KeyT", CTRL_ALT, Nothing),
        ("Command of the system with an arrow", "ArrowDown", "ArrowDown", CTRL_ALT, Nothing),
        ("Keyboard help in Firefox: quick find is off", "'", "Quote", ALONE, Character('\'')),
        ("Ctrl+Home", "Home", "Home", CTRL, Tree(Key::CtrlHome)),
        ("Ctrl+Arrow is of the browser", "ArrowDown", "ArrowDown", CTRL, Nothing),
        ("Shift+F10", "F10", "F10", SHIFT, Menu),
        ("F8", "F8", "F8", ALONE, Failure(Way::Next)),
        ("Shift+F8", "F8", "F8", SHIFT, Failure(Way::Previous)),
        ("Ctrl+F8 is not for the page", "F8", "F8", CTRL, Nothing),
        ("F10 is of the browser", "F10", "F10", ALONE, Nothing),
        ("Menu key", "ContextMenu", "ContextMenu", ALONE, Menu),
        ("Escape", "Escape", "Escape", ALONE, Escape),
        ("Caps lock as Escape", "Escape", "CapsLock", ALONE, Escape),
        ("Tab", "Tab", "Tab", ALONE, Tab),
        ("Shift+Space", " ", "Space", SHIFT, Tree(Key::Space)),
        ("Shift alone", "Shift", "ShiftLeft", SHIFT, Nothing),
    ]
};

fn press(key: &str, code: &str, with: Modifiers, origin: Origin) -> KeyPress {
    KeyPress { key: key.to_owned(), code: code.to_owned(), with, origin }
}

#[test]
fn a_key_means_what_is_written_on_it() {
    for (name, key, code, with, expected) in ON_KEYBOARDS {
        assert_eq!(press(key, code, with, Origin::Pressed).meaning(), expected, "{name}");
    }
}

/// Where a key comes from; `key`, `isComposing`, `keyCode` and `repeat` of the event.
#[test]
fn a_key_that_is_not_for_the_page_is_withheld() {
    let table = [
        ("a key", Some("a"), false, 65, false, Origin::Pressed),
        ("a key that is held down", Some("ArrowDown"), false, 40, true, Origin::Held),
        ("a letter that is composed", Some("a"), true, 229, false, Origin::InputMethod),
        ("Enter that ends a composition", Some("Enter"), true, 13, false, Origin::InputMethod),
        ("the same in Safari, after the composition", Some("Enter"), false, 229, false, Origin::InputMethod),
        ("Escape that cancels a composition", Some("Escape"), true, 27, true, Origin::InputMethod),
        ("a key of an input method outside a field", Some("Process"), false, 229, false, Origin::InputMethod),
        ("a key that a telephone does not name", Some("Unidentified"), false, 229, false, Origin::InputMethod),
        ("´ before e", Some("Dead"), false, 219, false, Origin::Dead),
        ("a form that is filled by itself", None, false, 0, false, Origin::Filled),
    ];
    for (name, key, is_composing, key_code, is_repeated, expected) in table {
        let origin = KeyPress::origin_of(key, is_composing, key_code, is_repeated);
        assert_eq!(origin, expected, "{name}");
        let pressed = press(key.unwrap_or_default(), "", ALONE, origin);
        assert_eq!(pressed.is_withheld(), !matches!(origin, Origin::Pressed | Origin::Held), "{name}");
        assert_eq!(pressed.meaning() == Meaning::Nothing, pressed.is_withheld(), "{name}");
        assert!(!pressed.is_stopped(), "{name}: the browser and the input method still get it");
    }
}

#[test]
fn a_key_that_is_held_down_does_once_what_cannot_be_undone() {
    let table = [
        ("Enter", ALONE, false),
        ("Escape", ALONE, false),
        // A new line in a field.
        ("Enter", SHIFT, true),
        ("ArrowDown", ALONE, true),
        ("PageUp", ALONE, true),
        ("a", ALONE, true),
        (" ", ALONE, true),
    ];
    for (key, with, repeats) in table {
        let held = press(key, "", with, Origin::Held);
        assert_eq!((!held.is_withheld(), !held.is_stopped()), (repeats, repeats), "{key} {with:?}");
        assert!(!press(key, "", with, Origin::Pressed).is_withheld(), "{key} {with:?}");
    }
}
