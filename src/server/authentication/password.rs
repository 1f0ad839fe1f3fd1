//! Passwords: hashed with Argon2id, a few at a time.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::random_secret;
use crate::engine::StoreError;

/// Each takes 19 MB and a processor for a while; more at once would starve everything else.
const AT_ONCE: usize = 2;

/// Makes and checks hashes.
#[derive(Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// A hash that no password fits, to be checked in place of one that is not there.
    nobodys: String,
}

impl Passwords {
    /// Ready to check.
    pub async fn new() -> Result<Self, StoreError> {
        Ok(Self { permits: Arc::new(Semaphore::new(AT_ONCE)), nobodys: Self::hash(&random_secret()?).await? })
    }

    /// A new hash in the PHC string format, with a salt of its own.
    pub async fn hash(password: &str) -> Result<String, StoreError> {
        let password = password.to_owned();
        let hashed = spawn_blocking(move || {
            Argon2::default().hash_password(password.as_bytes()).map(|hash: PasswordHash| hash.to_string())
        });
        hashed.await.map_err(broken)?.map_err(broken)
    }

    /// Whether the password fits. Without a hash it never does, and takes as long.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(broken)?;
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobodys.clone());
        let password = password.to_owned();
        let verified = spawn_blocking(move || {
            let fits = fits(&password, &hash);
            // Held until the work is done, even when nobody waits for its result any more.
            drop(permit);
            fits
        });
        Ok(verified.await.map_err(broken)?? && known)
    }
}

fn fits(password: &str, hash: &str) -> Result<bool, StoreError> {
    let hash = PasswordHash::new(hash).map_err(broken)?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

fn broken(error: impl std::fmt::Display) -> StoreError {
    StoreError(format!("password hashing failed: {error}"))
}
