//! Hands what people ask to a language model behind an HTTP address, and shows the answer being written.

use serde_json::{Value, json};
use simplex_bot::Retry;
use simplex_bot::prelude::*;
use simplex_bot::senders::Cooldown;

/// How long the bot waits for the model.
const PATIENCE: Duration = Duration::from_mins(2);

/// Where the model is: an address that takes `{"prompt": …}` and answers `{"response": …}`, as local servers do.
#[derive(Clone)]
pub struct Model {
    /// The address.
    pub url: String,
    /// Shared by all requests.
    pub http: reqwest::Client,
}

/// The bot, with its model.
pub fn assistant(model: Model) -> Bot<Model> {
    Bot::new("Assistant")
        .welcome("Ask me anything.")
        // Each question costs the model work, so the limit is for everybody.
        .layer(Cooldown::per_sender(10, Duration::from_mins(1)).saying("Not so fast, please."))
        // No retries: a person whose question failed is told so, once.
        .retry(Retry::never())
        .state(model)
        .on(text(), answer)
}

async fn answer(msg: TextMessage, State(model): State<Model>) -> Outcome {
    let live = msg.chat().live("…").await?;
    match ask(&model, msg.text()).await {
        Ok(answer) => live.finish(answer).await,
        Err(error) => {
            live.finish("I cannot think right now; try again later.").await?;
            Err(BotError::Config(format!("the model does not answer: {error}")))
        }
    }
}

async fn ask(model: &Model, prompt: &str) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let body = json!({ "prompt": prompt, "stream": false }).to_string();
    let answer =
        model.http.post(&model.url).timeout(PATIENCE).body(body).send().await?.error_for_status()?.text().await?;
    let answer: Value = serde_json::from_str(&answer)?;
    Ok(answer.get("response").and_then(Value::as_str).ok_or("an answer without a response")?.to_owned())
}
