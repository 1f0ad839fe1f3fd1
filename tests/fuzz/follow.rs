//! The names of links to follow.

use std::collections::HashSet;

use proptest::prelude::*;
use task_monitor::{
    domain::Status,
    engine::{
        http::{DEPTH, Follow, Kind, LINKS},
        inventory::InventoryStore,
        scenario,
    },
};

use crate::{
    cases,
    support::{admin, ask, engine, get, job_with_steps},
    xml::to_json,
};

const KINDS: [Kind; 12] = [
    Kind::Api,
    Kind::Capabilities,
    Kind::Job,
    Kind::Step,
    Kind::Statistic,
    Kind::User,
    Kind::Role,
    Kind::Permit,
    Kind::Vm,
    Kind::Host,
    Kind::Disk,
    Kind::StorageDomain,
];

/// Names that there are, some that there are not, and what stands between them.
fn text() -> impl Strategy<Value = String> {
    let words: Vec<&str> = LINKS.iter().map(|link| link.name).chain(["link", "id", "", " ", "_", "ä", "\0"]).collect();
    let row = prop::collection::vec(prop::sample::select(words), 0..11).prop_map(|names| names.join("."));
    let rows = prop::collection::vec(prop_oneof![3 => row, 2 => a_way()], 0..4).prop_map(|rows| rows.join(","));
    prop_oneof![1 => any::<String>(), 1 => "[a-zA-Z_.,; ]{0,40}", 6 => rows]
}

/// Names in a row, each of which is a link of what the one before leads to; where none is, it ends.
fn a_way() -> impl Strategy<Value = String> {
    let start = prop::sample::select(&KINDS[..]);
    (start, prop::collection::vec(any::<prop::sample::Index>(), 0..10)).prop_map(|(start, turns)| {
        let mut at = start;
        let mut names = Vec::new();
        for turn in turns {
            let links: Vec<_> = LINKS.iter().filter(|link| link.of == at).collect();
            if links.is_empty() {
                break;
            }
            let link = links[turn.index(links.len())];
            names.push(link.name);
            at = link.to;
        }
        names.join(".")
    })
}

/// Whatever was understood leads along links of the table, never further than it may, and through no list twice.
fn is_sound(follow: &Follow, of: Kind, passed: &[Kind]) {
    let mut names = HashSet::new();
    for (link, below) in follow.links() {
        assert!(link.of == of && LINKS.contains(link) && names.insert(link.name), "{link:?}");
        assert!(!link.many || !passed.contains(&link.to), "{link:?}");
        let passed: Vec<_> = passed.iter().copied().chain(link.many.then_some(link.to)).collect();
        is_sound(below, link.to, &passed);
    }
}

fn depth(follow: &Follow) -> usize {
    follow.links().map(|(_, below)| 1 + depth(below)).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn no_names_break_the_reader(text in text(), kind in prop::sample::select(&KINDS[..]), is_list in any::<bool>()) {
        let read = Follow::parse(&text, kind, is_list);
        if let Ok(follow) = &read {
            let passed: Vec<_> = is_list.then_some(kind).into_iter().collect();
            is_sound(follow, kind, &passed);
            prop_assert!(depth(follow) <= DEPTH);
        }
        // Neither case nor `_` matters, nor does it matter what is said twice.
        let shouted = text.to_ascii_uppercase().replace('E', "_E_");
        prop_assert_eq!(Follow::parse(&shouted, kind, is_list).ok(), read.clone().ok(), "{}", shouted);
        prop_assert_eq!(Follow::parse(&format!("{text},{text}"), kind, is_list), read);
    }
}

proptest! {
    #![proptest_config(cases(500))]

    /// The answer is what was asked for or a refusal, and the same in both forms.
    #[test]
    fn whatever_is_followed_there_is_an_answer(
        text in text(),
        path in prop::sample::select(&["", "/jobs", "/users", "/roles", "/vms", "/disks", "/capabilities"][..]),
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
