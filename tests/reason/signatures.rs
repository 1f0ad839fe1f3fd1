//! Which failures are of one kind.

use task_monitor::domain::reason::signature;

const NAMES: [&str; 4] = ["web", "big store", "alpha", "beta"];

/// Each row: texts with the same signature, and that signature.
#[test]
fn texts_of_one_kind() {
    let rows: [(&[&str], &str); 8] = [
        (&["Copying Volume"], "copying volume"),
        (
            &["Launching VM web1", "Launching VM db01", "Launching VM alpha", "Launching VM 'my machine'"],
            "launching vm …",
        ),
        (&["Migrating VM web1 to Host host2", "Migrating VM alpha to Host beta"], "migrating vm … to host …"),
        (
            &[
                "Merging snapshots (web2_disk1 Auto-generated into Active VM) of disk web2_disk1",
                "Merging snapshots (db01_disk2 Auto-generated into Active VM) of disk db01_disk2",
            ],
            "merging snapshots … auto-generated into active vm of disk …",
        ),
        (
            &["Volume 2: connection to the target lost", "Volume 17: connection to the target lost"],
            "volume … connection to the target lost",
        ),
        (&["Copy 5f5c1f9e-2b0a-4c56-9a0e-6f3f0f6a7c11", "Copy 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"], "copy …"),
        (&["Adding Disk baddisk", "Adding Disk \"a b\"", "Adding disk 7"], "adding disk …"),
        (&["", "  "], ""),
    ];
    for (texts, expected) in rows {
        for text in texts {
            assert_eq!(signature(text, NAMES), expected, "{text}");
        }
    }
}

#[test]
fn texts_of_different_kinds() {
    let texts = [
        "Copying Volume",
        "Creating Volume",
        "Launching VM web1",
        "Migrating VM web1",
        "Don't stop the host",
        "the host's disk",
    ];
    let signatures: std::collections::BTreeSet<String> = texts.iter().map(|text| signature(text, NAMES)).collect();
    assert_eq!(signatures.len(), texts.len(), "{signatures:?}");
}
