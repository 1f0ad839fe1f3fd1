//! What a client does.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use reqwest::{
    Client, Method,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::{Value, json};

use crate::confirmed::ConfirmedWrites;

const STEPS: usize = 5;

/// All clients together.
pub struct Load {
    client: Client,
    urls: Vec<String>,
    token: String,
    took: Mutex<Vec<u32>>,
    errors: AtomicUsize,
    pub confirmed: ConfirmedWrites,
}

impl Load {
    pub fn new(urls: Vec<String>, token: String) -> Self {
        let (took, errors, confirmed) = (Mutex::default(), AtomicUsize::new(0), ConfirmedWrites::default());
        Self { client: Client::new(), urls, token, took, errors, confirmed }
    }

    /// Microseconds of each successful request.
    pub fn took(&self) -> Vec<u32> {
        self.took.lock().unwrap().clone()
    }

    /// The number of failed requests.
    pub fn errors(&self) -> usize {
        self.errors.load(Ordering::Relaxed)
    }

    /// Runs one client until that moment. After an error it goes on with another process.
    pub async fn run(self: Arc<Self>, number: usize, until: Instant) {
        let mut process = number;
        let mut took = Vec::new();
        while Instant::now() < until {
            if self.one_job(process, &mut took).await.is_none() {
                self.errors.fetch_add(1, Ordering::Relaxed);
                process += 1;
                // After an error, an immediate retry would not help.
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        }
        self.took.lock().unwrap().extend(took);
    }

    /// Writes one job with steps; returns `None` when a request fails.
    async fn one_job(&self, process: usize, took: &mut Vec<u32>) -> Option<()> {
        let base = format!("{}/ovirt-engine/api/jobs", self.urls[process % self.urls.len()]);
        let job = self.post(took, &format!("{base}?correlation_id=load"), &json!({ "description": "load" })).await?;
        let job = job["id"].as_str()?.to_owned();
        self.confirmed.added(&job);
        for number in 0..STEPS {
            let body = json!({ "type": "executing", "description": format!("step {number}") });
            let step = self.post(took, &format!("{base}/{job}/steps"), &body).await?;
            self.confirmed.step(&job, step["id"].as_str()?);
        }
        self.post(took, &format!("{base}/{job}/end"), &json!({ "succeeded": true })).await?;
        self.confirmed.ended(&job);
        self.send(took, Method::GET, &format!("{base}?max=100"), None).await.map(drop)
    }

    /// Reads the whole list, and returns its length in bytes.
    pub async fn list_all(&self) -> u64 {
        let url = format!("{}/ovirt-engine/api/jobs", self.urls[0]);
        let mut answer =
            self.client.get(url).bearer_auth(&self.token).header(ACCEPT, "application/json").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let mut length = 0;
        while let Some(chunk) = answer.chunk().await.unwrap() {
            length += chunk.len() as u64;
        }
        length
    }

    async fn post(&self, took: &mut Vec<u32>, url: &str, body: &Value) -> Option<Value> {
        let answer = self.send(took, Method::POST, url, Some(body.to_string())).await?;
        serde_json::from_slice(&answer).ok()
    }

    async fn send(&self, took: &mut Vec<u32>, method: Method, url: &str, body: Option<String>) -> Option<Vec<u8>> {
        let started = Instant::now();
        let mut request = self.client.request(method, url).bearer_auth(&self.token).header(ACCEPT, "application/json");
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        let answer = request.send().await.ok()?;
        let good = answer.status().is_success();
        let body = answer.bytes().await.ok()?;
        took.push(u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX));
        good.then(|| body.to_vec())
    }
}
