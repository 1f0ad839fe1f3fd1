//! The parameters of a request as a servlet reads them (`ServletRequest.getParameter`): those of the query, then those of a
//! form in the body. Of several with one name the first counts. They may contain passwords, so nothing here can be shown.

use std::borrow::Cow;

use axum::http::{HeaderMap, Uri, header::CONTENT_TYPE};
use encoding_rs::{Encoding, UTF_8};
use percent_encoding::percent_decode;

const FORM: &str = "application/x-www-form-urlencoded";

/// Names and values, decoded, in order.
pub(super) struct ServletParameters(Vec<(String, String)>);

impl ServletParameters {
    /// Reads a request. A body without a content type counts as a form.
    pub(super) fn read(uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Self {
        let query = pairs(uri.query().unwrap_or_default().as_bytes(), UTF_8);
        let form = form_encoding(headers).map(|encoding| pairs(body, encoding));
        Self(query.chain(form.into_iter().flatten()).collect())
    }

    /// The first parameter with that name; case matters.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The encoding of a form: what its content type names, else UTF-8. `None` if the body is no form.
fn form_encoding(headers: &HeaderMap) -> Option<&'static Encoding> {
    let Some(content_type) = headers.get(CONTENT_TYPE) else { return Some(UTF_8) };
    let mut parts = content_type.to_str().ok()?.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case(FORM) {
        return None;
    }
    let named =
        parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let encoding = named.and_then(|(_, label)| Encoding::for_label(label.trim().trim_matches('"').as_bytes()));
    // The names and signs of a form are ASCII.
    Some(encoding.filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8))
}

/// `name=value` pairs, separated by `&`. A name alone has an empty value.
fn pairs(text: &[u8], encoding: &'static Encoding) -> impl Iterator<Item = (String, String)> {
    text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let mut half = || decode(halves.next().unwrap_or_default(), encoding);
        (half(), half())
    })
}

/// `+` is a space, and `%XX` is a byte.
fn decode(text: &[u8], encoding: &'static Encoding) -> String {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let bytes: Cow<'_, [u8]> = percent_decode(&spaced).into();
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    /// The query, the content type, the body, and the parameter `a`.
    type Row<'a> = (&'a str, Option<&'a str>, &'a [u8], Option<&'a str>);

    #[test]
    fn parameters_stand_in_the_query_and_in_a_form() {
        let latin = "application/x-www-form-urlencoded; charset=ISO-8859-1";
        let utf_8 = "application/x-www-form-urlencoded;charset=UTF-8";
        let rows: &[Row<'_>] = &[
            ("a=1", Some(FORM), b"", Some("1")),
            ("", Some(FORM), b"a=1", Some("1")),
            ("", None, b"a=1", Some("1")),
            ("a=1", Some(FORM), b"a=2", Some("1")),
            ("a=1&a=2", None, b"", Some("1")),
            ("", Some(FORM), b"b=0&a=1&a=2", Some("1")),
            ("b=1", Some(FORM), b"a=2", Some("2")),
            ("A=1", None, b"", None),
            ("a", None, b"", Some("")),
            ("a=", Some(FORM), b"a=2", Some("")),
            ("", Some(FORM), b"a=b=c", Some("b=c")),
            ("", Some(FORM), b"&&a=1&", Some("1")),
            ("", Some(FORM), b"%61=%31+%2B%26", Some("1 +&")),
            ("a=1+2%20", None, b"", Some("1 2 ")),
            ("", Some(FORM), b"a=100%", Some("100%")),
            ("", Some(FORM), b"a=%zz", Some("%zz")),
            ("", Some("APPLICATION/X-WWW-FORM-URLENCODED"), b"a=1", Some("1")),
            ("", Some(utf_8), b"a=%C3%A4", Some("\u{e4}")),
            ("", Some(utf_8), "a=\u{e4}".as_bytes(), Some("\u{e4}")),
            ("", Some(FORM), b"a=%C3%A4", Some("\u{e4}")),
            ("", Some(latin), b"a=%E4", Some("\u{e4}")),
            ("", Some(latin), b"a=\xe4", Some("\u{e4}")),
            ("a=%C3%A4", Some(latin), b"", Some("\u{e4}")),
            ("", Some("application/x-www-form-urlencoded; Charset=\"latin1\""), b"a=%E4", Some("\u{e4}")),
            ("", Some("application/x-www-form-urlencoded; charset=windows-1251"), b"a=%E4", Some("\u{434}")),
            ("", Some("application/x-www-form-urlencoded; charset=UTF-16"), b"a=1", Some("1")),
            ("", Some("application/x-www-form-urlencoded; charset=nonsense"), b"a=%C3%A4", Some("\u{e4}")),
            ("", Some("application/json"), br#"{"a":"1"}"#, None),
            ("", Some("text/plain"), b"a=1", None),
            ("a=1", Some("text/plain"), b"a=2", Some("1")),
        ];
        for (query, content_type, body, expected) in rows {
            let mut request = Request::get(format!("/?{query}"));
            if let Some(content_type) = content_type {
                request = request.header(CONTENT_TYPE, *content_type);
            }
            let (head, ()) = request.body(()).unwrap().into_parts();
            let parameters = ServletParameters::read(&head.uri, &head.headers, body);
            assert_eq!(parameters.get("a"), *expected, "{query} {content_type:?} {}", body.escape_ascii());
        }
    }
}
