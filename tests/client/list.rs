//! The list of jobs: read while it arrives, asked for by its version, and cut off.

use std::{cell::RefCell, ops::ControlFlow, rc::Rc};

use task_monitor::{
    api::{Answer, ApiError, Client, Credentials, FollowedJob, JobList, Received, Transport, TransportError},
    wire::{Request, Response},
};

use crate::{FAULT, HTML, answer, run};

type List = JobList<Rc<FollowedJob>>;
type Listed = Result<Answer<List>, ApiError>;

/// Gives one prepared answer, whose body comes in pieces and may break off, and records the header with the version.
#[derive(Default)]
struct Pieces {
    response: RefCell<Option<Result<Response, TransportError>>>,
    pieces: Vec<String>,
    broke_off: Option<TransportError>,
    asked: RefCell<Option<Request>>,
}

impl Transport for &Pieces {
    async fn send(&self, _: Request) -> Result<Response, TransportError> {
        unreachable!("the list is received in pieces")
    }

    async fn receive(
        &self,
        request: Request,
        sink: &mut impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<Received, TransportError> {
        *self.asked.borrow_mut() = Some(request);
        let response = self.response.borrow_mut().take().unwrap()?;
        let broken = self.pieces.iter().any(|piece| sink(piece.as_bytes()).is_break());
        Ok(Received { response, broke_off: self.broke_off.filter(|_| !broken) })
    }
}

fn pieces(pieces: &[&str]) -> Pieces {
    let response = RefCell::new(Some(Ok(Response::empty(200))));
    Pieces { response, pieces: pieces.iter().map(ToString::to_string).collect(), ..Pieces::default() }
}

fn answering(response: Response) -> Pieces {
    Pieces { response: RefCell::new(Some(Ok(response))), ..Pieces::default() }
}

fn ask(transport: &Pieces, follow_steps: bool, before: &List) -> (Listed, Vec<usize>) {
    let client = Client::new(transport, Credentials::none());
    let mut counts = Vec::new();
    let answer = run(client.list(follow_steps, before, Rc::new, |count| counts.push(count)));
    (answer, counts)
}

fn list(transport: &Pieces, before: &List) -> Result<List, ApiError> {
    ask(transport, false, before).0.map(|answer| answer.value)
}

fn none() -> List {
    JobList::none(7)
}

fn entry(number: u128, description: &str) -> String {
    format!(r#"{{"id":"{}","description":"{description}"}}"#, uuid::Uuid::from_u128(number))
}

fn body(entries: &[String]) -> String {
    format!("{{\"job\":[{}]}}", entries.join(","))
}

fn descriptions(list: &List) -> Vec<&str> {
    list.read().items.iter().map(|job| job.0.description.as_str()).collect()
}

#[test]
fn progress_is_told_while_the_list_arrives() {
    let transport = pieces(&["{\"job\":[", &entry(1, "a"), ",", &entry(2, "b"), "]}"]);
    let (answer, counts) = ask(&transport, false, &none());
    let list = answer.unwrap().value;
    assert_eq!((descriptions(&list), list.read().is_whole), (vec!["a", "b"], true));
    assert_eq!(counts, [0, 1, 1, 2, 2]);
}

#[test]
fn the_next_list_decodes_what_has_changed() {
    let first = list(&pieces(&[&body(&[entry(1, "a"), entry(2, "b")])]), &none()).unwrap();
    let next = list(&pieces(&[&body(&[entry(1, "a"), entry(2, "other")])]), &first).unwrap();
    assert_eq!((descriptions(&next), next.read().decoded), (vec!["a", "other"], 1));
    assert!(Rc::ptr_eq(&first.read().items[0], &next.read().items[0]));
}

/// What is shown of a body that ends too early, by how the connection ended.
#[test]
fn a_list_that_breaks_off() {
    let whole = body(&[entry(1, "a"), entry(2, "b")]);
    let after_one = &whole[..whole.len() - 10];
    let before_any = &whole[..20];
    let lost = [None, Some(TransportError::Unreachable), Some(TransportError::TimedOut)];
    for broke_off in lost {
        let cut = list(&Pieces { broke_off, ..pieces(&[after_one]) }, &none()).unwrap();
        assert_eq!((descriptions(&cut), cut.read().is_whole), (vec!["a"], false), "{broke_off:?}");
        // The connection of a whole list may break as well.
        let list = list(&Pieces { broke_off, ..pieces(&[&whole]) }, &none()).unwrap();
        assert!(list.read().is_whole, "{broke_off:?}");
    }
    let nothing = lost.map(|broke_off| list(&Pieces { broke_off, ..pieces(&[before_any]) }, &none()).unwrap_err());
    assert!(matches!(nothing, [ApiError::Undecodable(_), ApiError::Unreachable, ApiError::TimedOut]), "{nothing:?}");
    let left = Pieces { broke_off: Some(TransportError::Cancelled), ..pieces(&[after_one]) };
    assert_eq!(list(&left, &none()).unwrap_err(), ApiError::Cancelled);
}

#[test]
fn answers_that_are_no_list() {
    let rows = [
        (answer(401, HTML), ApiError::Unauthenticated),
        (answer(404, ""), ApiError::NoEngine),
        (answer(304, ""), ApiError::Redirected),
    ];
    for (response, expected) in rows {
        let status = response.status;
        assert_eq!(list(&answering(response), &none()).unwrap_err(), expected, "{status}");
    }
    assert!(matches!(list(&answering(answer(400, FAULT)), &none()), Err(ApiError::Forbidden(_))));
    for bad in [HTML, FAULT, "", "{\"job\":[{\"id\":}]}", "[]"] {
        let error = list(&pieces(&[bad]), &none()).unwrap_err();
        assert!(matches!(error, ApiError::Undecodable(_)), "{bad}: {error:?}");
    }
    let unsent = Pieces { response: RefCell::new(Some(Err(TransportError::NoToken))), ..Pieces::default() };
    assert_eq!(list(&unsent, &none()).unwrap_err(), ApiError::Unauthenticated);
}

/// Whether the version of the list before is asked for, and what 304 then means.
#[test]
fn an_unchanged_list_is_not_sent_again() {
    let tagged = |entries: &[String]| Pieces {
        response: RefCell::new(Some(Ok(Response::empty(200).with_header("etag", "\"v1\"")))),
        ..pieces(&[&body(entries)])
    };
    let first = list(&tagged(&[entry(1, "a")]), &none()).unwrap();
    let unchanged = answering(Response::empty(304).with_header("date", "Thu, 01 Jan 2026 00:00:00 GMT"));
    let (again, counts) = ask(&unchanged, false, &first);
    let again = again.unwrap();
    assert!(again.engine_time.is_some() && counts.is_empty());
    assert!(Rc::ptr_eq(&first.read().items[0], &again.value.read().items[0]));

    let version = |before: &List, follow_steps| {
        let transport = answering(answer(500, ""));
        let _ = ask(&transport, follow_steps, before);
        transport.asked.take().unwrap().header("if-none-match").map(str::to_owned)
    };
    let cut = Pieces { pieces: vec!["{\"job\":[{\"id\":\"x\"}, ".to_owned(), entry(1, "a")], ..tagged(&[]) };
    let cut = list(&cut, &none()).unwrap();
    let rows = [
        ("nothing was read", version(&none(), false), None),
        ("a whole list", version(&first, false), Some("\"v1\"")),
        ("an unchanged one", version(&again.value, false), Some("\"v1\"")),
        ("the list with steps is another one", version(&first, true), None),
        ("a list that broke off", version(&cut, false), None),
        ("an engine without versions", version(&list(&pieces(&["{}"]), &first).unwrap(), false), None),
    ];
    for (name, asked, expected) in rows {
        assert_eq!(asked.as_deref(), expected, "{name}");
    }
}
