//! Chats: display names and references, and who is in a group.

use std::fmt;

use crate::command::{ChatRef, GroupChatScope};
use crate::types::{AChat, ChatInfo, GroupChatScopeInfo, GroupMember, GroupMemberStatus, UserContactLink};
use crate::types::{CreatedConnLink, GroupLink};

impl ChatInfo {
    /// The reference to this chat for commands; `None` for a contact request, which cannot be written to, and for a
    /// kind of chat, or a part of a group, that the schema does not know.
    pub fn chat_ref(&self) -> Option<ChatRef> {
        match self {
            Self::Direct { contact, .. } => Some(ChatRef::Direct(contact.contact_id)),
            Self::Group { group_info, group_chat_scope, .. } => {
                let scope = match group_chat_scope {
                    None => None,
                    // Without its part, it would be the whole group: what was meant for few would go to all.
                    Some(scope) => Some(scope.scope()?),
                };
                Some(ChatRef::Group(group_info.group_id, scope))
            }
            Self::Local { note_folder, .. } => Some(ChatRef::Local(note_folder.note_folder_id)),
            Self::ContactConnection { contact_connection, .. } => {
                Some(ChatRef::Connection(contact_connection.pcc_conn_id))
            }
            _ => None,
        }
    }

    /// The display name of this chat: `@Alice`, `#Team`, `#Team(support Bob)`, `private notes`.
    pub fn name(&self) -> String {
        match self {
            Self::Direct { contact, .. } => format!("@{}", contact.profile.display_name),
            Self::Group { group_info, group_chat_scope, .. } => {
                let name = &group_info.group_profile.display_name;
                match group_chat_scope {
                    Some(GroupChatScopeInfo::MemberSupport { group_member: Some(member), .. }) => {
                        format!("#{name}(support {})", member.member_profile.display_name)
                    }
                    Some(GroupChatScopeInfo::MemberSupport { .. }) => format!("#{name}(support)"),
                    _ => format!("#{name}"),
                }
            }
            Self::Local { .. } => "private notes".to_owned(),
            Self::ContactRequest { contact_request, .. } => {
                format!("request from @{}", contact_request.profile.display_name)
            }
            Self::ContactConnection { contact_connection, .. } => match &*contact_connection.local_alias {
                "" => "pending connection".to_owned(),
                alias => format!("pending connection ({alias})"),
            },
            Self::Unknown(unknown) => format!("<{}>", unknown.tag()),
        }
    }
}

impl GroupChatScopeInfo {
    /// The reference to this part of a group's chat for commands; `None` if the schema does not know the part, or the
    /// member could not be decoded.
    pub fn scope(&self) -> Option<GroupChatScope> {
        match self {
            // Not one's own support chat, but that of a member who is not known.
            Self::MemberSupport { group_member: None, extra } if extra.get("groupMember_").is_some() => None,
            Self::MemberSupport { group_member, .. } => {
                Some(GroupChatScope::MemberSupport(group_member.as_ref().map(|member| member.group_member_id)))
            }
            Self::Unknown(_) => None,
        }
    }
}

impl GroupMember {
    /// Whether the member is not, or no longer, in the group: rejected, removed, left, or the group was deleted.
    pub fn is_gone(&self) -> bool {
        use GroupMemberStatus::{Deleted, Left, Rejected, Removed};
        matches!(self.member_status, Rejected | Removed | Left | Deleted)
    }
}

impl AChat {
    /// The reference to this chat for commands, if there is one: see [`ChatInfo::chat_ref`].
    pub fn chat_ref(&self) -> Option<ChatRef> {
        self.chat_info.chat_ref()
    }
}

/// The error for a chat without a reference: a contact request, or a kind that the schema does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoChatRef;

impl fmt::Display for NoChatRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("commands cannot refer to this chat: it is a contact request, or of a kind that is not known")
    }
}

impl std::error::Error for NoChatRef {}

impl TryFrom<&ChatInfo> for ChatRef {
    type Error = NoChatRef;
    fn try_from(info: &ChatInfo) -> Result<Self, NoChatRef> {
        info.chat_ref().ok_or(NoChatRef)
    }
}

impl CreatedConnLink {
    /// The link to share: the short one if there is one.
    pub fn link(&self) -> &str {
        self.conn_short_link.as_deref().unwrap_or(&self.conn_full_link)
    }
}

impl UserContactLink {
    /// The address to share: the short link if there is one.
    pub fn link(&self) -> &str {
        self.conn_link_contact.link()
    }
}

impl GroupLink {
    /// The link to share: the short one if there is one.
    pub fn link(&self) -> &str {
        self.conn_link_contact.link()
    }
}
