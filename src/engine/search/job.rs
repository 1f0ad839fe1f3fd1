//! The search of the job list. Its one field is `correlation_id` (`JobConditionFieldAutoCompleter`).

use super::{Comparison, Condition, Query, Relation, Search, SearchField, Wanted};
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
    fn named(name: &str) -> Option<Self> {
        name.eq_ignore_ascii_case("correlation_id").then_some(Self::CorrelationId)
    }

    /// Jobs have no column to look for words in.
    fn of_free_text() -> Option<Self> {
        None
    }

    fn comparison(self) -> Comparison {
        Comparison::Exact
    }
}

impl Query<JobField> {
    /// The one condition, if that is all: then the store can find the jobs itself.
    pub fn single(&self) -> Option<Correlation> {
        let Self { any, order: None, page: 1, .. } = self else { return None };
        let [all] = any.as_slice() else { return None };
        let [Condition { field: JobField::CorrelationId, relation, wanted: Wanted::Exact(value) }] = all.as_slice()
        else {
            return None;
        };
        match relation {
            Relation::Is => Some(Correlation::Is(value.clone())),
            Relation::IsNot => Some(Correlation::IsNot(value.clone())),
            Relation::Below | Relation::AtMost | Relation::Above | Relation::AtLeast => None,
        }
    }
}
