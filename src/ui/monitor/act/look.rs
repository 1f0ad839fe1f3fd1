//! What to do when a reply is lost: look whether it was done.

use gloo_timers::future::sleep;

use super::Errand;
use crate::{
    api::ApiError,
    domain::{JobWithSteps, outline::NodeId},
    ui::context::Session,
    view::{
        doubt::{Done, Found, LOOKS, added_job, changed},
        form::{Phase, Submission},
    },
};

const SEVERAL: &str = "What was asked for may be any of several. See the list.";

impl Errand {
    /// Looks for what was asked for, three times over ten seconds. If it is not found, that has been said. `instead` says what
    /// came in place of a good reply.
    pub(super) async fn look(&self, before: Option<&JobWithSteps>, instead: &str) -> Option<Done> {
        let user = self.user();
        let mut answered = false;
        for (look, wait) in (1..).zip(LOOKS) {
            self.tell(Phase::Looking { look, instead: instead.to_owned() }, "");
            // What has become of it is as much in doubt after the next log-in.
            let found = loop {
                sleep(wait).await;
                let era = self.monitor.0.era.get();
                if self.is_session_of(&user)? {
                    let found = self.find(before).await;
                    if !self.ends_session(&found, era) {
                        break found;
                    }
                }
            };
            match found {
                Ok(Found::One(done)) => return Some(done),
                Ok(Found::Several(nodes)) => {
                    self.tell_several(nodes, instead);
                    return None;
                }
                Ok(Found::Nothing) => answered = true,
                Err(_) => (),
            }
        }
        self.tell_lost(answered, instead);
        None
    }

    /// Who is logged in, or was.
    fn user(&self) -> Option<String> {
        self.context.session.with_untracked(|session| match session {
            Session::In { user } | Session::Ended { user } => user.clone(),
            Session::LoggedOut => None,
        })
    }

    /// Whether that user is logged in. None if another one is, or nobody is to be: with the session the form is gone as well.
    fn is_session_of(&self, user: &Option<String>) -> Option<bool> {
        self.context.session.with_untracked(|session| match session {
            Session::In { user: now } => (user.is_none() || user == now).then_some(true),
            Session::Ended { .. } => Some(false),
            Session::LoggedOut => None,
        })
    }

    /// Whether the answer, asked for in that session, says that it has ended.
    fn ends_session(&self, found: &Result<Found, ApiError>, era: u32) -> bool {
        let ended = *found == Err(ApiError::Unauthenticated);
        if ended && self.monitor.0.era.get() == era {
            self.monitor.session_ended(self.context);
        }
        ended
    }

    fn tell_several(&self, nodes: Vec<NodeId>, instead: &str) {
        self.monitor.poll(self.context);
        self.tell(Phase::Ambiguous { nodes, instead: instead.to_owned() }, &[instead, " ", SEVERAL].concat());
    }

    fn tell_lost(&self, answered: bool, instead: &str) {
        let known = Phase::as_far_as_known(answered);
        self.tell(Phase::Lost { answered, instead: instead.to_owned() }, &[instead, " ", known].concat());
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
                let dialect = self.context.dialect();
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
