//! The conformance suite against the engine in this process.
#![cfg(feature = "server")]

mod conformance;
mod support;

use std::sync::Arc;

use conformance::Doors;
use support::{InProcess, admin, creator, engine, plain_user, read_only};

#[tokio::test]
async fn the_engine_conforms() {
    let engine = Arc::new(engine([]));
    let door = |caller| InProcess { engine: Arc::clone(&engine), caller };
    let doors =
        Doors { admin: door(admin()), creator: door(creator()), reader: door(read_only()), user: door(plain_user()) };
    conformance::run(&doors).await;
}
