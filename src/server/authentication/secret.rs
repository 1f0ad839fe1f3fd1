//! Random secrets.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::engine::StoreError;

/// 256 random bits as URL-safe text.
pub fn random_secret() -> Result<String, StoreError> {
    Ok(URL_SAFE_NO_PAD.encode(random_bytes()?))
}

pub(super) fn random_bytes() -> Result<[u8; 32], StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::broken(format!("cannot get random numbers: {error}")))?;
    Ok(bytes)
}
