//! What every operation refuses, whatever it does.

use serde_json::Value;

use crate::{
    crawl::Examples,
    watch::{Sent, Watch},
};

/// Drives all operations of the API to their common refusals.
pub(crate) async fn all(watch: &Watch<'_>, examples: &Examples) {
    let operations: Vec<_> = watch
        .operations()
        .filter(|(_, _, operation)| operation["security"].is_null())
        .map(|(path, method, operation)| (path.to_owned(), method.to_owned(), operation.clone()))
        .collect();
    for (template, method, operation) in operations {
        let id = operation["operationId"].as_str().unwrap();
        let path = examples.get(id).and_then(|paths| paths.first()).unwrap_or_else(|| panic!("{id} was never linked"));
        let request = || if method == "post" { Sent::post(path, "{}") } else { Sent::new("GET", path) };
        let json = |sent: Sent| sent.with("accept", "application/json").with("content-type", "application/json");
        assert_eq!(watch.send(json(request())).await.status, 401, "{id}");
        assert_eq!(watch.ask(request().with("accept", "text/html")).await.status, 406, "{id}");
        assert_eq!(watch.ask(request().with("version", "5")).await.status, 400, "{id}");
        if template.contains('{') {
            let junk = format!("/ovirt-engine{}", template.replace(['{', '}'], ""));
            let sent = if method == "post" { Sent::post(junk, "{}") } else { Sent::new("GET", junk) };
            assert_eq!(watch.ask(sent).await.status, 404, "{id}");
        }
        if method == "post" {
            posted(watch, id, path).await;
        }
        methods(watch, path).await;
    }
}

async fn posted(watch: &Watch<'_>, id: &str, path: &str) {
    assert_eq!(watch.ask(Sent::post(path, "{}").with("content-type", "text/plain")).await.status, 415, "{id}");
    assert_eq!(watch.ask(Sent::post(path, "x".repeat(1024 * 1024 + 1))).await.status, 413, "{id}");
    for (form, body) in [("application/json", "{"), ("application/xml", "<a>")] {
        let sent = Sent::post(path, body).with("content-type", form).with("accept", form);
        assert_eq!(watch.ask(sent).await.status, 400, "{id}");
    }
}

/// A path has the methods of the document, and no others.
async fn methods(watch: &Watch<'_>, path: &str) {
    let answer = watch.ask(Sent::new("DELETE", path)).await;
    let bare = path.split('?').next().unwrap_or_default();
    let documented =
        watch.methods(bare).and_then(Value::as_object).unwrap().keys().filter(|name| *name != "parameters");
    let documented: Vec<_> = documented.map(|name| name.to_uppercase()).collect();
    assert_eq!((answer.status, answer.allow), (405, documented.join(", ")), "{path}");
}
