//! Events of the demo: those of the sample world, and those that users caused.

use task_monitor::{
    api::EventQuery,
    domain::{
        Event,
        event::{EventId, Severity},
    },
    wire::json::NewEvent,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::tab::{Tab, storage};

impl Tab {
    async fn add_event(&self, custom_id: u32, correlation_id: &str) {
        let event = NewEvent {
            origin: "backup".to_owned(),
            severity: Severity::Error,
            custom_id,
            description: format!("Number {custom_id}"),
            correlation_id: correlation_id.to_owned(),
        };
        self.client.add_event(&event).await.unwrap();
    }

    async fn events_of(&self, correlation_id: &str) -> Vec<String> {
        let events: Vec<Event> = self.client.events(&EventQuery::Of(correlation_id.to_owned())).await.unwrap().items;
        events.into_iter().map(|event| event.description).collect()
    }
}

#[wasm_bindgen_test]
async fn the_sample_world_has_events() {
    let events = Tab::fresh().await.client.events(&EventQuery::Since(EventId(0))).await.unwrap().items;
    assert_eq!(events.len(), EventQuery::Since(EventId(0)).max());
    let unusual = Tab::open().client.events(&EventQuery::Unusual(1)).await.unwrap().items;
    assert!(unusual.len() > 20 && unusual.iter().any(|event| event.correlation_id.is_none()));
}

#[wasm_bindgen_test]
async fn events_of_users_survive_a_reload_and_reach_other_tabs() {
    let (tab, other) = (Tab::fresh().await, Tab::open());
    tab.add_event(1, "run").await;
    assert_eq!(other.events_of("run").await, ["Number 1"]);
    other.add_event(2, "run").await;
    for tab in [tab, other, Tab::open()] {
        assert_eq!(tab.events_of("run").await, ["Number 2", "Number 1"]);
    }
    Tab::fresh().await;
    assert!(Tab::open().events_of("run").await.is_empty());
}

/// Only the newest stay in the browser's storage.
#[wasm_bindgen_test]
async fn the_storage_of_events_is_bounded() {
    let tab = Tab::fresh().await;
    for number in 0..210 {
        tab.add_event(number, "run").await;
    }
    let names = (0..storage().length().unwrap()).filter_map(|index| storage().key(index).unwrap());
    assert_eq!(names.filter(|name| name.starts_with("task-monitor-demo/1/event/")).count(), 200);
    assert_eq!(Tab::open().events_of("run").await[0], "Number 209");
}
