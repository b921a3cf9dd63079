//! A support desk on a business address: each customer has a chat of their own, and agents answer in it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use simplex_bot::prelude::*;
use simplex_bot::types::ChatRef;

/// The cases that agents have taken over from the bot. After a restart the bot answers again.
#[derive(Clone, Default)]
pub struct Cases(Arc<Mutex<HashSet<ChatRef>>>);

impl Cases {
    fn taken(&self) -> MutexGuard<'_, HashSet<ChatRef>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Commands)]
enum Desk {
    /// Talk to somebody
    Human,
    /// Opening hours
    Hours,
}

/// The bot. Agents are colleagues whom the owner adds to the customers' chats.
pub fn support_desk() -> Bot<Cases> {
    let customers = Router::new().guard(from_customer()).commands(desk).on(text(), answer);
    let agents = Router::new().guard(from_agent()).command("done", "Close the case", done).on(any(), take);
    Bot::new("Support")
        .state(Cases::default())
        .business_address()
        .welcome("Hello! What can we do for you?")
        .nest(customers)
        .nest(agents)
        .on(in_direct(), async |msg: Message| msg.reply("Please use our business address.").await)
}

async fn desk(command: Desk, msg: Message, State(cases): State<Cases>) -> Outcome {
    match command {
        Desk::Hours => msg.reply("Monday to Friday, 9 to 17.").await,
        Desk::Human => {
            cases.taken().insert(msg.chat_ref());
            msg.reply("Somebody will answer here soon.").await
        }
    }
}

/// Stays silent where an agent has taken over.
async fn answer(msg: TextMessage, State(cases): State<Cases>) -> Result<(), BotError> {
    if cases.taken().contains(&msg.chat_ref()) {
        return Ok(());
    }
    let known = [("price", "A licence is free."), ("refund", "There is nothing to refund.")];
    let asked = msg.text().to_lowercase();
    let known = known.iter().find(|(word, _)| asked.contains(word));
    msg.reply(known.map_or("I do not know. /human brings somebody who does.", |(_, answer)| answer)).await?;
    Ok(())
}

async fn take(msg: Message, State(cases): State<Cases>) {
    cases.taken().insert(msg.chat_ref());
}

async fn done(msg: Message, State(cases): State<Cases>) -> Outcome {
    cases.taken().remove(&msg.chat_ref());
    msg.chat().send("The case is closed. Write again whenever you like.").await
}
