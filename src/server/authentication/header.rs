//! The `Authorization` header.

use base64::{Engine as _, engine::general_purpose::STANDARD};

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
    /// Reads the header's value; case does not matter in the scheme.
    pub(super) fn read(header: &str) -> Option<Self> {
        let (scheme, value) = header.trim().split_once(' ')?;
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Some(Self::Bearer(value.trim().to_owned())),
            "basic" => {
                let text = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
                let (name, password) = text.split_once(':')?;
                Some(Self::Basic { name: name.to_owned(), password: password.to_owned() })
            }
            _ => None,
        }
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
