//! What others do meanwhile.

use std::time::Duration;

use reqwest::{Client, Response, header::ACCEPT};
use tokio::time::{Instant, sleep};

/// How long a request may take.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// Between two requests.
const PAUSE: Duration = Duration::from_millis(50);

/// A user with a token who reads jobs and adds some, and who comes anew to the page.
pub struct Work {
    url: String,
    token: String,
    client: Client,
}

/// How it went.
#[derive(Default)]
pub struct Others {
    pub requests: usize,
    pub failed: usize,
    pub longest: Duration,
}

impl Work {
    pub fn new(url: String, token: String) -> Self {
        Self { url, token, client: Client::builder().timeout(TIME_LIMIT).build().unwrap() }
    }

    /// Works for that long.
    pub async fn run(&self, time: Duration) -> Others {
        let (started, mut others) = (Instant::now(), Others::default());
        while started.elapsed() < time {
            let newcomer = Client::builder().timeout(TIME_LIMIT).build().unwrap();
            let jobs = format!("{}/ovirt-engine/api/jobs", self.url);
            let list = self.client.get(&jobs).bearer_auth(&self.token).header(ACCEPT, "application/json");
            let add = self.client.post(&jobs).bearer_auth(&self.token).header("content-type", "application/json");
            for request in [list, add.body(r#"{"description":"work"}"#), newcomer.get(&self.url)] {
                others.note(Instant::now(), request.send().await);
                sleep(PAUSE).await;
            }
        }
        others
    }
}

impl Others {
    fn note(&mut self, started: Instant, answer: reqwest::Result<Response>) {
        self.requests += 1;
        self.failed += usize::from(!answer.is_ok_and(|answer| answer.status().is_success()));
        self.longest = self.longest.max(started.elapsed());
    }
}
