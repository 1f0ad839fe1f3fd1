//! The list of jobs: what is sent of it when it cannot be read to its end, and how long its tag is good for.

use reqwest::{
    Method, StatusCode,
    header::{ACCEPT, ETAG, IF_NONE_MATCH},
};

use super::process::{Caller, Installation, header};

/// A job in the first page or in a later one cannot be read.
#[tokio::test]
async fn a_list_that_cannot_be_read_to_its_end_breaks_off() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    installation.fill(600).await;
    let paths = ["/jobs", "/jobs?follow=steps", "/jobs?follow=owner"];
    for format in ["application/json", "application/xml"] {
        for path in paths {
            let response = admin.request(Method::GET, path).header(ACCEPT, format).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            assert!(response.text().await.is_ok(), "{format} {path}");
        }
    }
    let last =
        "UPDATE job SET status = 'nonsense' WHERE id = (SELECT id FROM job ORDER BY start_time DESC, id DESC LIMIT 1)";
    installation.execute(last).await;
    for format in ["application/json", "application/xml"] {
        for path in paths {
            let mut response = admin.request(Method::GET, path).header(ACCEPT, format).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{format} {path}");
            let mut pieces = 0;
            let end = loop {
                match response.chunk().await {
                    Ok(Some(_)) => pieces += 1,
                    end => break end,
                }
            };
            assert!(pieces > 0 && end.is_err(), "{format} {path}: {pieces} pieces, then {end:?}");
        }
    }
    installation.execute("UPDATE job SET status = 'nonsense'").await;
    for path in paths {
        let response = admin.request(Method::GET, path).header(ACCEPT, "application/json").send().await.unwrap();
        assert_eq!((response.status().as_u16(), response.headers().get(ETAG)), (500, None), "{path}");
    }
}

#[tokio::test]
async fn a_tag_outlives_a_restart_but_not_a_change_of_roles() {
    let installation = Installation::new();
    assert!(installation.run(&["user", "add", "ann", "--role", "ReadOnlyAdmin"], "secret\n").status.success());
    let first = installation.serve(&[]).await;
    installation.fill(3).await;
    let ann = Caller { server: &first, token: first.log_in("ann@internal", "secret").await.unwrap() };
    let tag = header(&ann.request(Method::GET, "/jobs").send().await.unwrap(), "etag").to_owned();
    let token = ann.token.clone();
    first.stop("-TERM").await;
    let second = installation.serve(&[]).await;
    let ann = Caller { server: &second, token };
    let ask = async || {
        let response = ann.request(Method::GET, "/jobs").header(IF_NONE_MATCH, &tag).send().await.unwrap();
        let etag = response.headers().get(ETAG).map(|etag| etag.to_str().unwrap().to_owned());
        (response.status().as_u16(), etag.map(|etag| etag == tag))
    };
    assert_eq!(ask().await, (304, Some(true)));
    for (arguments, expected) in [
        (["user", "grant", "ann", "UserRole"], (200, Some(false))),
        (["user", "revoke", "ann", "UserRole"], (304, Some(true))),
        (["user", "grant", "ann", "ExternalTasksCreator"], (200, Some(false))),
        (["user", "revoke", "ann", "ReadOnlyAdmin"], (400, None)),
    ] {
        assert!(installation.run(&arguments, "").status.success(), "{arguments:?}");
        assert_eq!(ask().await, expected, "{arguments:?}");
    }
}
