//! A received message narrowed to a kind of content.

use std::ops::Deref;
use std::time::Duration;

use crate::extract::{Cx, Extract};
use crate::filter::{self, Is, Kind, Scope, Value};
use crate::handler::HandlerError;
use crate::senders::Sender;
use crate::types::{LinkPreview, MsgChatLink, MsgContent, ReportReason, Unknown};

use super::Message;

macro_rules! narrowed {
    ($($(#[$doc:meta])* $name:ident by $marker:ident { $($(#[$field_doc:meta])* $method:ident: $type:ty = $pattern:pat => $value:expr, else $default:expr;)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(Message);

        impl $name {
            $($(#[$field_doc])*
            pub fn $method(&self) -> $type {
                match self.content() {
                    $pattern => $value,
                    // Never happens: the filter lets nothing else through.
                    _ => $default,
                }
            })*

            /// The message, of any content.
            pub fn into_message(self) -> Message {
                self.0
            }
        }

        impl Deref for $name {
            type Target = Message;
            fn deref(&self) -> &Message {
                &self.0
            }
        }

        /// The sender of the message.
        impl From<&$name> for Option<Sender> {
            fn from(message: &$name) -> Self {
                Sender::of(message)
            }
        }

        impl<C: Kind + Is<filter::$marker>, V: Value, S> Extract<Scope<C, V>, S> for $name {
            fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
                Ok(Self(cx.subject().clone()))
            }
        }
    )*};
}

narrowed! {
    /// A text-only message, let through by [`text()`](crate::filter::text).
    TextMessage by IsText {}
    /// A link with a preview, let through by [`link()`](crate::filter::link).
    LinkMessage by IsLink {
        /// The preview, as the sender's client made it.
        preview: Option<&LinkPreview> = MsgContent::Link { preview, .. } => Some(preview), else None;
    }
    /// An image, let through by [`image()`](crate::filter::image). Its file has to be received.
    ImageMessage by IsImage {
        /// The small picture that is shown until the file is received, as a `data:` URI.
        preview: &str = MsgContent::Image { image, .. } => image, else "";
    }
    /// A video, let through by [`video()`](crate::filter::video). Its file has to be received.
    VideoMessage by IsVideo {
        /// The small picture that is shown until the file is received, as a `data:` URI.
        preview: &str = MsgContent::Video { image, .. } => image, else "";
        /// How long it is, as the sender's client says.
        duration: Duration = MsgContent::Video { duration, .. } => seconds(*duration), else Duration::ZERO;
    }
    /// A voice message, let through by [`voice()`](crate::filter::voice). Its file has to be received.
    VoiceMessage by IsVoice {
        /// How long it is, as the sender's client says.
        duration: Duration = MsgContent::Voice { duration, .. } => seconds(*duration), else Duration::ZERO;
    }
    /// A file that is not an image, video or voice message, let through by [`file()`](crate::filter::file()).
    FileMessage by IsFile {}
    /// A report of another message to the moderators, let through by [`report()`](crate::filter::report). It quotes
    /// that message.
    ///
    /// ```
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::types::{GroupInfo, NonEmpty};
    ///
    /// async fn clean(msg: ReportMessage, group: GroupInfo) -> Result<(), BotError> {
    ///     if let Some(reported) = msg.quoted().and_then(|quoted| quoted.item_id) {
    ///         msg.api().delete_member_chat_item(group.group_id, NonEmpty::one(reported)).await?;
    ///     }
    ///     Ok(())
    /// }
    /// # use simplex_bot::testing::{Heard, TestNetwork};
    /// # use simplex_bot::types::{ChatRef, GroupMemberRole, ReportReason};
    /// # simplex_bot::testing::run(async {
    /// #     let net = TestNetwork::new();
    /// #     let bot = net.start(|| Bot::new("bot").on(report(), clean)).await;
    /// #     let (alice, bob) = (net.person("alice"), net.person("bob"));
    /// #     let team = alice.creates_group("team", GroupMemberRole::Member).await;
    /// #     bot.joins(&team).await;
    /// #     alice.expect_member("bot").await;
    /// #     alice.gives_role("bot", GroupMemberRole::Moderator).await;
    /// #     bob.joins(&team).await;
    /// #     bob.expect_member("bot").await;
    /// #     let carol = net.person("carol");
    /// #     carol.joins(&team).await;
    /// #     bob.expect_member("carol").await;
    /// #     carol.expect_member("bot").await;
    /// #     carol.send("spam").await;
    /// #     let (group, item) = bob.expect_any("spam", |heard| match heard {
    /// #         Heard::Message { chat: ChatRef::Group(group, _), item, .. } => Some((*group, *item)),
    /// #         _ => None,
    /// #     }).await;
    /// #     bob.api().report_message(group, item, ReportReason::Spam, None).await.unwrap();
    /// #     carol.expect_deletion().await;
    /// # });
    /// ```
    ReportMessage by IsReport {
        /// The reason for the report.
        reason: Option<&ReportReason> = MsgContent::Report { reason, .. } => Some(reason), else None;
    }
    /// A contact's address or a group's link, shown as a card; let through by [`chat_link()`](crate::filter::chat_link).
    ChatLinkMessage by IsChatLink {
        /// The link.
        link: Option<&MsgChatLink> = MsgContent::Chat { chat_link, .. } => Some(chat_link), else None;
    }
    /// A message whose content the library does not know, let through by
    /// [`unknown_content()`](crate::filter::unknown_content).
    UnknownMessage by IsUnknown {
        /// The tag, and the whole content as JSON.
        unknown: Option<&Unknown> = MsgContent::Unknown(unknown) => Some(unknown), else None;
    }
}

/// A time that the core counts in seconds, with a sign.
fn seconds(count: i64) -> Duration {
    Duration::from_secs(u64::try_from(count).unwrap_or(0))
}
