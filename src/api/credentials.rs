//! What proves who we are. It can be sent, never read: not by the page, not by a log.

use std::fmt;

/// A bearer token in memory, or nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials(Option<String>);

impl Credentials {
    /// None: the transport knows who we are, or nobody needs to.
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

    /// The token itself, to be revoked.
    pub(super) fn token(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_some() { "Credentials(…)" } else { "Credentials(none)" })
    }
}
