use serde::{Deserialize, Serialize};
use simplex_bot::dialogue::{Dialogue, Step};
use simplex_bot::prelude::*;

#[derive(Dialogue, Clone, Serialize, Deserialize)]
enum Order {
    Item,
}

async fn item(_: Step<Order>, msg: Message) -> Outcome {
    msg.reply("?").await
}

fn main() {
    let _: Router = Router::new().step(any(), item);
}
