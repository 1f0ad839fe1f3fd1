//! Records the writes that a server has confirmed, and compares them with the database.

use std::{collections::HashMap, sync::Mutex};

use task_monitor::{
    domain::Status,
    engine::{Correlation, List, Store},
    server::database::Database,
};

#[derive(Default)]
pub struct ConfirmedWrites(Mutex<HashMap<String, Entry>>);

#[derive(Default)]
struct Entry {
    steps: Vec<String>,
    ended: bool,
}

impl ConfirmedWrites {
    pub fn added(&self, job: &str) {
        self.note(job, |_| ());
    }

    pub fn step(&self, job: &str, step: &str) {
        self.note(job, |entry| entry.steps.push(step.to_owned()));
    }

    pub fn ended(&self, job: &str) {
        self.note(job, |entry| entry.ended = true);
    }

    fn note(&self, job: &str, change: impl FnOnce(&mut Entry)) {
        change(self.0.lock().unwrap().entry(job.to_owned()).or_default());
    }

    /// Returns how many jobs, steps and ends were confirmed, and how many of these are in the database.
    pub async fn compare(&self, database: &Database) -> (usize, usize) {
        let correlation = Some(Correlation::Is("load".to_owned()));
        let list = List { with_steps: true, correlation, ..List::default() };
        let stored = database.list(&list).await.unwrap();
        let stored: HashMap<String, _> =
            stored.into_iter().map(|record| (record.content.job.id.to_string(), record.content)).collect();
        let (mut confirmed, mut found) = (0, 0);
        for (id, entry) in self.0.lock().unwrap().iter() {
            confirmed += 1 + entry.steps.len() + usize::from(entry.ended);
            let Some(content) = stored.get(id) else { continue };
            let steps: Vec<String> = content.steps.iter().map(|step| step.id.to_string()).collect();
            let ended = entry.ended && content.job.status == Status::Finished;
            found += 1 + entry.steps.iter().filter(|step| steps.contains(step)).count() + usize::from(ended);
        }
        (confirmed, found)
    }
}
