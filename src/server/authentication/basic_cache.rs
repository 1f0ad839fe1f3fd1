//! Basic credentials that were checked recently.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use sha2::{Digest, Sha256};

use super::secret::random_bytes;
use crate::{domain::UserId, engine::StoreError, server::database::Account};

/// The largest number of entries.
const CAPACITY: usize = 100_000;

/// The user of checked credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CachedCredentials {
    pub(super) user: UserId,
    pub(super) password_version: i64,
    expires: Instant,
}

impl CachedCredentials {
    pub(super) fn of(account: &Account, expires: Instant) -> Self {
        let Account { caller, password_version, .. } = account;
        Self { user: caller.user.id, password_version: *password_version, expires }
    }
}

/// Keeps credentials only as keyed hashes, so that a memory dump does not reveal them.
pub(super) struct BasicCache {
    key: [u8; 32],
    entries: Mutex<HashMap<[u8; 32], CachedCredentials>>,
}

impl BasicCache {
    pub(super) fn new() -> Result<Self, StoreError> {
        Ok(Self { key: random_bytes()?, entries: Mutex::default() })
    }

    /// Stores checked credentials under their [hash](Self::hash).
    pub(super) fn insert(&self, secret: [u8; 32], credentials: CachedCredentials) {
        let now = Instant::now();
        let mut entries = self.entries();
        entries.retain(|_, entry| entry.expires > now);
        if entries.len() >= CAPACITY
            && let Some(oldest) = entries.iter().min_by_key(|(_, entry)| entry.expires).map(|(hash, _)| *hash)
        {
            entries.remove(&oldest);
        }
        entries.insert(secret, credentials);
    }

    pub(super) fn get(&self, secret: &[u8; 32], now: Instant) -> Option<CachedCredentials> {
        self.entries().get(secret).filter(|entry| entry.expires > now).copied()
    }

    /// The hash of a name and a password that come from a network. What was checked for one network tells nothing to
    /// another, where somebody may be guessing.
    pub(super) fn hash(&self, name: &str, password: &str, network: u128) -> [u8; 32] {
        let hash = Sha256::new().chain_update(self.key).chain_update(network.to_be_bytes());
        hash.chain_update(name).chain_update([0]).chain_update(password).finalize().into()
    }

    /// Ignores poisoning: nothing panics while it holds the lock.
    fn entries(&self) -> MutexGuard<'_, HashMap<[u8; 32], CachedCredentials>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for BasicCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cached credentials", self.entries().len())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_entry_expires() {
        let now = Instant::now();
        let user = UserId::new(Uuid::nil());
        let entry = |expires| CachedCredentials { user, password_version: 1, expires };
        let long = entry(now + Duration::from_secs(60));
        let cache = BasicCache::new().unwrap();
        let hash = |password| cache.hash("me", password, 1);
        cache.insert(hash("long"), long);
        assert_eq!(cache.get(&hash("long"), now), Some(long));
        assert_eq!(cache.get(&hash("Long"), now), None);
        assert_eq!(cache.get(&cache.hash("me", "long", 2), now), None, "from elsewhere");
        assert_eq!(cache.get(&hash("long"), now + Duration::from_secs(60)), None);
        cache.insert(hash("expired"), entry(now));
        assert_eq!(cache.get(&hash("expired"), now), None);
    }
}
