//! After a lost reply: checks whether the submission was carried out.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::SubmissionTask;
use crate::{
    api::ApiError,
    domain::JobWithSteps,
    ui::state::Session,
    view::{
        form::{Phase, Submission},
        reconcile::{CHECKS, Done, Found, added_job, changed},
    },
};

/// No check waits longer for an engine that asks to wait, in seconds.
const LONGEST_ADVICE: u32 = 120;

const SEVERAL: &str = "It may be one of several entries. See the list.";

impl SubmissionTask {
    /// Checks three times in ten seconds. Returns none after it has reported that nothing was found. `instead` tells what happened
    /// in place of a reply.
    pub(super) async fn look(&self, before: Option<&JobWithSteps>, instead: &str) -> Option<Done> {
        let mut answered = false;
        let mut told = Duration::ZERO;
        for (check, wait) in (1..).zip(CHECKS) {
            self.tell(Phase::Checking { check, instead: instead.to_owned() }, "");
            // If the session ends meanwhile, the check waits until the user has logged in again.
            let found = loop {
                sleep(wait.max(told)).await;
                if self.is_users_session_in()? {
                    let ticket = self.sync.state.session.ticket();
                    match self.find(before).await {
                        Err(error) if error.ends_session() => self.sync.end_session(&ticket),
                        found => break found,
                    }
                }
            };
            match found {
                Ok(Found::One(done)) => return Some(done),
                Ok(Found::Several(nodes)) => {
                    self.sync.refresh();
                    self.tell(Phase::Ambiguous { nodes, instead: instead.to_owned() }, &format!("{instead} {SEVERAL}"));
                    return None;
                }
                Ok(Found::Nothing) => answered = true,
                Err(error) => {
                    self.sync.heed(&error);
                    told = Duration::from_secs(error.advice().unwrap_or(0).min(LONGEST_ADVICE).into());
                }
            }
        }
        let known = Phase::as_far_as_known(answered);
        self.tell(Phase::Lost { answered, instead: instead.to_owned() }, &format!("{instead} {known}"));
        None
    }

    /// Whether the user of the submission is logged in now. None if another user is, or if nobody will log in again: then the form
    /// is gone, too.
    fn is_users_session_in(&self) -> Option<bool> {
        if !self.is_users_session() {
            return None;
        }
        self.sync.state.session.session.try_with_untracked(|session| match session {
            Session::In { .. } => Some(true),
            Session::Ended { .. } => Some(false),
            Session::LoggedOut => None,
        })?
    }

    /// One check.
    async fn find(&self, before: Option<&JobWithSteps>) -> Result<Found, ApiError> {
        if let Submission::AddJob(new) = &self.attempt.submission {
            let client = self.sync.state.session.ticket().client;
            let candidates = client.jobs_of(&self.attempt.id).await?;
            return Ok(added_job(candidates, new, &self.attempt.before));
        }
        let Some((before, target)) = before.zip(self.draft.target()) else { return Ok(Found::Nothing) };
        match self.read(target.job()).await {
            Ok(after) => Ok(changed(&self.attempt.submission, self.sync.state.session.dialect(), before, &after)),
            // A removed job has ended, so an end was carried out, but an addition was not.
            Err(ApiError::NotFound) => Ok(match self.attempt.submission.added() {
                Some(_) => Found::Nothing,
                None => Found::One(Done::Node(target)),
            }),
            Err(error) => Err(error),
        }
    }
}
