//! The five statuses that jobs and steps share.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a job or step stands (`JobStatus`, `StepStatus` of the API model).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Running.
    Started,
    /// Ended well.
    Finished,
    /// Ended badly.
    Failed,
    /// Ended because somebody stopped it.
    Aborted,
    /// Nobody can tell any more: the engine restarted under it, or it sent a word that we do not know.
    Unknown,
}

impl Status {
    /// All of them, in the order of attention that counts and filters use.
    pub const ALL: [Self; 5] = [Self::Started, Self::Failed, Self::Finished, Self::Aborted, Self::Unknown];

    /// Whether it runs.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Started)
    }

    /// Whether it is over. Unknown counts: an engine never takes such a job up again
    /// (`JobRepositoryImpl.finalizeJobs` gives it an end time).
    pub const fn is_ended(self) -> bool {
        !self.is_running()
    }

    /// The API's word.
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

/// The text was none of the five words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWord;

impl FromStr for Status {
    type Err = UnknownWord;

    /// Reads the API's word in any case, as engines do.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|status| status.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownWord)
    }
}
