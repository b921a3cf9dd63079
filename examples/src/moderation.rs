//! Keeps order in a group: a welcome, no pictures of members, warnings.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use simplex_bot::prelude::*;
use simplex_bot::senders::Cooldown;
use simplex_bot::types::event::{ChatItemUpdated, ConnectedToGroupMember, JoinedGroupMember};
use simplex_bot::types::{
    ChatItemId, GroupInfo, GroupMember, GroupMemberCategory, GroupMemberId, GroupMemberRole, MsgContent, NonEmpty,
};

/// The messages that warned each member, so that a message that is handled again does not count twice.
pub type Warnings = Arc<Mutex<HashMap<GroupMemberId, HashSet<ChatItemId>>>>;

#[derive(Commands)]
enum Moderate {
    /// Warn a member; the third warning removes them
    #[command(role = Moderator)]
    Warn {
        member: MemberRef,
        #[command(rest)]
        reason: Option<String>,
    },
    /// Show the rules
    Rules,
}

/// The bot; it has to be a moderator of the group.
pub fn moderation() -> Bot<Warnings> {
    // The cooldown is for commands only: no handler sees what it drops. A picture with a command as caption is a
    // picture.
    let commands = Router::new()
        .guard(not(when(is_picture)))
        .layer(Cooldown::per_sender(5, Duration::from_secs(10)))
        .commands(moderate);
    let group = Router::new()
        .guard(in_group())
        .on(when(is_forbidden), async |msg: Message| msg.moderate().await)
        .nest(commands);
    Bot::new("Moderator")
        .allow_files()
        .state(Warnings::default())
        .nest(group)
        .on_event(edited)
        .on_event(invited)
        .on_event(met)
}

fn is_picture(msg: &Message) -> bool {
    matches!(msg.content(), MsgContent::Image { .. } | MsgContent::Video { .. })
}

fn is_forbidden(msg: &Message) -> bool {
    is_picture(msg) && msg.role() == Some(&GroupMemberRole::Member)
}

/// A text can become a picture.
async fn edited(event: ChatItemUpdated, api: ChatApi) -> Result<(), BotError> {
    match Message::received(&api, event.chat_item) {
        Some(msg) if is_forbidden(&msg) => msg.moderate().await,
        _ => Ok(()),
    }
}

/// Welcomes members who joined by the bot's own link or invitation.
async fn invited(event: JoinedGroupMember, api: ChatApi) -> Outcome {
    welcome(&event.group_info, &event.member, api).await
}

/// Welcomes members who joined through somebody else, but not those who were there when the bot itself joined.
async fn met(event: ConnectedToGroupMember, api: ChatApi) -> Result<(), BotError> {
    if event.member.member_category == GroupMemberCategory::Post {
        welcome(&event.group_info, &event.member, api).await?;
    }
    Ok(())
}

async fn welcome(group: &GroupInfo, member: &GroupMember, api: ChatApi) -> Outcome {
    let name = &member.member_profile.display_name;
    // People choose their names freely: `plain` keeps a name from becoming formatting or a command.
    let text = Markdown::new().plain("Welcome, ").plain(name).plain("!").command("rules");
    Chat::new(api, group.group_id).send(text).await
}

async fn moderate(command: Moderate, msg: Message, State(warnings): State<Warnings>) -> Outcome {
    let (member, reason) = match command {
        Moderate::Rules => return msg.reply("Be kind. No pictures.").await,
        Moderate::Warn { member, reason } => (member.resolve(&msg).await?, reason),
    };
    let count = {
        let mut warnings = warnings.lock().unwrap_or_else(PoisonError::into_inner);
        let warned = warnings.entry(member.group_member_id).or_default();
        warned.insert(msg.id());
        warned.len()
    };
    let name = &member.local_display_name;
    if count < 3 {
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        return msg.reply(Markdown::new().plain(&format!("{name} is warned{reason}: {count} of 3."))).await;
    }
    msg.api().remove_members(member.group_id, NonEmpty::one(member.group_member_id), false).await?;
    msg.reply(Markdown::new().plain(&format!("{name} is removed after three warnings."))).await
}
