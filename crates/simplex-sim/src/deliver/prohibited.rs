//! What a receiver makes of messages that the preferences prohibit: senders do not send them, unless they do not know of
//! a change yet. All of this is according to the core's sources.

use crate::content::{Content, feature};
use crate::cx::Cx;
use crate::deliver::Place;
use crate::json::Js;
use crate::parser::ChatRef;
use crate::render;
use crate::state::{Body, Dir};

impl Cx<'_> {
    /// What is stored instead of a prohibited message.
    pub(super) fn refused(&self, p: Place, content: &Content, file: bool) -> Option<Body> {
        let (tag, key, feature, title) = match (p.chat, p.dir) {
            (ChatRef::Direct(id), _) => {
                let voice = &*content.kind == "voice" && !self.enabled(id, feature::VOICE).for_contact;
                voice.then_some(("rcvChatFeatureRejected", "feature", "voice", "Voice messages"))?
            }
            (ChatRef::Group(group, scope), Dir::GroupRcv(by)) => {
                let feature = self.group_prohibits((group, scope), by, content, file)?;
                ("rcvGroupFeatureRejected", "groupFeature", feature, render::group_feature_title(feature))
            }
            _ => return None,
        };
        let mut j = Js::new();
        j.obj().tag(tag).str(key, feature).end();
        Some(Body::Own { text: format!("{title}: received, prohibited").into(), json: j.done().into() })
    }

    /// Whether received messages of a chat may disappear.
    pub(super) fn may_disappear(&self, chat: ChatRef) -> bool {
        match chat {
            ChatRef::Direct(id) => {
                let enabled = self.enabled(id, feature::TIMED);
                enabled.for_user && enabled.for_contact
            }
            ChatRef::Group(id, _) => self.group_has(id, "timedMessages"),
            _ => false,
        }
    }

    /// Whether others may react to messages of a chat.
    pub(super) fn may_be_reacted_to(&self, chat: ChatRef) -> bool {
        match chat {
            ChatRef::Direct(id) => self.enabled(id, feature::REACTIONS).for_contact,
            ChatRef::Group(id, _) => self.group_has(id, "reactions"),
            _ => false,
        }
    }

    /// Reports a message that the core does not heed.
    pub(crate) fn message_error(&mut self, user: i64, severity: &str, message: &str) {
        self.event("messageError", user, |j, _| {
            j.str("severity", severity).str("errorMessage", message);
        });
    }
}
