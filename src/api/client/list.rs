//! All jobs: read while they arrive, and decoded only where they differ from the list before.

use std::{ops::ControlFlow, sync::Arc};

use super::{Answer, Client};
use crate::{
    api::{ApiError, Endpoint, FollowedJob, Received, Transport, TransportError, error::http_time},
    wire::{
        Request,
        json::{JobsReader, ReadJobs},
    },
};

/// A list of jobs, and what the next request needs to know of it. `T` is what the page makes of a job.
#[derive(Debug, Clone)]
pub struct JobList<T> {
    read: Arc<ReadJobs<T>>,
    tag: Option<Tag>,
}

/// The version of a whole list (`ETag`), if the engine says it: oVirt engines do not, jobs-engine does.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tag {
    /// Lists with and without steps have different versions.
    follow_steps: bool,
    value: String,
}

impl<T> JobList<T> {
    /// No list yet. `seed` is a random number.
    pub fn none(seed: u64) -> Self {
        Self { read: Arc::new(ReadJobs::none(seed)), tag: None }
    }

    /// What was read.
    pub fn read(&self) -> &ReadJobs<T> {
        &self.read
    }
}

impl<C: Transport> Client<C> {
    /// All jobs. Following the steps is heavy work for an oVirt engine, which may refuse it with any error.
    ///
    /// `make` makes of a job what the page keeps; a job that is as in the list before is not made again. `progress` is called with
    /// how many jobs have come so far. If the connection breaks after at least one job, the list is not whole, which is no error.
    pub async fn list<T: Clone>(
        &self,
        follow_steps: bool,
        before: &JobList<T>,
        make: fn(FollowedJob) -> T,
        mut progress: impl FnMut(usize),
    ) -> Result<Answer<JobList<T>>, ApiError> {
        let tag = before.tag.as_ref().filter(|tag| tag.follow_steps == follow_steps);
        let request = match tag {
            Some(tag) => list_request(follow_steps).with_header("if-none-match", &tag.value),
            None => list_request(follow_steps),
        };
        let mut reader = JobsReader::new(Arc::clone(&before.read), make);
        let mut unreadable = None;
        let mut sink = |piece: &[u8]| match reader.take(piece) {
            Ok(()) => {
                progress(reader.count());
                ControlFlow::Continue(())
            }
            Err(error) => {
                unreadable = Some(error);
                ControlFlow::Break(())
            }
        };
        let Received { response, broke_off } = self.transport.receive(self.signed(request), &mut sink).await?;
        let engine_time = response.header("date").and_then(http_time);
        if response.status == 304 && tag.is_some() {
            return Ok(Answer { value: before.clone(), engine_time });
        }
        let etag = response.header("etag").map(str::to_owned);
        ApiError::check(response, true, self.transport.now()).map_err(ApiError::of_job_list)?;
        if let Some(error) = unreadable {
            return Err(error.into());
        }
        if broke_off == Some(TransportError::Cancelled) {
            return Err(ApiError::Cancelled);
        }
        let read = reader.finish().map_err(|error| broke_off.map_or_else(|| error.into(), ApiError::from))?;
        let tag = etag.filter(|_| read.is_whole).map(|value| Tag { follow_steps, value });
        Ok(Answer { value: JobList { read: Arc::new(read), tag }, engine_time })
    }
}

fn list_request(follow_steps: bool) -> Request {
    let request = Endpoint::Jobs.request();
    if follow_steps { request.with_query("follow", "steps") } else { request }
}
