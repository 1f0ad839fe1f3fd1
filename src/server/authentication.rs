//! Authentication: passwords, bearer tokens, Basic, and cookie sessions.
//!
//! Every request loads its user again, so a removed user, a new password or other roles take effect with the next request,
//! also if another process made the change. Tokens and session secrets are in the database as hashes: every process knows
//! them, and they survive a restart.

mod basic_cache;
mod check_queue;
mod failures;
mod header;
mod password;
mod secret;
mod session;
mod throttle;
mod together;

use std::{
    net::IpAddr,
    time::{Duration, Instant},
};

use chrono::Utc;
use sha2::{Digest, Sha256};

pub use password::Passwords;
pub use secret::random_secret;
pub use session::{RequestCredentials, cookie};
pub use throttle::Wait;

use self::{
    basic_cache::{BasicCache, CachedCredentials},
    check_queue::Place,
    header::Credentials,
    throttle::{NotNow, Throttle},
    together::Together,
};
use super::{
    database::{Account, Database},
    http::network,
};
use crate::engine::{Caller, StoreError};

/// How long checked Basic credentials are valid without hashing the password again; a client that polls with Basic would
/// otherwise keep a processor busy.
const BASIC_LIFETIME: Duration = Duration::from_secs(60);

/// An authenticated request.
#[derive(Debug)]
pub struct Authenticated {
    /// The user.
    pub caller: Caller,
    /// The secret of a session that this request opened; it is sent back as a [`cookie`].
    pub new_session: Option<String>,
}

/// Why a request is not authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unauthenticated {
    /// It has no credentials that can be read.
    NoCredentials,
    /// Its token is not valid, or no longer.
    Token,
    /// Name or password are wrong. The name is the one that was sent.
    Password(String),
}

/// Why authentication was not possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthenticationError {
    /// There were too many failed attempts before.
    TooMany(Wait),
    /// Too many passwords wait for their check.
    Busy(Wait),
    /// The database failed, or hashing.
    Store(StoreError),
}

impl From<StoreError> for AuthenticationError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<NotNow> for AuthenticationError {
    fn from(not_now: NotNow) -> Self {
        match not_now {
            NotNow::Failures(wait) => Self::TooMany(wait),
            NotNow::Full(wait) => Self::Busy(wait),
        }
    }
}

/// Authenticates requests.
#[derive(Debug)]
pub struct Authenticator {
    database: Database,
    passwords: Passwords,
    basic: BasicCache,
    throttle: Throttle,
    together: Together<Option<Account>>,
    token_lifetime: Duration,
}

impl Authenticator {
    /// An authenticator for the users of that database.
    pub async fn new(database: Database, token_lifetime: Duration) -> Result<Self, StoreError> {
        let (passwords, basic, throttle) = (Passwords::new().await?, BasicCache::new()?, Throttle::new());
        Ok(Self { database, passwords, basic, throttle, together: Together::default(), token_lifetime })
    }

    /// The lifetime of a token.
    pub const fn token_lifetime(&self) -> Duration {
        self.token_lifetime
    }

    /// A new token; `None` if name or password is wrong. `from` is the client's address.
    pub async fn log_in(
        &self,
        name: &str,
        password: &str,
        from: IpAddr,
    ) -> Result<Option<String>, AuthenticationError> {
        let Some(account) = self.check(name, password, from).await? else { return Ok(None) };
        let token = random_secret()?;
        let now = Utc::now();
        self.database.open_session(&hash(&token), &account, now, now + self.token_lifetime).await?;
        Ok(Some(token))
    }

    /// Ends the session of a token.
    pub async fn log_out(&self, token: &str) -> Result<(), StoreError> {
        self.database.end_session(&hash(token)).await
    }

    /// Authenticates a request. The rules of sessions are in [`session`].
    pub async fn authenticate(
        &self,
        sent: &RequestCredentials<'_>,
        from: IpAddr,
    ) -> Result<Result<Authenticated, Unauthenticated>, AuthenticationError> {
        if let Some(secret) = sent.session {
            if sent.persistent && !sent.new_session {
                if let Some(account) =
                    self.database.account_of_cookie(&hash(secret), Utc::now(), self.token_lifetime).await?
                {
                    return Ok(Ok(Authenticated { caller: account.caller, new_session: None }));
                }
            } else {
                self.database.end_cookie(&hash(secret)).await?;
            }
        }
        let (account, token) = match sent.authorization.and_then(Credentials::read) {
            None => return Ok(Err(Unauthenticated::NoCredentials)),
            Some(Credentials::Bearer(token)) => {
                let token = hash(&token);
                let account = self.database.account_of_session(&token, Utc::now(), self.token_lifetime).await?;
                (account.ok_or(Unauthenticated::Token), Some(token))
            }
            Some(Credentials::Basic { name, password }) => {
                let account = self.check_basic(&name, &password, from).await?;
                (account.ok_or(Unauthenticated::Password(name)), None)
            }
        };
        let account = match account {
            Ok(account) => account,
            Err(why) => return Ok(Err(why)),
        };
        let new_session = if sent.persistent {
            let secret = random_secret()?;
            let token = token.as_ref().map(<[u8; 32]>::as_slice);
            self.database.open_cookie(&hash(&secret), &account, token, Utc::now(), sent.idle).await?;
            Some(secret)
        } else {
            None
        };
        Ok(Ok(Authenticated { caller: account.caller, new_session }))
    }

    /// Credentials that were right a moment ago need no other check, unless somebody is guessing that account from there.
    async fn check_basic(
        &self,
        name: &str,
        password: &str,
        from: IpAddr,
    ) -> Result<Option<Account>, AuthenticationError> {
        let secret = self.basic.hash(name, password, network(from));
        if self.throttle.is_calm(name, from)
            && let Some(account) = self.cached(&secret).await?
        {
            return Ok(Some(account));
        }
        let account = self.check(name, password, from).await?;
        if let Some(account) = &account {
            self.basic.insert(secret, CachedCredentials::of(account, Instant::now() + BASIC_LIFETIME));
        }
        Ok(account)
    }

    /// The user of cached credentials, if they still exist with the same password.
    async fn cached(&self, secret: &[u8; 32]) -> Result<Option<Account>, StoreError> {
        let Some(known) = self.basic.get(secret, Instant::now()) else { return Ok(None) };
        let account = self.database.account(known.user).await?;
        Ok(account.filter(|account| account.password_version == known.password_version))
    }

    /// Checks a password. It takes equally long for unknown users, and longer after failed attempts.
    async fn check(&self, name: &str, password: &str, from: IpAddr) -> Result<Option<Account>, AuthenticationError> {
        let secret = self.basic.hash(name, password, network(from));
        self.together.check(secret, self.attempt(name, password, from)).await
    }

    async fn attempt(&self, name: &str, password: &str, from: IpAddr) -> Result<Option<Account>, AuthenticationError> {
        let (attempt, place) = self.throttle.begin(name, from).await?;
        let checked = self.verify(name, password, place).await;
        match &checked {
            Ok(Some(_)) => self.throttle.succeeded(attempt),
            Ok(None) => (),
            Err(_) => self.throttle.take_back(attempt),
        }
        Ok(checked?)
    }

    async fn verify(&self, name: &str, password: &str, place: Place) -> Result<Option<Account>, StoreError> {
        let account = self.database.account_named(name).await?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let right = self.passwords.verify(password, hash, place).await?;
        Ok(account.filter(|_| right))
    }
}

/// The hash under which a token is stored. Tokens are random, so they need neither salt nor a slow hash.
fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
