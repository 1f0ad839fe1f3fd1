//! The formats of bodies.

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The server's default, as in oVirt (`JaxrsGenerator`). The demo has no XML.
    #[cfg(feature = "server")]
    Xml,
    /// oVirt's JSON: see [`json`](super::json).
    Json,
}

impl Format {
    /// All of them, the preferred one first.
    #[cfg(feature = "server")]
    pub const ALL: &[Self] = &[Self::Xml, Self::Json];
    /// All of them.
    #[cfg(not(feature = "server"))]
    pub const ALL: &[Self] = &[Self::Json];

    /// The format for clients that accept both.
    pub const PREFERRED: Self = Self::ALL[0];

    /// The value of `Content-Type` of what an engine sends. Its JAX-RS implementation declares the encoding of XML
    /// (`resteasy.add.charset`); JSON is always UTF-8.
    pub const fn content_type(self) -> &'static str {
        match self {
            #[cfg(feature = "server")]
            Self::Xml => "application/xml;charset=UTF-8",
            Self::Json => "application/json",
        }
    }

    /// The media type by which clients name it.
    pub const fn media_type(self) -> &'static str {
        match self {
            #[cfg(feature = "server")]
            Self::Xml => "application/xml",
            Self::Json => "application/json",
        }
    }
}
