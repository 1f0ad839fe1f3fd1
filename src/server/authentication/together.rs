//! Equal credentials that are sent at the same time are checked once, so that many programs of one user that start together
//! do not slow each other down. Nobody learns more from this than from one attempt.

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use tokio::sync::OnceCell;

/// The checks under way, by a hash of their credentials.
pub(super) struct Together<T>(Mutex<HashMap<[u8; 32], Weak<OnceCell<T>>>>);

impl<T> Default for Together<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Together<T> {
    /// The result of a check of these credentials: of one that runs already, or of this one. After an error the next runs.
    pub(super) async fn check<E>(
        &self,
        credentials: [u8; 32],
        check: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let cell = self.join(credentials);
        let result = cell.get_or_try_init(|| check).await.cloned();
        self.leave(credentials, &cell);
        result
    }

    fn join(&self, credentials: [u8; 32]) -> Arc<OnceCell<T>> {
        let mut checks = self.checks();
        if let Some(running) = checks.get(&credentials).and_then(Weak::upgrade) {
            return running;
        }
        // Those whose requests have gone away.
        checks.retain(|_, check| check.strong_count() > 0);
        let cell = Arc::new(OnceCell::new());
        checks.insert(credentials, Arc::downgrade(&cell));
        cell
    }

    /// Whoever comes later gets a check of its own.
    fn leave(&self, credentials: [u8; 32], cell: &Arc<OnceCell<T>>) {
        let mut checks = self.checks();
        if cell.initialized() && checks.get(&credentials).is_some_and(|known| known.as_ptr() == Arc::as_ptr(cell)) {
            checks.remove(&credentials);
        }
    }

    /// Ignores poisoning: nothing panics while it holds the lock.
    fn checks(&self) -> MutexGuard<'_, HashMap<[u8; 32], Weak<OnceCell<T>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> fmt::Debug for Together<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Together")
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicU32, Ordering},
        time::Duration,
    };

    use futures_util::future::join_all;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn equal_credentials_are_checked_once_at_a_time() {
        let (together, checks) = (Together::default(), AtomicU32::new(0));
        let check = |result: Result<u32, u32>| {
            let checks = &checks;
            async move {
                checks.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_secs(1)).await;
                result
            }
        };
        let (one, other) = ([1; 32], [2; 32]);
        let all = [one, one, other, one].map(|credentials| together.check(credentials, check(Ok(7))));
        assert_eq!(join_all(all).await, [Ok(7); 4]);
        assert_eq!(checks.swap(0, Ordering::Relaxed), 2);
        assert_eq!(together.check(one, check(Ok(8))).await, Ok(8), "what is over is not remembered");
        let failing = together.check(one, check(Err(1)));
        let (failed, next) = tokio::join!(failing, together.check(one, check(Ok(9))));
        assert_eq!((failed, next), (Err(1), Ok(9)), "an error is not shared");
        let gone = tokio::time::timeout(Duration::from_millis(1), together.check(one, check(Ok(1))));
        assert!(gone.await.is_err());
        assert_eq!(together.check(other, check(Ok(2))).await, Ok(2));
        assert!(together.checks().is_empty(), "nothing is left");
    }
}
