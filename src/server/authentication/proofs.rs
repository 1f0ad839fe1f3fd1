//! Secrets that were found good, and whose they are.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use sha2::{Digest, Sha256};

use super::secret::random_bytes;
use crate::{domain::UserId, engine::StoreError, server::database::Account};

/// No more are remembered, whoever sends them.
const MOST: usize = 100_000;

/// What a secret stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) user: UserId,
    pub(super) password_version: i64,
    expires: Instant,
}

impl Proof {
    /// Good until then.
    pub(super) fn of(account: &Account, expires: Instant) -> Self {
        let Account { caller, password_version, .. } = account;
        Self { user: caller.user.id, password_version: *password_version, expires }
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
        self.known().get(&self.hash(secret)).filter(|proof| proof.expires > now).copied()
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
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_proof_ends_when_it_expires() {
        let now = Instant::now();
        let user = UserId::new(Uuid::nil());
        let proof = |expires| Proof { user, password_version: 1, expires };
        let long = proof(now + Duration::from_secs(60));
        let proofs = Proofs::new().unwrap();
        proofs.remember(b"long", long);
        assert_eq!(proofs.recall(b"long", now), Some(long));
        assert_eq!(proofs.recall(b"Long", now), None);
        assert_eq!(proofs.recall(b"long", now + Duration::from_secs(60)), None);
        proofs.remember(b"over", proof(now));
        assert_eq!(proofs.recall(b"over", now), None);
    }
}
