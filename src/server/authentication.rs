//! Who asks: passwords, bearer tokens, Basic.
//!
//! Every request looks its user up again, so whoever is removed, or has another password or other roles, is treated so from
//! the next request on, even when another process did it. Tokens are in the database, as hashes: every process knows them,
//! and they outlive a restart.

mod header;
mod password;
mod proofs;
mod secret;

use std::time::{Duration, Instant};

use chrono::Utc;
use sha2::{Digest, Sha256};

pub use password::Passwords;
pub use secret::random_secret;

use self::{
    header::Credentials,
    proofs::{Proof, Proofs},
};
use super::database::{Account, Database};
use crate::engine::{Caller, StoreError};

/// How long checked Basic credentials are taken without hashing the password again: a client that polls with Basic would
/// otherwise keep a processor busy.
const BASIC_LIFETIME: Duration = Duration::from_secs(60);

/// Lets callers in, or not.
#[derive(Debug)]
pub struct Doorman {
    database: Database,
    passwords: Passwords,
    basic: Proofs,
    token_lifetime: Duration,
}

impl Doorman {
    /// A doorman for the users of that database.
    pub async fn new(database: Database, token_lifetime: Duration) -> Result<Self, StoreError> {
        Ok(Self { database, passwords: Passwords::new().await?, basic: Proofs::new()?, token_lifetime })
    }

    /// How long a token lasts.
    pub const fn token_lifetime(&self) -> Duration {
        self.token_lifetime
    }

    /// A new token, or `None` if name and password do not belong together.
    pub async fn log_in(&self, name: &str, password: &str) -> Result<Option<String>, StoreError> {
        let Some(account) = self.check(name, password).await? else { return Ok(None) };
        let token = random_secret()?;
        let now = Utc::now();
        self.database.open_session(&hash(&token), &account, now, now + self.token_lifetime).await?;
        Ok(Some(token))
    }

    /// Ends the session that the token opened, if it did.
    pub async fn log_out(&self, token: &str) -> Result<(), StoreError> {
        self.database.end_session(&hash(token)).await
    }

    /// Who is behind the `Authorization` header, or `None` if nobody is.
    pub async fn identify(&self, authorization: Option<&str>) -> Result<Option<Caller>, StoreError> {
        let account = match authorization.and_then(Credentials::read) {
            None => None,
            Some(Credentials::Bearer(token)) => self.database.account_of_session(&hash(&token), Utc::now()).await?,
            Some(Credentials::Basic { name, password }) => self.check_basic(&name, &password).await?,
        };
        Ok(account.map(|account| account.caller))
    }

    async fn check_basic(&self, name: &str, password: &str) -> Result<Option<Account>, StoreError> {
        let secret = [name.as_bytes(), b"\0", password.as_bytes()].concat();
        if let Some(account) = self.holder(&secret).await? {
            return Ok(Some(account));
        }
        let account = self.check(name, password).await?;
        if let Some(account) = &account {
            self.basic.remember(&secret, Proof::of(account, Instant::now() + BASIC_LIFETIME));
        }
        Ok(account)
    }

    /// The user whom a secret was given to, while they are there and have the same password.
    async fn holder(&self, secret: &[u8]) -> Result<Option<Account>, StoreError> {
        let Some(proof) = self.basic.recall(secret, Instant::now()) else { return Ok(None) };
        let account = self.database.account(proof.user).await?;
        Ok(account.filter(|account| account.password_version == proof.password_version))
    }

    /// Takes as long for a user who is not there as for one who is.
    async fn check(&self, name: &str, password: &str) -> Result<Option<Account>, StoreError> {
        let account = self.database.account_named(name).await?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let right = self.passwords.verify(password, hash).await?;
        Ok(account.filter(|_| right))
    }
}

/// How a token is kept. It is random enough to need neither salt nor a slow hash.
fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
