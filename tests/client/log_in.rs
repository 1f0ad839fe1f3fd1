//! Log-in and log-out.

use task_monitor::{
    api::{ApiError, Client, Credentials, LogInError, TransportError, log_in, log_out},
    wire::Method,
};

use crate::{FAULT, HTML, Recorder, answer, errors::server, run};

#[test]
fn log_in_sends_a_form_and_never_shows_the_token() {
    let recorder = Recorder::answering(Ok(answer(200, include_str!("../samples/s17-token.json"))));
    let credentials = run(log_in(&&recorder, "admin@internal", "p w&=+%ü")).unwrap();
    assert_eq!(
        recorder.sent(),
        "POST /ovirt-engine/sso/oauth/token\naccept: application/json\ncontent-type: application/x-www-form-urlencoded\n\
         grant_type=password&scope=ovirt-app-api&username=admin%40internal&password=p+w%26%3D%2B%25%C3%BC"
    );
    assert!(credentials.is_some() && credentials == Credentials::bearer("fqbR9sJ7mV2xTq0".to_owned()));
    let client = Client::new(&recorder, credentials);
    let shown = format!("{:?} {:?} {:?}", client.credentials(), Credentials::none(), recorder.asked.borrow()[0]);
    assert!(
        !shown.contains("fqbR9sJ7mV2xTq0") && !shown.contains("p+w") && shown.contains("Credentials(…)"),
        "{shown}"
    );
}

/// `exp` is not read: it may be larger than a double can hold (trap 20).
#[test]
fn a_token_may_have_no_expiry() {
    let reply = r#"{"access_token":"a","scope":"ovirt-app-api","exp":"9223372036854775807","token_type":"bearer"}"#;
    for reply in [reply.to_owned(), reply.replace(r#""9223372036854775807""#, "9223372036854775807")] {
        let recorder = Recorder::answering(Ok(answer(200, &reply)));
        assert_eq!(run(log_in(&&recorder, "a", "b")), Ok(Credentials::bearer("a".to_owned())), "{reply}");
    }
}

#[test]
fn a_log_in_that_fails() {
    let refused = |text: &str| LogInError::Refused(text.to_owned());
    let undecodable = LogInError::Api(ApiError::Undecodable("no token in the answer".to_owned()));
    let rows = [
        (400, include_str!("../samples/s17-token-refused.json"), refused("Cannot authenticate user admin@internal.")),
        (400, r#"{"error":"access_denied","error_description":"Wrong password."}"#, refused("Wrong password.")),
        (400, "", refused("The log-in was refused.")),
        (401, HTML, refused("The log-in was refused.")),
        (200, r#"{"access_token":7}"#, undecodable.clone()),
        (200, HTML, undecodable),
        (503, HTML, LogInError::Api(server(503, None, ""))),
    ];
    for (status, body, expected) in rows {
        let recorder = Recorder::answering(Ok(answer(status, body)));
        assert_eq!(run(log_in(&&recorder, "a", "b")), Err(expected), "{status} {body}");
    }
    let recorder = Recorder::answering(Ok(answer(302, "")));
    assert_eq!(run(log_in(&&recorder, "a", "b")), Err(LogInError::Api(ApiError::Redirected)));
    let recorder = Recorder::answering(Err(TransportError::TimedOut));
    assert_eq!(run(log_in(&&recorder, "a", "b")), Err(LogInError::Api(ApiError::TimedOut)));
}

/// In a browser a header with such a value is an error that ends the page.
#[test]
fn a_token_that_no_header_can_carry_is_refused() {
    let rows = [
        (r"fqbR9sJ7mV2xTq0-._~+/==", true),
        (r"caf\u00e9", true),
        (r"line\nbreak", false),
        (r"return\r", false),
        (r"nul\u0000", false),
        (r"tab\t", false),
        (r"del\u007f", false),
        (r"next line\u0085", false),
        (r"\u5927", false),
        (r"\ud83d\ude00", false),
    ];
    for (token, is_taken) in rows {
        let recorder = Recorder::answering(Ok(answer(200, &format!(r#"{{"access_token":"{token}"}}"#))));
        match run(log_in(&&recorder, "a", "b")) {
            Ok(credentials) => assert!(is_taken && credentials.is_some(), "{token}"),
            Err(error) => {
                assert!(!is_taken, "{token}");
                assert!(error.to_string().starts_with("The engine gave a token with characters that cannot be sent"));
            }
        }
    }
}

#[test]
fn log_out_revokes_the_token() {
    let token = Credentials::bearer("s3/cr&t".to_owned());
    let recorder = Recorder::answering(Ok(answer(200, "{}")));
    assert_eq!(run(log_out(&&recorder, &token)), Ok(()));
    assert_eq!(
        recorder.sent(),
        "POST /ovirt-engine/services/sso-logout\naccept: application/json\ncontent-type: application/x-www-form-urlencoded\n\
         scope=ovirt-app-api&token=s3%2Fcr%26t"
    );
    let recorder = Recorder::answering(Ok(answer(400, FAULT)));
    assert!(run(log_out(&&recorder, &token)).is_err());
    let recorder = Recorder::default();
    assert_eq!(run(log_out(&&recorder, &Credentials::none())), Ok(()));
    assert!(recorder.asked.borrow().is_empty(), "there is nothing to revoke");
    assert_eq!(Method::Other.as_str(), "OTHER");
}
