//! What to do when a reply is lost: look whether it was done.

use std::time::Duration;

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Promise;

use super::Errand;
use crate::{
    api::ApiError,
    domain::JobWithSteps,
    ui::context::{Context, Session},
    view::{
        doubt::{Done, Found, LOOKS, added_job, changed},
        form::{Phase, Submission},
    },
};

const SEVERAL: &str = "What was asked for may be any of several. See the list.";
const NOTHING: &str = "What was asked for has not been done as far as can be seen.";
const UNKNOWN: &str = "The engine could not be asked whether it was done.";

impl Errand {
    /// Looks for what was asked for, three times over ten seconds. If it is not found, that has been said. `instead` says what
    /// came in place of a good reply.
    pub(super) async fn look(&self, before: Option<&JobWithSteps>, instead: &str) -> Option<Done> {
        let instead = || instead.to_owned();
        let user = user_of(self.context);
        let mut answered = false;
        for (look, wait) in (1..).zip(LOOKS) {
            self.tell(Phase::Looking { look, instead: instead() }, "");
            sleep(wait).await;
            let found = loop {
                let era = self.monitor.0.era.get();
                let found = self.find(before).await;
                if found != Err(ApiError::Unauthenticated) {
                    break found;
                }
                if self.monitor.0.era.get() == era {
                    self.monitor.session_ended(self.context);
                }
                // What has become of it is as much in doubt after the next log-in.
                if !self.is_logged_in_again(user.as_ref()).await {
                    return None;
                }
            };
            match found {
                Ok(Found::One(done)) => return Some(done),
                Ok(Found::Several(nodes)) => {
                    self.monitor.poll(self.context);
                    self.tell(Phase::Ambiguous { nodes, instead: instead() }, &(instead() + " " + SEVERAL));
                    return None;
                }
                Ok(Found::Nothing) => answered = true,
                Err(_) => (),
            }
        }
        let end = if answered { NOTHING } else { UNKNOWN };
        self.tell(Phase::Lost { answered, instead: instead() }, &(instead() + " " + end));
        None
    }

    /// Waits until the session goes on. Another person's does not: with it, the form is gone as well.
    async fn is_logged_in_again(&self, user: Option<&String>) -> bool {
        let session = || self.context.session.get_untracked();
        while matches!(session(), Session::Ended { .. }) {
            let _ = self.monitor.next_session().await;
        }
        match session() {
            Session::In { user: now } => user.is_none() || user == now.as_ref(),
            Session::Ended { .. } | Session::LoggedOut => false,
        }
    }

    /// One look.
    async fn find(&self, before: Option<&JobWithSteps>) -> Result<Found, ApiError> {
        if let Submission::AddJob(new) = &self.submission {
            let candidates = self.monitor.client().jobs_of(&self.correlation).await?;
            return Ok(added_job(candidates, new, |job| self.known.find(job.id).is_some()));
        }
        let Some((before, target)) = before.zip(self.draft.target()) else { return Ok(Found::Nothing) };
        match self.read(target.job()).await {
            Ok(after) => {
                let dialect = self.context.engine.with_untracked(|engine| engine.dialect);
                Ok(changed(&self.submission, dialect, before, &after))
            }
            // What is gone has ended and is cleared; but nothing was added to it.
            Err(ApiError::NotFound) => Ok(match self.submission.added() {
                Some(_) => Found::Nothing,
                None => Found::One(Done::Node(target)),
            }),
            Err(error) => Err(error),
        }
    }
}

fn user_of(context: Context) -> Option<String> {
    context.session.with_untracked(|session| match session {
        Session::In { user } | Session::Ended { user } => user.clone(),
        Session::LoggedOut => None,
    })
}

async fn sleep(wait: Duration) {
    let over = Promise::new(&mut |resolve, _| {
        let wait = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
        // Without a timer there is no wait.
        if window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait).is_err() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(over).await;
}
