//! The five statuses that jobs and steps share.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The status of a job or step (`JobStatus`, `StepStatus` of the API model).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Running.
    Started,
    /// Ended with success.
    Finished,
    /// Ended with a failure.
    Failed,
    /// Stopped before its end.
    Aborted,
    /// Not known: the engine restarted while it ran, or sent a word that the page does not know.
    Unknown,
}

impl Status {
    /// All, in the order of counts and filters: what needs attention first.
    pub const ALL: [Self; 5] = [Self::Started, Self::Failed, Self::Finished, Self::Aborted, Self::Unknown];

    /// Whether it runs.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Started)
    }

    /// Whether it has ended. Unknown counts as ended: an engine never continues such a job
    /// (`JobRepositoryImpl.finalizeJobs` gives it an end time).
    pub const fn is_ended(self) -> bool {
        !self.is_running()
    }

    /// The word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::Aborted => "aborted",
            Self::Unknown => "unknown",
        }
    }
}

/// The text is none of the enum's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWord;

impl FromStr for Status {
    type Err = UnknownWord;

    /// Reads the word in any case, as engines do.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|status| status.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownWord)
    }
}
