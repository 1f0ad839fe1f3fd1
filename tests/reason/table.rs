//! The 31 failures of `hosts-jobs.json`, read by eye together with all events of that hour: what a person finds as their reason. Not
//! made by the code.

/// What is shown for a failed job. Events by their ids.
pub struct Row {
    /// The beginning of the job's id.
    pub job: &'static str,
    /// Its description.
    pub description: &'static str,
    /// The events with its own correlation id; the most telling first.
    pub logged: Logged,
    /// At the same time, probably why; the latest first.
    pub hints: &'static [i64],
}

/// The proven events.
#[derive(Debug, PartialEq)]
pub enum Logged {
    /// A refusal that the engine logged nowhere: the answer to whoever started the job had the reason.
    RefusedUnlogged,
    /// No event has the job's id.
    Nothing,
    /// Logged for this task.
    Task(&'static [i64]),
    /// Logged for this group of so many tasks.
    Group(usize, &'static [i64]),
}

use Logged::{Group, Nothing, RefusedUnlogged, Task};

const fn row(job: &'static str, description: &'static str, logged: Logged, hints: &'static [i64]) -> Row {
    Row { job, description, logged, hints }
}

pub const ROWS: [Row; 31] = [
    // Three attempts with one id; the events of that id are about a fourth one, which ended well.
    row("a5b028d8", "Creating VM web01 in Cluster Default", RefusedUnlogged, &[]),
    row("39994ec2", "Creating VM web01 in Cluster Default", RefusedUnlogged, &[]),
    row("3edb8cd5", "Creating VM web01 in Cluster Default", RefusedUnlogged, &[]),
    // "Cannot run VM without at least one bootable disk."
    row("a47202db", "Launching VM web01", Task(&[42]), &[]),
    row("9e461969", "Adding an External Event", RefusedUnlogged, &[]),
    row("2366bc92", "Launching VM db01", Task(&[52]), &[]),
    row("a80464a6", "Creating VM db01 in Cluster Default", RefusedUnlogged, &[]),
    row("e9b10d3f", "Adding an External Event", RefusedUnlogged, &[]),
    row("025a995a", "Adding an External Event", RefusedUnlogged, &[]),
    row("b3753a4e", "Adding an External Event", RefusedUnlogged, &[]),
    row("87715a59", "Adding an External Event", RefusedUnlogged, &[]),
    // "Host host1 became non responsive.", "Host host1 is non responsive."
    row("ed37d44f", "Handling non responsive Host host1", Nothing, &[112, 111]),
    row("733f2880", "Handling non responsive Host host2", Nothing, &[114, 113]),
    // "VM is configured to be 'Network bootable', but no Network Interface is configured."
    row("0d2d9061", "Launching VM web1", Task(&[204]), &[]),
    row("49266209", "Launching VM bad1", Task(&[205]), &[]),
    row("9dbf3c75", "Launching VM crash1", Task(&[206]), &[]),
    row("edf263bd", "Launching VM web1", Task(&[208]), &[]),
    row("20628b38", "Launching VM bad1", Task(&[209]), &[]),
    row("949dec1c", "Launching VM crash1", Task(&[210]), &[]),
    // Two hosts refuse it: "Failed to create VM: simulated: unsupported configuration", once for each.
    row("2480b324", "Launching VM bad1", Task(&[227, 226, 224]), &[225, 223]),
    // It ran twice and went down twice: "qemu unexpectedly closed the monitor".
    row("4cc6ebcb", "Launching VM crash1", Task(&[235, 234, 231, 232, 228]), &[233, 230]),
    row("c7144578", "Migrating VM web1 to Host host2", Task(&[239]), &[]),
    // "Fatal error during migration", from the host that it should leave.
    row("d589d561", "Migrating VM nomig1 to Host host1", Task(&[270]), &[269]),
    row("3c392fd4", "Migrating VM migfail1 to Host host1", Task(&[273, 271]), &[]),
    row("9703dc88", "Adding an External Event", RefusedUnlogged, &[]),
    // "Cannot create volume"
    row("c673791a", "Adding Disk baddisk", Task(&[295, 288]), &[291]),
    row("d84048d9", "Moving Disk nocopy1 from nfs1 to nfs2", Task(&[374, 365]), &[]),
    row("f7b0c94d", "SparsifyImage", RefusedUnlogged, &[]),
    row("0c02b14e", "Launching VM bad1", Task(&[392, 391, 389]), &[390, 388]),
    // The merge failed ("Method not found: VM.merge") in the job beside it, which removes the snapshot.
    row(
        "515b6e81",
        "Migrating Disk web2_disk1 from nfs1 to nfs2 of VM web2",
        Group(4, &[409, 410, 411, 407, 404, 402, 401]),
        &[],
    ),
    row(
        "e8525ff1",
        "Removing Snapshot web2_disk1 Auto-generated for Live Storage Migration of VM web2",
        Group(4, &[409, 410, 411, 407]),
        &[408],
    ),
];
