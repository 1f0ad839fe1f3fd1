//! The schedule of requests for steps.

use std::{ops::RangeInclusive, sync::Arc};

use rustc_hash::FxHashSet;
use task_monitor::{
    domain::{
        Job, JobId, Status,
        outline::{Column, Direction, Filter, Need, Snapshot, Sort, StepTree, Zone},
    },
    view::{
        budget::{Budget, REPEATS},
        grid::Grid,
        steps::{AT_ONCE, Due, FOLLOWED, StepsSchedule},
        viewport::ROW_HEIGHT,
        wanted::{Interest, UNASKED, Unloaded, Wanted, looked_at},
        words,
    },
};

use crate::support::{
    job, job_id,
    outline::{job_node, now, snapshot, step_node},
    time,
};

const SELECTED: Interest = Interest::Selected;
const IN_VIEW: Interest = Interest::InView;
const EXPANDED: Interest = Interest::Expanded;
const QUERY: Interest = Interest::Query;
const RUNS: Status = Status::Started;
const ENDED: Status = Status::Finished;

/// Jobs whose steps are not loaded.
fn unfetched(jobs: impl IntoIterator<Item = (u128, Status)>) -> Snapshot {
    Snapshot::default().advance(jobs.into_iter().map(|(number, status)| (job(number, status, true).job, None)))
}

fn all(numbers: impl IntoIterator<Item = u128>, interest: Interest) -> Vec<Wanted> {
    numbers.into_iter().map(|number| Wanted { job: job_id(number), interest }).collect()
}

fn number(id: JobId) -> u128 {
    id.uuid().as_u128() & 0xffff
}

/// The page with an engine that answers every request for steps.
struct Page {
    schedule: StepsSchedule,
    snapshot: Snapshot,
    budget: Budget,
}

impl Page {
    /// A page that does not follow, because its first list was empty.
    fn new(snapshot: Snapshot) -> Self {
        let mut page = Self { schedule: StepsSchedule::default(), snapshot, budget: Budget::default() };
        page.schedule.polled(0);
        page
    }

    fn poll(&mut self) {
        self.schedule.polled(self.snapshot.jobs().len());
        self.budget.renew(false);
    }

    fn next(&mut self, wanted: &[Wanted]) -> Due {
        self.schedule.next(&self.snapshot, wanted, &mut self.budget)
    }

    /// The next requests, which are answered.
    fn asks(&mut self, wanted: &[Wanted]) -> Vec<u128> {
        let Due::Jobs(jobs) = self.next(wanted) else { return Vec::new() };
        for (_, ask) in &jobs {
            self.schedule.answered(*ask);
        }
        self.snapshot = self.snapshot.with_steps(jobs.iter().map(|(job, _)| (*job, StepTree::default())));
        jobs.iter().map(|(job, _)| number(*job)).collect()
    }

    /// All requests until nothing is due.
    fn asks_all(&mut self, wanted: &[Wanted]) -> Vec<u128> {
        let mut asked = Vec::new();
        loop {
            match self.asks(wanted) {
                next if next.is_empty() => return asked,
                next => asked.extend(next),
            }
            assert!(asked.len() < 2_000, "the same jobs are due again and again");
        }
    }

    /// A poll in which these jobs have another status, or another time of their last update.
    fn poll_with(&mut self, jobs: &[(u128, Status, i64)]) {
        for (number, status, updated) in jobs {
            let now = Job { last_updated: Some(time(*updated)), ..job(*number, *status, true).job };
            self.snapshot = self.snapshot.with_job(now);
        }
        self.poll();
    }
}

