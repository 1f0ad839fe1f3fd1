//! The fault menu.

use task_monitor::{
    api::{ApiError, Client, LogInError, NewJob, log_in, log_out},
    host::demo::Fault,
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::Date;

use crate::tab::{Tab, correlation, list};

#[wasm_bindgen_test]
async fn unreachable() {
    let tab = Tab::fresh().await;
    tab.engine.set_fault(Fault::Unreachable);
    assert_eq!(list(&tab.client, false).await.unwrap_err(), ApiError::Unreachable);
    tab.engine.set_fault(Fault::None);
    assert!(!tab.jobs().await.is_empty());
}

#[wasm_bindgen_test]
async fn slow() {
    let tab = Tab::fresh().await;
    tab.engine.set_fault(Fault::Slow);
    let begun = Date::now();
    assert!(!tab.jobs().await.is_empty());
    let took = Date::now() - begun;
    assert!((3_900.0..6_000.0).contains(&took), "took {took} ms");
}

#[wasm_bindgen_test]
async fn the_session_has_ended_until_somebody_logs_in() {
    let tab = Tab::fresh().await;
    tab.engine.set_fault(Fault::SessionEnded);
    for _ in 0..2 {
        assert_eq!(list(&tab.client, false).await.unwrap_err(), ApiError::Unauthenticated);
    }
    let refused = log_in(&tab.engine, "nobody@internal", "any").await.unwrap_err();
    assert!(matches!(refused, LogInError::Refused(words) if words.contains("incorrect")));
    assert!(log_in(&tab.engine, "admin@internal", "").await.is_err());
    assert_eq!(list(&tab.client, false).await.unwrap_err(), ApiError::Unauthenticated);
    let credentials = log_in(&tab.engine, "admin@internal", "any").await.unwrap();
    assert_eq!(tab.engine.fault(), Fault::None);
    let client = Client::new(tab.engine.clone(), credentials);
    assert!(list(&client, false).await.is_ok());
    log_out(&tab.engine, client.credentials()).await.unwrap();
}

#[wasm_bindgen_test]
async fn the_next_write_is_carried_out_and_its_reply_lost() {
    let tab = Tab::fresh().await;
    tab.engine.set_fault(Fault::LostReply);
    assert!(!tab.jobs().await.is_empty());
    let (new, correlation) =
        (NewJob { description: "the reply is lost".to_owned(), auto_cleared: false }, correlation());
    assert_eq!(tab.client.add_job(&new, &correlation).await.unwrap_err(), ApiError::Unreachable);
    assert_eq!(tab.engine.fault(), Fault::None);
    assert_eq!(tab.client.jobs_of(&correlation).await.unwrap().len(), 1);
    assert!(tab.has(tab.add("the reply arrives").await.id).await);
}

#[wasm_bindgen_test]
async fn a_fault_is_one_tabs_own() {
    let (tab, other) = (Tab::fresh().await, Tab::open());
    tab.engine.set_fault(Fault::Unreachable);
    assert!(!other.jobs().await.is_empty());
    assert_eq!(other.engine.fault(), Fault::None);
}
