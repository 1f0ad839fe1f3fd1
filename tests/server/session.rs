//! `Prefer: persistent-auth`: cookie sessions (section 4 of the contract).

use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, COOKIE},
};

use super::process::{ADMIN, Installation, Server, form_body, header};

/// The credentials of a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sent<'a> {
    Nothing,
    Basic(&'a str, &'a str),
    Bearer(&'a str),
}

pub(crate) async fn ask(
    server: &Server,
    sent: Sent<'_>,
    cookie: Option<&str>,
    prefer: Option<&str>,
) -> (u16, Option<String>) {
    let request = server.request(Method::GET, "/ovirt-engine/api").header(ACCEPT, "application/json");
    let request: RequestBuilder = match sent {
        Sent::Nothing => request,
        Sent::Basic(name, password) => request.basic_auth(name, Some(password)),
        Sent::Bearer(token) => request.bearer_auth(token),
    };
    let request = cookie.into_iter().fold(request, |request, cookie| request.header(COOKIE, cookie));
    let request = prefer.into_iter().fold(request, |request, prefer| request.header("prefer", prefer));
    let response = request.send().await.unwrap();
    let set = Some(header(&response, "set-cookie")).filter(|set| !set.is_empty()).map(str::to_owned);
    (response.status().as_u16(), set)
}

/// The `Cookie` header that answers a `Set-Cookie`.
pub(crate) fn cookie_of(set: Option<String>) -> String {
    set.unwrap().split(';').next().unwrap().to_owned()
}

const PERSISTENT: Option<&str> = Some("persistent-auth");
const NEW_SESSION: Option<&str> = Some("persistent-auth, new-auth");

#[tokio::test]
async fn the_table_of_sessions() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let password = server.password();
    let basic = Sent::Basic(ADMIN, &password);
    let wrong = Sent::Basic(ADMIN, "wrong");
    let open = async || cookie_of(ask(&server, basic, None, PERSISTENT).await.1);

    // The credentials beside a session's cookie, the status, whether there is a new cookie, and whether the old session is
    // still valid.
    let rows = [
        (Sent::Nothing, PERSISTENT, 200, false, true),
        (wrong, PERSISTENT, 200, false, true),
        (basic, PERSISTENT, 200, false, true),
        (Sent::Nothing, None, 401, false, false),
        (wrong, None, 401, false, false),
        (basic, None, 200, false, false),
        (basic, Some("respond-async"), 200, false, false),
        (Sent::Nothing, NEW_SESSION, 401, false, false),
        (basic, NEW_SESSION, 200, true, false),
        (basic, Some("new-auth"), 200, false, false),
    ];
    for (sent, prefer, status, new, good) in rows {
        let cookie = open().await;
        let (answered, set) = ask(&server, sent, Some(&cookie), prefer).await;
        assert_eq!((answered, set.is_some()), (status, new), "{sent:?} {prefer:?}");
        let (again, _) = ask(&server, Sent::Nothing, Some(&cookie), PERSISTENT).await;
        assert_eq!(again == 200, good, "{sent:?} {prefer:?}");
    }

    // Without a valid session.
    let rows = [
        (basic, None, None, 200, false),
        (basic, None, PERSISTENT, 200, true),
        (basic, Some("JSESSIONID=never-given-out"), PERSISTENT, 200, true),
        (wrong, None, PERSISTENT, 401, false),
        (Sent::Nothing, None, PERSISTENT, 401, false),
        (Sent::Nothing, Some("JSESSIONID=never-given-out"), PERSISTENT, 401, false),
        (Sent::Nothing, Some("JSESSIONID="), PERSISTENT, 401, false),
    ];
    for (sent, cookie, prefer, status, new) in rows {
        let (answered, set) = ask(&server, sent, cookie, prefer).await;
        assert_eq!((answered, set.is_some()), (status, new), "{sent:?} {cookie:?} {prefer:?}");
    }
    let (_, set) = ask(&server, basic, None, PERSISTENT).await;
    let set = set.unwrap();
    assert!(set.ends_with("; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict"), "{set}");
    assert!(set.len() > "JSESSIONID=; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict".len() + 42, "256 bits: {set}");
}

/// A session ends with the token or password that opened it.
#[tokio::test]
async fn a_session_ends_with_its_log_in() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    assert!(installation.run(&["user", "add", "backup", "--role", "UserRole"], "secret\n").status.success());
    let token = server.log_in("backup@internal", "secret").await.unwrap();
    let still = async |cookie: &str| ask(&server, Sent::Nothing, Some(cookie), PERSISTENT).await.0;

    let by_token = cookie_of(ask(&server, Sent::Bearer(&token), None, PERSISTENT).await.1);
    let by_password = cookie_of(ask(&server, Sent::Basic("backup@internal", "secret"), None, PERSISTENT).await.1);
    assert_eq!((still(&by_token).await, still(&by_password).await), (200, 200));
    let form = form_body(&[("scope", "ovirt-app-api"), ("token", &token)]);
    server.request(Method::POST, "/ovirt-engine/services/sso-logout").body(form).send().await.unwrap();
    assert_eq!((still(&by_token).await, still(&by_password).await), (401, 200));
    assert!(installation.run(&["user", "password", "backup"], "other\n").status.success());
    assert_eq!(still(&by_password).await, 401);
}

/// The database contains the session, but not its secret.
#[tokio::test]
async fn a_session_survives_a_restart() {
    let installation = Installation::new();
    let first = installation.serve(&[]).await;
    let cookie = cookie_of(ask(&first, Sent::Basic(ADMIN, &first.password()), None, PERSISTENT).await.1);
    first.kill_now();
    first.wait_for_end().await;
    let second = installation.serve(&[]).await;
    assert_eq!(ask(&second, Sent::Nothing, Some(&cookie), PERSISTENT).await.0, 200);
    second.stop("-TERM").await;
    let (_, secret) = cookie.split_once('=').unwrap();
    assert!(installation.content().contains(ADMIN) && !installation.content().contains(secret));
}
