//! The forms that handlers take.

use simplex_bot::prelude::*;
use simplex_bot::testing::TestNetwork;

/// An async function that calls another, with the depth of a large program.
macro_rules! calls {
    ($name:ident) => {
        async fn $name(msg: TextMessage) -> Outcome {
            msg.reply("from the bottom").await
        }
    };
    ($name:ident $next:ident $($rest:ident)*) => {
        async fn $name(msg: TextMessage) -> Outcome {
            $next(msg).await
        }
        calls!($next $($rest)*);
    };
}

// To see whether a handler is `Send`, the compiler looks into the future of each call, and of the library's in it, to a
// limit: most of that is the program's.
calls!(
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19
    a20 a21 a22 a23
);

#[simplex_bot::test]
async fn a_handler_may_be_deep() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("Deep").on(text(), a0)).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("hello").await;
    alice.expect("from the bottom").await;
}
