//! The `Authorization` header.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// As an engine decodes it (`Base64.decodeBase64`): with or without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The credentials in the header.
#[derive(PartialEq, Eq)]
pub(super) enum Credentials {
    /// A token from log-in.
    Bearer(String),
    /// User name and password.
    Basic {
        /// `login@profile`
        name: String,
        /// The password.
        password: String,
    },
}

impl Credentials {
    /// Reads the header's value; case does not matter in the scheme. An engine only looks how the value begins and trims
    /// the rest (`SsoRestApiAuthFilter`), so white space of any kind, or none, may follow the scheme.
    pub(super) fn read(header: &str) -> Option<Self> {
        let header = header.trim();
        let value = |scheme: &str| {
            let (begin, rest) = header.split_at_checked(scheme.len())?;
            Some(rest.trim()).filter(|rest| begin.eq_ignore_ascii_case(scheme) && !rest.is_empty())
        };
        match (value("bearer"), value("basic")) {
            (Some(token), _) => Some(Self::Bearer(token.to_owned())),
            (None, Some(value)) => Self::basic(value),
            (None, None) => None,
        }
    }

    /// Both alphabets of Base64 are understood.
    fn basic(value: &str) -> Option<Self> {
        let standard = value.replace('-', "+").replace('_', "/");
        let text = String::from_utf8(LENIENT.decode(standard).ok()?).ok()?;
        let (name, password) = text.split_once(':')?;
        Some(Self::Basic { name: name.to_owned(), password: password.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_headers() {
        let bearer = |token: &str| Some(Credentials::Bearer(token.to_owned()));
        let basic = |name: &str, password: &str| {
            Some(Credentials::Basic { name: name.to_owned(), password: password.to_owned() })
        };
        for (header, expected) in [
            ("Bearer abc", bearer("abc")),
            ("bearer  abc ", bearer("abc")),
            ("Basic YWRtaW5AaW50ZXJuYWw6YTpi", basic("admin@internal", "a:b")),
            ("BASIC YWRtaW5AaW50ZXJuYWw6", basic("admin@internal", "")),
            ("basic YWRtaW5AaW50ZXJuYWw6YTpi", basic("admin@internal", "a:b")),
            ("Basic YWRtaW5AaW50ZXJuYWw6", basic("admin@internal", "")),
            ("Basic YTo_Pz8-", basic("a", "???>")),
            ("Basic YTo/Pz8+", basic("a", "???>")),
            ("Basic YTpi", basic("a", "b")),
            ("Basic YTpiYg==", basic("a", "bb")),
            ("Basic YTpiYg", basic("a", "bb")),
            ("Basic YTrDpA==", basic("a", "\u{e4}")),
            ("Basic YTrk", None),
            ("Basic\tYTpi", basic("a", "b")),
            ("BasicYTpi", basic("a", "b")),
            ("BEARER\tabc", bearer("abc")),
            ("Bearerabc", bearer("abc")),
            ("Basic YWRtaW4=", None),
            ("Basic !!!", None),
            ("Basic /w==", None),
            ("Negotiate abc", None),
            ("Bearer", None),
            ("", None),
        ] {
            assert!(Credentials::read(header) == expected, "{header}");
        }
    }
}
