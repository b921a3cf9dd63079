use simplex_bot::prelude::*;

async fn item(msg: TextMessage) -> Outcome {
    msg.reply("?").await
}

fn main() {
    let _: Router = Router::new().step(text(), item);
}
