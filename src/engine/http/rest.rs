//! Lists that are read page by page as they are sent.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use super::{Environment, InventoryStore, Refused, follow::Follow, reading::Reading};
use crate::{
    domain::JobWithSteps,
    engine::{Caller, Engine, JobRecord, Pages, Reader, Store, StoreError},
    wire::{
        Base,
        document::{Entity, Listing},
    },
};

/// The rest of a body. Each piece is read from the store when it is wanted.
pub struct Rest(Box<dyn FnOnce() -> NextPiece + Send>);

type NextPiece = Pin<Box<dyn Future<Output = Result<Option<(Vec<u8>, Rest)>, StoreError>> + Send>>;

impl Rest {
    /// The next piece and the rest after it; `None` at the end. After an error the body is incomplete, and the connection must
    /// show that.
    pub async fn next(self) -> Result<Option<(Vec<u8>, Self)>, StoreError> {
        (self.0)().await
    }

    fn end() -> Self {
        Self(Box::new(|| Box::pin(std::future::ready(Ok(None)))))
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rest")
    }
}

/// Writes jobs as items of a list.
pub(super) trait Write: Send + 'static {
    /// Appends jobs to the text.
    fn write(
        &mut self,
        written: &mut Vec<u8>,
        records: Vec<JobRecord>,
    ) -> impl Future<Output = Result<(), Refused>> + Send;

    /// The text after the last job.
    fn close(self) -> Vec<u8>;
}

/// Needs nothing but the records.
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

/// Follows links, with everything that is needed to read them.
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
        for job in reading.followed_jobs(&records, &self.follow).await? {
            self.listing.write_entity(written, job);
        }
        Ok(())
    }

    fn close(self) -> Vec<u8> {
        self.listing.close()
    }
}

/// Why a piece could not be written.
pub(super) enum PieceError {
    /// The page could not be read.
    Store(StoreError),
    /// A followed link could not be read.
    Refused(Refused),
}

impl From<PieceError> for Refused {
    fn from(error: PieceError) -> Self {
        match error {
            PieceError::Store(error) => error.into(),
            PieceError::Refused(refused) => refused,
        }
    }
}

impl From<PieceError> for StoreError {
    fn from(error: PieceError) -> Self {
        match error {
            PieceError::Store(error) => error,
            PieceError::Refused(Refused::Store(error, _)) => error,
            PieceError::Refused(refused) => Self::broken(format!("following a link: {refused:?}")),
        }
    }
}

/// The first piece of a list of jobs, and the rest of it.
pub(super) async fn begin<S: Store>(pages: Pages<S>, mut writer: impl Write) -> Result<(Vec<u8>, Rest), PieceError> {
    let (records, more) = pages.next().await.map_err(PieceError::Store)?;
    let mut piece = Vec::new();
    writer.write(&mut piece, records).await.map_err(PieceError::Refused)?;
    Ok(match more {
        Some(pages) => (piece, Rest(Box::new(move || next(pages, writer)))),
        None => {
            piece.extend(writer.close());
            (piece, Rest::end())
        }
    })
}

/// Boxed, because the future contains itself.
fn next<S: Store>(pages: Pages<S>, writer: impl Write) -> NextPiece {
    Box::pin(async move { Ok(Some(begin(pages, writer).await?)) })
}
