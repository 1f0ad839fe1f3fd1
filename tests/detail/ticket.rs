//! The text for a ticket.

use chrono::TimeDelta;
use task_monitor::{
    domain::outline::Zone,
    view::{
        subject::Subject,
        ticket::{Ticket, TicketReason},
        times::Today,
    },
};

use crate::{
    ENDED, FAILED, RUNS, subject,
    support::{NOW, time},
};

fn ticket(subject: &Subject, reasons: &[(&str, &str)]) -> String {
    let now = time(NOW) + TimeDelta::minutes(5);
    let reasons =
        reasons.iter().map(|(level, text)| TicketReason { level: (*level).to_owned(), text: (*text).to_owned() });
    let ticket = Ticket {
        subject,
        owner: Some("admin@internal".to_owned()),
        reasons: reasons.collect(),
        link: "https://engine.example.com/#/jobs/1".to_owned(),
        now,
        today: &Today::new(now, Zone::fixed(TimeDelta::hours(1))),
    };
    ticket.markdown()
}

#[test]
fn a_failed_job() {
    let job = subject(
        FAILED,
        &[
            (1, None, "Validating", ENDED, Some(0), Some(10)),
            (2, None, "Executing", FAILED, Some(10), Some(100)),
            (3, Some(2), "Volume 1", ENDED, Some(10), Some(30)),
            (4, Some(2), "Volume *2* of `db_01_`", FAILED, Some(30), Some(90)),
        ],
    );
    let expected = "\
**Job 1: Failed**

- Failed in: Executing › Volume \\*2\\* of \\`db_01\\_\\`
- Failed step ended: 1 Jan 2026, 02:01:30 UTC+01:00
- Started: 1 Jan 2026, 02:00:00 UTC+01:00
- Ended: 1 Jan 2026, 02:01:40 UTC+01:00
- Duration: 1 m 40 s
- Owner: admin@internal
- Job id: `aaaa0000-0000-4000-8000-000000000001`
- Step id: `bbbb0000-0000-4000-8000-000000000004`
- Link: <https://engine.example.com/#/jobs/1>
- As of: 1 Jan 2026, 02:05:00 UTC+01:00

Logged for this task:

````text
VDSM host1 failed:
- ```
````

What failed:

- Executing: Failed
  - Volume \\*2\\* of \\`db_01\\_\\`: Failed
";
    assert_eq!(ticket(&job, &[("Logged for this task", "VDSM host1 failed:\n- ```\n")]), expected);
}

#[test]
fn a_step_that_runs() {
    let job = subject(RUNS, &[(1, None, "Copy\nall", RUNS, Some(0), None)]);
    let expected = "\
**Copy all: Running**

- Step of: Job 1
- Started: 1 Jan 2026, 02:00:00 UTC+01:00
- Duration: 5 m 00 s so far
- Owner: admin@internal
- Job id: `aaaa0000-0000-4000-8000-000000000001`
- Step id: `bbbb0000-0000-4000-8000-000000000001`
- Link: <https://engine.example.com/#/jobs/1>
- As of: 1 Jan 2026, 02:05:00 UTC+01:00
";
    assert_eq!(ticket(&Subject { step: Some(0), ..job }, &[]), expected);
}
