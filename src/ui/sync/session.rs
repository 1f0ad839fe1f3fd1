//! Log-in and log-out. The token is only in the client, in memory.

use leptos::{prelude::*, task::spawn_local};

use super::{Sync, list::no_list, poll::Wake};
use crate::{
    api::{self, ApiError, ApiRoot, Client, Credentials, LogInError},
    host::PageHost,
    ui::state::{Session, SessionTicket, ToastKind},
    view::{form::Form, poll::Poller, reasons::Reasons, steps::StepsSchedule, unsettled::Unsettled},
};

impl Sync {
    /// Logs in. If the same user's session had ended, the page continues where it was.
    pub async fn log_in(self, user: &str, password: &str) -> Result<(), LogInError> {
        let host = self.state.session.host();
        let credentials = api::log_in(&host, user, password).await?;
        let root = self.first_request(Client::new(host, credentials.clone())).await?;
        let before = self.state.session.session.get_untracked();
        // Another user must not find the first one's data.
        if matches!(before, Session::Ended { .. }) && before.user() != Some(user) {
            self.forget();
        }
        self.begin_session(credentials);
        self.state.session.session.set(Session::In { user: Some(user.to_owned()) });
        // A form may have been refused because the session had ended.
        self.state.overlays.form.update(|form| form.iter_mut().for_each(Form::clear_refusal));
        self.state.connection.poller.update(Poller::resume);
        self.state.log_in.reset();
        self.begin_with(root);
        Ok(())
    }

    /// The first request with a new token is sent alone. An engine makes a session of its own for each request that comes before the
    /// first answer. When the session that is not used again times out, the token ends, too (contract, section 4).
    /// It also shows whether the user may use the API: the single sign-on gives a token also to users who may not.
    async fn first_request(self, client: Client<PageHost>) -> Result<Result<ApiRoot, ApiError>, LogInError> {
        let root = client.root().await;
        match &root {
            Err(error) if error.ends_session() => {
                let refusal = match error {
                    ApiError::NotAdmitted(sentence) => sentence.clone(),
                    _ => "The engine did not accept this log-in.".to_owned(),
                };
                spawn_local(async move { _ = api::log_out(client.transport(), client.credentials()).await });
                Err(LogInError::Refused(refusal))
            }
            // The polls show any other error.
            _ => Ok(root),
        }
    }

    /// Logs out: revokes the token, and removes all data of the engine.
    pub fn log_out(self) {
        let session = self.state.session;
        let client = session.ticket().client;
        session.host().give_up();
        self.begin_session(Credentials::none());
        session.session.set(Session::LoggedOut);
        self.forget();
        let ticket = session.ticket();
        spawn_local(async move {
            let is_lost = api::log_out(client.transport(), client.credentials()).await.is_err();
            // Somebody else may have logged in meanwhile.
            if is_lost && ticket.is_current() {
                let text = "The log-out did not reach the engine. The session will end by itself.";
                self.state.toasts.say(ToastKind::Problem, text, None);
            }
        });
    }

    /// The session has ended. Its data stays on screen, greyed out, until a user logs in again.
    pub(super) fn end_session(self, ticket: &SessionTicket) {
        let session = self.state.session;
        let user = match session.session.get_untracked() {
            Session::In { user } | Session::Ended { user } if ticket.is_current() => user,
            _ => return,
        };
        self.begin_session(Credentials::none());
        self.state.connection.lose(ApiError::Unauthenticated);
        session.session.set(Session::Ended { user });
    }

    fn begin_session(self, credentials: Credentials) {
        self.state.session.replace_client(credentials);
        self.steps.update_value(StepsSchedule::begin_session);
        self.send(Wake::NewSession);
    }

    fn forget(self) {
        self.list.set_value(no_list());
        self.steps.set_value(StepsSchedule::default());
        self.filtering.set_value(None);
        self.nameless.set_value(Vec::new());
        self.added.set_value(Vec::new());
        self.reasons.set_value(Reasons::default());
        self.unsettled.set_value(Unsettled::default());
        self.state.forget();
    }
}
