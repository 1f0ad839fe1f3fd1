//! Lists that are read as they are sent.

use std::{fmt, future::Future, pin::Pin};

use crate::{
    domain::JobWithSteps,
    engine::{JobRecord, Pages, Store, StoreError},
    wire::document::{Entity, Listing},
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

/// The first piece of a list of jobs, and the rest of it.
pub(super) async fn begin<S, D>(pages: Pages<S>, mut listing: Listing<D>) -> Result<(Vec<u8>, Rest), StoreError>
where
    S: Store,
    D: for<'a> Fn(&'a JobWithSteps) -> Entity<'a> + Send + 'static,
{
    let (records, more) = pages.next().await?;
    let mut piece = Vec::new();
    for JobRecord { content, .. } in records {
        listing.write(&mut piece, &content);
    }
    Ok(match more {
        Some(pages) => (piece, Rest(Box::new(move || go_on(pages, listing)))),
        None => {
            piece.extend(listing.close());
            (piece, Rest::end())
        }
    })
}

/// Its type is written out, for it contains itself.
fn go_on<S, D>(pages: Pages<S>, listing: Listing<D>) -> Coming
where
    S: Store,
    D: for<'a> Fn(&'a JobWithSteps) -> Entity<'a> + Send + 'static,
{
    Box::pin(async move { begin(pages, listing).await.map(Some) })
}
