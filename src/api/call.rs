//! A call under way.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::UNIX_EPOCH,
};

use super::{ApiError, Transport};
use crate::{
    domain::Time,
    wire::{Method, Request},
};

/// A call under way: one request, and how its answer is read.
///
/// Every call is one of these, and what waits for the engine is one boxed future, so that the page has one state machine for
/// all calls and not one for each.
pub struct Call<'a, V> {
    reply: Pin<Box<dyn Future<Output = Result<Reply, ApiError>> + 'a>>,
    read: Box<dyn Fn(Reply) -> Result<V, ApiError>>,
}

/// What came of a request that went well.
pub(super) struct Reply {
    pub(super) body: Vec<u8>,
    /// What the engine's clock said then (`Date`, to the second).
    pub(super) engine_time: Option<Time>,
}

impl<'a, V: 'static> Call<'a, V> {
    /// Sends a request once it is waited for.
    pub(super) fn new(
        transport: &'a impl Transport,
        request: Request,
        read: impl Fn(Reply) -> Result<V, ApiError> + 'static,
    ) -> Self {
        Self { reply: Box::pin(exchange(transport, request)), read: Box::new(read) }
    }

    /// The same call, with something made of what it brings.
    pub fn map<W>(self, make: impl Fn(V) -> W + 'static) -> Call<'a, W> {
        let read = self.read;
        Call { reply: self.reply, read: Box::new(move |reply| read(reply).map(&make)) }
    }
}

impl<V> Future for Call<'_, V> {
    type Output = Result<V, ApiError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.reply.as_mut().poll(context).map(|reply| (self.read)(reply?))
    }
}

async fn exchange(transport: &impl Transport, request: Request) -> Result<Reply, ApiError> {
    let reading = request.method == Method::Get;
    let response = transport.send(request).await?;
    let engine_time = response.header("date").and_then(http_time);
    Ok(Reply { body: ApiError::check(response, reading)?, engine_time })
}

fn http_time(text: &str) -> Option<Time> {
    let since_epoch = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Time::from_timestamp(i64::try_from(since_epoch.as_secs()).ok()?, 0)
}
