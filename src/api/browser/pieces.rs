//! The body of an answer, while it arrives.

use std::ops::ControlFlow;

use futures_util::StreamExt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, js_sys::Uint8Array};

use super::{patience::Patience, turn::Turn};

/// How many bytes are handed out at a time. To decode as many takes a few milliseconds.
const PIECE: u32 = 64 << 10;

/// Hands out a body piece by piece. Fails if it breaks off.
pub(super) async fn hand_out(
    body: ReadableStream,
    patience: &Patience,
    sink: &mut impl FnMut(&[u8]) -> ControlFlow<()>,
) -> Result<(), JsValue> {
    let mut chunks = wasm_streams::ReadableStream::from_raw(body).into_stream();
    let mut buffer = Vec::new();
    let mut turn = Turn::begin();
    while let Some(chunk) = chunks.next().await {
        // From a cache, all may come as one chunk.
        let chunk: Uint8Array = chunk?.unchecked_into();
        patience.restart();
        for begin in (0..chunk.length()).step_by(PIECE as usize) {
            let piece = chunk.subarray(begin, chunk.length().min(begin + PIECE));
            buffer.resize(piece.length() as usize, 0);
            piece.copy_to(&mut buffer);
            if sink(&buffer).is_break() {
                return Ok(());
            }
            turn.give_way().await;
        }
    }
    Ok(())
}
