//! The kinds of entities that answers contain.

/// A kind of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// The root of the API.
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
    /// A domain of users.
    Domain,
    /// A role.
    Role,
    /// A role in the list of a user's roles.
    UserRole,
    /// An action that a role allows.
    Permit,
    /// A virtual machine.
    Vm,
    /// A host.
    Host,
    /// An event.
    Event,
}

impl EntityKind {
    /// The name of one of them in XML.
    pub const fn name(self) -> &'static str {
        self.names().1
    }

    /// The name of a list of them in XML.
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
            Self::Domain => ("domains", "domain"),
            Self::Role | Self::UserRole => ("roles", "role"),
            Self::Permit => ("permits", "permit"),
            Self::Vm => ("vms", "vm"),
            Self::Host => ("hosts", "host"),
            Self::Event => ("events", "event"),
        }
    }
}
