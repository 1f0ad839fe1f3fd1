//! GET.

use std::sync::{Arc, PoisonError};

use super::{
    Call, Environment, InventoryStore, Refused, Resource,
    follow::{Follow, NoSuchLink},
    reading::{Reading, Rows, Shows},
    rest::{self, Followed},
    tag::Tag,
};
use crate::{
    domain::JobId,
    engine::{JobRecord, JobSearch, Pages},
    wire::{Body, Response, describe},
};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Answers a GET of a resource.
    pub(super) async fn read(&self, resource: Resource) -> Result<Response, Refused> {
        let kind = match resource.shows() {
            Shows::One(kind) | Shows::List(kind) => kind,
            Shows::Nothing => return Err(Refused::Method(resource.allowed())),
        };
        let names = self.parameters.text("follow").unwrap_or_default();
        // An engine answers 500 here; one of the departures.
        let follow = Follow::parse(names, kind)
            .map_err(|NoSuchLink(name)| Refused::invalid(format!("The link '{name}' can not be followed here.")))?;
        match resource {
            Resource::Jobs => self.read_jobs(follow).await,
            Resource::Events => self.read_events().await,
            Resource::Steps(job) if follow.is_empty() => self.read_steps(job).await,
            _ => {
                let reading = self.reading();
                let mut content = match resource {
                    Resource::Job(id) => reading.job(id, follow.has_steps()).await?,
                    _ => reading.read(resource, &self.rows()).await?,
                };
                reading.follow(content.entities_mut(), &follow).await?;
                Ok(self.stream(200, content.into_body(self.format(), !follow.is_empty())))
            }
        }
    }

    async fn read_jobs(&self, follow: Follow) -> Result<Response, Refused> {
        let rows = self.rows();
        let max = rows.max()?;
        if self.parameters.integer("from").is_some() {
            return Err(Refused::failed("jobs have no numeric ids, so 'from' has no meaning here"));
        }
        let search = JobSearch::parse(rows.search);
        let tag = self.tag(&search, max, &follow).await?;
        if let Some(tag) = tag.as_ref().filter(|tag| self.client_has(tag)) {
            return Ok(tag.mark(Response::empty(304)));
        }
        let response = self.list_jobs(&search, max, follow).await?;
        Ok(match tag {
            Some(tag) => tag.mark(response),
            None => response,
        })
    }

    /// What a response with these jobs depends on, as a tag. None if owners are followed: users have no version.
    async fn tag(&self, search: &JobSearch, max: Option<usize>, follow: &Follow) -> Result<Option<Tag>, Refused> {
        if follow.others().next().is_some() {
            return Ok(None);
        }
        let version = self.engine.list_version(self.reader(), search).await?;
        Ok(Some(Tag::of(version, (self.caller, self.format(), self.base, follow, search, max))))
    }

    /// Whether the client says that it has the body with that tag.
    fn client_has(&self, tag: &Tag) -> bool {
        tag.is_in(&self.parameters.headers("if-none-match"))
    }

    async fn list_jobs(&self, search: &JobSearch, max: Option<usize>, follow: Follow) -> Result<Response, Refused> {
        let with_steps = follow.has_steps();
        if let Some(engine) = self.in_pages
            && let Some(pages) = self.engine.pages(self.reader(), search, max, with_steps)?
        {
            return self.read_pages(engine, pages, follow).await;
        }
        let records = self.engine.jobs(self.reader(), search, max, with_steps).await?;
        if follow.others().next().is_none() {
            let jobs = records.into_iter().map(|record| record.content);
            return Ok(self.stream(200, describe::jobs(self.format(), self.base, with_steps, jobs)));
        }
        self.follow_jobs(&records, &follow).await
    }

    /// Without links but the steps, a page of jobs can be written as it is.
    async fn read_pages(
        &self,
        engine: &Arc<super::Engine<S, E>>,
        pages: Pages<S>,
        follow: Follow,
    ) -> Result<Response, Refused> {
        let (format, base) = (self.format(), self.base);
        let (first, rest) = if follow.others().next().is_none() {
            rest::begin(pages, describe::listing_of_jobs(format, base, !follow.is_empty())).await?
        } else {
            let listing = describe::listing_of_followed_jobs(format);
            let (engine, caller, filter) = (Arc::clone(engine), self.caller.clone(), self.parameters.filter());
            rest::begin(pages, Followed { engine, caller, filter, base, follow, listing }).await?
        };
        *self.rest.lock().unwrap_or_else(PoisonError::into_inner) = Some(rest);
        Ok(self.stream(200, Body::Bytes(first)))
    }

    /// Works on a part of the jobs at a time, so that only the text is in memory as a whole.
    async fn follow_jobs(&self, records: &[JobRecord], follow: &Follow) -> Result<Response, Refused> {
        let mut listing = describe::listing_of_followed_jobs(self.format());
        let mut body = Vec::new();
        for part in records.chunks(Pages::<S>::JOBS) {
            for job in self.reading().followed_jobs(part, follow).await? {
                listing.write_entity(&mut body, job);
            }
        }
        body.extend(listing.close());
        Ok(self.stream(200, Body::Bytes(body)))
    }

    async fn read_steps(&self, job: JobId) -> Result<Response, Refused> {
        let max = self.rows().max_steps()?;
        let steps = self.engine.steps(self.reader(), job).await?;
        Ok(self.stream(200, describe::steps(self.format(), self.base, job, steps.into_iter().take(max))))
    }

    pub(super) fn reading(&self) -> Reading<'_, S, E> {
        Reading { engine: self.engine, reader: self.reader(), base: self.base }
    }

    /// The rows of a list that the request asks for.
    pub(super) fn rows(&self) -> Rows<'_> {
        Rows {
            search: self.parameters.text("search").unwrap_or_default(),
            max: self.parameters.max(),
            from: self.parameters.integer("from"),
            case_sensitive: self.parameters.case_sensitive(),
        }
    }
}
