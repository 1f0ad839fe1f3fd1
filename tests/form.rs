//! Forms: one press sends one request, and nothing that happens loses what was typed.
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

fn looking(look: usize) -> Phase {
    Phase::Looking { look, instead: INSTEAD.to_owned() }
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
        Draft::End { .. } | Draft::Clear { .. } => panic!("nothing is typed here"),
    }
}

fn type_in(form: &mut Form, text: &str) {
    form.edit(DIALECT, |draft| match draft {
        Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => text.clone_into(description),
        Draft::End { .. } | Draft::Clear { .. } => panic!("nothing is typed here"),
    });
}

#[test]
fn what_a_draft_asks_for() {
    let step = |description: &str, parent| Draft::AddStep {
        job: job_id(1),
        parent,
        step_type: StepType::Finalizing,
        description: description.to_owned(),
    };
    let end = |target, outcome, force| Draft::End { target, outcome, force };
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
    // What only our own engine refuses.
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
    assert!(matches!(Draft::add_job(), Draft::AddJob { auto_cleared: true, .. }), "else jobs pile up: trap 17");
}

#[test]
fn however_often_it_is_pressed_one_request_goes_out() {
    let mut form = Form::new(job_draft("Nightly"));
    let sent = (0..10).filter_map(|_| form.submit(DIALECT)).count();
    assert_eq!((sent, form.phase(), form.is_busy()), (1, &Phase::Sending, true));
    for look in 1..=3 {
        form.set_phase(looking(look));
        assert_eq!((form.submit(DIALECT), form.is_busy()), (None, true));
    }
    type_in(&mut form, "Another");
    assert_eq!(typed(&form), "Nightly", "what is being sent cannot be changed");
    form.set_phase(lost(true));
    assert_eq!((form.phase(), form.is_busy()), (&lost(true), false));
    assert!(form.submit(DIALECT).is_some(), "sending again is the admin's to decide");
    form.set_phase(ambiguous(&[1, 2]));
    assert!(!form.is_busy() && form.submit(DIALECT).is_some());
}

#[test]
fn a_problem_at_a_field_goes_once_it_is_mended() {
    let mut form = Form::new(Draft::add_job());
    type_in(&mut form, " ");
    assert_eq!(form.phase(), &editing(None, None), "nobody is told off before they have tried");
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
fn a_refusal_keeps_what_was_typed() {
    let mut form = Form::new(job_draft("Nightly"));
    form.submit(DIALECT).unwrap();
    form.set_phase(editing(None, Some("Not you.")));
    assert_eq!((typed(&form), form.phase()), ("Nightly", &editing(None, Some("Not you."))));
    type_in(&mut form, "Nightly 2");
    assert_eq!(form.phase(), &editing(None, Some("Not you.")), "the words stay in sight while it is mended");
    assert!(form.submit(DIALECT).is_some());
    assert_eq!(form.phase(), &Phase::Sending, "and go when it is sent again");
    for after in [lost(false), ambiguous(&[1])] {
        form.set_phase(after);
        assert_eq!(typed(&form), "Nightly 2");
        type_in(&mut form, "Nightly 2");
        assert_eq!(form.phase(), &editing(None, None), "whoever goes on typing has read it");
    }
}

/// What may happen to a form on screen.
#[derive(Debug, Clone)]
enum Event {
    Type(String),
    Press,
    Refuse,
    Look(usize),
    Lose,
    Ambiguous,
}

proptest! {
    /// Between a submission and its end there is no other, and the text is what the admin typed last while it was open.
    #[test]
    fn whatever_happens(events in prop::collection::vec(prop_oneof![
        "[ a]{0,3}".prop_map(Event::Type),
        Just(Event::Press),
        Just(Event::Refuse),
        (1..4_usize).prop_map(Event::Look),
        Just(Event::Lose),
        Just(Event::Ambiguous),
    ], 0..40)) {
        let mut form = Form::new(Draft::add_job());
        let (mut text, mut under_way) = (String::new(), false);
        for event in events {
            match event {
                Event::Type(new) => {
                    type_in(&mut form, &new);
                    text = if under_way { text } else { new };
                }
                Event::Press => {
                    let sent = form.submit(DIALECT);
                    prop_assert_eq!(sent.is_some(), !under_way && !text.trim().is_empty());
                    under_way |= sent.is_some();
                }
                // The engine's answers come only to what was sent.
                _ if !under_way => (),
                Event::Refuse => form.set_phase(editing(None, Some("no"))),
                Event::Look(look) => form.set_phase(looking(look)),
                Event::Lose => form.set_phase(lost(true)),
                Event::Ambiguous => form.set_phase(ambiguous(&[1])),
            }
            under_way = under_way && matches!(form.phase(), Phase::Sending | Phase::Looking { .. });
            prop_assert_eq!(form.is_busy(), under_way);
            prop_assert_eq!(typed(&form), text.as_str());
        }
    }
}
