//! What `server_fn` uses of the crate of this name: streams of Rust as streams of the browser, and the other way round.
//!
//! `leptos` brings `server_fn` along. Our page calls none of it, but the crate of this name exports classes to JavaScript,
//! which no linker can leave out. Here the browser's calls come through closures instead, so that what nobody calls is gone.

use std::{cell::RefCell, future::poll_fn, rc::Rc};

use futures_util::stream::{Stream, unfold};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{
    JsFuture, future_to_promise,
    js_sys::{Object, Promise, Reflect},
};
use web_sys::{ReadableStreamDefaultController, ReadableStreamDefaultReader};

/// A stream of the browser.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Wraps a stream of the browser.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// The stream of the browser itself.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream of the browser with what a stream of Rust has. An error ends it.
    pub fn from_stream(stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        let stream = Rc::new(RefCell::new(Box::pin(stream)));
        let pull = move |controller: ReadableStreamDefaultController| -> Promise {
            let stream = Rc::clone(&stream);
            future_to_promise(async move {
                // The browser asks for the next chunk only once this promise is kept, so nobody else borrows it.
                match poll_fn(|context| stream.borrow_mut().as_mut().poll_next(context)).await {
                    Some(Ok(chunk)) => controller.enqueue_with_chunk(&chunk)?,
                    Some(Err(error)) => controller.error_with_e(&error),
                    None => controller.close()?,
                }
                Ok(JsValue::UNDEFINED)
            })
        };
        let source = Object::new();
        let pull = Closure::<dyn FnMut(ReadableStreamDefaultController) -> Promise>::new(pull).into_js_value();
        // Neither can fail: the object is plain, and its one member is a function.
        let stream = Reflect::set(&source, &"pull".into(), &pull)
            .and_then(|_| web_sys::ReadableStream::new_with_underlying_source(&source));
        Self(stream.unwrap_or_else(|error| wasm_bindgen::throw_val(error)))
    }

    /// A stream of Rust with what a stream of the browser has. An error ends it.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        let reader: ReadableStreamDefaultReader = self.0.get_reader().unchecked_into();
        unfold(Some(reader), |reader| async {
            let reader = reader?;
            match read(&reader).await {
                Ok(chunk) => Some((Ok(chunk?), Some(reader))),
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}

/// The next chunk, if there is one.
async fn read(reader: &ReadableStreamDefaultReader) -> Result<Option<JsValue>, JsValue> {
    let result = JsFuture::from(reader.read()).await?;
    let is_over = Reflect::get(&result, &"done".into())?.is_truthy();
    if is_over { Ok(None) } else { Reflect::get(&result, &"value".into()).map(Some) }
}
