//! Number → its square; anything else → a hint.

#![forbid(unsafe_code)]

use simplex_bot::prelude::*;

/// The bot of the README.
pub fn squaring_bot() -> Bot {
    Bot::new("Squaring bot")
        .db(Db::sqlite("./squaring_bot"))
        .welcome("Send me a number, I'll square it.")
        .command("help", "What I do", async |msg: Message| msg.reply("I square numbers: send me one.").await)
        .on(text().parse::<f64>(), square)
        .on(text(), async |msg: TextMessage| msg.reply("Send me a number, like 7 or 3.14.").await)
}

async fn square(msg: TextMessage, Parsed(n): Parsed<f64>) -> Outcome {
    msg.reply(format!("{n} * {n} = {}", n * n)).await
}
