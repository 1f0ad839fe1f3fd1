//! The search of the job list. Its one field is `correlation_id` (`JobConditionFieldAutoCompleter`).

use super::{Condition, Query, Search, SearchField};
use crate::engine::Correlation;

/// A search of the job list.
pub type JobSearch = Search<JobField>;

/// A field of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobField {
    /// `correlation_id`
    CorrelationId,
}

impl SearchField for JobField {
    const EXACT: bool = true;

    fn named(name: &str) -> Option<Self> {
        name.eq_ignore_ascii_case("correlation_id").then_some(Self::CorrelationId)
    }

    /// Jobs have no column to look for words in.
    fn of_free_text() -> Option<Self> {
        None
    }
}

impl Query<JobField> {
    /// The one condition, if that is all: then the store can find the jobs itself.
    pub fn single(&self) -> Option<Correlation> {
        let Self { any, order: None, page: 1 } = self else { return None };
        let [all] = any.as_slice() else { return None };
        let [Condition { field: JobField::CorrelationId, is, value }] = all.as_slice() else { return None };
        Some(if *is { Correlation::Is(value.clone()) } else { Correlation::IsNot(value.clone()) })
    }
}
