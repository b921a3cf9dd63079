use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(text(), square);
}

async fn square(msg: TextMessage, Parsed(n): Parsed<f64>) -> Outcome {
    msg.reply((n * n).to_string()).await
}
