//! Which links a request wants followed (`LinkFollower.java`).

use super::kind::{Kind, LINKS, Link};

/// As many names may stand in a row. Steps under steps could be followed without end.
pub const DEPTH: usize = 8;

/// What is shown in place of links: of each, what is followed further from there. Empty when nothing is followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Follow(Vec<(&'static Link, Follow)>);

/// Why names cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotFollow {
    /// What is shown there has no link of that name.
    NoLink(String),
    /// A list of the same things stands further up: everything in it would be shown once for each of them.
    Again(&'static str),
    /// More than [`DEPTH`] names in a row.
    TooDeep,
}

impl Follow {
    /// Reads the parameter, as in `owner,steps.parent_step`: a comma between links, a dot between a link and one of what it
    /// leads to. Case and `_` do not matter, and neither do empty names between commas. The names start at a thing of
    /// that kind, or at each of a list of them.
    pub fn parse(text: &str, of: Kind, is_list: bool) -> Result<Self, CannotFollow> {
        let mut follow = Self::default();
        for path in text.split(',').map(str::trim).filter(|path| !path.is_empty()) {
            if path.split('.').count() > DEPTH {
                return Err(CannotFollow::TooDeep);
            }
            let passed = is_list.then_some(of).into_iter().collect();
            follow.add(path.trim_end_matches('.').split('.').map(str::trim), of, passed)?;
        }
        Ok(follow)
    }

    /// Adds a row of names. `passed` are the lists that it stands in.
    fn add<'n>(
        &mut self,
        mut names: impl Iterator<Item = &'n str>,
        of: Kind,
        mut passed: Vec<Kind>,
    ) -> Result<(), CannotFollow> {
        let Some(name) = names.next() else { return Ok(()) };
        let link = link(of, name).ok_or_else(|| CannotFollow::NoLink(name.to_owned()))?;
        if link.many {
            if passed.contains(&link.to) {
                return Err(CannotFollow::Again(link.to.list_name()));
            }
            passed.push(link.to);
        }
        self.below_mut(link).add(names, link.to, passed)
    }

    fn below_mut(&mut self, link: &'static Link) -> &mut Self {
        let known = self.0.iter().position(|(known, _)| *known == link);
        let place = known.unwrap_or_else(|| {
            self.0.push((link, Self::default()));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    /// Whether nothing is followed.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each link, with what is followed from there.
    pub fn links(&self) -> impl Iterator<Item = (&'static Link, &Self)> {
        self.0.iter().map(|(link, below)| (*link, below))
    }

    /// Whether a link to things of that kind is followed, by itself or from anywhere further on.
    pub fn leads_to(&self, kind: Kind) -> bool {
        self.links().any(|(link, below)| link.to == kind || below.leads_to(kind))
    }

    /// Whether a list of things of that kind is followed from here.
    pub fn lists(&self, kind: Kind) -> bool {
        self.links().any(|(link, _)| link.many && link.to == kind)
    }

    /// Whether jobs are to be shown with their steps, and nothing more is followed.
    pub fn is_steps_alone(&self) -> bool {
        matches!(self.0.as_slice(), [(link, below)] if link.to == Kind::Step && link.many && below.is_empty())
    }
}

fn link(of: Kind, name: &str) -> Option<&'static Link> {
    let same = |known: &str| plain(known).eq(plain(name));
    LINKS.iter().find(|link| link.of == of && same(link.name))
}

/// What of a name matters.
fn plain(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| *letter != '_').map(|letter| letter.to_ascii_lowercase())
}
