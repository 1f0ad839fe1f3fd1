//! Answers that are kept: a request that is repeated with its `Idempotency-Key` gets the answer again, and makes nothing
//! again (draft-ietf-httpapi-idempotency-key-header).

use std::{future::Future, sync::Arc};

use chrono::TimeDelta;

use super::{JobRecord, SaveError, Saved, StoreError, events::NewEvent};
use crate::domain::{Time, UserId};

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::minutes(10);

/// A request with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedRequest {
    /// Who sent it: each user has keys of their own.
    pub user: UserId,
    /// The key.
    pub key: String,
    /// What it asks for. With the same key it must be the same.
    pub asked: Vec<u8>,
}

/// What is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The status code.
    pub status: u16,
    /// The header `Content-Type`.
    pub content_type: String,
    /// The header `Location`, without the origin.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing: the request is not answered yet.
    Nothing,
    /// The same request was answered.
    Answered(KeptAnswer),
    /// Another request with this key was answered.
    AnotherRequest,
}

/// An answer to keep together with what its request made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// The request.
    pub request: KeyedRequest,
    /// Its answer.
    pub answer: KeptAnswer,
    /// The time now.
    pub now: Time,
}

impl Keep {
    /// When the answer is forgotten.
    pub fn until(&self) -> Time {
        self.now + KEPT
    }
}

/// What is saved along with a job, in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Along {
    /// The answer to keep.
    pub keep: Option<Keep>,
    /// The events to write.
    pub events: Vec<NewEvent>,
}

/// A save that may keep an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedOnce {
    /// All is saved.
    Saved(Saved),
    /// Nothing is saved: there is an answer for the key.
    Repeated,
}

/// Stores answers beside jobs.
pub trait AnswerStore: Send + Sync + 'static {
    /// What is known about the request's key.
    fn earlier(&self, request: &KeyedRequest, now: Time) -> impl Future<Output = Result<Earlier, StoreError>> + Send;

    /// Saves a record as [`Store::save`](super::Store::save) does, and what comes along in the same transaction.
    fn save_along(
        &self,
        record: &JobRecord,
        replaces: Option<u64>,
        along: &Along,
    ) -> impl Future<Output = Result<SavedOnce, SaveError>> + Send;
}

/// A shared store.
impl<T: AnswerStore> AnswerStore for Arc<T> {
    fn earlier(&self, request: &KeyedRequest, now: Time) -> impl Future<Output = Result<Earlier, StoreError>> + Send {
        T::earlier(self, request, now)
    }

    fn save_along(
        &self,
        record: &JobRecord,
        replaces: Option<u64>,
        along: &Along,
    ) -> impl Future<Output = Result<SavedOnce, SaveError>> + Send {
        T::save_along(self, record, replaces, along)
    }
}