#[test]
fn what_was_never_requested_comes_at_once_four_at_a_time() {
    let mut page = Page::new(unfetched((1..=30).map(|number| (number, RUNS))));
    let Due::Jobs(first) = page.next(&all(1..=10, IN_VIEW)) else { panic!("something is due") };
    assert_eq!(first.iter().map(|(job, _)| number(*job)).collect::<Vec<_>>(), [1, 2, 3, 4], "in the order of the rows");
    assert_eq!(first.len(), AT_ONCE);
    assert_eq!(page.next(&all(1..=10, IN_VIEW)), Due::Nothing, "four are under way");
    page.schedule.answered(first[1].1);
    page.schedule.answered(first[2].1);
    assert_eq!(page.asks(&all(1..=10, IN_VIEW)), [5, 6], "two have ended");
    page.schedule.answered(first[0].1);
    page.schedule.answered(first[3].1);
    assert_eq!(page.asks_all(&all(1..=10, IN_VIEW)), [7, 8, 9, 10]);
    // Somebody scrolls: no limit for each poll.
    assert_eq!(page.asks_all(&all(11..=30, IN_VIEW)), (11..=30).collect::<Vec<_>>());
}

#[test]
fn the_most_urgent_come_first() {
    let jobs = [(1, RUNS), (2, ENDED), (3, ENDED), (4, RUNS), (5, RUNS), (6, RUNS)];
    // What is wanted at first, the jobs that change before the poll, what is wanted then, and what is requested then.
    type Row<'a> = (&'a str, &'a [(u128, Interest)], &'a [(u128, Status, i64)], &'a [(u128, Interest)], &'a [u128]);
    let rows: [Row<'_>; 10] = [
        ("nothing", &[], &[], &[], &[]),
        ("duplicates and unknown jobs", &[], &[], &[(2, IN_VIEW), (9, IN_VIEW), (2, EXPANDED)], &[2]),
        ("by interest", &[], &[], &[(1, QUERY), (2, EXPANDED), (3, IN_VIEW), (4, SELECTED)], &[4, 3, 2, 1]),
        ("an ended job is not read again", &[(2, IN_VIEW)], &[], &[(2, IN_VIEW)], &[]),
        ("a changed one is", &[(2, IN_VIEW)], &[(2, ENDED, 7)], &[(2, IN_VIEW)], &[2]),
        ("also if it is selected only", &[(2, IN_VIEW)], &[(2, ENDED, 7)], &[(2, SELECTED)], &[2]),
        ("not for the query alone", &[(2, IN_VIEW)], &[(2, ENDED, 7)], &[(2, QUERY)], &[]),
        (
            "the selected job, then the changed one, then the one that has waited longest",
            &[(1, IN_VIEW), (4, IN_VIEW), (5, IN_VIEW), (2, IN_VIEW)],
            &[(2, ENDED, 7)],
            &[(5, SELECTED), (4, IN_VIEW), (2, IN_VIEW), (1, IN_VIEW)],
            &[5, 2, 1, 4],
        ),
        (
            "what was never requested comes before what is requested again, and both before the query",
            &[(1, IN_VIEW)],
            &[],
            &[(6, QUERY), (1, IN_VIEW), (3, IN_VIEW)],
            &[3, 1, 6],
        ),
        ("running jobs are read again", &[(1, IN_VIEW), (4, EXPANDED)], &[], &[(4, EXPANDED), (1, IN_VIEW)], &[1, 4]),
    ];
    let wanted = |list: &[(u128, Interest)]| -> Vec<Wanted> {
        list.iter().flat_map(|(number, interest)| all([*number], *interest)).collect()
    };
    for (name, first, changes, then, expected) in rows {
        let mut page = Page::new(unfetched(jobs));
        page.asks_all(&wanted(first));
        page.poll_with(changes);
        assert_eq!(page.asks_all(&wanted(then)), expected, "{name}");
        assert_eq!(page.asks_all(&wanted(then)), [], "only once after each poll: {name}");
    }
}

#[test]
fn what_repeats_stays_within_the_budget_and_every_job_has_its_turn() {
    let mut page = Page::new(unfetched((1..=30).map(|number| (number, RUNS))));
    let wanted = all(1..=30, IN_VIEW);
    assert_eq!(page.asks_all(&wanted).len(), 30);
    let mut counts = [0; 31];
    for poll in 0..80 {
        // Four jobs change all the time.
        page.poll_with(&[1, 2, 3, 4].map(|number| (number, RUNS, i64::from(poll) + 10)));
        let asked = page.asks_all(&wanted);
        assert_eq!(asked.len(), REPEATS);
        asked.iter().for_each(|number| counts[usize::try_from(*number).unwrap()] += 1);
    }
    assert!(counts[1..].iter().all(|count| *count >= 2), "no job waits for ever: {counts:?}");
    // Another kind of request has used the budget.
    page.poll();
    while page.budget.spend() {}
    assert_eq!(page.asks_all(&wanted), []);
    page.schedule.touched(job_id(7));
    assert_eq!(page.asks_all(&wanted), [7], "an action on this page has its own turn");
}

