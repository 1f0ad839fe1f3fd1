//! The forms that a body may have.

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// What the server prefers: engines list it first (`JaxrsGenerator`). The demo has none.
    #[cfg(feature = "server")]
    Xml,
    /// oVirt's JSON: see [`json`](super::json).
    Json,
}

impl Form {
    /// All of them, as the server prefers them.
    #[cfg(feature = "server")]
    pub const ALL: &[Self] = &[Self::Xml, Self::Json];
    /// All of them.
    #[cfg(not(feature = "server"))]
    pub const ALL: &[Self] = &[Self::Json];

    /// For those who do not mind.
    pub const PREFERRED: Self = Self::ALL[0];

    /// What stands in `Content-Type`.
    pub const fn media_type(self) -> &'static str {
        match self {
            #[cfg(feature = "server")]
            Self::Xml => "application/xml",
            Self::Json => "application/json",
        }
    }
}
