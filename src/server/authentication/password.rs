//! Passwords, hashed with Argon2id.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::task::spawn_blocking;

use super::{check_queue::Place, random_secret};
use crate::engine::StoreError;

/// Computes and checks hashes.
#[derive(Debug)]
pub struct Passwords {
    /// The hash of a random password, which is checked for unknown users.
    dummy_hash: String,
}

impl Passwords {
    /// Prepares checks.
    pub async fn new() -> Result<Self, StoreError> {
        Ok(Self { dummy_hash: Self::hash(&random_secret()?).await? })
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
    pub(super) async fn verify(&self, password: &str, hash: Option<String>, place: Place) -> Result<bool, StoreError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy_hash.clone());
        let password = password.to_owned();
        let verified = spawn_blocking(move || {
            let matches = matches(&password, &hash);
            // Held until the work is done, even if the request has gone away.
            drop(place);
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
