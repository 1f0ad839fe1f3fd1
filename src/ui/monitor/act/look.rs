//! What to do when a reply is lost: look whether it was done.

use std::time::Duration;

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Promise;

use super::Errand;
use crate::{
    api::ApiError,
    domain::JobWithSteps,
    view::{
        doubt::{Done, Found, LOOKS, added_job, changed},
        form::{Phase, Submission},
    },
};

const SEVERAL: &str = "The reply was lost, and what was asked for may be any of several. See the list.";
const NOTHING: &str = "The reply was lost, and what was asked for has not been done as far as can be seen.";
const UNKNOWN: &str = "The reply was lost, and the engine could not be asked whether it was done.";

impl Errand {
    /// Looks for what was asked for, three times over ten seconds. If it is not found, that has been said.
    pub(super) async fn look(&self, before: Option<&JobWithSteps>) -> Option<Done> {
        let mut answered = false;
        for (look, wait) in (1..).zip(LOOKS) {
            self.tell(Phase::Looking { look }, "");
            sleep(wait).await;
            match self.find(before).await {
                Ok(Found::One(done)) => return Some(done),
                Ok(Found::Several(nodes)) => {
                    self.monitor.poll(self.context);
                    self.tell(Phase::Ambiguous(nodes), SEVERAL);
                    return None;
                }
                Err(error @ ApiError::Unauthenticated) => {
                    self.refuse(&error);
                    return None;
                }
                Ok(Found::Nothing) => answered = true,
                Err(_) => (),
            }
        }
        self.tell(Phase::Lost { answered }, if answered { NOTHING } else { UNKNOWN });
        None
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
