//! GET.

use std::sync::PoisonError;

use super::{Call, Environment, InventoryStore, Refused, Resource, parameters::Max, rest};
use crate::{
    domain::{JobId, StepId},
    engine::{Pages, Search, inventory::ActionType},
    wire::{
        Body, Response, describe,
        document::{Document, Entity, List},
        fault::Fault,
    },
};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
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
            Resource::Directory(wanted) => self.read_directory(wanted).await,
            Resource::Thing(thing) => self.read_thing(thing).await,
            Resource::Capabilities => Ok(self.send(200, &capabilities())),
            Resource::Root => Ok(self.send(200, &describe::root(self.base, self.caller.user.id, self.engine.now()))),
            Resource::EndJob(_) | Resource::ClearJob(_) | Resource::EndStep(_) => {
                Err(Refused::Method(resource.allowed()))
            }
        }
    }

    async fn read_jobs(&self, followed: bool) -> Result<Response, Refused> {
        let max = self.max_rows()?;
        if self.parameters.integer("from").is_some() {
            return Err(Refused::invalid("Jobs have no numeric ids, so 'from' has no meaning here."));
        }
        let search = Search::parse(self.parameters.text("search").unwrap_or_default());
        if self.in_pages
            && let Some(pages) = self.engine.pages(self.reader(), &search, max, followed)?
        {
            return self.read_pages(pages, followed).await;
        }
        let records = self.engine.jobs(self.reader(), &search, max, followed).await?;
        let jobs = records.into_iter().map(|record| record.content);
        Ok(self.stream(200, describe::jobs(self.form(), self.base, followed, jobs)))
    }

    async fn read_pages(&self, pages: Pages<S>, followed: bool) -> Result<Response, Refused> {
        let listing = describe::listing_of_jobs(self.form(), self.base, followed);
        let (first, rest) = rest::begin(pages, listing).await?;
        *self.rest.lock().unwrap_or_else(PoisonError::into_inner) = Some(rest);
        Ok(self.stream(200, Body::Bytes(first)))
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

    /// How many rows a list of no jobs or steps may have.
    pub(super) fn max_rows(&self) -> Result<Option<usize>, Refused> {
        match self.parameters.max() {
            Max::Unlimited => Ok(None),
            Max::Rows(rows) => Ok(Some(rows)),
            Max::Negative(rows) => Err(illegal_max(rows)),
        }
    }
}

/// The commands that can be told to join a job, as the feature page asks for them: name and id are attributes in XML.
fn capabilities() -> Document<'static> {
    let monitored = ActionType::ALL.into_iter().filter(|action_type| action_type.is_monitored());
    let command =
        |action_type: ActionType| Entity::identified(i64::from(action_type.number())).labelled(action_type.name());
    let commands = List::of("monitored_command", monitored.map(command));
    Document::entity("capabilities", Entity::new().with("monitored_commands", commands))
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
