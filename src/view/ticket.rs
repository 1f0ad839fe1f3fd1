//! A job or step as a text for a ticket, in Markdown (CommonMark).

use std::fmt::Write;

use super::{
    failure::{FailedAt, failed_at},
    subject::Subject,
    times::Today,
    words,
};
use crate::domain::{
    Status, Time,
    description::{readable, revealed},
};

/// The most lines of the tree.
const MOST_LINES: usize = 60;

/// Why it failed, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketReason {
    /// How sure it is: `Logged for this task`.
    pub level: String,
    /// The reason, of one or more lines.
    pub text: String,
}

/// What a ticket says of a job or step.
#[derive(Debug)]
pub struct Ticket<'a> {
    /// The job or step.
    pub subject: &'a Subject,
    /// The owner's name, if it is known.
    pub owner: Option<String>,
    /// Why it failed.
    pub reasons: Vec<TicketReason>,
    /// A link to the job or step.
    pub link: String,
    /// The engine's time.
    pub now: Time,
    /// Writes times.
    pub today: &'a Today,
}

impl Ticket<'_> {
    /// The text. It ends with a line break.
    pub fn markdown(&self) -> String {
        let (subject, mut text) = (self.subject, String::new());
        let failed = subject.failed_step();
        line(&mut text, &format!("**{}: {}**", inline(&subject.name()), words::status(subject.status())));
        text.push('\n');
        if let Some(FailedAt::Step { sentence, .. }) = failed_at(subject) {
            let (before, name) = sentence.parts();
            // The marks around a name in another direction are for the page.
            let before = before.replace(['\u{2068}', '\u{2069}'], "");
            line(&mut text, &format!("- {} {}", inline(&before), inline(&name)));
        }
        if let Some(at) = failed.as_ref().and_then(Subject::end_time) {
            line(&mut text, &format!("- Failed step ended: {}", self.today.full(at)));
        }
        let above: Vec<String> = subject.ancestors().iter().map(|above| inline(&above.name())).collect();
        if !above.is_empty() {
            line(&mut text, &format!("- Step of: {}", above.join(" › ")));
        }
        self.facts(&mut text, failed.as_ref());
        self.reasons(&mut text);
        self.tree(&mut text);
        text
    }

    fn facts(&self, text: &mut String, failed: Option<&Subject>) {
        let subject = self.subject;
        let (start, end) = (subject.start_time(), subject.end_time());
        let times = [("Started", start), ("Ended", end)];
        for (name, time) in times.into_iter().filter_map(|(name, time)| Some((name, time?))) {
            line(text, &format!("- {name}: {}", self.today.full(time)));
        }
        if let Some(length) = self.length() {
            let so_far = if subject.status().is_running() { " so far" } else { "" };
            line(text, &format!("- Duration: {}{so_far}", words::duration(length)));
        }
        if let Some(owner) = &self.owner {
            line(text, &format!("- Owner: {}", inline(owner)));
        }
        line(text, &format!("- Job id: `{}`", subject.job.job.id));
        if let Some(step) = failed.unwrap_or(subject).step() {
            line(text, &format!("- Step id: `{}`", step.step.id));
        }
        line(text, &format!("- Link: <{}>", self.link));
        line(text, &format!("- As of: {}", self.today.full(self.now)));
    }

    fn length(&self) -> Option<chrono::TimeDelta> {
        let Subject { job, .. } = self.subject;
        let is_known = self.subject.status().is_running() || self.subject.end_time().is_some();
        let length =
            self.subject.step().map_or_else(|| job.job.duration(self.now), |step| step.step.duration(self.now));
        length.filter(|_| is_known)
    }

    fn reasons(&self, text: &mut String) {
        for TicketReason { level, text: reason } in &self.reasons {
            let reason = revealed(reason.trim_end());
            let fence = "`".repeat(3.max(longest_row_of_backticks(&reason) + 1));
            line(text, &format!("\n{level}:\n\n{fence}text\n{reason}\n{fence}"));
        }
    }

    /// The failed steps with those above them. Of a job or step that has not failed, nothing.
    fn tree(&self, text: &mut String) {
        let Some(tree) = self.subject.job.steps.tree().filter(|_| self.subject.status() == Status::Failed) else {
            return;
        };
        let root = self.subject.step;
        let mut shown = vec![false; tree.nodes().len()];
        for leaf in tree.failed_leaves() {
            let path: Vec<usize> = std::iter::once(leaf).chain(tree.ancestors(leaf)).collect();
            let is_below = root.is_none_or(|root| path.contains(&root));
            path.into_iter().filter(|_| is_below).for_each(|step| shown[step] = true);
        }
        let nodes = tree.nodes().iter().zip(&shown).filter(|(_, shown)| **shown).map(|(node, _)| node);
        let lines: Vec<String> = nodes
            .map(|node| {
                let indent = "  ".repeat(usize::try_from(node.depth - 1).unwrap_or(0).min(20));
                let name = inline(&readable(&node.step.description));
                format!("{indent}- {name}: {}", words::status(node.step.status))
            })
            .collect();
        if lines.is_empty() {
            return;
        }
        line(text, "\nWhat failed:\n");
        lines.iter().take(MOST_LINES).for_each(|shown| line(text, shown));
        if let Some(more) = lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
            line(text, &format!("- and {} more", words::grouped(more)));
        }
    }
}

fn line(text: &mut String, line: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{line}");
}

/// A text of others on one line, without a meaning in Markdown.
fn inline(text: &str) -> String {
    let words: Vec<String> = revealed(text).split_whitespace().map(escaped).collect();
    words.join(" ")
}

fn escaped(word: &str) -> String {
    let characters: Vec<char> = word.chars().collect();
    let is_in_word = |index: usize| characters.get(index).is_some_and(|character| character.is_alphanumeric());
    let has_meaning = |index: usize| match characters[index] {
        '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '&' => true,
        // Within a word it has none.
        '_' => index == 0 || !is_in_word(index - 1) || !is_in_word(index + 1),
        _ => false,
    };
    let mut shown = String::with_capacity(word.len());
    for (index, character) in characters.iter().enumerate() {
        shown.extend(has_meaning(index).then_some('\\'));
        shown.push(*character);
    }
    shown
}

fn longest_row_of_backticks(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}
