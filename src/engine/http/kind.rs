//! The kinds of thing that are shown, and how their links lead from one to the other.

/// A kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The root.
    Api,
    /// What the engine can do.
    Capabilities,
    /// A job.
    Job,
    /// A step.
    Step,
    /// A statistic of a step.
    Statistic,
    /// A user.
    User,
    /// A role, by itself or of a user.
    Role,
    /// Something that a role allows.
    Permit,
    /// A virtual machine.
    Vm,
    /// A host.
    Host,
    /// A disk.
    Disk,
    /// A storage domain.
    StorageDomain,
}

impl Kind {
    /// What XML calls one of them.
    pub const fn name(self) -> &'static str {
        self.names().1
    }

    /// What XML calls a list of them.
    pub const fn list_name(self) -> &'static str {
        self.names().0
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Api => ("apis", "api"),
            Self::Capabilities => ("capabilities", "capabilities"),
            Self::Job => ("jobs", "job"),
            Self::Step => ("steps", "step"),
            Self::Statistic => ("statistics", "statistic"),
            Self::User => ("users", "user"),
            Self::Role => ("roles", "role"),
            Self::Permit => ("permits", "permit"),
            Self::Vm => ("vms", "vm"),
            Self::Host => ("hosts", "host"),
            Self::Disk => ("disks", "disk"),
            Self::StorageDomain => ("storage_domains", "storage_domain"),
        }
    }
}

/// A link that can be followed.
#[derive(Debug, PartialEq, Eq)]
pub struct Link {
    /// What shows it.
    pub of: Kind,
    /// Its name: that of a member, or the `rel` of a link.
    pub name: &'static str,
    /// Where it leads.
    pub to: Kind,
    /// What is there.
    pub many: bool,
}

/// All of them: every reference and every link that is shown anywhere.
pub const LINKS: &[Link] = &[
    one(Kind::Api, "authenticated_user", Kind::User),
    one(Kind::Api, "effective_user", Kind::User),
    one(Kind::Api, "capabilities", Kind::Capabilities),
    many(Kind::Api, "disks", Kind::Disk),
    many(Kind::Api, "hosts", Kind::Host),
    many(Kind::Api, "jobs", Kind::Job),
    many(Kind::Api, "roles", Kind::Role),
    many(Kind::Api, "storagedomains", Kind::StorageDomain),
    many(Kind::Api, "users", Kind::User),
    many(Kind::Api, "vms", Kind::Vm),
    one(Kind::Job, "owner", Kind::User),
    many(Kind::Job, "steps", Kind::Step),
    one(Kind::Step, "execution_host", Kind::Host),
    one(Kind::Step, "job", Kind::Job),
    one(Kind::Step, "parent_step", Kind::Step),
    many(Kind::Step, "statistics", Kind::Statistic),
    many(Kind::User, "roles", Kind::Role),
    many(Kind::Role, "permits", Kind::Permit),
    one(Kind::Role, "user", Kind::User),
    one(Kind::Permit, "role", Kind::Role),
    one(Kind::Vm, "host", Kind::Host),
    many(Kind::Disk, "storage_domains", Kind::StorageDomain),
];

const fn one(of: Kind, name: &'static str, to: Kind) -> Link {
    Link { of, name, to, many: false }
}

const fn many(of: Kind, name: &'static str, to: Kind) -> Link {
    Link { of, name, to, many: true }
}
