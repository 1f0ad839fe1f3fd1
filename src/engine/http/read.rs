//! GET.

use super::{Call, Environment, Refused, Resource, Store, parameters::Max};
use crate::{
    domain::{JobId, StepId, UserId},
    engine::Search,
    wire::{Response, describe, document::Document, fault::Fault},
};

impl<S: Store, E: Environment> Call<'_, S, E> {
    /// Answers a GET of a resource that has one.
    pub(super) async fn read(&self, resource: Resource) -> Result<Response, Refused> {
        let followed = self.parameters.follows_steps().map_err(cannot_follow)?;
        match resource {
            Resource::Jobs => self.read_jobs(followed).await,
            Resource::Job(id) => self.read_job(id, followed).await,
            _ if followed => Err(cannot_follow("steps")),
            Resource::Steps(job) => self.read_steps(job).await,
            Resource::Step(job, id) => self.read_step(job, id).await,
            Resource::Statistics(id) => self.read_statistics(id).await,
            Resource::User(id) => self.read_user(id).await,
            Resource::Root => Ok(self.send(200, &describe::root(self.base, self.caller.user.id, self.engine.now()))),
            Resource::EndJob(_) | Resource::ClearJob(_) | Resource::EndStep(_) => {
                Err(Refused::Method(resource.allowed()))
            }
        }
    }

    async fn read_jobs(&self, followed: bool) -> Result<Response, Refused> {
        let max = match self.parameters.max() {
            Max::Unlimited => None,
            Max::Rows(rows) => Some(rows),
            Max::Negative(rows) => return Err(illegal_max(rows)),
        };
        if self.parameters.integer("from").is_some() {
            return Err(Refused::invalid("Jobs have no numeric ids, so 'from' has no meaning here."));
        }
        let search = Search::parse(self.parameters.text("search").unwrap_or_default());
        let records = self.engine.jobs(self.reader(), &search, max, followed).await?;
        let jobs = records.into_iter().map(|record| record.content);
        Ok(self.stream(200, describe::jobs(self.form(), self.base, followed, jobs)))
    }

    async fn read_job(&self, id: JobId, followed: bool) -> Result<Response, Refused> {
        let content = found(self.engine.job(self.reader(), id).await?)?;
        if followed {
            self.reader().may_read_everything()?;
        }
        let job = describe::job(self.base, &content.job, followed.then_some(&content.steps));
        Ok(self.send(200, &Document::entity("job", job)))
    }

    async fn read_steps(&self, job: JobId) -> Result<Response, Refused> {
        let max = match self.parameters.max() {
            // Here, and only here, an engine takes -1 for no limit.
            Max::Unlimited | Max::Negative(-1) => usize::MAX,
            Max::Rows(rows) => rows,
            Max::Negative(rows) => return Err(illegal_max(rows)),
        };
        let steps = self.engine.steps(self.reader(), job).await?;
        Ok(self.stream(200, describe::steps(self.form(), self.base, job, steps.into_iter().take(max))))
    }

    async fn read_step(&self, job: JobId, id: StepId) -> Result<Response, Refused> {
        let step = found(self.engine.step(self.reader(), id).await?)?;
        Ok(self.send(200, &Document::entity("step", describe::step(self.base, job, &step))))
    }

    async fn read_statistics(&self, id: StepId) -> Result<Response, Refused> {
        found(self.engine.step(self.reader(), id).await?)?;
        Ok(self.send(200, &describe::statistics()))
    }

    async fn read_user(&self, id: UserId) -> Result<Response, Refused> {
        let user = found(self.engine.environment.user(id).await?)?;
        Ok(self.send(200, &describe::user(self.base, user.id, &user.user_name, user.principal(), user.domain())))
    }
}

/// What is not there is 404, with nothing to read (`BaseBackendResource.handleError`).
fn found<T>(found: Option<T>) -> Result<T, Refused> {
    found.ok_or(Refused::Status(404))
}

fn illegal_max(rows: i64) -> Refused {
    Refused::Fault(400, Fault::new("Operation Failed", format!("illegal max count {rows}")))
}

/// An engine answers 500 here; one of the departures.
fn cannot_follow(name: &str) -> Refused {
    Refused::invalid(format!("The link '{name}' can not be followed here."))
}
