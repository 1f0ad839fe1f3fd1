//! GET.

use std::sync::{Arc, PoisonError};

use super::{
    Call, Environment, InventoryStore, Refused, Resource,
    follow::{CannotFollow, DEPTH, Follow},
    following::Following,
    reading::{Choice, Reading, Shows},
    rest::{self, Followed},
};
use crate::{
    domain::JobId,
    engine::{JobRecord, Pages, Search},
    wire::{Body, Response, describe},
};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Answers a GET of a resource that has one.
    pub(super) async fn read(&self, resource: Resource) -> Result<Response, Refused> {
        let names = self.parameters.text("follow").unwrap_or_default();
        let follow = match resource.shows() {
            Shows::One(kind) => Follow::parse(names, kind, false),
            Shows::Several(kind) => Follow::parse(names, kind, true),
            Shows::Nothing => return Err(Refused::Method(resource.allowed())),
        };
        let follow = follow.map_err(cannot_follow)?;
        match resource {
            Resource::Jobs => self.read_jobs(follow).await,
            Resource::Steps(job) if follow.is_empty() => self.read_steps(job).await,
            _ => {
                let content = Following::new(self.reading()).read(resource, &self.choice(), &follow).await?;
                Ok(self.stream(200, content.into_body(self.form(), !follow.is_empty())))
            }
        }
    }

    async fn read_jobs(&self, follow: Follow) -> Result<Response, Refused> {
        let choice = self.choice();
        let max = choice.rows()?;
        if self.parameters.integer("from").is_some() {
            return Err(Refused::invalid("Jobs have no numeric ids, so 'from' has no meaning here."));
        }
        let search = Search::parse(choice.search);
        let with_steps = follow.lists(super::Kind::Step);
        if let Some(engine) = self.in_pages
            && let Some(pages) = self.engine.pages(self.reader(), &search, max, with_steps)?
        {
            return self.read_pages(engine, pages, follow).await;
        }
        let records = self.engine.jobs(self.reader(), &search, max, with_steps).await?;
        if follow.is_empty() || follow.is_steps_alone() {
            let jobs = records.into_iter().map(|record| record.content);
            return Ok(self.stream(200, describe::jobs(self.form(), self.base, with_steps, jobs)));
        }
        self.follow_jobs(records, &follow).await
    }

    /// The steps that most want need nothing but the page itself.
    async fn read_pages(
        &self,
        engine: &Arc<super::Engine<S, E>>,
        pages: Pages<S>,
        follow: Follow,
    ) -> Result<Response, Refused> {
        let (form, base) = (self.form(), self.base);
        let (first, rest) = if follow.is_empty() || follow.is_steps_alone() {
            rest::begin(pages, describe::listing_of_jobs(form, base, !follow.is_empty())).await?
        } else {
            let listing = describe::listing_of_followed_jobs(form);
            let (engine, caller, filter) = (Arc::clone(engine), self.caller.clone(), self.parameters.filter());
            rest::begin(pages, Followed { engine, caller, filter, base, follow, listing }).await?
        };
        *self.rest.lock().unwrap_or_else(PoisonError::into_inner) = Some(rest);
        Ok(self.stream(200, Body::Bytes(first)))
    }

    /// A part at a time, so that only the finished text is all there at once.
    async fn follow_jobs(&self, records: Vec<JobRecord>, follow: &Follow) -> Result<Response, Refused> {
        let mut listing = describe::listing_of_followed_jobs(self.form());
        let mut body = Vec::new();
        let mut records = records.into_iter().peekable();
        while records.peek().is_some() {
            let part = records.by_ref().take(Pages::<S>::JOBS).collect();
            for job in Following::new(self.reading()).jobs(part, follow).await? {
                listing.write_entity(&mut body, job);
            }
        }
        body.extend(listing.close());
        Ok(self.stream(200, Body::Bytes(body)))
    }

    async fn read_steps(&self, job: JobId) -> Result<Response, Refused> {
        let max = self.choice().steps()?;
        let steps = self.engine.steps(self.reader(), job).await?;
        Ok(self.stream(200, describe::steps(self.form(), self.base, job, steps.into_iter().take(max))))
    }

    fn reading(&self) -> Reading<'_, S, E> {
        Reading { engine: self.engine, reader: self.reader(), base: self.base }
    }

    /// The rows that the request asks for.
    fn choice(&self) -> Choice<'_> {
        Choice { search: self.parameters.text("search").unwrap_or_default(), max: self.parameters.max() }
    }
}

/// An engine answers 500 here; one of the departures.
fn cannot_follow(why: CannotFollow) -> Refused {
    Refused::invalid(match why {
        CannotFollow::NoLink(name) => format!("The link '{name}' can not be followed here."),
        CannotFollow::Again(list) => format!("The links '{list}' can not be followed from what they lead to."),
        CannotFollow::TooDeep => format!("No more than {DEPTH} links can be followed in a row."),
    })
}
