//! The `follow` parameter: which links a request wants replaced by what they lead to (`LinkFollower.java`).
//!
//! oVirt follows every link, also links of links. Here only those of [`LINKS`] can be followed, one level deep.

use super::kind::EntityKind;

/// The links that can be followed: the kind of entity that has them, and their names.
pub const LINKS: &[(EntityKind, &str)] = &[
    (EntityKind::Job, "owner"),
    (EntityKind::Job, STEPS),
    (EntityKind::Step, "execution_host"),
    (EntityKind::Step, "job"),
    (EntityKind::Step, "parent_step"),
    (EntityKind::Step, "statistics"),
    (EntityKind::UserRole, "permits"),
];

const STEPS: &str = "steps";

/// The links to follow; empty for none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Follow(Vec<&'static str>);

/// No such link can be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchLink(pub String);

impl Follow {
    /// Reads the parameter for an entity of that kind, or a list of them: names with commas between, as in `owner,steps`.
    /// Case and `_` do not matter; empty names are skipped.
    pub fn parse(text: &str, of: EntityKind) -> Result<Self, NoSuchLink> {
        let mut follow = Self::default();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let link = link(of, name).ok_or_else(|| NoSuchLink(name.to_owned()))?;
            if !follow.0.contains(&link) {
                follow.0.push(link);
            }
        }
        Ok(follow)
    }

    /// Whether no link is to be followed.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether jobs are to be shown with their steps.
    pub fn has_steps(&self) -> bool {
        self.0.contains(&STEPS)
    }

    /// The links that are to be read one by one: all but the steps, which come with their job.
    pub fn others(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied().filter(|link| *link != STEPS)
    }
}

fn link(of: EntityKind, name: &str) -> Option<&'static str> {
    let is_same = |link: &str| plain(link).eq(plain(name));
    LINKS.iter().find(|(kind, link)| *kind == of && is_same(link)).map(|(_, link)| *link)
}

fn plain(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| *letter != '_').map(|letter| letter.to_ascii_lowercase())
}
