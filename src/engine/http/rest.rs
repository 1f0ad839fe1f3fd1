//! Lists that are read as they are sent.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use super::{Environment, InventoryStore, Refused, follow::Follow, following::Following, reading::Reading};
use crate::{
    domain::JobWithSteps,
    engine::{Caller, Engine, JobRecord, Pages, Reader, Store, StoreError},
    wire::{
        Base,
        document::{Entity, Listing},
    },
};

/// What comes after the body of a response, piece by piece, each read from the store when it is asked for.
pub struct Rest(Box<dyn FnOnce() -> Coming + Send>);

type Coming = Pin<Box<dyn Future<Output = Result<Option<(Vec<u8>, Rest)>, StoreError>> + Send>>;

impl Rest {
    /// The next piece and what comes after it; `None` at the end. After an error the body is no whole one, and must not look
    /// like it.
    pub async fn next(self) -> Result<Option<(Vec<u8>, Self)>, StoreError> {
        (self.0)().await
    }

    fn end() -> Self {
        Self(Box::new(|| Box::pin(std::future::ready(Ok(None)))))
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the rest")
    }
}

/// Writes jobs as items of a list.
pub(super) trait Write: Send + 'static {
    /// Adds them to what is written.
    fn write(
        &mut self,
        written: &mut Vec<u8>,
        records: Vec<JobRecord>,
    ) -> impl Future<Output = Result<(), Refused>> + Send;

    /// What comes after the last.
    fn close(self) -> Vec<u8>;
}

/// Of what is in the records.
impl<D> Write for Listing<D>
where
    D: for<'a> Fn(&'a JobWithSteps) -> Entity<'a> + Send + 'static,
{
    async fn write(&mut self, written: &mut Vec<u8>, records: Vec<JobRecord>) -> Result<(), Refused> {
        records.iter().for_each(|record| Listing::write(self, written, &record.content));
        Ok(())
    }

    fn close(self) -> Vec<u8> {
        Self::close(self)
    }
}

/// With what their links lead to: all that it takes to read that.
pub(super) struct Followed<S, E> {
    pub(super) engine: Arc<Engine<S, E>>,
    pub(super) caller: Caller,
    pub(super) filter: Option<bool>,
    pub(super) base: Base,
    pub(super) follow: Follow,
    pub(super) listing: Listing<()>,
}

impl<S: InventoryStore, E: Environment> Write for Followed<S, E> {
    async fn write(&mut self, written: &mut Vec<u8>, records: Vec<JobRecord>) -> Result<(), Refused> {
        let reader = Reader::new(&self.caller, self.filter);
        let reading = Reading { engine: &self.engine, reader, base: self.base };
        for job in Following::new(reading).jobs(records, &self.follow).await? {
            self.listing.write_entity(written, job);
        }
        Ok(())
    }

    fn close(self) -> Vec<u8> {
        self.listing.close()
    }
}

/// Why a piece could not be made.
pub(super) enum Broken {
    /// The page could not be read.
    Store(StoreError),
    /// What its links lead to could not.
    Refused(Refused),
}

impl From<Broken> for Refused {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Store(error) => error.into(),
            Broken::Refused(refused) => refused,
        }
    }
}

impl From<Broken> for StoreError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Store(error) => error,
            Broken::Refused(refused) => Self(format!("following a link: {refused:?}")),
        }
    }
}

/// The first piece of a list of jobs, and the rest of it.
pub(super) async fn begin<S: Store>(pages: Pages<S>, mut writer: impl Write) -> Result<(Vec<u8>, Rest), Broken> {
    let (records, more) = pages.next().await.map_err(Broken::Store)?;
    let mut piece = Vec::new();
    writer.write(&mut piece, records).await.map_err(Broken::Refused)?;
    Ok(match more {
        Some(pages) => (piece, Rest(Box::new(move || go_on(pages, writer)))),
        None => {
            piece.extend(writer.close());
            (piece, Rest::end())
        }
    })
}

/// Its type is written out, for it contains itself.
fn go_on<S: Store>(pages: Pages<S>, writer: impl Write) -> Coming {
    Box::pin(async move { Ok(Some(begin(pages, writer).await?)) })
}
