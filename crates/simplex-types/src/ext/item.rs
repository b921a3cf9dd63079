//! Items: their texts, commands, senders and states.

use crate::command::ChatRef;
use crate::scalar::ChatItemId;
use crate::types::{
    AChatItem, ChatItem, CiContent, CiDirection, CiStatus, GroupMember, MsgContent, SndCiStatusProgress,
};

impl ChatItem {
    /// The item's id.
    pub fn id(&self) -> ChatItemId {
        self.meta.item_id
    }

    /// What was sent or received, where the item is a message; none for calls, invitations, events.
    pub fn msg_content(&self) -> Option<&MsgContent> {
        match &self.content {
            CiContent::SndMsgContent { msg_content, .. } | CiContent::RcvMsgContent { msg_content, .. } => {
                Some(msg_content)
            }
            _ => None,
        }
    }

    /// The text of a message, sent or received; none for items that are no messages.
    pub fn text(&self) -> Option<&str> {
        // The core puts the text of content that the schema does not know into the item's.
        self.msg_content().map(|content| content.as_text().unwrap_or(&self.meta.item_text))
    }

    /// The command that the text is: its keyword of letters, digits and underscores after the `/`, and what comes
    /// after it, which may span lines. A path or a URL is none.
    pub fn bot_command(&self) -> Option<(&str, &str)> {
        let text = self.text()?.trim();
        let rest = text.strip_prefix('/')?;
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (keyword, params) = rest.split_at(end);
        let valid = !keyword.is_empty() && keyword.chars().all(|c| c.is_alphanumeric() || c == '_');
        valid.then(|| (keyword, params.trim()))
    }

    /// The member of the group who sent the item; none for one's own, and outside groups.
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

    /// How commands refer to the item's chat.
    pub fn chat_ref(&self) -> Option<ChatRef> {
        self.chat_info.chat_ref()
    }

    /// The text of a message, sent or received; none for items that are no messages.
    pub fn text(&self) -> Option<&str> {
        self.chat_item.text()
    }

    /// The command that the text is: see [`ChatItem::bot_command`].
    pub fn bot_command(&self) -> Option<(&str, &str)> {
        self.chat_item.bot_command()
    }

    /// What to call the sender: the chat's name, and the member's in a group: `#Team @Bob`.
    pub fn sender_name(&self) -> String {
        match self.chat_item.sender() {
            Some(member) => format!("{} @{}", self.chat_info.name(), member.member_profile.display_name),
            None => self.chat_info.name(),
        }
    }
}

impl CiStatus {
    /// Whether the servers of all recipients have the item, or more.
    pub fn is_sent(&self) -> bool {
        match self {
            Self::SndSent { snd_progress, .. } => *snd_progress == SndCiStatusProgress::Complete,
            Self::SndRcvd { .. } => true,
            _ => false,
        }
    }

    /// Whether all recipients' devices have the item. That is not reading it.
    pub fn is_delivered(&self) -> bool {
        matches!(self, Self::SndRcvd { snd_progress, .. } if *snd_progress == SndCiStatusProgress::Complete)
    }

    /// Whether the item was given up.
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::SndErrorAuth | Self::SndError { .. })
    }
}
