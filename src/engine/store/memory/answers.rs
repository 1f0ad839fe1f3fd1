//! Kept answers in memory, under the same lock as the jobs.

use std::{
    collections::HashMap,
    future::{Future, ready},
};

use super::{MemoryStore, SaveError, StoreError, Tables};
use crate::{
    domain::{Time, UserId},
    engine::{Along, AnswerStore, Earlier, JobRecord, Keep, KeptAnswer, KeyedRequest, SavedOnce},
};

/// The answers by user and key.
#[derive(Debug, Default)]
pub(super) struct AnswerTable(HashMap<(UserId, String), Entry>);

#[derive(Debug)]
struct Entry {
    asked: Vec<u8>,
    answer: KeptAnswer,
    until: Time,
}

impl AnswerStore for MemoryStore {
    fn earlier(&self, request: &KeyedRequest, now: Time) -> impl Future<Output = Result<Earlier, StoreError>> + Send {
        ready(Ok(self.tables().answers.earlier(request, now)))
    }

    fn save_along(
        &self,
        record: &JobRecord,
        replaces: Option<u64>,
        along: &Along,
    ) -> impl Future<Output = Result<SavedOnce, SaveError>> + Send {
        ready(self.tables().save_along(record, replaces, along))
    }
}

impl Tables {
    fn save_along(&mut self, record: &JobRecord, replaces: Option<u64>, along: &Along) -> Result<SavedOnce, SaveError> {
        if along.keep.as_ref().is_some_and(|keep| self.answers.earlier(&keep.request, keep.now) != Earlier::Nothing) {
            return Ok(SavedOnce::Repeated);
        }
        let saved = self.save(record, replaces)?;
        if let Some(keep) = &along.keep {
            self.answers.keep(keep);
        }
        self.events.add(&along.events);
        Ok(SavedOnce::Saved(saved))
    }
}

impl AnswerTable {
    fn earlier(&self, request: &KeyedRequest, now: Time) -> Earlier {
        match self.0.get(&(request.user, request.key.clone())) {
            Some(entry) if entry.until <= now => Earlier::Nothing,
            Some(entry) if entry.asked == request.asked => Earlier::Answered(entry.answer.clone()),
            Some(_) => Earlier::AnotherRequest,
            None => Earlier::Nothing,
        }
    }

    /// Also forgets what is over.
    fn keep(&mut self, keep: &Keep) {
        self.0.retain(|_, entry| entry.until > keep.now);
        let KeyedRequest { user, key, asked } = keep.request.clone();
        self.0.insert((user, key), Entry { asked, answer: keep.answer.clone(), until: keep.until() });
    }
}
