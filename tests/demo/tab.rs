//! One tab of the demo, and the storage that all tabs share.

use std::rc::Rc;

use task_monitor::{
    api::{ApiError, Client, CorrelationId, Credentials, FollowedJob, JobList, NewJob},
    domain::{Job, JobId, Status},
    host::demo::{DemoEngine, Fault},
};
use uuid::Uuid;

pub(crate) const WORLD: &str = "task-monitor-demo/1/world";

/// One tab of the demo, and the client of its page.
#[derive(Clone)]
pub(crate) struct Tab {
    pub(crate) engine: DemoEngine,
    pub(crate) client: Rc<Client<DemoEngine>>,
}

impl Tab {
    /// Opens another tab, or the same one after a reload.
    pub(crate) fn open() -> Self {
        let engine = DemoEngine::open();
        Self { engine: engine.clone(), client: Rc::new(Client::new(engine, Credentials::none())) }
    }

    /// A tab with a new sample world. The tests share the browser's storage and run one after the other.
    pub(crate) async fn fresh() -> Self {
        let tab = Self::open();
        tab.engine.set_fault(Fault::None);
        tab.engine.reset().await;
        tab
    }

    pub(crate) async fn jobs(&self) -> Vec<Job> {
        list(&self.client, false).await.unwrap().read().items.iter().map(|listed| listed.0.clone()).collect()
    }

    pub(crate) async fn add(&self, description: &str) -> Job {
        let new = NewJob { description: description.to_owned(), auto_cleared: false };
        self.client.add_job(&new, &correlation()).await.unwrap()
    }

    pub(crate) async fn has(&self, id: JobId) -> bool {
        self.jobs().await.iter().any(|job| job.id == id)
    }

    pub(crate) async fn status(&self, id: JobId) -> Status {
        self.client.job(id).await.unwrap().status
    }

    pub(crate) async fn running_external(&self) -> Job {
        let jobs = self.jobs().await;
        jobs.into_iter().find(|job| job.external && job.status == Status::Started).unwrap()
    }
}

/// The jobs that the engine lists.
pub(crate) async fn list(
    client: &Client<DemoEngine>,
    follow_steps: bool,
) -> Result<JobList<Rc<FollowedJob>>, ApiError> {
    Ok(client.list(follow_steps, &JobList::none(0), Rc::new, |_| ()).await?.value)
}

pub(crate) fn correlation() -> CorrelationId {
    CorrelationId::new(Uuid::new_v4())
}

pub(crate) fn storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

pub(crate) fn entry_of(id: JobId) -> String {
    format!("task-monitor-demo/1/job/{id}")
}
