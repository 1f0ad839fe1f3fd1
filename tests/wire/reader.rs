//! The reader of a list that arrives: the same jobs as from the whole body, and only what has changed is decoded.

use std::sync::Arc;

use proptest::prelude::*;
use task_monitor::{
    domain::Time,
    engine::scenario,
    wire::{
        Base, Format, describe,
        json::{FollowedJob, JobsReader, ReadJobs, Undecodable, read_jobs},
    },
};

use crate::{BACKUP, COPY, LAUNCH, VOLUME};

type Read = ReadJobs<Arc<FollowedJob>>;

fn none() -> Arc<Read> {
    Arc::new(ReadJobs::none(7))
}

fn read<'a>(before: &Arc<Read>, pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Read, Undecodable> {
    let mut reader = JobsReader::new(Arc::clone(before), Arc::new);
    for piece in pieces {
        reader.take(piece)?;
    }
    reader.finish()
}

/// The body of a list of entries.
fn list(entries: &[String]) -> Vec<u8> {
    format!("{{\"job\":[{}]}}", entries.join(",")).into_bytes()
}

fn entry(id: &str, description: &str) -> String {
    format!(r#"{{"id":"{id}","description":"{description}"}}"#)
}

fn descriptions(read: &Read) -> Vec<&str> {
    read.items.iter().map(|job| job.0.description.as_str()).collect()
}

/// Whether each job is the same `Arc` in both lists.
fn same(before: &Read, after: &Read) -> Vec<bool> {
    before.items.iter().zip(&after.items).map(|(before, after)| Arc::ptr_eq(before, after)).collect()
}

#[test]
fn only_what_has_changed_is_decoded() {
    let first = [entry(BACKUP, "a"), entry(LAUNCH, "b"), entry(COPY, "c")];
    let before = read(&none(), [list(&first).as_slice()]).unwrap();
    assert_eq!((before.decoded, before.is_whole), (3, true));

    // One has changed, one is gone, one is new, and the order is another one.
    let next = [entry(COPY, "c"), entry(LAUNCH, "other"), entry(VOLUME, "new")];
    let after = read(&Arc::new(before.clone()), [list(&next).as_slice()]).unwrap();
    assert_eq!((descriptions(&after), after.decoded), (vec!["c", "other", "new"], 2));
    assert!(Arc::ptr_eq(&before.items[2], &after.items[0]));

    let again = read(&Arc::new(after.clone()), [list(&next).as_slice()]).unwrap();
    assert_eq!((same(&after, &again), again.decoded), (vec![true; 3], 0));
}

/// Every member of a job and of its steps counts, also those that the page does not use.
#[test]
fn every_byte_of_a_job_counts() {
    let world = scenario::large(7, 1, 3, Time::from_timestamp_millis(0).unwrap());
    let body =
        describe::jobs(Format::Json, Base::V4, true, world.into_iter().map(|record| record.content)).into_bytes();
    let before = read(&none(), [body.as_slice()]).unwrap();
    let before = Arc::new(before);
    let text = String::from_utf8(body.clone()).unwrap();
    let digits: Vec<usize> = text.match_indices(|letter: char| letter.is_ascii_digit()).map(|(at, _)| at).collect();
    assert!(digits.len() > 100);
    for at in digits {
        let mut other = body.clone();
        other[at] = if other[at] == b'1' { b'2' } else { b'1' };
        assert_eq!(read(&before, [other.as_slice()]).unwrap().decoded, 1, "{}", &text[..=at]);
    }
}

/// What was read in part is decoded and counted at every poll.
#[test]
fn unreadable_entries_are_counted_again() {
    let odd_step = format!(r#"{{"id":"{BACKUP}","steps":{{"step":[{{"id":"x"}}]}}}}"#);
    let body = list(&[odd_step, "{}".to_owned(), "null".to_owned(), entry(LAUNCH, "b")]);
    let mut before = none();
    for decoded in [3, 2] {
        let read = read(&before, [body.as_slice()]).unwrap();
        assert_eq!((read.items.len(), read.unreadable, read.decoded), (2, 2, decoded));
        before = Arc::new(read);
    }
}

#[test]
fn a_body_that_breaks_off_gives_what_came() {
    let entries = [entry(BACKUP, "a"), entry(LAUNCH, "b")];
    let body = String::from_utf8(list(&entries)).unwrap();
    let (first, second) = (body.find(&entries[0]).unwrap() + entries[0].len(), body.len() - 2);
    for end in 0..=body.len() {
        let read = read(&none(), [&body.as_bytes()[..end]]);
        let came = usize::from(end >= first) + usize::from(end >= second);
        let told = read.as_ref().map(|read| (read.items.len(), read.is_whole)).ok();
        assert_eq!(told, (came > 0).then_some((came, end == body.len())), "{}", &body[..end]);
    }
}

/// If a body is no JSON, the jobs before the bad place are not used either.
#[test]
fn a_bad_body_gives_nothing() {
    let good = entry(BACKUP, "a");
    for bad in ["{\"id\":}", "{]", "tru", "1 2", "\"\n\"", "{\"a\":1,}", "<html>"] {
        let body = format!("{{\"job\":[{good},{bad}]}}");
        assert!(read_jobs(body.as_bytes()).is_err(), "{bad}");
        assert!(read(&none(), [body.as_bytes()]).is_err(), "{bad}");
    }
    for bad in ["{\"job\":[", ",}", "]]}", "}{}"] {
        let body = if bad.starts_with('{') {
            format!("{bad}{good}],\"job\":[]}}")
        } else {
            format!("{{\"job\":[{good}]{bad}")
        };
        assert!(read_jobs(body.as_bytes()).is_err(), "{body}");
        assert!(read(&none(), [body.as_bytes()]).is_err(), "{body}");
    }
    let mut latin = list(&[entry(BACKUP, "e")]);
    let at = latin.iter().rposition(|byte| *byte == b'e').unwrap();
    latin[at] = 0xe9;
    assert!(read(&none(), [latin.as_slice()]).is_err());
}

#[test]
fn the_count_grows_while_the_body_arrives() {
    let body = list(&[entry(BACKUP, "a"), entry(LAUNCH, "b"), entry(COPY, "c")]);
    let mut reader = JobsReader::new(none(), Arc::new);
    let mut counts = vec![reader.count()];
    for piece in body.chunks(8) {
        reader.take(piece).unwrap();
        counts.push(reader.count());
    }
    counts.dedup();
    assert_eq!(counts, [0, 1, 2, 3]);
}

/// Lists with some bytes changed, or cut off.
fn nearly_lists() -> impl Strategy<Value = Vec<u8>> {
    let world = || {
        let records = scenario::large(7, 3, 2, Time::from_timestamp_millis(0).unwrap());
        records.into_iter().map(|record| record.content)
    };
    let odd = [
        entry(BACKUP, "\\ud800"),
        "{}".to_owned(),
        "null".to_owned(),
        "7".to_owned(),
        format!(r#"{{"id":"{BACKUP}","id":"{BACKUP}"}}"#),
        format!(r#"{{"id":"{BACKUP}","start_time":1e400}}"#),
    ];
    let bodies = [false, true]
        .map(|follow| describe::jobs(Format::Json, Base::V4, follow, world()))
        .map(|body| String::from_utf8(body.into_bytes()).unwrap());
    let pretty = format!("{:#}", serde_json::from_str::<serde_json::Value>(&bodies[1]).unwrap());
    let [plain, followed] = bodies;
    let odd = String::from_utf8(list(&odd)).unwrap();
    let change = (any::<prop::sample::Index>(), prop::sample::select(b"\"\\{}[],: 1x\xff".to_vec()));
    let bodies = prop::sample::select(vec![plain, followed, pretty, odd]);
    (bodies, prop::collection::vec(change, 0..3), any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(body, changes, end, cut)| {
            let mut bytes = body.into_bytes();
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            bytes.truncate(if cut { end.index(bytes.len() + 1) } else { bytes.len() });
            bytes
        },
    )
}

proptest! {
    /// For any body in any pieces; and the second time nothing that was read whole is decoded.
    #[test]
    fn a_list_that_arrives_reads_as_the_whole_one(body in nearly_lists(), size in 1_usize..400) {
        let expected = read_jobs(&body).ok();
        let first = read(&none(), body.chunks(size)).ok().filter(|read| read.is_whole);
        let told = |read: &Read| {
            (read.items.iter().map(|job| FollowedJob::clone(job)).collect::<Vec<_>>(), read.unreadable)
        };
        prop_assert_eq!(first.as_ref().map(told), expected.map(|list| (list.items, list.unreadable)));
        if let Some(first) = first {
            let second = read(&Arc::new(first.clone()), [body.as_slice()]).unwrap();
            prop_assert_eq!(told(&second), told(&first));
            prop_assert!(second.decoded <= second.unreadable);
        }
    }
}
