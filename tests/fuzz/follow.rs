//! The names of links to follow.

use proptest::prelude::*;
use task_monitor::{
    domain::Status,
    engine::{
        http::{EntityKind, Follow, LINKS},
        inventory::InventoryStore,
        scenario,
    },
};

use crate::{
    cases,
    support::{admin, ask, engine, get, job_with_steps},
    xml::to_json,
};

const KINDS: [EntityKind; 5] =
    [EntityKind::Api, EntityKind::Job, EntityKind::Step, EntityKind::UserRole, EntityKind::Vm];

/// Known and unknown names, put together well and badly.
fn text() -> impl Strategy<Value = String> {
    let words: Vec<&str> =
        LINKS.iter().map(|(_, name)| *name).chain(["link", "roles", "", " ", "_", "ä", "\0"]).collect();
    let path = prop::collection::vec(prop::sample::select(words), 1..3).prop_map(|names| names.join("."));
    let paths = prop::collection::vec(path, 0..4).prop_map(|paths| paths.join(","));
    prop_oneof![1 => any::<String>(), 1 => "[a-zA-Z_.,; ]{0,40}", 6 => paths]
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn only_links_of_the_table_are_followed(text in text(), kind in prop::sample::select(&KINDS[..])) {
        let read = Follow::parse(&text, kind);
        if let Ok(follow) = &read {
            prop_assert!(follow.others().all(|link| LINKS.contains(&(kind, link))));
            prop_assert!(!follow.has_steps() || kind == EntityKind::Job);
        }
        // Case, `_` and repetition do not matter.
        let shouted = text.to_ascii_uppercase().replace('E', "_E_");
        prop_assert_eq!(Follow::parse(&shouted, kind).ok(), read.clone().ok(), "{}", shouted);
        prop_assert_eq!(Follow::parse(&format!("{text},{text}"), kind), read);
    }
}

proptest! {
    #![proptest_config(cases(500))]

    /// The answer is a result or a refusal, and the same in both forms.
    #[test]
    fn whatever_is_followed_there_is_an_answer(
        text in text(),
        path in prop::sample::select(&["", "/jobs", "/users", "/roles", "/vms", "/capabilities"][..]),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let engine = engine([job_with_steps(1, Status::Started, true)]);
            assert_eq!(engine.store.seed(&scenario::sample_inventory()).await, Ok(true));
            let request = get(path).with_query("follow", &*text);
            let in_json = ask(&engine, &admin(), request.clone()).await;
            let in_xml = ask(&engine, &admin(), request.with_query("accept", "application/xml")).await;
            assert!([200, 400].contains(&in_json.status), "{in_json:?}");
            assert_eq!(in_json.status, in_xml.status);
            assert_eq!(in_json.json().get("reason").is_some(), in_json.status == 400);
            assert!(to_json(&in_xml.body).is_object());
        });
    }
}
