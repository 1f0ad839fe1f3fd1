//! Forms: one press sends one request, and no event loses what was typed.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use proptest::prelude::*;
use support::{
    job_id,
    outline::{job_node, step_node},
    step_id,
};
use task_monitor::{
    api::{NewJob, NewStep},
    domain::{
        StepType,
        rules::{DESCRIPTION_LIMIT, DescriptionProblem, Dialect, Outcome},
    },
    view::form::{Draft, FieldProblem, Form, Phase, Submission},
};

const DIALECT: Dialect = Dialect::JobsEngine;

fn job_draft(text: &str) -> Draft {
    Draft::AddJob { description: text.to_owned(), auto_cleared: true }
}

fn editing(field: Option<FieldProblem>, refusal: Option<&str>) -> Phase {
    Phase::Editing { field, refusal: refusal.map(str::to_owned) }
}

const INSTEAD: &str = "The reply was lost.";

fn checking(check: usize) -> Phase {
    Phase::Checking { check, instead: INSTEAD.to_owned() }
}

fn lost(answered: bool) -> Phase {
    Phase::Lost { answered, instead: INSTEAD.to_owned() }
}

fn ambiguous(jobs: &[u128]) -> Phase {
    Phase::Ambiguous { nodes: jobs.iter().copied().map(job_node).collect(), instead: INSTEAD.to_owned() }
}

fn typed(form: &Form) -> &str {
    match &form.draft {
        Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => description,
        Draft::End { .. } | Draft::Clear { .. } => panic!("this draft has no text"),
    }
}

fn type_in(form: &mut Form, text: &str) {
    form.edit(DIALECT, |draft| match draft {
        Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => text.clone_into(description),
        Draft::End { .. } | Draft::Clear { .. } => panic!("this draft has no text"),
    });
}

#[test]
fn drafts_are_checked() {
    let step = |description: &str, parent| Draft::AddStep {
        job: job_id(1),
        parent,
        step_type: StepType::Finalizing,
        description: description.to_owned(),
    };
    let end = |target, outcome, force| Draft::End { target, outcome, force, reason: String::new() };
    let new_step = |parent| {
        Submission::AddStep(NewStep {
            job: job_id(1),
            parent,
            step_type: StepType::Finalizing,
            description: " Tidy ".to_owned(),
        })
    };
    let blank = Err(FieldProblem::Description(DescriptionProblem::Blank));
    let rows = [
        (job_draft(""), blank.clone()),
        (job_draft(" \t\n\u{a0}"), blank.clone()),
        (
            job_draft(" Nightly "),
            Ok(Submission::AddJob(NewJob { description: " Nightly ".to_owned(), auto_cleared: true })),
        ),
        (step("", None), blank),
        (step(" Tidy ", None), Ok(new_step(None))),
        (step(" Tidy ", Some(step_id(2))), Ok(new_step(Some(step_id(2))))),
        (end(job_node(1), None, true), Err(FieldProblem::OutcomeMissing)),
        (
            end(step_node(1, 2), Some(Outcome::Failed), false),
            Ok(Submission::End { target: step_node(1, 2), outcome: Outcome::Failed, force: false }),
        ),
        (Draft::Clear { job: job_id(1) }, Ok(Submission::Clear { job: job_id(1) })),
    ];
    for (draft, expected) in rows {
        for dialect in [Dialect::Ovirt, Dialect::JobsEngine] {
            assert_eq!(draft.check(dialect), expected, "{draft:?}");
        }
    }
    // Only jobs-engine refuses these.
    for text in ["x".repeat(DESCRIPTION_LIMIT + 1), "é".repeat(DESCRIPTION_LIMIT / 2 + 1)] {
        for draft in [job_draft(&text), step(&text, None)] {
            assert!(draft.check(Dialect::Ovirt).is_ok());
            let long = FieldProblem::Description(DescriptionProblem::Long);
            assert_eq!(draft.check(Dialect::JobsEngine), Err(long));
        }
    }
    assert!(job_draft(&"x".repeat(DESCRIPTION_LIMIT)).check(Dialect::JobsEngine).is_ok());
}

#[test]
fn empty_drafts() {
    let rows = [
        (Draft::add_job(), None),
        (Draft::add_step(job_node(1)), Some(job_node(1))),
        (Draft::add_step(step_node(1, 2)), Some(step_node(1, 2))),
        (Draft::end(step_node(1, 2)), Some(step_node(1, 2))),
        (Draft::Clear { job: job_id(1) }, Some(job_node(1))),
    ];
    for (draft, target) in rows {
        assert_eq!(draft.target(), target);
        let form = Form::new(draft);
        assert_eq!((form.phase(), form.is_busy()), (&editing(None, None), false));
    }
    assert!(matches!(Draft::add_job(), Draft::AddJob { auto_cleared: true, .. }), "otherwise jobs are never removed");
}

