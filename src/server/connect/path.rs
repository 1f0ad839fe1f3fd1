//! Paths that would lead an engine out of what is forwarded.

/// Whether a path has a `.` or `..` segment, in any form that a server might read as one: encoded, also more than once, with a
/// matrix parameter (`..;x`), or with a backslash.
pub(super) fn climbs(path: &str) -> bool {
    let mut path = path.to_owned();
    loop {
        let mut segments = path.split(['/', '\\']).map(|segment| segment.split(';').next().unwrap_or_default());
        if segments.any(|segment| segment == "." || segment == "..") {
            return true;
        }
        let decoded = decode(&path);
        if decoded == path {
            return false;
        }
        path = decoded;
    }
}

/// Decodes the characters that matter. Each turn makes the text shorter, or leaves it as it is.
fn decode(path: &str) -> String {
    let known = [("%2e", "."), ("%2E", "."), ("%2f", "/"), ("%2F", "/"), ("%5c", "\\"), ("%5C", "\\"), ("%3b", ";")];
    let known = known.into_iter().chain([("%3B", ";"), ("%25", "%")]);
    known.fold(path.to_owned(), |path, (encoded, plain)| path.replace(encoded, plain))
}

#[cfg(test)]
mod tests {
    use super::climbs;

    #[test]
    fn knows_paths_that_climb() {
        for (path, expected) in [
            ("/ovirt-engine/api/jobs", false),
            ("/ovirt-engine/api//jobs", false),
            ("/ovirt-engine/api/jobs;max=1/", false),
            ("/ovirt-engine/api/jobs/a..b", false),
            ("/ovirt-engine/api/jobs/...", false),
            ("/ovirt-engine/api/jobs/%C3%A4%25%20", false),
            ("/ovirt-engine/api/../webadmin", true),
            ("/ovirt-engine/api/..", true),
            ("/ovirt-engine/api/./jobs", true),
            ("/ovirt-engine/api/%2e%2E/webadmin", true),
            ("/ovirt-engine/api/.%2e/webadmin", true),
            ("/ovirt-engine/api/%252e%252e/webadmin", true),
            ("/ovirt-engine/api/%25252e./webadmin", true),
            ("/ovirt-engine/api/x%2f..%2f../webadmin", true),
            ("/ovirt-engine/api/..;a=b/webadmin", true),
            ("/ovirt-engine/api/..%3Ba/webadmin", true),
            ("/ovirt-engine/api/..\\webadmin", true),
            ("/ovirt-engine/api/..%5cwebadmin", true),
        ] {
            assert_eq!(climbs(path), expected, "{path}");
        }
    }
}
