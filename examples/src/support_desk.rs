//! A support desk on a business address: each customer has a chat of their own, and agents answer in it.

use simplex_bot::prelude::*;

#[derive(Commands)]
enum Desk {
    /// Talk to somebody
    Human,
    /// Opening hours
    Hours,
}

/// The bot. Agents are colleagues whom the owner adds to the customers' chats.
pub fn support_desk() -> Bot {
    let customers = Router::new().guard(from_customer()).commands(desk).on(text(), async |msg: TextMessage| {
        let known = [("price", "A licence is free."), ("refund", "There is nothing to refund.")];
        let asked = msg.text().to_lowercase();
        match known.iter().find(|(word, _)| asked.contains(word)) {
            Some((_, answer)) => msg.reply(*answer).await,
            None => msg.reply("I do not know. /human brings somebody who does.").await,
        }
    });
    let agents = Router::new().guard(from_agent()).command("done", "Close the case", async |msg: Message| {
        msg.chat().send("The case is closed. Write again whenever you like.").await
    });
    Bot::new("Support")
        .business_address()
        .welcome("Hello! What can we do for you?")
        .nest(customers)
        .nest(agents)
        .on(in_direct(), async |msg: Message| msg.reply("Please use our business address.").await)
}

async fn desk(command: Desk, msg: Message) -> Outcome {
    match command {
        Desk::Hours => msg.reply("Monday to Friday, 9 to 17.").await,
        Desk::Human => msg.reply("Somebody will answer here soon.").await,
    }
}
