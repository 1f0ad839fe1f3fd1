//! GET.

use super::{
    Call, Environment, Resource, Store,
    parameters::Max,
    respond::{invalid, json, query_refusal, refusal, streamed},
};
use crate::{
    domain::{JobId, StepId, UserId},
    engine::{QueryError, Search},
    wire::{
        Response,
        fault::Fault,
        json::{write_job, write_jobs, write_root, write_statistics, write_step, write_steps, write_user},
    },
};

impl<S: Store, E: Environment> Call<'_, S, E> {
    /// Answers a GET of a resource that has one.
    pub(super) async fn read(&self, resource: Resource) -> Response {
        let followed = match self.parameters.follows_steps() {
            Ok(followed) => followed,
            Err(name) => return cannot_follow(name),
        };
        match resource {
            Resource::Jobs => self.read_jobs(followed).await,
            Resource::Job(id) => self.read_job(id, followed).await,
            _ if followed => cannot_follow("steps"),
            Resource::Steps(job) => self.read_steps(job).await,
            Resource::Step(job, id) => self.read_step(job, id).await,
            Resource::Statistics(id) => self.read_statistics(id).await,
            Resource::User(id) => self.read_user(id).await,
            Resource::Root => json(200, write_root(self.base, self.caller.user.id, self.engine.now())),
            Resource::EndJob(_) | Resource::ClearJob(_) | Resource::EndStep(_) => Response::empty(405),
        }
    }

    async fn read_jobs(&self, followed: bool) -> Response {
        let max = match self.parameters.max() {
            Max::Unlimited => None,
            Max::Rows(rows) => Some(rows),
            Max::Negative(rows) => return illegal_max(rows),
        };
        if self.parameters.integer("from").is_some() {
            return invalid("Jobs have no numeric ids, so 'from' has no meaning here.");
        }
        let search = Search::parse(self.parameters.text("search").unwrap_or_default());
        match self.engine.jobs(self.reader(), &search, max, followed).await {
            Ok(records) => {
                let jobs = records.into_iter().map(|record| record.content);
                streamed(200, write_jobs(self.base, followed, jobs))
            }
            Err(error) => query_refusal(&error),
        }
    }

    async fn read_job(&self, id: JobId, followed: bool) -> Response {
        let found = self.engine.job(self.reader(), id).await;
        if followed && let Err(error) = self.reader().may_read_everything() {
            return query_refusal(&error);
        }
        respond(found, |content| write_job(self.base, &content.job, followed.then_some(&content.steps)))
    }

    async fn read_steps(&self, job: JobId) -> Response {
        let max = match self.parameters.max() {
            // Here, and only here, an engine takes -1 for no limit.
            Max::Unlimited | Max::Negative(-1) => usize::MAX,
            Max::Rows(rows) => rows,
            Max::Negative(rows) => return illegal_max(rows),
        };
        match self.engine.steps(self.reader(), job).await {
            Ok(mut steps) => {
                steps.truncate(max);
                json(200, write_steps(self.base, job, &steps))
            }
            Err(error) => query_refusal(&error),
        }
    }

    async fn read_step(&self, job: JobId, id: StepId) -> Response {
        respond(self.engine.step(self.reader(), id).await, |step| write_step(self.base, job, &step))
    }

    async fn read_statistics(&self, id: StepId) -> Response {
        respond(self.engine.step(self.reader(), id).await, |_| write_statistics())
    }

    async fn read_user(&self, id: UserId) -> Response {
        let found = self.engine.environment.user(id).await.map_err(QueryError::Store);
        respond(found, |user| write_user(self.base, user.id, &user.user_name, user.principal(), user.domain()))
    }
}

/// What is not there is 404, with nothing to read (`BaseBackendResource.handleError`).
fn respond<T>(found: Result<Option<T>, QueryError>, write: impl FnOnce(T) -> Vec<u8>) -> Response {
    match found {
        Ok(Some(found)) => json(200, write(found)),
        Ok(None) => Response::empty(404),
        Err(error) => query_refusal(&error),
    }
}

fn illegal_max(rows: i64) -> Response {
    refusal(400, &Fault::new("Operation Failed", format!("illegal max count {rows}")))
}

/// An engine answers 500 here; one of the departures.
fn cannot_follow(name: &str) -> Response {
    invalid(format!("The link '{name}' can not be followed here."))
}
