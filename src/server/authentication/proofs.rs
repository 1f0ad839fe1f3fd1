//! Secrets that were found good, and whose they are.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};

use super::secret::random_bytes;
use crate::{domain::UserId, engine::StoreError, server::database::Account};

/// No more are remembered: of sessions that nobody ends, there could be any number.
const MOST: usize = 100_000;

/// What a secret stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) user: UserId,
    pub(super) password_version: i64,
    /// The token that it was got with, if it was, as the database keeps it: it ends with that.
    pub(super) token: Option<[u8; 32]>,
    expires: Instant,
    /// How much longer it lasts after each use, if it does.
    idle: Option<Duration>,
}

impl Proof {
    /// Good until then.
    pub(super) fn of(account: &Account, expires: Instant) -> Self {
        let Account { caller, password_version, .. } = account;
        Self { user: caller.user.id, password_version: *password_version, token: None, expires, idle: None }
    }

    /// Good until it has not been used for so long.
    pub(super) fn session(account: &Account, token: Option<[u8; 32]>, now: Instant, idle: Duration) -> Self {
        Self { token, idle: Some(idle), ..Self::of(account, now + idle) }
    }
}

/// Remembers secrets only by a keyed hash: whoever reads the memory cannot use what is there.
pub(super) struct Proofs {
    key: [u8; 32],
    known: Mutex<HashMap<[u8; 32], Proof>>,
}

impl Proofs {
    pub(super) fn new() -> Result<Self, StoreError> {
        Ok(Self { key: random_bytes()?, known: Mutex::default() })
    }

    pub(super) fn remember(&self, secret: &[u8], proof: Proof) {
        let now = Instant::now();
        let mut known = self.known();
        known.retain(|_, proof| proof.expires > now);
        if known.len() >= MOST
            && let Some(soonest) = known.iter().min_by_key(|(_, proof)| proof.expires).map(|(hashed, _)| *hashed)
        {
            known.remove(&soonest);
        }
        known.insert(self.hash(secret), proof);
    }

    pub(super) fn recall(&self, secret: &[u8], now: Instant) -> Option<Proof> {
        let mut known = self.known();
        let proof = known.get_mut(&self.hash(secret)).filter(|proof| proof.expires > now)?;
        if let Some(idle) = proof.idle {
            proof.expires = now + idle;
        }
        Some(*proof)
    }

    pub(super) fn forget(&self, secret: &[u8]) {
        self.known().remove(&self.hash(secret));
    }

    fn hash(&self, secret: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(self.key).chain_update(secret).finalize().into()
    }

    /// Nothing panics while it holds the lock, and a map is whole after each call.
    fn known(&self) -> MutexGuard<'_, HashMap<[u8; 32], Proof>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Proofs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} proofs", self.known().len())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_proof_ends_when_it_expires() {
        let now = Instant::now();
        let user = UserId::new(Uuid::nil());
        let proof = |expires| Proof { user, password_version: 1, token: None, expires, idle: None };
        let long = proof(now + Duration::from_secs(60));
        let proofs = Proofs::new().unwrap();
        proofs.remember(b"long", long);
        assert_eq!(proofs.recall(b"long", now), Some(long));
        assert_eq!(proofs.recall(b"Long", now), None);
        assert_eq!(proofs.recall(b"long", now + Duration::from_secs(60)), None);
        proofs.remember(b"over", proof(now));
        assert_eq!(proofs.recall(b"over", now), None);
    }

    #[test]
    fn a_session_lasts_as_long_as_it_is_used() {
        let now = Instant::now();
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        let (user, idle) = (UserId::new(Uuid::nil()), Some(minutes(30)));
        let session = Proof { user, password_version: 1, token: None, expires: now + minutes(30), idle };
        let proofs = Proofs::new().unwrap();
        proofs.remember(b"used", session);
        proofs.remember(b"left", session);
        for minute in [0, 29, 58, 87] {
            assert!(proofs.recall(b"used", now + minutes(minute)).is_some(), "{minute}");
        }
        assert_eq!(proofs.recall(b"left", now + minutes(30)), None);
        assert_eq!(proofs.recall(b"used", now + minutes(87 + 30)), None);
    }
}
