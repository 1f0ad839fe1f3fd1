//! What proxies say about a request: `X-Forwarded-For` and `X-Forwarded-Proto`, which most of them send, and `Forwarded`
//! (RFC 7239).

use std::{
    mem,
    net::{IpAddr, SocketAddr},
};

use axum::http::{HeaderMap, HeaderName, header::FORWARDED};

use crate::server::{Scheme, http::FORWARDED_SCHEME};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// One proxy's word about who sent the request to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hop {
    /// `None` if it is not known: `unknown`, an obfuscated name such as `_hidden`, or nothing that can be read.
    pub(super) address: Option<IpAddr>,
    /// How it was sent, if that is known.
    pub(super) scheme: Option<Scheme>,
}

const UNREADABLE: Hop = Hop { address: None, scheme: None };

/// The hops of `X-Forwarded-For`, the nearest proxy's last; `None` without the header.
pub(super) fn common(headers: &HeaderMap) -> Option<Vec<Hop>> {
    let text = joined(headers, &X_FORWARDED_FOR)?;
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    Some(words.map(|word| Hop { address: address(word.trim_matches('"')), scheme: None }).collect())
}

/// The last word of `X-Forwarded-Proto`, which the nearest proxy wrote.
pub(super) fn common_scheme(headers: &HeaderMap) -> Option<Scheme> {
    let text = joined(headers, &HeaderName::from_static(FORWARDED_SCHEME))?;
    scheme(text.rsplit(',').next()?.trim())
}

/// The hops of `Forwarded`, the nearest proxy's last; `None` without the header.
pub(super) fn standard(headers: &HeaderMap) -> Option<Vec<Hop>> {
    let text = joined(headers, &FORWARDED)?;
    let Some(elements) = elements(&text) else { return Some(vec![UNREADABLE]) };
    Some(elements.iter().filter(|pairs| !pairs.is_empty()).map(|pairs| hop(pairs).unwrap_or(UNREADABLE)).collect())
}

/// Several headers with one name are one list. A value that is no text counts as garbage at its place.
fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let mut values = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?")).peekable();
    values.peek()?;
    Some(values.collect::<Vec<_>>().join(","))
}

/// An address with or without a port; that of IPv6 in brackets if it has one.
fn address(word: &str) -> Option<IpAddr> {
    let bare = || word.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    let with_port = || word.parse::<SocketAddr>().ok().map(|address| address.ip());
    let address = word.parse().ok().or_else(bare).or_else(with_port)?;
    Some(address.to_canonical())
}

fn scheme(word: &str) -> Option<Scheme> {
    match word.to_ascii_lowercase().as_str() {
        "https" => Some(Scheme::Https),
        "http" => Some(Scheme::Http),
        _ => None,
    }
}

/// A name in lower case, and a value.
type Pair = (String, String);

/// Splits the header at commas and semicolons outside of quotes. `None` if it is not well-formed.
fn elements(text: &str) -> Option<Vec<Vec<Pair>>> {
    let (mut elements, mut pairs, mut word) = (Vec::new(), Vec::new(), String::new());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => loop {
                match characters.next()? {
                    '"' => break,
                    '\\' => word.push(characters.next()?),
                    other => word.push(other),
                }
            },
            ';' => pairs.extend(pair(&mem::take(&mut word))?),
            ',' => {
                pairs.extend(pair(&mem::take(&mut word))?);
                elements.push(mem::take(&mut pairs));
            }
            other => word.push(other),
        }
    }
    pairs.extend(pair(&word)?);
    elements.push(pairs);
    Some(elements)
}

/// Reads `name=value`; nothing from white space only. `None` if it is not well-formed.
fn pair(text: &str) -> Option<Option<Pair>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let (name, value) = text.split_once('=')?;
    Some(Some((name.trim().to_ascii_lowercase(), value.trim().to_owned())))
}

/// `None` if a name is there twice, which the standard forbids.
fn hop(pairs: &[Pair]) -> Option<Hop> {
    let value = |wanted: &str| {
        let mut found = pairs.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let first = found.next();
        found.next().is_none().then_some(first)
    };
    Some(Hop { address: value("for")?.and_then(address), scheme: value("proto")?.and_then(scheme) })
}
