use simplex_bot::prelude::*;

#[simplex_bot::debug_handler]
async fn handle(msg: Message) -> String {
    msg.text().to_owned()
}

fn main() {}
