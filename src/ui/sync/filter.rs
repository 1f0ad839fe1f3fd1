//! Changes the filter. Many jobs and steps are matched in parts, so that the browser has its turn between them.

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    domain::outline::{Filter, Matching},
    host::Turn,
    view::{jobs::Jobs, outline::Outline},
};

/// So few jobs and steps are matched at once: this takes a few milliseconds.
const FEW: usize = 10_000;

/// After so many jobs the browser may have its turn.
const PART: usize = 100;

impl Sync {
    /// The admin changes the search or the filters. A change that is under way is made as well.
    pub fn filter(self, change: impl FnOnce(&mut Filter)) {
        let filter = self.changed_filter(change);
        let count = |jobs: &Jobs| jobs.snapshot().jobs().len() + jobs.snapshot().known_steps();
        if self.state.grid.jobs().with_untracked(count) <= FEW {
            return self.set_filter(filter, None);
        }
        self.filtering.set_value(Some(filter.clone()));
        spawn_local(self.filter_in_parts(filter));
    }

    /// The same, before anything else happens.
    pub fn filter_at_once(self, change: impl FnOnce(&mut Filter)) {
        self.set_filter(self.changed_filter(change), None);
    }

    fn changed_filter(self, change: impl FnOnce(&mut Filter)) -> Filter {
        let mut filter = self.filtering.get_value().unwrap_or_else(|| self.present_filter());
        change(&mut filter);
        filter
    }

    fn present_filter(self) -> Filter {
        self.state.grid.outline().with_untracked(|outline: &Outline| outline.filter().clone())
    }

    async fn filter_in_parts(self, filter: Filter) {
        let ticket = self.state.session.ticket();
        let before = self.present_filter();
        let mut matching = self.state.grid.jobs().with_untracked(|jobs: &Jobs| jobs.matching(&filter));
        let mut turn = Turn::begin();
        while matching.advance(PART) {
            turn.give_way().await;
            // Another change has come, or the page is closed.
            if self.filtering.try_get_value().flatten().as_ref() != Some(&filter) || !ticket.is_current() {
                return;
            }
            // The address has changed.
            if self.present_filter() != before {
                return self.filtering.set_value(None);
            }
        }
        self.set_filter(filter, Some(&matching));
    }

    fn set_filter(self, filter: Filter, matching: Option<&Matching>) {
        self.filtering.set_value(None);
        self.state.grid.update(|grid| grid.set_filter_matched(filter, matching));
    }
}
