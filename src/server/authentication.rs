//! Who asks: passwords, bearer tokens, Basic, and sessions for those who want one.
//!
//! Every request looks its user up again, so whoever is removed, or has another password or other roles, is treated so from
//! the next request on, even when another process did it. Tokens and the secrets of sessions are in the database, as hashes:
//! every process knows them, and they outlive a restart.

mod header;
mod password;
mod proofs;
mod secret;
mod session;
mod throttle;

use std::{
    net::IpAddr,
    time::{Duration, Instant},
};

use chrono::Utc;
use sha2::{Digest, Sha256};

pub use password::Passwords;
pub use secret::random_secret;
pub use session::{Shown, cookie};
pub use throttle::Wait;

use self::{
    header::Credentials,
    proofs::{Proof, Proofs},
    throttle::Throttle,
};
use super::database::{Account, Database};
use crate::engine::{Caller, StoreError};

/// How long checked Basic credentials are taken without hashing the password again: a client that polls with Basic would
/// otherwise keep a processor busy.
const BASIC_LIFETIME: Duration = Duration::from_secs(60);

/// Somebody who was let in.
#[derive(Debug)]
pub struct Entry {
    /// Who it is.
    pub caller: Caller,
    /// The secret of a session that this opened; it goes back as a [`cookie`].
    pub opened: Option<String>,
}

/// Why it cannot be told who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotNow {
    /// Too many failed attempts before this one.
    TooMany(Wait),
    /// The database, or something else inside, failed.
    Store(StoreError),
}

impl From<StoreError> for NotNow {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Lets callers in, or not.
#[derive(Debug)]
pub struct Authenticator {
    database: Database,
    passwords: Passwords,
    basic: Proofs,
    throttle: Throttle,
    token_lifetime: Duration,
}

impl Authenticator {
    /// A authenticator for the users of that database.
    pub async fn new(database: Database, token_lifetime: Duration) -> Result<Self, StoreError> {
        let (passwords, throttle) = (Passwords::new().await?, Throttle::new());
        Ok(Self { database, passwords, basic: Proofs::new()?, throttle, token_lifetime })
    }

    /// How long a token lasts.
    pub const fn token_lifetime(&self) -> Duration {
        self.token_lifetime
    }

    /// A new token, or `None` if name and password do not belong together. `from` is where the attempt comes from.
    pub async fn log_in(&self, name: &str, password: &str, from: IpAddr) -> Result<Option<String>, NotNow> {
        let Some(account) = self.check(name, password, from).await? else { return Ok(None) };
        let token = random_secret()?;
        let now = Utc::now();
        self.database.open_session(&hash(&token), &account, now, now + self.token_lifetime).await?;
        Ok(Some(token))
    }

    /// Ends the session that the token opened, if it did.
    pub async fn log_out(&self, token: &str) -> Result<(), StoreError> {
        self.database.end_session(&hash(token)).await
    }

    /// Lets in whoever is behind what a request shows, or `None` if nobody is. The rules of sessions stand in [`session`].
    pub async fn identify(&self, shown: &Shown<'_>, from: IpAddr) -> Result<Option<Entry>, NotNow> {
        if let Some(secret) = shown.session {
            if shown.persistent && !shown.anew {
                if let Some(account) = self.database.account_of_cookie(&hash(secret), Utc::now()).await? {
                    return Ok(Some(Entry { caller: account.caller, opened: None }));
                }
            } else {
                self.database.end_cookie(&hash(secret)).await?;
            }
        }
        let (account, token) = match shown.authorization.and_then(Credentials::read) {
            None => return Ok(None),
            Some(Credentials::Bearer(token)) => {
                let token = hash(&token);
                (self.database.account_of_session(&token, Utc::now()).await?, Some(token))
            }
            Some(Credentials::Basic { name, password }) => (self.check_basic(&name, &password, from).await?, None),
        };
        let Some(account) = account else { return Ok(None) };
        let opened = if shown.persistent {
            let secret = random_secret()?;
            let token = token.as_ref().map(<[u8; 32]>::as_slice);
            self.database.open_cookie(&hash(&secret), &account, token, Utc::now(), shown.idle).await?;
            Some(secret)
        } else {
            None
        };
        Ok(Some(Entry { caller: account.caller, opened }))
    }

    async fn check_basic(&self, name: &str, password: &str, from: IpAddr) -> Result<Option<Account>, NotNow> {
        let secret = [name.as_bytes(), b"\0", password.as_bytes()].concat();
        if let Some(account) = self.holder(&secret).await? {
            return Ok(Some(account));
        }
        let account = self.check(name, password, from).await?;
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

    /// Takes as long for a user who is not there as for one who is, and longer the more often it has failed.
    async fn check(&self, name: &str, password: &str, from: IpAddr) -> Result<Option<Account>, NotNow> {
        let attempt = self.throttle.begin(name, from).await.map_err(NotNow::TooMany)?;
        let account = self.database.account_named(name).await?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let right = self.passwords.verify(password, hash).await?;
        if right {
            self.throttle.succeeded(attempt);
        }
        Ok(account.filter(|_| right))
    }
}

/// How a token is kept. It is random enough to need neither salt nor a slow hash.
fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
