//! Items: texts, commands, senders and states.

use crate::command::ChatRef;
use crate::scalar::ChatItemId;
use crate::types::{
    AChatItem, ChatItem, CiContent, CiDirection, CiStatus, GroupMember, MsgContent, SndCiStatusProgress,
};

/// The bot command that a text is, if it is one: the keyword of letters, digits and underscores after the `/`, and the
/// rest without white space around it, which may span lines. A path or a URL is not a command.
///
/// ```
/// use simplex_types::bot_command;
///
/// assert_eq!(bot_command("/ban @bob for spam"), Some(("ban", "@bob for spam")));
/// assert_eq!(bot_command("/usr/bin"), None);
/// ```
pub fn bot_command(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim().strip_prefix('/')?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (keyword, params) = rest.split_at(end);
    let valid = !keyword.is_empty() && keyword.chars().all(|c| c.is_alphanumeric() || c == '_');
    valid.then(|| (keyword, params.trim()))
}

impl ChatItem {
    /// The item's id.
    pub fn id(&self) -> ChatItemId {
        self.meta.item_id
    }

    /// The content, if the item is a message, sent or received; `None` for calls, invitations and events.
    pub fn msg_content(&self) -> Option<&MsgContent> {
        match &self.content {
            CiContent::SndMsgContent { msg_content, .. } | CiContent::RcvMsgContent { msg_content, .. } => {
                Some(msg_content)
            }
            _ => None,
        }
    }

    /// The text of a message, sent or received; `None` for items that are not messages.
    pub fn text(&self) -> Option<&str> {
        // The core puts the text of content that the schema does not know into the item's.
        self.msg_content().map(|content| content.as_text().unwrap_or(&self.meta.item_text))
    }

    /// The bot command in the text, if there is one: see [`bot_command`].
    pub fn bot_command(&self) -> Option<(&str, &str)> {
        bot_command(self.text()?)
    }

    /// The group member who sent the item; `None` for your own items, and outside groups.
    pub fn sender(&self) -> Option<&GroupMember> {
        match &self.chat_dir {
            CiDirection::GroupRcv { group_member, .. } => Some(group_member),
            _ => None,
        }
    }
}

impl AChatItem {
    /// The item's id.
    pub fn id(&self) -> ChatItemId {
        self.chat_item.id()
    }

    /// The reference to the item's chat for commands, if there is one: see
    /// [`ChatInfo::chat_ref`](crate::types::ChatInfo::chat_ref).
    pub fn chat_ref(&self) -> Option<ChatRef> {
        self.chat_info.chat_ref()
    }

    /// The text of a message, sent or received; `None` for items that are not messages.
    pub fn text(&self) -> Option<&str> {
        self.chat_item.text()
    }

    /// The bot command in the text, if there is one: see [`bot_command`].
    pub fn bot_command(&self) -> Option<(&str, &str)> {
        self.chat_item.bot_command()
    }

    /// The display name of the sender: the chat's name and, in a group, the member's: `#Team @Bob`.
    pub fn sender_name(&self) -> String {
        match self.chat_item.sender() {
            Some(member) => format!("{} @{}", self.chat_info.name(), member.member_profile.display_name),
            None => self.chat_info.name(),
        }
    }
}

impl CiStatus {
    /// Whether the item has reached the servers of all recipients or, in a group, the device of at least one: once a
    /// member has it, the core does not say any more whether the servers of all others do.
    pub fn is_sent(&self) -> bool {
        match self {
            Self::SndSent { snd_progress, .. } => *snd_progress == SndCiStatusProgress::Complete,
            Self::SndRcvd { .. } => true,
            _ => false,
        }
    }

    /// Whether the item has reached the devices of all recipients. They need not have read it.
    pub fn is_delivered(&self) -> bool {
        matches!(self, Self::SndRcvd { snd_progress, .. } if *snd_progress == SndCiStatusProgress::Complete)
    }

    /// Whether sending the item has failed for good.
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::SndErrorAuth | Self::SndError { .. })
    }
}
