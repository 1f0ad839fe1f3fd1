//! Who asks: passwords, bearer tokens, Basic.
//!
//! Every request looks its user up again, so whoever is removed, or has another password or other roles, is treated so from
//! the next request on, even when another process did it.

mod header;
mod password;
mod proofs;
mod secret;

use std::time::{Duration, Instant};

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
    tokens: Proofs,
    basic: Proofs,
    token_lifetime: Duration,
}

impl Doorman {
    /// A doorman for the users of that database.
    pub async fn new(database: Database, token_lifetime: Duration) -> Result<Self, StoreError> {
        Ok(Self {
            database,
            passwords: Passwords::new().await?,
            tokens: Proofs::new()?,
            basic: Proofs::new()?,
            token_lifetime,
        })
    }

    /// How long a token lasts.
    pub const fn token_lifetime(&self) -> Duration {
        self.token_lifetime
    }

    /// A new token, or `None` if name and password do not belong together.
    pub async fn log_in(&self, name: &str, password: &str) -> Result<Option<String>, StoreError> {
        let Some(account) = self.check(name, password).await? else { return Ok(None) };
        let token = random_secret()?;
        self.tokens.remember(token.as_bytes(), Proof::of(&account, Instant::now() + self.token_lifetime));
        Ok(Some(token))
    }

    /// Ends the session that the token opened, if it did.
    pub fn log_out(&self, token: &str) {
        self.tokens.forget(token.as_bytes());
    }

    /// Who is behind the `Authorization` header, or `None` if nobody is.
    pub async fn identify(&self, authorization: Option<&str>) -> Result<Option<Caller>, StoreError> {
        let account = match authorization.and_then(Credentials::read) {
            None => None,
            Some(Credentials::Bearer(token)) => self.holder(&self.tokens, token.as_bytes()).await?,
            Some(Credentials::Basic { name, password }) => self.check_basic(&name, &password).await?,
        };
        Ok(account.map(|account| account.caller))
    }

    async fn check_basic(&self, name: &str, password: &str) -> Result<Option<Account>, StoreError> {
        let secret = [name.as_bytes(), b"\0", password.as_bytes()].concat();
        if let Some(account) = self.holder(&self.basic, &secret).await? {
            return Ok(Some(account));
        }
        let account = self.check(name, password).await?;
        if let Some(account) = &account {
            self.basic.remember(&secret, Proof::of(account, Instant::now() + BASIC_LIFETIME));
        }
        Ok(account)
    }

    /// The user whom a secret was given to, while they are there and have the same password.
    async fn holder(&self, proofs: &Proofs, secret: &[u8]) -> Result<Option<Account>, StoreError> {
        let Some(proof) = proofs.recall(secret, Instant::now()) else { return Ok(None) };
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
