//! The body of a request on its way to the engine.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use axum::{
    Error,
    body::{Body, Bytes, HttpBody},
};
use hyper::body::{Frame, SizeHint};

/// Whether all of a body has been read from the client.
#[derive(Debug, Clone)]
pub(super) struct Complete(Arc<AtomicBool>);

impl Complete {
    pub(super) fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A body that says when it is complete. It passes piece by piece.
pub(super) fn watch(body: Body) -> (Body, Complete) {
    let complete = Complete(Arc::new(AtomicBool::new(body.is_end_stream())));
    (Body::new(Upload { body, complete: complete.clone() }), complete)
}

struct Upload {
    body: Body,
    complete: Complete,
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() || self.body.is_end_stream() {
            self.complete.0.store(true, Ordering::Relaxed);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
