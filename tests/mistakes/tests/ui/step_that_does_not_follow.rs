use serde::{Deserialize, Serialize};
use simplex_bot::dialogue::{Dialogue, Step};

#[derive(Dialogue, Clone, Serialize, Deserialize)]
enum Order {
    #[dialogue(to(Item, Quantity))]
    Item,
    Quantity,
    Address,
}

async fn item(step: Step<OrderItem>) -> Result<(), simplex_bot::BotError> {
    step.to(OrderAddress).await?;
    Ok(())
}

fn main() {
    let _ = item;
}
