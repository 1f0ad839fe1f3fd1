//! Who is who: the API root, users, hosts, and the reply to a log-in.

use serde::Deserialize;

use super::{
    document::{Undecodable, read_document},
    lenient::{AnyValue, object, reference, text},
    list::read_entries,
};
use crate::domain::UserId;

/// The name of a user (`UserMapper`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName(pub String);

/// Reads a user's name: `user_name` (`admin@internal-authz`), or else `principal`, or else `name`.
pub fn read_user(body: &[u8]) -> Result<UserName, Undecodable> {
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct UserDto {
        #[serde(deserialize_with = "text")]
        user_name: Option<String>,
        #[serde(deserialize_with = "text")]
        principal: Option<String>,
        #[serde(deserialize_with = "text")]
        name: Option<String>,
    }
    let UserDto { user_name, principal, name } = read_document(body)?;
    user_name.or(principal).or(name).map(UserName).ok_or_else(no_name)
}

/// Reads a host's `name` (`HostMapper`).
pub fn read_host(body: &[u8]) -> Result<String, Undecodable> {
    #[derive(Deserialize)]
    struct HostDto {
        #[serde(default, deserialize_with = "text")]
        name: Option<String>,
    }
    read_document::<HostDto>(body)?.name.ok_or_else(no_name)
}

fn no_name() -> Undecodable {
    Undecodable("no name".to_owned())
}

/// The API root: which engine this is, and which user is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiRoot {
    /// `product_info.name`.
    pub product: Option<String>,
    /// `product_info.version.full_version`.
    pub version: Option<String>,
    /// `authenticated_user.id`; engines before 4.2 do not send it.
    pub user: Option<UserId>,
    /// Whether the engine has events: false if the root has links, and none to them.
    pub has_events: bool,
}

/// Reads the API root. All members are optional.
pub fn read_api_root(body: &[u8]) -> Result<ApiRoot, Undecodable> {
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct RootDto<'a> {
        #[serde(deserialize_with = "object")]
        product_info: Option<ProductDto>,
        #[serde(deserialize_with = "reference")]
        authenticated_user: Option<UserId>,
        #[serde(borrow)]
        link: AnyValue<'a, LinkDto>,
    }
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct LinkDto {
        #[serde(deserialize_with = "text")]
        rel: Option<String>,
    }
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct ProductDto {
        #[serde(deserialize_with = "text")]
        name: Option<String>,
        #[serde(deserialize_with = "object")]
        version: Option<VersionDto>,
    }
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct VersionDto {
        #[serde(deserialize_with = "text")]
        full_version: Option<String>,
    }
    let root: RootDto<'_> = read_document(body)?;
    let links = read_entries(root.link, &mut |link: LinkDto| link.rel).unwrap_or_default().items;
    let product = root.product_info.unwrap_or_default();
    Ok(ApiRoot {
        product: product.name,
        version: product.version.and_then(|version| version.full_version),
        user: root.authenticated_user,
        has_events: links.is_empty() || links.iter().any(|rel| rel == "events"),
    })
}

/// The reply to a log-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenReply {
    /// `access_token`.
    pub token: Option<String>,
    /// Why there is no token: `error` as a sentence, or a code with `error_description` where the scope is another.
    pub refusal: Option<String>,
}

/// Reads the reply to a log-in (`OAuthTokenServlet`). A proxy's HTML page has neither a token nor a reason.
pub fn read_token_reply(body: &[u8]) -> TokenReply {
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct TokenDto {
        #[serde(deserialize_with = "text")]
        access_token: Option<String>,
        #[serde(deserialize_with = "text")]
        error: Option<String>,
        #[serde(deserialize_with = "text")]
        error_description: Option<String>,
    }
    let reply: TokenDto = read_document(body).unwrap_or_default();
    TokenReply { token: reply.access_token, refusal: reply.error_description.or(reply.error) }
}
