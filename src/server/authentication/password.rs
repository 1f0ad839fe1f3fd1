//! Passwords, hashed with Argon2id.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::random_secret;
use crate::engine::StoreError;

/// How many hashes are computed at once. Each takes 19 MB and a processor.
const CONCURRENT: usize = 2;

/// Computes and checks hashes.
#[derive(Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// The hash of a random password, which is checked for unknown users.
    dummy_hash: String,
}

impl Passwords {
    /// Prepares checks.
    pub async fn new() -> Result<Self, StoreError> {
        Ok(Self { permits: Arc::new(Semaphore::new(CONCURRENT)), dummy_hash: Self::hash(&random_secret()?).await? })
    }

    /// A new hash in the PHC string format, with a new salt.
    pub async fn hash(password: &str) -> Result<String, StoreError> {
        let password = password.to_owned();
        let hashed = spawn_blocking(move || {
            Argon2::default().hash_password(password.as_bytes()).map(|hash: PasswordHash| hash.to_string())
        });
        hashed.await.map_err(broken)?.map_err(broken)
    }

    /// Whether the password is right. Without a hash it never is, but the check takes equally long.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(broken)?;
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy_hash.clone());
        let password = password.to_owned();
        let verified = spawn_blocking(move || {
            let matches = matches(&password, &hash);
            // Held until the work is done, even if the request has gone away.
            drop(permit);
            matches
        });
        Ok(verified.await.map_err(broken)?? && known)
    }
}

fn matches(password: &str, hash: &str) -> Result<bool, StoreError> {
    let hash = PasswordHash::new(hash).map_err(broken)?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

fn broken(error: impl std::fmt::Display) -> StoreError {
    StoreError::broken(format!("password hashing failed: {error}"))
}