#[test]
fn a_short_list_is_followed_once_in_a_session() {
    let most = u128::try_from(FOLLOWED).unwrap();
    for (count, follows) in [(0, false), (1, true), (most, true), (most + 1, false)] {
        let snapshot = unfetched((1..=count).map(|number| (number, RUNS)));
        let mut page = Page { schedule: StepsSchedule::default(), snapshot, budget: Budget::default() };
        assert_eq!(page.next(&[]), Due::Nothing, "before the first list");
        page.poll();
        let due = page.next(&all(1..=count.min(10), IN_VIEW));
        assert_eq!(matches!(due, Due::Follow(_)), follows, "{count}");
        let Due::Follow(ask) = due else { continue };
        assert_eq!(page.next(&all(1..=10, IN_VIEW)), Due::Nothing, "it is under way");
        page.poll();
        assert_eq!(page.next(&all(1..=10, IN_VIEW)), Due::Nothing, "also after the next poll");
        page.schedule.answered(ask);
        page.schedule.followed(ask, &(1..=count).map(job_id).collect());
        page.poll();
        let again = page.asks_all(&all(1..=count, IN_VIEW));
        assert_eq!(again.len(), AT_ONCE.min(usize::try_from(count).unwrap()), "running jobs, one by one");
        for _ in 0..200 {
            page.poll();
            assert!(!matches!(page.next(&[]), Due::Follow(_)));
        }
    }
}

#[test]
fn what_following_did_not_bring_is_requested_job_by_job() {
    // The jobs whose steps came, and whether the engine was there.
    let rows: [(&str, &[u128], bool, &[u128]); 4] = [
        ("an engine before 4.2, or a refusal", &[], true, &[1, 2, 3]),
        ("it broke off", &[1, 3], true, &[2]),
        ("all came", &[1, 2, 3], true, &[]),
        ("the engine was not there", &[], false, &[1, 2, 3]),
    ];
    for (name, came, was_there, expected) in rows {
        let snapshot = unfetched([(1, ENDED), (2, ENDED), (3, ENDED)]);
        let mut page = Page { schedule: StepsSchedule::default(), snapshot, budget: Budget::default() };
        page.poll();
        let Due::Follow(ask) = page.next(&[]) else { panic!("short") };
        let came: FxHashSet<JobId> = came.iter().copied().map(job_id).collect();
        page.schedule.answered(ask);
        assert!(page.schedule.is_latest(job_id(1), ask));
        page.schedule.followed(ask, &came);
        if !was_there {
            page.schedule.follow_later();
        }
        assert_eq!(page.asks_all(&all(1..=3, IN_VIEW)), expected, "{name}");
        page.poll();
        assert_eq!(matches!(page.next(&[]), Due::Follow(_)), !was_there, "once more only then: {name}");
    }
}

#[test]
fn a_new_session_waits_for_no_request_of_the_one_before() {
    let mut page = Page::new(unfetched([(1, ENDED), (2, ENDED)]));
    assert_eq!(page.asks(&all([1], IN_VIEW)), [1]);
    let Due::Jobs(lost) = page.next(&all([2], IN_VIEW)) else { panic!("due") };
    page.schedule.begin_session();
    assert!(!page.schedule.is_latest(job_id(2), lost[0].1));
    assert_eq!(page.asks_all(&all([1, 2], IN_VIEW)), [2], "what was read stays");
}

