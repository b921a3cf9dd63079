//! Keeps order in a group: a welcome, no pictures of members, warnings.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use simplex_bot::prelude::*;
use simplex_bot::senders::Cooldown;
use simplex_bot::types::event::{ConnectedToGroupMember, JoinedGroupMember};
use simplex_bot::types::{GroupInfo, GroupMember, GroupMemberCategory, GroupMemberId, GroupMemberRole, NonEmpty};

/// How often members were warned.
pub type Warnings = Arc<Mutex<HashMap<GroupMemberId, u32>>>;

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

/// The bot; it has to be moderator in the group.
pub fn moderation() -> Bot<Warnings> {
    let group = Router::new()
        .guard(in_group())
        .layer(Cooldown::per_sender(5, Duration::from_secs(10)))
        .commands(moderate)
        .on(image().or(video()).and(not(from_role(at_least(GroupMemberRole::Moderator)))), async |msg: Message| {
            msg.moderate().await
        });
    Bot::new("Moderator").allow_files().state(Warnings::default()).nest(group).on_event(invited).on_event(met)
}

/// Who joined by the bot's own link or invitation.
async fn invited(event: JoinedGroupMember, api: ChatApi) -> Outcome {
    welcome(&event.group_info, &event.member, api).await
}

/// Who joined by somebody else's; but not those whom the bot met when it joined itself.
async fn met(event: ConnectedToGroupMember, api: ChatApi) -> Result<(), BotError> {
    if event.member.member_category == GroupMemberCategory::Post {
        welcome(&event.group_info, &event.member, api).await?;
    }
    Ok(())
}

async fn welcome(group: &GroupInfo, member: &GroupMember, api: ChatApi) -> Outcome {
    let name = &member.member_profile.display_name;
    Chat::new(api, group.group_id).send(format!("Welcome, {name}! /rules")).await
}

async fn moderate(command: Moderate, msg: Message, State(warnings): State<Warnings>) -> Outcome {
    let (member, reason) = match command {
        Moderate::Rules => return msg.reply("Be kind. No pictures.").await,
        Moderate::Warn { member, reason } => (member.resolve(&msg).await?, reason),
    };
    let count = {
        let mut warnings = warnings.lock().unwrap_or_else(PoisonError::into_inner);
        let count = warnings.entry(member.group_member_id).or_default();
        *count += 1;
        *count
    };
    let name = &member.local_display_name;
    if count < 3 {
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        return msg.reply(format!("{name} is warned{reason}: {count} of 3.")).await;
    }
    msg.api().remove_members(member.group_id, NonEmpty::one(member.group_member_id), false).await?;
    msg.reply(format!("{name} is removed after three warnings.")).await
}
