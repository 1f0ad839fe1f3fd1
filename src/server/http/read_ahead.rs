//! Reads the rest of a list while the client takes what was read before.

use std::io;

use axum::body::Bytes;
use futures_util::{Stream, stream};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tracing::error;

use crate::engine::{StoreError, http::Rest};

/// What the reading task says.
enum Piece {
    /// The next bytes.
    Read(Vec<u8>),
    /// The list is complete.
    End,
}

/// The pieces of the rest. One is ready at most and one more is being read, however slow the client is. If the list cannot be
/// read to its end, the last item is an error: then the body has no end either, so the client sees that it is incomplete.
pub(super) fn remaining(rest: Rest) -> impl Stream<Item = io::Result<Bytes>> {
    let (pieces, ready) = channel(1);
    tokio::spawn(read(rest, pieces));
    stream::try_unfold(Some(ready), next)
}

async fn next(ready: Option<Receiver<Piece>>) -> io::Result<Option<(Bytes, Option<Receiver<Piece>>)>> {
    let Some(mut ready) = ready else { return Ok(None) };
    match ready.recv().await {
        Some(Piece::Read(piece)) => Ok(Some((piece.into(), Some(ready)))),
        Some(Piece::End) => Ok(None),
        // The task has ended early: after an error, or a panic.
        None => Err(io::Error::other("cannot read the rest of a list")),
    }
}

/// Stops when nobody wants the pieces any more.
async fn read(mut rest: Rest, pieces: Sender<Piece>) {
    loop {
        match rest.next().await {
            Ok(Some((piece, more))) => {
                if pieces.send(Piece::Read(piece)).await.is_err() {
                    return;
                }
                rest = more;
            }
            Ok(None) => return drop(pieces.send(Piece::End).await),
            Err(StoreError { kind, text }) => return error!(?kind, %text, "cannot read the rest of a list"),
        }
    }
}