#[test]
fn an_action_makes_earlier_requests_outdated() {
    let mut page = Page::new(unfetched([(1, ENDED), (2, ENDED)]));
    let Due::Jobs(asked) = page.next(&all([1, 2], IN_VIEW)) else { panic!("due") };
    let [(one, first), (two, other)] = asked[..] else { panic!("two") };
    assert!(page.schedule.is_latest(one, first) && page.schedule.is_latest(two, other));
    page.schedule.touched(one);
    assert!(!page.schedule.is_latest(one, first));
    assert!(page.schedule.is_latest(two, other), "that job was not changed");
    let Due::Jobs(asked) = page.next(&all([1, 2], IN_VIEW)) else { panic!("due again") };
    let [(again, second)] = asked[..] else { panic!("one") };
    assert!(again == one && page.schedule.is_latest(one, second) && !page.schedule.is_latest(one, first));
}

#[test]
fn after_a_failure_steps_are_due_after_the_next_poll() {
    for interest in [IN_VIEW, QUERY] {
        let mut page = Page::new(unfetched([(2, ENDED)]));
        let wanted = all([2], interest);
        let Due::Jobs(asked) = page.next(&wanted) else { panic!("due") };
        assert_eq!(page.schedule.unread(&page.snapshot), 0);
        page.schedule.answered(asked[0].1);
        page.schedule.failed(job_id(2));
        assert_eq!(
            (page.schedule.unread(&page.snapshot), page.schedule.unread(&Snapshot::default())),
            (1, 0),
            "only jobs of the snapshot count"
        );
        assert_eq!(page.asks(&wanted), [], "not before the next poll");
        page.poll();
        assert_eq!(page.asks(&wanted), [2]);
        assert_eq!(page.schedule.unread(&page.snapshot), 0);
        page.schedule.touched(job_id(2));
        assert_eq!(page.asks(&wanted), [2], "immediately after an action");
    }
}

fn grid_of(jobs: impl IntoIterator<Item = (u128, Status)>) -> Grid {
    let mut grid = Grid::new(now(), Zone::default());
    grid.resized(2 * ROW_HEIGHT);
    grid.show(Arc::new(unfetched(jobs)), now());
    grid
}

/// What the page gives [`StepsSchedule::next`].
#[test]
fn wanted_jobs_are_selected_awaited_in_view_or_expanded() {
    let mut grid = Grid::new(now(), Zone::default());
    grid.resized(2 * ROW_HEIGHT);
    let wanted = |grid: &Grid| {
        let wanted = looked_at(&grid.jobs, &grid.outline, &grid.cursor, grid.viewport);
        wanted.into_iter().map(|wanted| (number(wanted.job), wanted.interest)).collect::<Vec<_>>()
    };
    grid.show(Arc::new(snapshot((1..=30).map(|number| job(number, ENDED, true)))), now());
    let in_view = |numbers: RangeInclusive<u128>| numbers.rev().map(|number| (number, IN_VIEW)).collect::<Vec<_>>();
    assert_eq!(wanted(&grid), in_view(26..=30), "newest first, and three more than are in view");
    grid.scrolled_to(10 * ROW_HEIGHT);
    assert_eq!(wanted(&grid), in_view(16..=23));
    grid.set_open(job_node(3), true);
    assert_eq!(wanted(&grid), [in_view(16..=23), vec![(3, EXPANDED)]].concat(), "expanded, also out of view");
    grid.select(Some(step_node(7, 700)));
    assert_eq!(wanted(&grid)[0], (7, SELECTED), "the job or one of its steps is selected");
    grid.set_open(job_node(3), false);
    grid.go_to(step_node(5, 500));
    assert_eq!(wanted(&grid), [vec![(5, SELECTED)], in_view(16..=23)].concat(), "awaited");
    grid.select(None);
    for number in 1..=30 {
        grid.set_open(job_node(number), true);
    }
    assert_eq!(wanted(&grid), in_view(16..=23), "all are expanded: only those in view");
}

