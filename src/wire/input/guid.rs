//! Ids in bodies and parameters.

use uuid::Uuid;

/// Reads an id as Java's `UUID.fromString` does, which an engine uses (`AbstractBackendResource.asGuid`). It accepts parts
/// that are too short or too long. The error is Java's message, which the engine shows to the client.
pub fn read_guid(text: &str) -> Result<Uuid, String> {
    // Java counts UTF-16 units.
    if text.encode_utf16().count() > 36 {
        return Err("UUID string too large".to_owned());
    }
    let parts: Vec<&str> = text.split('-').collect();
    let [a, b, c, d, e] = parts.as_slice() else { return Err(format!("Invalid UUID string: {text}")) };
    let bits = |part: &str, kept: u32| Ok::<_, String>(u128::from(hexadecimal(part)? & ((1 << kept) - 1)));
    let id = bits(a, 32)? << 96 | bits(b, 16)? << 80 | bits(c, 16)? << 64 | bits(d, 16)? << 48 | bits(e, 48)?;
    Ok(Uuid::from_u128(id))
}

/// `Long.parseLong` of a part that has no minus sign.
fn hexadecimal(part: &str) -> Result<u64, String> {
    let digits = part.strip_prefix('+').filter(|digits| !digits.is_empty()).unwrap_or(part);
    match u64::from_str_radix(digits, 16) {
        _ if digits.is_empty() => Err(String::new()),
        Ok(number) if i64::try_from(number).is_ok() => Ok(number),
        Ok(_) | Err(_) => {
            let index = part.chars().position(|digit| !digit.is_ascii_hexdigit()).unwrap_or(part.len() - 1);
            Err(format!("Error at index {index} in: \"{part}\""))
        }
    }
}