#[test]
fn many_presses_send_one_request() {
    let mut form = Form::new(job_draft("Nightly"));
    let sent = (0..10).filter_map(|_| form.submit(DIALECT)).count();
    assert_eq!((sent, form.phase(), form.is_busy()), (1, &Phase::Sending, true));
    for check in 1..=3 {
        form.set_phase(checking(check));
        assert_eq!((form.submit(DIALECT), form.is_busy()), (None, true));
    }
    type_in(&mut form, "Another");
    assert_eq!(typed(&form), "Nightly", "the draft cannot be changed while it is sent");
    form.set_phase(lost(true));
    assert_eq!((form.phase(), form.is_busy()), (&lost(true), false));
    assert!(form.submit(DIALECT).is_some(), "the admin may send it again");
    form.set_phase(ambiguous(&[1, 2]));
    assert!(!form.is_busy() && form.submit(DIALECT).is_some());
}

#[test]
fn a_problem_at_a_field_disappears_once_it_is_corrected() {
    let mut form = Form::new(Draft::add_job());
    type_in(&mut form, " ");
    assert_eq!(form.phase(), &editing(None, None), "there is no problem before the first attempt");
    assert_eq!(form.submit(DIALECT), None);
    let problem = FieldProblem::Description(DescriptionProblem::Blank);
    assert_eq!(form.phase(), &editing(Some(problem), None));
    type_in(&mut form, "  ");
    assert_eq!(form.phase(), &editing(Some(problem), None));
    type_in(&mut form, "N");
    assert_eq!(form.phase(), &editing(None, None));
    type_in(&mut form, "");
    assert_eq!(form.phase(), &editing(None, None));
    let mut end = Form::new(Draft::end(job_node(1)));
    assert_eq!((end.submit(DIALECT), end.phase()), (None, &editing(Some(FieldProblem::OutcomeMissing), None)));
    let long = FieldProblem::Description(DescriptionProblem::Long);
    for problem in [problem, long, FieldProblem::OutcomeMissing] {
        assert!(problem.sentence().ends_with('.'));
    }
}

#[test]
fn a_refusal_does_not_change_the_draft() {
    let mut form = Form::new(job_draft("Nightly"));
    form.submit(DIALECT).unwrap();
    form.set_phase(editing(None, Some("Not you.")));
    assert_eq!((typed(&form), form.phase()), ("Nightly", &editing(None, Some("Not you."))));
    type_in(&mut form, "Nightly 2");
    assert_eq!(form.phase(), &editing(None, Some("Not you.")), "the refusal stays while the admin corrects the text");
    assert!(form.submit(DIALECT).is_some());
    assert_eq!(form.phase(), &Phase::Sending, "the refusal disappears when the form is sent again");
    for after in [lost(false), ambiguous(&[1])] {
        form.set_phase(after);
        assert_eq!(typed(&form), "Nightly 2");
        type_in(&mut form, "Nightly 2");
        assert_eq!(form.phase(), &editing(None, None), "the message disappears when the admin types");
    }
}

/// An event of a form.
#[derive(Debug, Clone)]
enum Event {
    Type(String),
    Press,
    Refuse,
    Check(usize),
    Lose,
    Ambiguous,
}

proptest! {
    /// There is one submission at a time. The draft has the text that the admin typed last while no submission was in progress.
    #[test]
    fn any_events(events in prop::collection::vec(prop_oneof![
        "[ a]{0,3}".prop_map(Event::Type),
        Just(Event::Press),
        Just(Event::Refuse),
        (1..4_usize).prop_map(Event::Check),
        Just(Event::Lose),
        Just(Event::Ambiguous),
    ], 0..40)) {
        let mut form = Form::new(Draft::add_job());
        let (mut text, mut in_progress) = (String::new(), false);
        for event in events {
            match event {
                Event::Type(new) => {
                    type_in(&mut form, &new);
                    text = if in_progress { text } else { new };
                }
                Event::Press => {
                    let sent = form.submit(DIALECT);
                    prop_assert_eq!(sent.is_some(), !in_progress && !text.trim().is_empty());
                    in_progress |= sent.is_some();
                }
                // Without a request there is no answer.
                _ if !in_progress => (),
                Event::Refuse => form.set_phase(editing(None, Some("no"))),
                Event::Check(check) => form.set_phase(checking(check)),
                Event::Lose => form.set_phase(lost(true)),
                Event::Ambiguous => form.set_phase(ambiguous(&[1])),
            }
            in_progress = in_progress && matches!(form.phase(), Phase::Sending | Phase::Checking { .. });
            prop_assert_eq!(form.is_busy(), in_progress);
            prop_assert_eq!(typed(&form), text.as_str());
        }
    }
}
