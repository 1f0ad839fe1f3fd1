//! Browsers limit the height of an element. The list ends with the last row that can be shown, and says so.

use std::sync::Arc;

use task_monitor::{
    domain::{
        Status,
        outline::{Filter, NodeId, Zone},
    },
    view::{
        grid::{Grid, Key},
        viewport::ROW_HEIGHT,
    },
};

use crate::support::{
    job, job_id, job_with_steps,
    outline::{now, snapshot},
};

/// Thirty jobs, newest first, in a browser that shows ten rows and some room.
fn limited() -> Grid {
    let mut grid = Grid::new(now(), Zone::default());
    grid.resized(5 * ROW_HEIGHT);
    grid.limit_height(18 * ROW_HEIGHT);
    let jobs = (1..30).map(|number| job(number, Status::Finished, true));
    grid.show(Arc::new(snapshot(jobs.chain([job_with_steps(30, Status::Started, true)]))), now());
    grid
}

fn counts(grid: &Grid) -> (usize, usize) {
    (grid.outline.row_count(), grid.outline.rows_left_out())
}

#[test]
fn rows_above_the_limit_are_left_out_and_counted() {
    let mut grid = limited();
    assert_eq!(counts(&grid), (10, 20));
    grid.set_open(NodeId::Job(job_id(30)), true);
    assert_eq!(counts(&grid), (10, 22), "its steps take the place of others");
    grid.set_open(NodeId::Job(job_id(30)), false);
    grid.set_filter(Filter { text: "job 30".to_owned(), ..Filter::default() });
    assert_eq!(counts(&grid), (1, 0), "a search shows the others");
    grid.clear(now());
    grid.show(Arc::new(snapshot((1..=30).map(|number| job(number, Status::Finished, true)))), now());
    assert_eq!(counts(&grid), (10, 20), "the browser is the same for the next user");
}

#[test]
fn the_last_row_that_is_shown_can_be_reached() {
    let mut grid = limited();
    let first = grid.window().rows[0].id;
    grid.focus_on(first, None);
    grid.press(Key::End);
    assert_eq!(grid.cursor.focus().map(|focus| focus.node), Some(NodeId::Job(job_id(21))));
    let window = grid.window();
    assert_eq!((window.count, window.rows.last().map(|row| row.index)), (10, Some(9)));
    // A link to a job below the limit shows its detail.
    grid.go_to(NodeId::Job(job_id(1)));
    assert_eq!(grid.cursor.selected(), Some(NodeId::Job(job_id(1))));
}
