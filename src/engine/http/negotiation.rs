//! Content negotiation and the API version.

use super::{Call, Environment, InventoryStore, Parameters, Refused, html};
use crate::wire::{Format, Method};

/// The format that a client wants for its answer; `None` if it accepts neither format.
///
/// `?accept=` takes precedence over the header (`resteasy.media.type.param.mapping`). A request without a valid range gets
/// the server's preferred format.
pub(super) fn wanted(parameters: &Parameters<'_>) -> Option<Format> {
    let accept = parameters.text("accept").filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let accept = accept.unwrap_or_else(|| parameters.headers("accept"));
    let mut ranges = ranges(&accept).peekable();
    if ranges.peek().is_none() {
        return Some(Format::PREFERRED);
    }
    let ranges: Vec<_> = ranges.collect();
    let weight = |format: &Format| {
        let closest = ranges.iter().filter(|range| range.covers(*format)).max_by_key(|range| range.precision())?;
        (closest.quality > 0).then_some((closest.quality, closest.precision()))
    };
    // Of equal forms, the one that the client names first; of forms that it does not name, the server's first.
    let named = |format: &Format| ranges.iter().position(|range| range.covers(*format)).unwrap_or(usize::MAX);
    let (format, _) = Format::ALL
        .iter()
        .rev()
        .filter_map(|format| Some((format, (weight(format)?, std::cmp::Reverse(named(format))))))
        .max_by_key(|(_, weight)| *weight)?;
    Some(*format)
}

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// 415 for a body in another format, 406 for a client that accepts neither format.
    pub(super) fn check_forms(&self) -> Result<(), Refused> {
        if self.request.method == Method::Post {
            self.sent()?;
        }
        self.wanted.map(drop).ok_or(Refused::Status(406))
    }

    /// The format of the request's body. An empty body needs a `Content-Type` too.
    pub(super) fn sent(&self) -> Result<Format, Refused> {
        match self.request.header("content-type") {
            Some(content_type) => {
                let media = media_type(content_type);
                let found = Format::ALL.iter().find(|format| format.media_type().eq_ignore_ascii_case(media));
                found.copied().ok_or(Refused::Status(415))
            }
            None => Err(Refused::Status(415)),
        }
    }

    /// Version 3 was removed (405); other versions never existed (400) (`VersionFilter.java`).
    pub(super) fn check_version(&self) -> Result<(), Refused> {
        match self.request.header("version").map(str::trim) {
            None | Some("" | "4") => Ok(()),
            Some("3") => {
                let method = self.request.method.as_str();
                let message = format!("HTTP method {method} is not supported by this URL");
                Err(Refused::Html(405, html::error_page(&message)))
            }
            Some(_) => Err(Refused::Html(400, html::error_page("The version is not supported; use 4."))),
        }
    }
}

/// A range of media types with its quality in thousandths.
struct Range<'a> {
    media: &'a str,
    quality: u16,
}

/// The valid ranges of an `Accept` header.
fn ranges(accept: &str) -> impl Iterator<Item = Range<'_>> {
    accept.split(',').filter_map(|range| {
        let media = media_type(range);
        let mut parameters = range.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        let quality = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("q")).map(|(_, quality)| quality);
        let quality = quality.map_or(Some(1.0), |quality| quality.trim().parse::<f32>().ok())?;
        let well_formed = media == "*" || media.split_once('/').is_some_and(|(kind, sub)| token(kind) && token(sub));
        well_formed.then(|| Range { media, quality: thousandths(quality) })
    })
}

/// Whether a text is a token in the sense of HTTP.
fn token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped to 0 to 1000")]
fn thousandths(quality: f32) -> u16 {
    (quality.clamp(0.0, 1.0) * 1000.0).round() as u16
}

impl Range<'_> {
    fn covers(&self, format: Format) -> bool {
        ["*", "*/*", "application/*", format.media_type()].iter().any(|range| range.eq_ignore_ascii_case(self.media))
    }

    /// How exactly a range names a format; the most exact range decides.
    fn precision(&self) -> u8 {
        match self.media {
            "*" | "*/*" => 0,
            media if media.ends_with("/*") => 1,
            _ => 2,
        }
    }
}

fn media_type(text: &str) -> &str {
    text.split(';').next().unwrap_or_default().trim()
}
