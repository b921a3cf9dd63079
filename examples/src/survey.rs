//! A survey: a dialogue whose state is stored, so that it goes on after a restart.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use simplex_bot::dialogue::{Dialogue, Session, Sessions, Step, in_state};
use simplex_bot::prelude::*;
use simplex_bot::store::Store;

/// Where somebody is in the survey.
#[derive(Dialogue, Clone, Serialize, Deserialize)]
#[dialogue(timeout = "1d")]
pub enum Survey {
    /// They are asked for their name.
    #[dialogue(to(Rating))]
    Name,
    /// They are asked how they like it.
    #[dialogue(to())]
    Rating {
        /// Their name.
        name: String,
    },
}

/// The bot, with its store.
pub fn survey(store: Arc<dyn Store>) -> Bot {
    Bot::new("Survey")
        .welcome("Two questions, one minute: /start")
        .dialogue(Sessions::<Survey>::new(store).when_expired("Another time, then: /start begins again."))
        .command("start", "Begin", async |msg: Message, session: Session<Survey>| -> Outcome {
            session.set(Survey::Name).await?;
            msg.reply("What is your name?").await
        })
        .command("cancel", "Stop", async |msg: Message, session: Session<Survey>| -> Outcome {
            session.end().await?;
            msg.reply("Stopped; nothing is kept.").await
        })
        .step(text(), name)
        .step(text().parse::<u8>(), rating)
        .on(in_state(|survey| matches!(survey, Survey::Name)), async |msg: Message| {
            msg.reply("In words, please.").await
        })
        .on(in_state(|_: &Survey| true), async |msg: Message| msg.reply("A number from 1 to 5, please.").await)
}

async fn name(step: Step<SurveyName>, msg: TextMessage) -> Result<(), BotError> {
    msg.reply("How do you like this bot, from 1 to 5?").await?;
    // Last: if this message is handled again, the state stored by then decides which step handles it.
    step.to(SurveyRating { name: msg.text().to_owned() }).await.map(drop)
}

async fn rating(step: Step<SurveyRating>, msg: TextMessage, Parsed(rating): Parsed<u8>) -> Result<(), BotError> {
    if !(1..=5).contains(&rating) {
        return msg.reply("A number from 1 to 5, please.").await.map(drop);
    }
    // `plain` keeps people's words from becoming formatting or commands of the bot.
    msg.reply(Markdown::new().plain(&format!("Thank you, {}: {rating} it is.", step.name))).await?;
    step.end().await.map(drop)
}
