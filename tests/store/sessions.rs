//! Cookie sessions, on every database.

use std::time::Duration;

use task_monitor::{
    domain::UserId,
    engine::{Caller, PredefinedRole, User},
    server::database::Database,
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{open, postgres_server, time};

/// When a session is used, in minutes from its begin, and whether it is valid then.
#[tokio::test]
async fn a_cookie_session_lasts_while_it_is_used() {
    let folder = TempDir::new().unwrap();
    let mut databases = vec![open(folder.path()).await];
    if let Some(url) = postgres_server::database() {
        databases.push(Database::open(&url.parse().unwrap()).await.unwrap());
    }
    let user = User { id: UserId::new(Uuid::from_u128(1)), user_name: "me@internal".to_owned() };
    let caller = Caller { user, roles: vec![PredefinedRole::UserRole.role()] };
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    let at = |minute: i64| time(minute * 60_000).unwrap();
    for database in databases {
        database.add_account(&caller, "hash").await.unwrap().unwrap();
        let account = database.account(caller.user.id).await.unwrap().unwrap();
        let good = async |secret: &[u8], minute| {
            let account = database.account_of_cookie(secret, at(minute), minutes(60)).await.unwrap();
            account.is_some_and(|account| account.caller == caller)
        };
        let open = async |secret: &[u8], token: Option<&[u8]>| {
            database.open_cookie(secret, &account, token, at(0), minutes(30)).await.unwrap();
        };
        for secret in [&b"used"[..], b"left", b"ended"] {
            open(secret, None).await;
        }
        database.open_session(b"token", &account, at(0), at(20)).await.unwrap();
        open(b"by token", Some(b"token")).await;
        open(b"by another token", Some(b"another")).await;
        for (secret, minute, expected) in [
            (&b"used"[..], 0, true),
            (b"used", 29, true),
            (b"used", 29, true),
            (b"used", 59, true),
            (b"used", 89, true),
            (b"left", 32, false),
            (b"used", 121, false),
            (b"never opened", 1, false),
            (b"by token", 19, true),
            (b"by token", 21, false),
            (b"by another token", 1, false),
        ] {
            assert_eq!(good(secret, minute).await, expected, "{secret:?} {minute}");
        }
        assert!(good(b"ended", 1).await);
        database.end_cookie(b"ended").await.unwrap();
        assert!(!good(b"ended", 1).await);
        for number in 0..1_001_u32 {
            let (secret, now) = (number.to_be_bytes(), at(i64::from(number)));
            database.open_cookie(&secret, &account, None, now, minutes(100_000)).await.unwrap();
        }
        assert!(!good(&0_u32.to_be_bytes(), 2_000).await, "the oldest made room");
        assert!(good(&1_u32.to_be_bytes(), 2_000).await && good(&1_000_u32.to_be_bytes(), 2_000).await);
        assert!(database.set_password("me@internal", "other").await.unwrap());
        assert!(!good(&1_000_u32.to_be_bytes(), 2_000).await, "another password ends it");
        database.close().await;
    }
}

/// How far the clock jumps after a session was opened, in minutes, and whether the session is still valid then, and again when the
/// clock is right. A token lasts an hour here, a cookie half an hour without use.
#[tokio::test]
async fn sessions_after_the_clock_was_changed() {
    const DAY: i64 = 24 * 60;
    const YEAR: i64 = 365 * DAY;
    let folder = TempDir::new().unwrap();
    let mut databases = vec![open(folder.path()).await];
    if let Some(url) = postgres_server::database() {
        databases.push(Database::open(&url.parse().unwrap()).await.unwrap());
    }
    let user = User { id: UserId::new(Uuid::from_u128(1)), user_name: "me@internal".to_owned() };
    let caller = Caller { user, roles: Vec::new() };
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    let at = |minute: i64| time((10 * YEAR + minute) * 60_000).unwrap();
    for database in databases {
        database.add_account(&caller, "hash").await.unwrap().unwrap();
        let account = database.account(caller.user.id).await.unwrap().unwrap();
        for (number, (jump, token_is_valid, cookie_is_valid)) in [
            (0, true, true),
            (-1, true, true),
            (-60, true, true),
            (-DAY + 1, true, true),
            (-DAY - 2, false, false),
            (-YEAR, false, false),
            (40, true, false),
            (61, false, false),
            (YEAR, false, false),
        ]
        .into_iter()
        .enumerate()
        {
            let secret = [u8::try_from(number).unwrap()];
            database.open_session(&secret, &account, at(0), at(60)).await.unwrap();
            database.open_cookie(&secret, &account, None, at(0), minutes(30)).await.unwrap();
            let valid = async |minute| {
                let token = database.account_of_session(&secret, at(minute), minutes(60)).await.unwrap();
                let cookie = database.account_of_cookie(&secret, at(minute), minutes(60)).await.unwrap();
                (token.is_some(), cookie.is_some())
            };
            assert_eq!(valid(jump).await, (token_is_valid, cookie_is_valid), "{jump}");
            assert_eq!(valid(1).await, (true, true), "{jump} and back");
        }
        database.close().await;
    }
}