#[test]
fn a_query_about_steps_needs_those_of_all_jobs_that_may_match() {
    let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    let attention = Filter { attention: true, ..Filter::default() };
    let failed = |filter: Filter| Filter { statuses: [Status::Failed].into_iter().collect(), ..filter };
    let by_progress = Sort { column: Column::Progress, direction: Direction::Ascending };
    let rows = [
        ("no query", Filter::default(), Sort::default(), None, 4, "Steps of 4 jobs are not loaded yet."),
        ("blanks", text("  "), Sort::default(), None, 4, "Steps of 4 jobs are not loaded yet."),
        ("a status", failed(Filter::default()), Sort::default(), None, 4, "Steps of 4 jobs are not loaded yet."),
        (
            "a text",
            text("nothing has this"),
            by_progress,
            Some(Need::Search),
            4,
            "Steps of 4 jobs are not loaded yet, so they are not searched.",
        ),
        (
            "a text and a status",
            failed(text("x")),
            Sort::default(),
            Some(Need::Search),
            1,
            "Steps of 1 job are not loaded yet, so they are not searched.",
        ),
        (
            "what failed or runs",
            attention,
            Sort::default(),
            Some(Need::Filter),
            4,
            "Steps of 4 jobs are not loaded yet, so they are not filtered.",
        ),
        (
            "by progress",
            Filter::default(),
            by_progress,
            Some(Need::Order),
            4,
            "Steps of 4 jobs are not loaded yet, so their progress is not known.",
        ),
    ];
    for (name, filter, sort, need, count, sentence) in rows {
        let mut grid = grid_of([(1, RUNS), (2, ENDED), (3, Status::Failed), (4, Status::Aborted)]);
        grid.sort_by(sort);
        grid.set_filter(filter);
        let unloaded = Unloaded::of(&grid.jobs, &grid.outline);
        assert_eq!((unloaded.need, unloaded.count), (need, count), "{name}");
        assert_eq!(unloaded.wanted().count(), if need.is_some() { count } else { 0 }, "{name}");
        assert!(!unloaded.must_be_asked_for());
        assert_eq!(words::not_loaded(&unloaded), sentence, "{name}");
        let all: Vec<_> = (1..=4).map(|number| (job_id(number), StepTree::default())).collect();
        grid.show(Arc::new(grid.jobs.snapshot().with_steps(all)), now());
        assert_eq!(words::not_loaded(&Unloaded::of(&grid.jobs, &grid.outline)), "", "loaded: {name}");
    }
}

#[test]
fn more_than_the_page_loads_unasked_must_be_asked_for() {
    let most = u128::try_from(UNASKED).unwrap();
    let mut grid = grid_of((1..=most + 1).map(|number| (number, ENDED)));
    let unloaded = |grid: &Grid| Unloaded::of(&grid.jobs, &grid.outline);
    let search = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    grid.load_all();
    assert_eq!(unloaded(&grid).wanted().count(), 0, "no query needs them");
    grid.set_filter(search("step"));
    assert_eq!((unloaded(&grid).wanted().count(), unloaded(&grid).must_be_asked_for()), (0, true));
    assert_eq!(words::not_loaded(&unloaded(&grid)), "Steps of 501 jobs are not loaded, so they are not searched.");
    grid.load_all();
    assert_eq!((unloaded(&grid).wanted().count(), unloaded(&grid).must_be_asked_for()), (UNASKED + 1, false));
    grid.set_filter(search("another"));
    assert_eq!(unloaded(&grid).wanted().count(), UNASKED + 1, "they go on loading while the text is typed");
    grid.set_filter(Filter::default());
    grid.set_filter(search("step"));
    assert!(unloaded(&grid).must_be_asked_for(), "another query");
    grid.show(Arc::new(grid.jobs.snapshot().without_job(job_id(1))), now());
    assert_eq!((unloaded(&grid).wanted().count(), unloaded(&grid).must_be_asked_for()), (UNASKED, false));
}

/// The proofs come after the events, when the requests for steps have begun.
#[test]
fn two_requests_are_kept_for_proofs_while_there_may_be_any() {
    for (may_prove, for_steps) in [(false, REPEATS), (true, REPEATS - 2)] {
        let mut budget = Budget::default();
        budget.renew(may_prove);
        assert_eq!((0..10).filter(|_| budget.spend()).count(), for_steps);
        let mut proofs = 0;
        while budget.has_proof() {
            budget.spend_on_proof();
            proofs += 1;
        }
        assert_eq!(for_steps + proofs, REPEATS);
    }
}
