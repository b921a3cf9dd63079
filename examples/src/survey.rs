//! A survey: a dialogue whose state is stored, so that it goes on after a restart.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use simplex_bot::dialogue::{Dialogue, Session, Sessions, in_state};
use simplex_bot::prelude::*;
use simplex_bot::store::Store;

/// Where somebody is in the survey.
#[derive(Clone, Serialize, Deserialize)]
pub enum Survey {
    /// They are asked for their name.
    Name,
    /// They are asked how they like it.
    Rating {
        /// Their name.
        name: String,
    },
}

impl Dialogue for Survey {
    const NAME: &str = "survey";
}

/// The bot, with its store.
pub fn survey(store: Arc<dyn Store>) -> Bot {
    Bot::new("Survey")
        .welcome("Three questions, one minute: /start")
        .outer(Sessions::<Survey>::new(store))
        .command("start", "Begin", async |msg: Message, session: Session<Survey>| -> Outcome {
            session.set(Survey::Name).await?;
            msg.reply("What is your name?").await
        })
        .command("cancel", "Stop", async |msg: Message, session: Session<Survey>| -> Outcome {
            session.end().await?;
            msg.reply("Stopped; nothing is kept.").await
        })
        .on(text().and(in_state(|state: &Survey| matches!(state, Survey::Name))), name)
        .on(text().parse::<u8>().and(in_state(|state: &Survey| matches!(state, Survey::Rating { .. }))), rating)
        .on(in_state(|_: &Survey| true), async |msg: Message| msg.reply("A number from 1 to 5, please.").await)
}

async fn name(msg: TextMessage, session: Session<Survey>) -> Outcome {
    session.set(Survey::Rating { name: msg.text().to_owned() }).await?;
    msg.reply("How do you like this bot, from 1 to 5?").await
}

async fn rating(msg: TextMessage, session: Session<Survey>, Parsed(rating): Parsed<u8>) -> Outcome {
    let (1..=5, Some(Survey::Rating { name })) = (rating, session.state()) else {
        return msg.reply("A number from 1 to 5, please.").await;
    };
    session.end().await?;
    msg.reply(format!("Thank you, {name}: {rating} it is.")).await
}
