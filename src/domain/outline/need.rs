//! Whether a query is about steps, so that jobs without loaded steps make its result incomplete.

use super::{Column, Filter, Snapshot, Sort, Steps};
use crate::domain::JobId;

/// What a query needs steps for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// They are searched.
    Search,
    /// They are filtered.
    Filter,
    /// Jobs are sorted by them.
    Order,
}

impl Need {
    /// What this query needs steps for, if it does.
    pub fn of(filter: &Filter, sort: Sort) -> Option<Self> {
        if !filter.text.trim().is_empty() {
            Some(Self::Search)
        } else if filter.attention {
            Some(Self::Filter)
        } else {
            (sort.column == Column::Progress).then_some(Self::Order)
        }
    }
}

/// The jobs without loaded steps that the filter does not exclude for another reason.
pub fn lacking(snapshot: &Snapshot, filter: &Filter) -> impl Iterator<Item = JobId> {
    let nodes = snapshot.jobs().iter().filter(|node| node.steps == Steps::Unfetched && filter.admits(&node.job));
    nodes.map(|node| node.job.id)
}
