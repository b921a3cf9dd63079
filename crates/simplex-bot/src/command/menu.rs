//! The command menu of people's clients, made from the commands themselves.

use std::collections::HashSet;
use std::sync::Arc;

use crate::api::{ApiError, ChatApi};
use crate::router::Router;
use crate::types::event::{MemberRole, UserJoinedGroup};
use crate::types::{ChatBotCommand, GroupInfo, GroupMemberRole, GroupPreferences, UserId};

use super::CommandEntry;
use crate::filter::Place;

/// Who sees a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Audience {
    /// Contacts: the menu in the bot's profile, without commands that need a role in a group, and without those of
    /// routers with the guard [`in_group()`](crate::filter::in_group), or another for groups only.
    Contacts,
    /// Those who connect to a business address, and get a group each, which begins with the menu in the bot's profile:
    /// without commands that need a role, and with those of routers with the guard
    /// [`in_direct()`](crate::filter::in_direct), which are for contacts from before.
    Customers,
    /// Members of a group: the menu in the group's profile, without commands of routers with the guard
    /// [`in_direct()`](crate::filter::in_direct).
    Members,
}

/// Makes the menu for an audience, in the order of the commands; a submenu stands where its first command does. A command
/// that several routers have is listed once, with the description of the first.
///
/// With [`Audience::Members`], the menu belongs into a group's preferences:
/// [`Bot::group_menus`](crate::Bot::group_menus) keeps it there, [`put_in_group`] puts it there once.
pub fn menu(commands: &[CommandEntry], audience: Audience) -> Vec<ChatBotCommand> {
    let shown = |entry: &&CommandEntry| {
        let theirs = match audience {
            Audience::Contacts => entry.role.is_none() && entry.place != Place::Groups,
            Audience::Customers => entry.role.is_none(),
            Audience::Members => entry.place != Place::Contacts,
        };
        theirs && !entry.hidden
    };
    let mut keywords = HashSet::new();
    // Routers for different people may have the same command.
    let shown: Vec<_> = commands.iter().filter(shown).filter(|entry| keywords.insert(&entry.keyword)).collect();
    let mut menu = Vec::new();
    for (index, entry) in shown.iter().enumerate() {
        match &entry.menu {
            None => menu.push(line(entry)),
            // The submenu was added at its first command.
            Some(name) if shown.iter().take(index).any(|earlier| earlier.menu.as_ref() == Some(name)) => {}
            Some(name) => {
                let inside = shown.iter().filter(|other| other.menu.as_ref() == Some(name)).map(|other| line(other));
                menu.push(ChatBotCommand::menu(name.clone(), inside.collect()));
            }
        }
    }
    menu
}

/// Puts the menu into a group's profile, where all members see it; only an owner of the group may. In a customer's chat it
/// is the menu of [`Audience::Customers`]. Returns whether it changed: nothing is sent if it is already there.
///
/// ```
/// use simplex_bot::command::put_in_group;
/// use simplex_bot::prelude::*;
/// use simplex_bot::types::{GroupProfile, UserId};
///
/// fn commands() -> Router {
///     Router::new().command("rules", "The rules", async |msg: Message| msg.reply("Be kind.").await)
/// }
///
/// async fn found(api: &ChatApi, user: UserId) -> Result<(), BotError> {
///     let group = api.new_group(user, GroupProfile::new("team", "")).await?;
///     put_in_group(api, &group, &commands().command_list()).await?;
///     Ok(())
/// }
/// # simplex_bot::testing::run(async {
/// #     let net = simplex_bot::testing::TestNetwork::new();
/// #     let bot = net.start(|| Bot::new("bot").group_menus().nest(commands())).await;
/// #     found(bot.api(), bot.running().user().user_id).await.unwrap();
/// # });
/// ```
///
/// # Errors
/// Same as [`ChatApi::update_group_profile`].
///
/// # Cancel safety
/// Not cancel safe: the menu may still be put there if the future is dropped.
pub async fn put_in_group(api: &ChatApi, group: &GroupInfo, commands: &[CommandEntry]) -> Result<bool, ApiError> {
    // The chat of a customer begins with the menu of the profile.
    let audience = if group.business_chat.is_some() { Audience::Customers } else { Audience::Members };
    let wanted = menu(commands, audience);
    let known = group.group_profile.group_preferences.as_ref().and_then(|preferences| preferences.commands.as_ref());
    if known.map_or(&[][..], Vec::as_slice) == wanted {
        return Ok(false);
    }
    let mut profile = group.group_profile.clone();
    let preferences = profile.group_preferences.get_or_insert_with(|| Box::new(GroupPreferences::new()));
    preferences.commands = Some(wanted);
    api.update_group_profile(group.group_id, profile).await.map(|_| true)
}

