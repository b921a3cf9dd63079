//! A bot at work on the simulated network, in this process.

use simplex_bot::prelude::*;
use simplex_bot::testing::TestNetwork;

fn bot() -> Bot {
    Bot::new("Squaring bot")
        .welcome("Send me a number, I'll square it.")
        .command("help", "What I do", async |msg: Message| msg.reply("I square numbers: send me one.").await)
        .on(text().parse::<f64>(), square)
        .on(text(), async |msg: TextMessage| msg.reply("Send me a number, like 7 or 3.14.").await)
}

async fn square(msg: TextMessage, Parsed(n): Parsed<f64>) -> Outcome {
    msg.reply(format!("{n} * {n} = {}", n * n)).await
}

pub(crate) fn run() -> anyhow::Result<()> {
    say!("A bot and a person on a simulated network; nothing leaves this process.\n")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let net = TestNetwork::new();
        let bot = net.start(bot).await;
        say!("The bot's address is {}", bot.address())?;
        let alice = net.person("alice").connects_to(&bot).await;
        say!("bot:   {}", alice.expect_containing("number").await)?;
        for sent in ["7", "/help", "hello"] {
            alice.send(sent).await;
            say!("alice: {sent}")?;
            let answer = alice.expect_message().await;
            say!("bot:   {}", answer.as_text().unwrap_or_default())?;
        }
        bot.stop().await;
        say!("\n`simplex new my-bot` creates a bot of your own.")?;
        Ok(())
    })
}
