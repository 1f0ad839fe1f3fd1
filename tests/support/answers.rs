//! Answers, and what follows from each: what the page says, and when it asks again. Two tests read this table.

use task_monitor::wire::{Body, Response};

/// An answer to a read and to a write.
pub struct AnswerRow {
    pub status: u16,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: &'static str,
    /// What the page says, as far as it does not depend on the kind of request.
    pub says: &'static str,
    /// The next poll after the first such answer, in milliseconds: not before, and not after.
    pub next: (u64, u64),
    /// The longest wait if such answers go on.
    pub at_most: u64,
    /// Whether a write may have been carried out.
    pub unknown: bool,
}

impl AnswerRow {
    pub fn response(&self) -> Response {
        let response = Response { body: Body::Bytes(self.body.as_bytes().to_vec()), ..Response::empty(self.status) };
        self.headers.iter().fold(response, |response, (name, value)| response.with_header(name, *value))
    }
}

const HTML: &str = "<html><head><title>503</title></head><body>nginx</body></html>";
const FAULT: &str = r#"{"reason":"Operation Failed","detail":"[Busy with something]"}"#;

/// The client's clock, for dates in answers that have no date of their own.
pub const CLIENT_CLOCK: &str = "2026-11-22T12:00:00Z";

/// The wait after the first failure that nobody gives advice about.
const FIRST: (u64, u64) = (250, 2_000);

const fn told(seconds: u64) -> (u64, u64) {
    (seconds * 1_000, seconds * 1_000 + 1_000)
}

const fn row(
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    says: &'static str,
) -> AnswerRow {
    AnswerRow { status, headers, body, says, next: FIRST, at_most: 10_000, unknown: false }
}

impl AnswerRow {
    const fn next(self, next: (u64, u64)) -> Self {
        // With advice it is waited for, at least until the limit for answers without it.
        let at_most = if next.1 > 10_000 { next.1 } else { 10_000 };
        Self { next, at_most, ..self }
    }

    const fn unknown(self) -> Self {
        Self { unknown: true, ..self }
    }

    const fn at_most(self, at_most: u64) -> Self {
        Self { at_most, ..self }
    }
}

const FEWER: &str = "The engine, or a proxy before it, asks for fewer requests (HTTP 429).";
const LATE: &str = "The request did not arrive in time (HTTP 408).";
const LATER: &str = "The engine, or a proxy before it, asks to try again later (HTTP 425).";
const FAILED: &str = "The engine reported an error (HTTP 503).";
const GONE: &str = "The engine does not have this any more.";
const ELSEWHERE: &str = "The engine, or a proxy before it, sent the page to another address. If there is a log-in, it may have ended: \
    open this page in another tab to log in.";

pub fn answers() -> Vec<AnswerRow> {
    vec![
        row(429, &[("retry-after", "7")], HTML, FEWER).next(told(7)),
        row(429, &[("Retry-After", " 30 ")], "", FEWER).next(told(30)),
        row(429, &[("retry-after", "0")], "", FEWER),
        row(429, &[("retry-after", "3600")], "", FEWER).next(told(120)),
        row(429, &[("retry-after", "99999999999999999999")], "", FEWER).next(told(120)),
        row(429, &[("retry-after", "soon")], "", FEWER),
        row(429, &[("retry-after", "-5")], "", FEWER),
        row(429, &[("retry-after", "")], "", FEWER),
        row(429, &[], HTML, FEWER),
        row(
            429,
            &[("date", "Sun, 22 Nov 2026 09:00:00 GMT"), ("retry-after", "Sun, 22 Nov 2026 09:00:20 GMT")],
            HTML,
            FEWER,
        )
        .next(told(20)),
        row(429, &[("retry-after", "Sun, 22 Nov 2026 12:00:25 GMT")], HTML, FEWER).next(told(25)),
        row(429, &[("retry-after", "Sunday, 22-Nov-26 12:00:25 GMT")], HTML, FEWER).next(told(25)),
        row(429, &[("retry-after", "Sun, 22 Nov 2026 11:00:00 GMT")], HTML, FEWER),
        row(429, &[("retry-after", "Thu, 22 Nov 2096 12:00:00 GMT")], HTML, FEWER).next(told(120)),
        row(
            429,
            &[("retry-after", "9")],
            FAULT,
            "The engine, or a proxy before it, asks for fewer requests (HTTP 429): Busy with something",
        )
        .next(told(9)),
        row(408, &[("retry-after", "3")], HTML, LATE).next(told(3)),
        row(408, &[], HTML, LATE),
        row(425, &[("retry-after", "4")], HTML, LATER).next(told(4)),
        row(425, &[], HTML, LATER),
        row(503, &[("retry-after", "5")], HTML, FAILED).next(told(5)).unknown(),
        row(503, &[("retry-after", "Sun, 22 Nov 2026 12:00:25 GMT")], HTML, FAILED).next(told(25)).unknown(),
        row(503, &[], HTML, FAILED).at_most(60_000).unknown(),
        row(500, &[("retry-after", "5")], "", "The engine reported an error (HTTP 500).").next(told(5)).unknown(),
        row(502, &[], HTML, "The engine cannot be reached (HTTP 502).").at_most(60_000).unknown(),
        row(504, &[], HTML, "The engine did not answer in time (HTTP 504).").at_most(60_000).unknown(),
        row(404, &[], HTML, GONE),
        row(
            404,
            &[("retry-after", "6")],
            HTML,
            "The engine, or a proxy before it, asks to try again later (HTTP 404).",
        )
        .next(told(6)),
        row(
            403,
            &[("retry-after", "6")],
            HTML,
            "The engine, or a proxy before it, asks to try again later (HTTP 403).",
        )
        .next(told(6)),
        row(403, &[], HTML, "You are not allowed to do this."),
        // The engine has decided.
        row(403, &[], FAULT, "Busy with something").next((60_000, 60_000)),
        row(409, &[], HTML, "The engine refused this and gave no reason."),
        row(409, &[], FAULT, "Busy with something"),
        row(410, &[], HTML, "The engine refused this and gave no reason."),
        row(421, &[], HTML, "The engine refused this and gave no reason."),
        row(451, &[], HTML, "The engine refused this and gave no reason."),
        row(301, &[("location", "https://login.example/")], "", ELSEWHERE),
        row(302, &[("location", "/ovirt-engine/login")], HTML, ELSEWHERE),
        row(303, &[], "", ELSEWHERE),
        row(307, &[("retry-after", "5")], "", ELSEWHERE),
        row(308, &[], "", ELSEWHERE),
    ]
}
