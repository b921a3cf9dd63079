//! A directory of groups: whoever invites the bot has their group listed.

use simplex_bot::Handle;
use simplex_bot::prelude::*;
use simplex_bot::types::GroupMemberStatus::{Complete, Connected};
use simplex_bot::types::event::{ReceivedGroupInvitation, UserJoinedGroup};

/// How many groups one answer lists at most.
const MOST: usize = 50;

#[derive(Commands)]
enum Search {
    /// Groups, up to 50
    List,
    /// Groups with a word in their name
    Find {
        #[command(rest)]
        word: String,
    },
}

/// The bot.
pub fn directory() -> Bot {
    Bot::new("Directory")
        .welcome("Invite me to your group to have it listed. /list shows them.")
        .on_event(async |event: ReceivedGroupInvitation, api: ChatApi| api.join_group(event.group_info.group_id).await)
        .on_event(joined)
        .nest(Router::new().guard(in_direct()).commands(search))
}

async fn joined(event: UserJoinedGroup, api: ChatApi) -> Outcome {
    Chat::new(api, event.group_info.group_id).send("This group is listed now.").await
}

async fn search(command: Search, msg: Message, bot: Handle) -> Outcome {
    let word = match command {
        Search::List => String::new(),
        Search::Find { word } => word.to_lowercase(),
    };
    let groups = bot.api().list_groups(bot.user().user_id, None, None).await?;
    let found: Vec<_> = groups
        .iter()
        // Without groups that removed the bot, or that it left.
        .filter(|group| matches!(group.membership.member_status, Connected | Complete))
        .map(|group| (&group.group_profile.display_name, group.group_summary.current_members))
        .filter(|(name, _)| name.to_lowercase().contains(&word))
        .map(|(name, members)| format!("{name} ({members} members)"))
        .take(MOST)
        .collect();
    let found = if found.is_empty() { "No group.".to_owned() } else { found.join("\n") };
    // Owners choose group names freely: `plain` keeps a name from becoming formatting or a command.
    msg.reply(Markdown::new().plain(&found)).await
}
