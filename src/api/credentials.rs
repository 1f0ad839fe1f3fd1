//! What proves the user's identity. Nothing outside this module can read it: no page, no log.

use std::fmt;

/// A bearer token in memory, or nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials(Option<String>);

impl Credentials {
    /// None: the transport adds its own, or the engine needs none.
    pub const fn none() -> Self {
        Self(None)
    }

    /// A token from the engine's single sign-on.
    pub const fn bearer(token: String) -> Self {
        Self(Some(token))
    }

    /// Whether there is a token.
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The value of the `Authorization` header.
    pub(super) fn header(&self) -> Option<String> {
        self.0.as_ref().map(|token| format!("Bearer {token}"))
    }

    /// The token itself, to revoke it.
    pub(super) fn token(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_some() { "Credentials(…)" } else { "Credentials(none)" })
    }
}
