//! `Idempotency-Key`: a request that adds a job or a step is answered once.
//!
//! The other requests need no key. Ending and clearing have the same result when they are repeated, and a machine refuses a
//! command that it carries out already.

use super::{Call, Environment, InventoryStore, Refused};
use crate::{
    domain::Time,
    engine::{Earlier, Keep, KeptAnswer, KeyedRequest, StoreError},
    wire::{Body, Response, fault::Fault},
};

const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The largest number of characters of a key.
const LONGEST: usize = 255;

/// A request that is answered once, if it has a key.
pub(super) struct Once(Option<KeyedRequest>);

impl Once {
    /// The answer to keep, if the request has a key.
    pub(super) fn keep(&self, answer: KeptAnswer, now: Time) -> Option<Keep> {
        let request = self.0.clone()?;
        Some(Keep { request, answer, now })
    }
}

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Reads the request's key. A malformed one is 400.
    pub(super) fn once(&self) -> Result<Once, Refused> {
        let mut headers = self.request.headers.iter().filter(|(name, _)| name == IDEMPOTENCY_KEY);
        let Some((_, value)) = headers.next() else { return Ok(Once(None)) };
        let key = read(value).filter(|_| headers.next().is_none()).ok_or_else(malformed)?;
        let asked = [self.request.path.as_bytes(), b"\0", &self.request.body].concat();
        Ok(Once(Some(KeyedRequest { user: self.caller.user.id, key, asked })))
    }

    /// The answer that the same request got before. Another request with the same key is 422.
    pub(super) async fn answered(&self, once: &Once) -> Result<Option<Response>, Refused> {
        let Some(request) = &once.0 else { return Ok(None) };
        match self.engine.store.earlier(request, self.engine.now()).await? {
            Earlier::Nothing => Ok(None),
            Earlier::Answered(answer) => Ok(Some(response(answer))),
            Earlier::AnotherRequest => Err(used()),
        }
    }

    /// The answer of another request with the same key, which was faster.
    pub(super) async fn answered_meanwhile(&self, once: &Once) -> Result<Response, Refused> {
        // It is kept for minutes.
        self.answered(once).await?.ok_or_else(|| StoreError::broken("a kept answer is gone").into())
    }
}

/// A response as it is kept.
pub(super) fn kept(response: Response) -> KeptAnswer {
    let header = |name| response.header(name).map(str::to_owned);
    let (content_type, location) = (header("content-type").unwrap_or_default(), header("location"));
    KeptAnswer { status: response.status, content_type, location, body: response.body.into_bytes() }
}

/// A kept answer as a response.
pub(super) fn response(answer: KeptAnswer) -> Response {
    let response = Response::empty(answer.status).with_header("content-type", answer.content_type);
    let response = match answer.location {
        Some(location) => response.with_header("location", location),
        None => response,
    };
    Response { body: Body::Bytes(answer.body), ..response }
}

/// A key is a string in quotes, as the draft has it (RFC 9651, section 3.3.3). Without quotes, as many clients send it, it is
/// a word.
fn read(value: &str) -> Option<String> {
    let value = value.trim();
    let key = match value.strip_prefix('"') {
        Some(rest) => unquoted(rest)?,
        None => {
            Some(value.to_owned()).filter(|word| word.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"'))?
        }
    };
    (1..=LONGEST).contains(&key.len()).then_some(key)
}

/// The text until the closing quote, which must be the last character.
fn unquoted(text: &str) -> Option<String> {
    let (mut key, mut characters) = (String::new(), text.chars());
    loop {
        match characters.next()? {
            '"' => return characters.next().is_none().then_some(key),
            '\\' => key.push(characters.next().filter(|escaped| matches!(escaped, '"' | '\\'))?),
            plain @ ' '..='~' => key.push(plain),
            _ => return None,
        }
    }
}

fn malformed() -> Refused {
    let detail = format!("The header Idempotency-Key must be one text of 1 to {LONGEST} printable ASCII characters.");
    Refused::Fault(400, Fault::new("Invalid Idempotency-Key.", detail))
}

fn used() -> Refused {
    let detail = "Another request was sent with this key: a new request needs a new key.";
    Refused::Fault(422, Fault::new("Idempotency-Key is already used.", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_keys() {
        let (longest, longer) = ("k".repeat(255), "k".repeat(256));
        for (value, expected) in [
            ("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", Some("8e03978e-40d5-43dd-bc93-6894a57f9324")),
            ("8e03978e-40d5-43dd-bc93-6894a57f9324", Some("8e03978e-40d5-43dd-bc93-6894a57f9324")),
            ("  \"a\" ", Some("a")),
            ("\"two words\"", Some("two words")),
            (r#""a \"quoted\" \\ word""#, Some(r#"a "quoted" \ word"#)),
            (&longest, Some(&*longest)),
            (&longer, None),
            ("", None),
            ("\"\"", None),
            ("\"", None),
            ("\"a", None),
            ("a\"", None),
            ("\"a\"b", None),
            ("\"a\";b=c", None),
            ("\"a\", \"b\"", None),
            (r#""a\b""#, None),
            ("two words", None),
            ("\"\t\"", None),
            ("\"\u{e4}\"", None),
            ("\u{e4}", None),
        ] {
            assert_eq!(read(value).as_deref(), expected, "{value}");
        }
    }
}
