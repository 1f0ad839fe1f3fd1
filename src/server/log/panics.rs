//! Panics in the log.

use std::{io::Write, panic};

use serde_json::json;
use tracing_appender::non_blocking::NonBlocking;

use super::{line::Format, short};

/// From now on a panic becomes a line; its request is answered elsewhere.
///
/// The line does not pass through the logger, since that may be what panics. The queue neither waits nor fails.
pub(super) fn log(lines: NonBlocking, format: Format) {
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        // The text may have something of a client in it.
        let text = short(panic.payload_as_str().unwrap_or_default());
        let what = json!({ "place": place, "text": text });
        drop(lines.clone().write_all(format.line("ERROR", "panic", ("panic", &what)).as_bytes()));
    }));
}
