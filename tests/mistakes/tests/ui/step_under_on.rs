use serde::{Deserialize, Serialize};
use simplex_bot::dialogue::{Dialogue, Step};
use simplex_bot::prelude::*;

#[derive(Dialogue, Clone, Serialize, Deserialize)]
enum Order {
    Item,
}

async fn item(step: Step<OrderItem>, msg: TextMessage) -> Outcome {
    step.end().await?;
    msg.reply("Ordered.").await
}

fn main() {
    Router::<()>::new().on(text(), item);
}
