//! The command menu of people's clients, made from the commands themselves.

use crate::types::ChatBotCommand;

use super::CommandEntry;

/// Who reads a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Audience {
    /// Contacts: the menu in the bot's profile. Commands that need a role in a group are not in it.
    Contacts,
    /// Members of a group: the menu in the group's profile.
    Members,
}

/// The menu for an audience, in the order of the commands; a menu inside stands where its first command does.
///
/// With [`Audience::Members`] this is what belongs into a group's preferences; a bot that owns the group puts it there
/// with `update_group_profile`.
pub fn menu(commands: &[CommandEntry], audience: Audience) -> Vec<ChatBotCommand> {
    let shown = |entry: &&CommandEntry| !entry.hidden && (audience == Audience::Members || entry.role.is_none());
    let shown: Vec<_> = commands.iter().filter(shown).collect();
    let mut menu = Vec::new();
    for (index, entry) in shown.iter().enumerate() {
        match &entry.menu {
            None => menu.push(line(entry)),
            // Its first command brought all of it.
            Some(name) if shown.iter().take(index).any(|earlier| earlier.menu.as_ref() == Some(name)) => {}
            Some(name) => {
                let inside = shown.iter().filter(|other| other.menu.as_ref() == Some(name)).map(|other| line(other));
                menu.push(ChatBotCommand::menu(name.clone(), inside.collect()));
            }
        }
    }
    menu
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
