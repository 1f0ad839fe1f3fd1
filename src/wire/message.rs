//! Requests and responses without an HTTP library, for client, engine and tests.

use std::fmt;

/// The methods of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT: answered with 405, as nothing here can be changed in place.
    Put,
    /// DELETE: answered with 405.
    Delete,
    /// OPTIONS: answered with the allowed methods.
    Options,
    /// Any other method: answered with 405.
    Other,
}

impl Method {
    /// The method's name in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Other => "OTHER",
        }
    }
}

/// A request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Absolute path, percent-encoded, without query: `/ovirt-engine/api/jobs`.
    pub path: String,
    /// Decoded names and values, in order.
    pub query: Vec<(String, String)>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; may be empty.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without query, headers and body.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), query: Vec::new(), headers: Vec::new(), body: Vec::new() }
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn with_query(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a header; its name becomes lower case.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.into()));
        self
    }

    /// Sets a JSON body and its content type.
    #[must_use]
    pub fn with_json(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.with_header("content-type", "application/json")
    }

    /// The first header with that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        first(&self.headers, name)
    }

    /// Whether all values fit into headers. A browser throws at others.
    pub fn fits_into_headers(&self) -> bool {
        self.headers.iter().all(|(_, value)| fits_into_header(value))
    }

    /// The origin at which the client reached the engine, as in `https://engine.example.com`; empty if unknown.
    ///
    /// It is in two headers with HTTP/2's names for it. No client can send those: header names cannot contain a colon.
    pub fn origin(&self) -> String {
        match (self.header(":scheme"), self.header(":authority")) {
            (Some(scheme), Some(authority)) => format!("{scheme}://{authority}"),
            (None, _) | (_, None) => String::new(),
        }
    }

    /// The first query parameter with that name.
    pub fn query(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }
}

/// Without headers, which may contain credentials.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?} ({} bytes)", self.method.as_str(), self.path, self.query, self.body.len())
    }
}

/// A response.
#[derive(Debug)]
pub struct Response {
    /// HTTP status code.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

impl Response {
    /// A response without headers or body.
    pub const fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Bytes(Vec::new()) }
    }

    /// Adds a header; its name becomes lower case.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.into()));
        self
    }

    /// The first header with that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        first(&self.headers, name)
    }
}

/// Whether a text can be a header's value (RFC 9110, section 5.5): no control characters, above all no line break, and nothing beyond
/// Latin-1.
pub fn fits_into_header(value: &str) -> bool {
    value.chars().all(|character| !character.is_control() && u32::from(character) <= 0xff)
}

/// A body: whole, or in pieces that are made as they are sent, so that a long list is not in memory twice.
pub enum Body {
    /// The whole body.
    Bytes(Vec<u8>),
    /// Piece by piece.
    Pieces(Box<dyn Iterator<Item = Vec<u8>> + Send>),
}

impl Body {
    /// The whole body.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Pieces(pieces) => {
                let mut bytes = Vec::new();
                for piece in pieces {
                    bytes.extend(piece);
                }
                bytes
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{:?}", String::from_utf8_lossy(bytes)),
            Self::Pieces(_) => f.write_str("in pieces"),
        }
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
