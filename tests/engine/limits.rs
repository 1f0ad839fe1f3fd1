//! The limit of descriptions.

use task_monitor::domain::rules::DESCRIPTION_LIMIT;

use crate::{
    support::{admin, ask, get, job_id, post},
    world,
};

/// The limit is in bytes of UTF-8, for jobs and steps. Longer descriptions are refused, never cut.
#[tokio::test]
async fn descriptions_have_a_limit() {
    let engine = world();
    let steps = format!("/jobs/{}/steps", job_id(1));
    let long = "Description can not be longer than 65536 bytes.";
    let rows = [
        ("x".repeat(DESCRIPTION_LIMIT), None),
        ("é".repeat(DESCRIPTION_LIMIT / 2), None),
        ("x".repeat(DESCRIPTION_LIMIT + 1), Some(long)),
        (format!("{}é", "x".repeat(DESCRIPTION_LIMIT - 1)), Some(long)),
        ("x".repeat(10 * DESCRIPTION_LIMIT), Some(long)),
        (" ".repeat(DESCRIPTION_LIMIT + 1), Some("Description can not be empty.")),
    ];
    for (path, doing) in [("/jobs", "${action} ${type}"), (steps.as_str(), "add External Job")] {
        for (description, refused) in &rows {
            let before = ask(&engine, &admin(), get(path)).await.body;
            let body = match path {
                "/jobs" => serde_json::json!({ "description": description }),
                _ => serde_json::json!({ "description": description, "type": "executing" }),
            };
            let answer = ask(&engine, &admin(), post(path, &body.to_string())).await;
            match refused {
                None => {
                    assert_eq!(answer.status, 201, "{path}");
                    assert!(answer.json()["description"] == **description, "{path}: it is kept as it is");
                }
                Some(sentence) => {
                    assert_eq!(answer.status, 400, "{path}: {sentence}");
                    let detail = format!("[Cannot {doing}. {sentence}]");
                    assert_eq!(answer.json(), serde_json::json!({ "reason": "Operation Failed", "detail": detail }));
                    assert!(ask(&engine, &admin(), get(path)).await.body == before, "{path}: nothing is added");
                }
            }
        }
    }
}