/// Puts the menu into all groups that the bot owns.
pub(crate) async fn put_in_groups(api: &ChatApi, user: UserId, commands: &[CommandEntry]) -> Result<(), ApiError> {
    for group in api.list_groups(user, None, None).await? {
        put_where_owned(api, &group, commands).await;
    }
    Ok(())
}

/// Also puts the menu into groups that the bot comes to own while it runs.
pub(crate) fn keep_in_groups<S: Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    let commands: Arc<[CommandEntry]> = router.command_list().into();
    let joined = {
        let commands = Arc::clone(&commands);
        move |event: UserJoinedGroup, api: ChatApi| {
            let commands = Arc::clone(&commands);
            async move { put_where_owned(&api, &event.group_info, &commands).await }
        }
    };
    let promoted = move |event: MemberRole, api: ChatApi| {
        let commands = Arc::clone(&commands);
        async move {
            let group = api.get_group_info(event.group_info.group_id).await?.group_info;
            put_where_owned(&api, &group, &commands).await;
            Ok::<_, ApiError>(())
        }
    };
    router.on_event(joined).on_event(promoted)
}

/// Puts the menu into a group that the bot owns. A failure is only logged: it is no reason not to serve.
async fn put_where_owned(api: &ChatApi, group: &GroupInfo, commands: &[CommandEntry]) {
    // As a colleague in a customer's chat, the bot leaves the menu to the business.
    let own = group.business_chat.as_ref().is_none_or(|chat| chat.business_id == group.membership.member_id);
    if group.membership.member_role != GroupMemberRole::Owner || !own {
        return;
    }
    if let Err(error) = put_in_group(api, group, commands).await {
        tracing::warn!(group = %group.group_id, %error, "the command menu was not put into a group's profile");
    }
}

fn line(entry: &CommandEntry) -> ChatBotCommand {
    ChatBotCommand::command(entry.keyword.clone(), entry.description.clone(), entry.params.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::GroupMemberRole;

    #[test]
    fn menus_nest_and_leave_out_what_is_not_for_their_readers() {
        let commands = [
            CommandEntry::new("help", "Help"),
            CommandEntry::new("ban", "Ban")
                .with_params("<member>")
                .with_role(GroupMemberRole::Moderator)
                .with_menu("Mod"),
            CommandEntry::new("debug", "Debug").with_hidden(),
            CommandEntry::new("news", "News").with_menu("More"),
            CommandEntry::new("about", "About"),
            CommandEntry::new("jobs", "Jobs").with_menu("More"),
            // From another router, for other people.
            CommandEntry::new("help", "Help for others"),
        ];
        let show = |audience| serde_json::to_value(menu(&commands, audience)).expect("JSON");
        let more = serde_json::json!({"type":"menu","label":"More","commands":[
            {"type":"command","keyword":"news","label":"News"},{"type":"command","keyword":"jobs","label":"Jobs"}]});
        let help = serde_json::json!({"type":"command","keyword":"help","label":"Help"});
        let about = serde_json::json!({"type":"command","keyword":"about","label":"About"});
        let moderation = serde_json::json!({"type":"menu","label":"Mod","commands":[
            {"type":"command","keyword":"ban","label":"Ban","params":"<member>"}]});
        assert_eq!(show(Audience::Contacts), serde_json::json!([help, more, about]));
        assert_eq!(show(Audience::Members), serde_json::json!([help, moderation, more, about]));
    }
}
