//! A bridge between groups and HTTP: what members write is posted to an address, and what is posted to the bot is written
//! in their group.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::json;
use simplex_bot::prelude::*;
use simplex_bot::senders::Cooldown;
use simplex_bot::types::event::ReceivedGroupInvitation;
use simplex_bot::types::{Contact, GroupId, GroupInfo, RawJson};
use simplex_bot::{ApiError, Retry};

/// How long the bot waits for the other side.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest text that is taken, in bytes: about two messages.
const LONGEST: usize = 30_000;
/// What the bot notes with contacts who may add it to groups.
const OPERATOR: &str = "operator";

/// The other side.
#[derive(Clone)]
pub struct Bridge {
    /// Where messages are posted.
    pub hook: String,
    /// Who knows it may write to groups, and add the bot to them.
    pub token: String,
    /// Shared by all requests.
    pub http: reqwest::Client,
}

/// The bot. Operators make themselves known by `/operator` and the token, and then invite it to groups.
pub fn bridge(bridge: Bridge) -> Bot<Bridge> {
    Bot::new("Bridge")
        // In their order, also when the other side is down for some minutes.
        .retry(Retry::times(10).hold_chat())
        .state(bridge)
        .on_event(invited)
        // What a member says to the moderators alone does not leave the group.
        .on(in_group().and(not(in_support())).and(any_text()), post)
        .nest(
            Router::new()
                .guard(in_direct())
                // So that nobody can try many tokens.
                .layer(Cooldown::per_sender(5, Duration::from_hours(1)).saying("Later."))
                .on(command(OPERATOR), sign_in),
        )
}

async fn sign_in(contact: Contact, msg: Message, Args(said): Args, State(bridge): State<Bridge>) -> Outcome {
    if bridge.token.is_empty() || *said != *bridge.token {
        return msg.reply("No.").await;
    }
    let value = RawJson::from_value(&true).map_err(|error| BotError::Config(error.to_string()))?;
    msg.api().merge_contact_custom_data(&contact, OPERATOR, value).await?;
    msg.reply("Invite me to the groups that I shall bridge.").await
}

/// Joins groups of operators only: all that their members write leaves the bot.
async fn invited(event: ReceivedGroupInvitation, api: ChatApi) -> Result<(), ApiError> {
    let data = event.contact.custom_data.as_ref();
    let data = data.and_then(|data| serde_json::from_str::<serde_json::Value>(data.get()).ok());
    if data.is_some_and(|data| data[OPERATOR] == true) {
        api.join_group(event.group_info.group_id).await?;
    }
    Ok(())
}

/// Posts a message. The other side can tell by its `id` whether it has it already: a message is handled again if the bot
/// is killed before it is marked.
async fn post(msg: Message, group: GroupInfo, State(bridge): State<Bridge>) -> Result<(), reqwest::Error> {
    let body = json!({ "id": msg.id(), "group": group.group_id, "from": msg.sender_name(), "text": msg.text() });
    let request = bridge.http.post(&bridge.hook).timeout(PATIENCE).bearer_auth(&bridge.token);
    let request = request.header(header::CONTENT_TYPE, "application/json").body(body.to_string());
    request.send().await?.error_for_status().map(drop)
}

/// The way in: takes a text that is posted to `/groups/ID` with the token, and writes it in that group.
pub fn way_in(api: ChatApi, token: &str) -> axum::Router {
    let way = Arc::new((api, format!("Bearer {token}")));
    axum::Router::new()
        .route("/groups/{group}", axum::routing::post(write))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(way)
}

async fn write(
    Shared(way): Shared<Arc<(ChatApi, String)>>,
    Path(group): Path<i64>,
    headers: HeaderMap,
    text: String,
) -> StatusCode {
    let (api, bearer) = &*way;
    if headers.get(header::AUTHORIZATION).is_none_or(|given| given.as_bytes() != bearer.as_bytes()) {
        return StatusCode::UNAUTHORIZED;
    }
    match Chat::new(api.clone(), GroupId(group)).send(text).await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(BotError::Api(error)) if error.is_not_found() => StatusCode::NOT_FOUND,
        Err(BotError::Empty) => StatusCode::BAD_REQUEST,
        Err(_) => StatusCode::BAD_GATEWAY,
    }
}
