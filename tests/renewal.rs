//! When the page is mounted anew after another program of the browser has damaged it.

use std::time::Duration;

use task_monitor::view::renewal::Renewals;

/// Milliseconds of damage; seconds to wait; whether the admin is told.
#[test]
fn the_first_renewal_is_at_once_and_repeated_ones_wait() {
    let table = [
        (0, 0, false),
        (60_000, 0, false),
        // Each new page is damaged again as soon as it is there.
        (60_100, 1, false),
        (61_200, 2, false),
        (63_300, 4, true),
        (67_400, 8, false),
        (75_500, 8, false),
        (83_600, 8, false),
        // Then nothing for a while.
        (101_600, 0, false),
        (109_000, 1, false),
    ];
    let mut renewals = Renewals::default();
    for (at, wait, is_told) in table {
        let renewal = renewals.damaged(Duration::from_millis(at));
        assert_eq!((renewal.wait, renewal.is_told), (Duration::from_secs(wait), is_told), "{at}");
    }
}
