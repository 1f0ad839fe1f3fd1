//! `Prefer: persistent-auth`: sessions with a cookie, and their rules (section 4 of the contract).

use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, COOKIE},
};

use super::process::{ADMIN, Place, Server, form_body, header};

/// What a request shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Show<'a> {
    Nothing,
    Basic(&'a str, &'a str),
    Bearer(&'a str),
}

pub(crate) async fn ask(
    server: &Server,
    show: Show<'_>,
    cookie: Option<&str>,
    prefer: Option<&str>,
) -> (u16, Option<String>) {
    let request = server.request(Method::GET, "/ovirt-engine/api").header(ACCEPT, "application/json");
    let request: RequestBuilder = match show {
        Show::Nothing => request,
        Show::Basic(name, password) => request.basic_auth(name, Some(password)),
        Show::Bearer(token) => request.bearer_auth(token),
    };
    let request = cookie.into_iter().fold(request, |request, cookie| request.header(COOKIE, cookie));
    let request = prefer.into_iter().fold(request, |request, prefer| request.header("prefer", prefer));
    let response = request.send().await.unwrap();
    let set = Some(header(&response, "set-cookie")).filter(|set| !set.is_empty()).map(str::to_owned);
    (response.status().as_u16(), set)
}

/// The `Cookie` header that answers a `Set-Cookie`.
pub(crate) fn kept(set: Option<String>) -> String {
    set.unwrap().split(';').next().unwrap().to_owned()
}

const PERSISTENT: Option<&str> = Some("persistent-auth");
const ANEW: Option<&str> = Some("persistent-auth, new-auth");

#[tokio::test]
async fn a_session_lives_by_its_rules() {
    let place = Place::new();
    let server = place.serve(&[]).await;
    let password = server.password();
    let basic = Show::Basic(ADMIN, &password);
    let wrong = Show::Basic(ADMIN, "wrong");
    let open = async || kept(ask(&server, basic, None, PERSISTENT).await.1);

    // What the request shows, with the cookie of a session; whether it is let in, gets a new cookie, and whether the old
    // session is still good afterwards.
    let rows = [
        (Show::Nothing, PERSISTENT, 200, false, true),
        (wrong, PERSISTENT, 200, false, true),
        (basic, PERSISTENT, 200, false, true),
        (Show::Nothing, None, 401, false, false),
        (wrong, None, 401, false, false),
        (basic, None, 200, false, false),
        (basic, Some("respond-async"), 200, false, false),
        (Show::Nothing, ANEW, 401, false, false),
        (basic, ANEW, 200, true, false),
        (basic, Some("new-auth"), 200, false, false),
    ];
    for (show, prefer, status, new, good) in rows {
        let cookie = open().await;
        let (answered, set) = ask(&server, show, Some(&cookie), prefer).await;
        assert_eq!((answered, set.is_some()), (status, new), "{show:?} {prefer:?}");
        let (again, _) = ask(&server, Show::Nothing, Some(&cookie), PERSISTENT).await;
        assert_eq!(again == 200, good, "{show:?} {prefer:?}");
    }

    // Without a session that is good.
    let rows = [
        (basic, None, None, 200, false),
        (basic, None, PERSISTENT, 200, true),
        (basic, Some("JSESSIONID=never-given-out"), PERSISTENT, 200, true),
        (wrong, None, PERSISTENT, 401, false),
        (Show::Nothing, None, PERSISTENT, 401, false),
        (Show::Nothing, Some("JSESSIONID=never-given-out"), PERSISTENT, 401, false),
        (Show::Nothing, Some("JSESSIONID="), PERSISTENT, 401, false),
    ];
    for (show, cookie, prefer, status, new) in rows {
        let (answered, set) = ask(&server, show, cookie, prefer).await;
        assert_eq!((answered, set.is_some()), (status, new), "{show:?} {cookie:?} {prefer:?}");
    }
    let (_, set) = ask(&server, basic, None, PERSISTENT).await;
    let set = set.unwrap();
    assert!(set.ends_with("; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict"), "{set}");
    assert!(set.len() > "JSESSIONID=; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict".len() + 42, "256 bits: {set}");
}

/// A session is no way around a token's end, or a user's.
#[tokio::test]
async fn a_session_ends_with_what_opened_it() {
    let place = Place::new();
    let server = place.serve(&[]).await;
    assert!(place.run(&["user", "add", "backup", "--role", "UserRole"], "secret\n").status.success());
    let token = server.log_in("backup@internal", "secret").await.unwrap();
    let still = async |cookie: &str| ask(&server, Show::Nothing, Some(cookie), PERSISTENT).await.0;

    let by_token = kept(ask(&server, Show::Bearer(&token), None, PERSISTENT).await.1);
    let by_password = kept(ask(&server, Show::Basic("backup@internal", "secret"), None, PERSISTENT).await.1);
    assert_eq!((still(&by_token).await, still(&by_password).await), (200, 200));
    let form = form_body(&[("scope", "ovirt-app-api"), ("token", &token)]);
    server.request(Method::POST, "/ovirt-engine/services/sso-logout").body(form).send().await.unwrap();
    assert_eq!((still(&by_token).await, still(&by_password).await), (401, 200));
    assert!(place.run(&["user", "password", "backup"], "other\n").status.success());
    assert_eq!(still(&by_password).await, 401);
}

/// The database keeps it, but nothing that would open it.
#[tokio::test]
async fn a_session_outlives_a_restart() {
    let place = Place::new();
    let first = place.serve(&[]).await;
    let cookie = kept(ask(&first, Show::Basic(ADMIN, &first.password()), None, PERSISTENT).await.1);
    first.kill_now();
    first.wait_for_end().await;
    let second = place.serve(&[]).await;
    assert_eq!(ask(&second, Show::Nothing, Some(&cookie), PERSISTENT).await.0, 200);
    second.stop("-TERM").await;
    let (_, secret) = cookie.split_once('=').unwrap();
    assert!(place.content().contains(ADMIN) && !place.content().contains(secret));
}
