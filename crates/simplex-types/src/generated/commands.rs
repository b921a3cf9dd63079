//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

use crate::command::{Command, CommandTextError, Network, NonEmpty, Text, answers};
use crate::response;
use crate::scalar::*;
use crate::types;

/// `/_address <userId>`
///
/// Network: interactive. Answers: `userContactLinkCreated`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateMyAddress {
    /// `userId`.
    pub user_id: UserId,
}

impl CreateMyAddress {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for CreateMyAddress {
    type Response = response::UserContactLinkCreated;
    const NAME: &'static str = "APICreateMyAddress";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["userContactLinkCreated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APICreateMyAddress");
        text.literal("/_address ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for CreateMyAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "CreateMyAddress", &[("user_id", &self.user_id)])
    }
}

/// `/_delete_address <userId>`
///
/// Network: background. Answers: `userContactLinkDeleted`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteMyAddress {
    /// `userId`.
    pub user_id: UserId,
}

impl DeleteMyAddress {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for DeleteMyAddress {
    type Response = response::UserContactLinkDeleted;
    const NAME: &'static str = "APIDeleteMyAddress";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["userContactLinkDeleted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteMyAddress");
        text.literal("/_delete_address ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for DeleteMyAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "DeleteMyAddress", &[("user_id", &self.user_id)])
    }
}

/// `/_show_address <userId>`
///
/// Network: no. Answers: `userContactLink`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ShowMyAddress {
    /// `userId`.
    pub user_id: UserId,
}

impl ShowMyAddress {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for ShowMyAddress {
    type Response = response::UserContactLink;
    const NAME: &'static str = "APIShowMyAddress";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["userContactLink"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIShowMyAddress");
        text.literal("/_show_address ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for ShowMyAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ShowMyAddress", &[("user_id", &self.user_id)])
    }
}

/// `/_profile_address <userId> on|off`
///
/// Network: interactive. Answers: `userProfileUpdated`, `userProfileNoChange`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetProfileAddress {
    /// `userId`.
    pub user_id: UserId,
    /// `enable`.
    pub enable: bool,
}

impl SetProfileAddress {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, enable: Default::default() }
    }

    /// Sets `enable`.
    #[must_use]
    pub fn with_enable(mut self, enable: bool) -> Self {
        self.enable = enable;
        self
    }
}

/// The answers to [`SetProfileAddress`].
#[derive(Clone, PartialEq)]
pub enum SetProfileAddressResponse {
    /// `userProfileUpdated`.
    UserProfileUpdated(Box<response::UserProfileUpdated>),
    /// `userProfileNoChange`.
    UserProfileNoChange(Box<response::UserProfileNoChange>),
}

answers!(SetProfileAddressResponse { UserProfileUpdated "userProfileUpdated";UserProfileNoChange "userProfileNoChange"; });

impl Command for SetProfileAddress {
    type Response = SetProfileAddressResponse;
    const NAME: &'static str = "APISetProfileAddress";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["userProfileUpdated", "userProfileNoChange"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetProfileAddress");
        text.literal("/_profile_address ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.on_off(self.enable);
        text.finish()
    }
}

impl std::fmt::Debug for SetProfileAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetProfileAddress", &[("user_id", &self.user_id), ("enable", &self.enable)])
    }
}

/// `/_address_settings <userId> <json(settings)>`
///
/// Network: interactive. Answers: `userContactLinkUpdated`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetAddressSettings {
    /// `userId`.
    pub user_id: UserId,
    /// `settings`.
    pub settings: types::AddressSettings,
}

impl SetAddressSettings {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, settings: types::AddressSettings) -> Self {
        Self { user_id, settings }
    }
}

impl Command for SetAddressSettings {
    type Response = response::UserContactLinkUpdated;
    const NAME: &'static str = "APISetAddressSettings";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["userContactLinkUpdated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetAddressSettings");
        text.literal("/_address_settings ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.json("settings", &self.settings)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetAddressSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetAddressSettings", &[("user_id", &self.user_id), ("settings", &self.settings)])
    }
}

/// `/_send <sendRef>[(as_group=on)][ live=on][ ttl=<ttl>][ sign=on] json <json(composedMessages)>`
///
/// Network: background. Answers: `newChatItems`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SendMessages {
    /// `sendRef`.
    pub send_ref: types::ChatRef,
    /// `liveMessage`.
    pub live_message: bool,
    /// `ttl`.
    pub ttl: Option<i64>,
    /// `signMessages`.
    pub sign_messages: bool,
    /// `composedMessages`.
    pub composed_messages: NonEmpty<types::ComposedMessage>,
    /// `asGroup`.
    pub as_group: bool,
}

impl SendMessages {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(send_ref: types::ChatRef, composed_messages: NonEmpty<types::ComposedMessage>) -> Self {
        Self {
            send_ref,
            live_message: Default::default(),
            ttl: None,
            sign_messages: Default::default(),
            composed_messages,
            as_group: Default::default(),
        }
    }

    /// Sets `liveMessage`.
    #[must_use]
    pub fn with_live_message(mut self, live_message: bool) -> Self {
        self.live_message = live_message;
        self
    }

    /// Sets `ttl`.
    #[must_use]
    pub fn with_ttl(mut self, ttl: i64) -> Self {
        self.ttl = Some(ttl);
        self
    }

    /// Sets `signMessages`.
    #[must_use]
    pub fn with_sign_messages(mut self, sign_messages: bool) -> Self {
        self.sign_messages = sign_messages;
        self
    }

    /// Sets `asGroup`.
    #[must_use]
    pub fn with_as_group(mut self, as_group: bool) -> Self {
        self.as_group = as_group;
        self
    }
}

impl Command for SendMessages {
    type Response = response::NewChatItems;
    const NAME: &'static str = "APISendMessages";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["newChatItems"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISendMessages");
        text.literal("/_send ");
        text.send_ref("sendRef", &self.send_ref)?;
        if self.as_group {
            text.literal("(as_group=on)");
        }
        if self.live_message {
            text.literal(" live=on");
        }
        if let Some(ttl) = &self.ttl {
            text.literal(" ttl=");
            text.number("ttl", ttl)?;
        }
        if self.sign_messages {
            text.literal(" sign=on");
        }
        text.literal(" json ");
        text.json("composedMessages", &self.composed_messages)?;
        text.finish()
    }
}

impl std::fmt::Debug for SendMessages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SendMessages",
            &[
                ("send_ref", &self.send_ref),
                ("live_message", &self.live_message),
                ("ttl", &self.ttl),
                ("sign_messages", &self.sign_messages),
                ("composed_messages", &self.composed_messages),
                ("as_group", &self.as_group),
            ],
        )
    }
}

/// `/_update item <chatRef> <chatItemId>[ live=on] json <json(updatedMessage)>`
///
/// Network: background. Answers: `chatItemUpdated`, `chatItemNotChanged`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateChatItem {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `chatItemId`.
    pub chat_item_id: ChatItemId,
    /// `liveMessage`.
    pub live_message: bool,
    /// `updatedMessage`.
    pub updated_message: types::UpdatedMessage,
}

impl UpdateChatItem {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, chat_item_id: ChatItemId, updated_message: types::UpdatedMessage) -> Self {
        Self { chat_ref, chat_item_id, live_message: Default::default(), updated_message }
    }

    /// Sets `liveMessage`.
    #[must_use]
    pub fn with_live_message(mut self, live_message: bool) -> Self {
        self.live_message = live_message;
        self
    }
}

/// The answers to [`UpdateChatItem`].
#[derive(Clone, PartialEq)]
pub enum UpdateChatItemResponse {
    /// `chatItemUpdated`.
    ChatItemUpdated(Box<response::ChatItemUpdated>),
    /// `chatItemNotChanged`.
    ChatItemNotChanged(Box<response::ChatItemNotChanged>),
}

answers!(UpdateChatItemResponse { ChatItemUpdated "chatItemUpdated";ChatItemNotChanged "chatItemNotChanged"; });

impl Command for UpdateChatItem {
    type Response = UpdateChatItemResponse;
    const NAME: &'static str = "APIUpdateChatItem";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["chatItemUpdated", "chatItemNotChanged"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIUpdateChatItem");
        text.literal("/_update item ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.number("chatItemId", &self.chat_item_id)?;
        if self.live_message {
            text.literal(" live=on");
        }
        text.literal(" json ");
        text.json("updatedMessage", &self.updated_message)?;
        text.finish()
    }
}

impl std::fmt::Debug for UpdateChatItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "UpdateChatItem",
            &[
                ("chat_ref", &self.chat_ref),
                ("chat_item_id", &self.chat_item_id),
                ("live_message", &self.live_message),
                ("updated_message", &self.updated_message),
            ],
        )
    }
}

/// `/_delete item <chatRef> <chatItemIds[0]>[,<chatItemIds[1]>...] <deleteMode>`
///
/// Network: background. Answers: `chatItemsDeleted`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteChatItem {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `chatItemIds`.
    pub chat_item_ids: NonEmpty<ChatItemId>,
    /// `deleteMode`.
    pub delete_mode: types::CiDeleteMode,
}

impl DeleteChatItem {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        chat_ref: types::ChatRef,
        chat_item_ids: NonEmpty<ChatItemId>,
        delete_mode: types::CiDeleteMode,
    ) -> Self {
        Self { chat_ref, chat_item_ids, delete_mode }
    }
}

impl Command for DeleteChatItem {
    type Response = response::ChatItemsDeleted;
    const NAME: &'static str = "APIDeleteChatItem";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["chatItemsDeleted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteChatItem");
        text.literal("/_delete item ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.list("chatItemIds", &self.chat_item_ids)?;
        text.literal(" ");
        text.choice("deleteMode", self.delete_mode.as_str())?;
        text.finish()
    }
}

impl std::fmt::Debug for DeleteChatItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "DeleteChatItem",
            &[("chat_ref", &self.chat_ref), ("chat_item_ids", &self.chat_item_ids), ("delete_mode", &self.delete_mode)],
        )
    }
}

/// `/_delete member item #<groupId> <chatItemIds[0]>[,<chatItemIds[1]>...]`
///
/// Network: background. Answers: `chatItemsDeleted`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteMemberChatItem {
    /// `groupId`.
    pub group_id: GroupId,
    /// `chatItemIds`.
    pub chat_item_ids: NonEmpty<ChatItemId>,
}

impl DeleteMemberChatItem {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, chat_item_ids: NonEmpty<ChatItemId>) -> Self {
        Self { group_id, chat_item_ids }
    }
}

impl Command for DeleteMemberChatItem {
    type Response = response::ChatItemsDeleted;
    const NAME: &'static str = "APIDeleteMemberChatItem";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["chatItemsDeleted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteMemberChatItem");
        text.literal("/_delete member item #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.list("chatItemIds", &self.chat_item_ids)?;
        text.finish()
    }
}

impl std::fmt::Debug for DeleteMemberChatItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "DeleteMemberChatItem",
            &[("group_id", &self.group_id), ("chat_item_ids", &self.chat_item_ids)],
        )
    }
}

/// `/_reaction <chatRef> <chatItemId> on|off <json(reaction)>`
///
/// Network: background. Answers: `chatItemReaction`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemReaction {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `chatItemId`.
    pub chat_item_id: ChatItemId,
    /// `add`.
    pub add: bool,
    /// `reaction`.
    pub reaction: types::MsgReaction,
}

impl ChatItemReaction {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, chat_item_id: ChatItemId, reaction: types::MsgReaction) -> Self {
        Self { chat_ref, chat_item_id, add: Default::default(), reaction }
    }

    /// Sets `add`.
    #[must_use]
    pub fn with_add(mut self, add: bool) -> Self {
        self.add = add;
        self
    }
}

impl Command for ChatItemReaction {
    type Response = response::ChatItemReaction;
    const NAME: &'static str = "APIChatItemReaction";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["chatItemReaction"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIChatItemReaction");
        text.literal("/_reaction ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.number("chatItemId", &self.chat_item_id)?;
        text.literal(" ");
        text.on_off(self.add);
        text.literal(" ");
        text.json("reaction", &self.reaction)?;
        text.finish()
    }
}

impl std::fmt::Debug for ChatItemReaction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "ChatItemReaction",
            &[
                ("chat_ref", &self.chat_ref),
                ("chat_item_id", &self.chat_item_id),
                ("add", &self.add),
                ("reaction", &self.reaction),
            ],
        )
    }
}

/// `/freceive <fileId>[ approved_relays=on][ encrypt=on|off][ inline=on|off][ <filePath>]`
///
/// Network: no. Answers: `rcvFileAccepted`, `rcvFileAcceptedSndCancelled`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ReceiveFile {
    /// `fileId`.
    pub file_id: FileId,
    /// `userApprovedRelays`.
    pub user_approved_relays: bool,
    /// `storeEncrypted`.
    pub store_encrypted: Option<bool>,
    /// `fileInline`.
    pub file_inline: Option<bool>,
    /// `filePath`.
    pub file_path: Option<String>,
}

impl ReceiveFile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(file_id: FileId) -> Self {
        Self {
            file_id,
            user_approved_relays: Default::default(),
            store_encrypted: None,
            file_inline: None,
            file_path: None,
        }
    }

    /// Sets `userApprovedRelays`.
    #[must_use]
    pub fn with_user_approved_relays(mut self, user_approved_relays: bool) -> Self {
        self.user_approved_relays = user_approved_relays;
        self
    }

    /// Sets `storeEncrypted`.
    #[must_use]
    pub fn with_store_encrypted(mut self, store_encrypted: bool) -> Self {
        self.store_encrypted = Some(store_encrypted);
        self
    }

    /// Sets `fileInline`.
    #[must_use]
    pub fn with_file_inline(mut self, file_inline: bool) -> Self {
        self.file_inline = Some(file_inline);
        self
    }

    /// Sets `filePath`.
    #[must_use]
    pub fn with_file_path(mut self, file_path: impl Into<String>) -> Self {
        self.file_path = Some(file_path.into());
        self
    }
}

/// The answers to [`ReceiveFile`].
#[derive(Clone, PartialEq)]
pub enum ReceiveFileResponse {
    /// `rcvFileAccepted`.
    RcvFileAccepted(Box<response::RcvFileAccepted>),
    /// `rcvFileAcceptedSndCancelled`.
    RcvFileAcceptedSndCancelled(Box<response::RcvFileAcceptedSndCancelled>),
}

answers!(ReceiveFileResponse { RcvFileAccepted "rcvFileAccepted";RcvFileAcceptedSndCancelled "rcvFileAcceptedSndCancelled"; });

impl Command for ReceiveFile {
    type Response = ReceiveFileResponse;
    const NAME: &'static str = "ReceiveFile";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["rcvFileAccepted", "rcvFileAcceptedSndCancelled"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ReceiveFile");
        text.literal("/freceive ");
        text.number("fileId", &self.file_id)?;
        if self.user_approved_relays {
            text.literal(" approved_relays=on");
        }
        if let Some(store_encrypted) = &self.store_encrypted {
            text.literal(" encrypt=");
            text.on_off(*store_encrypted);
        }
        if let Some(file_inline) = &self.file_inline {
            text.literal(" inline=");
            text.on_off(*file_inline);
        }
        if let Some(file_path) = &self.file_path {
            text.literal(" ");
            text.rest("filePath", file_path, &["approved_relays=", "encrypt=", "inline=", "key="])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for ReceiveFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "ReceiveFile",
            &[
                ("file_id", &self.file_id),
                ("user_approved_relays", &self.user_approved_relays),
                ("store_encrypted", &self.store_encrypted),
                ("file_inline", &self.file_inline),
                ("file_path", &self.file_path),
            ],
        )
    }
}

/// `/fcancel <fileId>`
///
/// Network: background. Answers: `sndFileCancelled`, `rcvFileCancelled`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CancelFile {
    /// `fileId`.
    pub file_id: FileId,
}

impl CancelFile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(file_id: FileId) -> Self {
        Self { file_id }
    }
}

/// The answers to [`CancelFile`].
#[derive(Clone, PartialEq)]
pub enum CancelFileResponse {
    /// `sndFileCancelled`.
    SndFileCancelled(Box<response::SndFileCancelled>),
    /// `rcvFileCancelled`.
    RcvFileCancelled(Box<response::RcvFileCancelled>),
}

answers!(CancelFileResponse { SndFileCancelled "sndFileCancelled";RcvFileCancelled "rcvFileCancelled"; });

impl Command for CancelFile {
    type Response = CancelFileResponse;
    const NAME: &'static str = "CancelFile";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["sndFileCancelled", "rcvFileCancelled"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("CancelFile");
        text.literal("/fcancel ");
        text.number("fileId", &self.file_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for CancelFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "CancelFile", &[("file_id", &self.file_id)])
    }
}

/// `/_add #<groupId> <contactId> <memberRole>`
///
/// Network: interactive. Answers: `sentGroupInvitation`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddMember {
    /// `groupId`.
    pub group_id: GroupId,
    /// `contactId`.
    pub contact_id: ContactId,
    /// `memberRole`.
    pub member_role: types::GroupMemberRole,
}

impl AddMember {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, contact_id: ContactId, member_role: types::GroupMemberRole) -> Self {
        Self { group_id, contact_id, member_role }
    }
}

impl Command for AddMember {
    type Response = response::SentGroupInvitation;
    const NAME: &'static str = "APIAddMember";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["sentGroupInvitation"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAddMember");
        text.literal("/_add #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("contactId", &self.contact_id)?;
        text.literal(" ");
        text.choice("memberRole", self.member_role.as_str())?;
        text.finish()
    }
}

impl std::fmt::Debug for AddMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "AddMember",
            &[("group_id", &self.group_id), ("contact_id", &self.contact_id), ("member_role", &self.member_role)],
        )
    }
}

/// `/_join #<groupId>`
///
/// Network: interactive. Answers: `userAcceptedGroupSent`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct JoinGroup {
    /// `groupId`.
    pub group_id: GroupId,
}

impl JoinGroup {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for JoinGroup {
    type Response = response::UserAcceptedGroupSent;
    const NAME: &'static str = "APIJoinGroup";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["userAcceptedGroupSent"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIJoinGroup");
        text.literal("/_join #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for JoinGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "JoinGroup", &[("group_id", &self.group_id)])
    }
}

/// `/_accept member #<groupId> <groupMemberId> <memberRole>`
///
/// Network: background. Answers: `memberAccepted`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AcceptMember {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `memberRole`.
    pub member_role: types::GroupMemberRole,
}

impl AcceptMember {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId, member_role: types::GroupMemberRole) -> Self {
        Self { group_id, group_member_id, member_role }
    }
}

impl Command for AcceptMember {
    type Response = response::MemberAccepted;
    const NAME: &'static str = "APIAcceptMember";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["memberAccepted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAcceptMember");
        text.literal("/_accept member #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.literal(" ");
        text.choice("memberRole", self.member_role.as_str())?;
        text.finish()
    }
}

impl std::fmt::Debug for AcceptMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "AcceptMember",
            &[
                ("group_id", &self.group_id),
                ("group_member_id", &self.group_member_id),
                ("member_role", &self.member_role),
            ],
        )
    }
}

/// `/_member role #<groupId> <groupMemberIds[0]>[,<groupMemberIds[1]>...] <memberRole>`
///
/// Network: background. Answers: `membersRoleUser`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MembersRole {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberIds`.
    pub group_member_ids: NonEmpty<GroupMemberId>,
    /// `memberRole`.
    pub member_role: types::GroupMemberRole,
}

impl MembersRole {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        group_id: GroupId,
        group_member_ids: NonEmpty<GroupMemberId>,
        member_role: types::GroupMemberRole,
    ) -> Self {
        Self { group_id, group_member_ids, member_role }
    }
}

impl Command for MembersRole {
    type Response = response::MembersRoleUser;
    const NAME: &'static str = "APIMembersRole";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["membersRoleUser"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIMembersRole");
        text.literal("/_member role #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.list("groupMemberIds", &self.group_member_ids)?;
        text.literal(" ");
        text.choice("memberRole", self.member_role.as_str())?;
        text.finish()
    }
}

impl std::fmt::Debug for MembersRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "MembersRole",
            &[
                ("group_id", &self.group_id),
                ("group_member_ids", &self.group_member_ids),
                ("member_role", &self.member_role),
            ],
        )
    }
}

/// `/_block #<groupId> <groupMemberIds[0]>[,<groupMemberIds[1]>...] blocked=on|off`
///
/// Network: background. Answers: `membersBlockedForAllUser`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BlockMembersForAll {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberIds`.
    pub group_member_ids: NonEmpty<GroupMemberId>,
    /// `blocked`.
    pub blocked: bool,
}

impl BlockMembersForAll {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_ids: NonEmpty<GroupMemberId>) -> Self {
        Self { group_id, group_member_ids, blocked: Default::default() }
    }

    /// Sets `blocked`.
    #[must_use]
    pub fn with_blocked(mut self, blocked: bool) -> Self {
        self.blocked = blocked;
        self
    }
}

impl Command for BlockMembersForAll {
    type Response = response::MembersBlockedForAllUser;
    const NAME: &'static str = "APIBlockMembersForAll";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["membersBlockedForAllUser"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIBlockMembersForAll");
        text.literal("/_block #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.list("groupMemberIds", &self.group_member_ids)?;
        text.literal(" blocked=");
        text.on_off(self.blocked);
        text.finish()
    }
}

impl std::fmt::Debug for BlockMembersForAll {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "BlockMembersForAll",
            &[("group_id", &self.group_id), ("group_member_ids", &self.group_member_ids), ("blocked", &self.blocked)],
        )
    }
}

/// `/_remove #<groupId> <groupMemberIds[0]>[,<groupMemberIds[1]>...][ messages=on]`
///
/// Network: background. Answers: `userDeletedMembers`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RemoveMembers {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberIds`.
    pub group_member_ids: NonEmpty<GroupMemberId>,
    /// `withMessages`.
    pub with_messages: bool,
}

impl RemoveMembers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_ids: NonEmpty<GroupMemberId>) -> Self {
        Self { group_id, group_member_ids, with_messages: Default::default() }
    }

    /// Sets `withMessages`.
    #[must_use]
    pub fn with_with_messages(mut self, with_messages: bool) -> Self {
        self.with_messages = with_messages;
        self
    }
}

impl Command for RemoveMembers {
    type Response = response::UserDeletedMembers;
    const NAME: &'static str = "APIRemoveMembers";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["userDeletedMembers"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIRemoveMembers");
        text.literal("/_remove #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.list("groupMemberIds", &self.group_member_ids)?;
        if self.with_messages {
            text.literal(" messages=on");
        }
        text.finish()
    }
}

impl std::fmt::Debug for RemoveMembers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "RemoveMembers",
            &[
                ("group_id", &self.group_id),
                ("group_member_ids", &self.group_member_ids),
                ("with_messages", &self.with_messages),
            ],
        )
    }
}

/// `/_leave #<groupId>`
///
/// Network: background. Answers: `leftMemberUser`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LeaveGroup {
    /// `groupId`.
    pub group_id: GroupId,
}

impl LeaveGroup {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for LeaveGroup {
    type Response = response::LeftMemberUser;
    const NAME: &'static str = "APILeaveGroup";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["leftMemberUser"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APILeaveGroup");
        text.literal("/_leave #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for LeaveGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "LeaveGroup", &[("group_id", &self.group_id)])
    }
}

/// `/_members #<groupId>`
///
/// Network: no. Answers: `groupMembers`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListMembers {
    /// `groupId`.
    pub group_id: GroupId,
}

impl ListMembers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for ListMembers {
    type Response = response::GroupMembers;
    const NAME: &'static str = "APIListMembers";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupMembers"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIListMembers");
        text.literal("/_members #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for ListMembers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ListMembers", &[("group_id", &self.group_id)])
    }
}

/// `/_group <userId>[ incognito=on] <json(groupProfile)>`
///
/// Network: no. Answers: `groupCreated`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewGroup {
    /// `userId`.
    pub user_id: UserId,
    /// `incognito`.
    pub incognito: bool,
    /// `groupProfile`.
    pub group_profile: types::GroupProfile,
}

impl NewGroup {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, group_profile: types::GroupProfile) -> Self {
        Self { user_id, incognito: Default::default(), group_profile }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }
}

impl Command for NewGroup {
    type Response = response::GroupCreated;
    const NAME: &'static str = "APINewGroup";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupCreated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APINewGroup");
        text.literal("/_group ");
        text.number("userId", &self.user_id)?;
        if self.incognito {
            text.literal(" incognito=on");
        }
        text.literal(" ");
        text.json("groupProfile", &self.group_profile)?;
        text.finish()
    }
}

impl std::fmt::Debug for NewGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "NewGroup",
            &[("user_id", &self.user_id), ("incognito", &self.incognito), ("group_profile", &self.group_profile)],
        )
    }
}

/// `/_public group <userId>[ incognito=on] <relayIds[0]>[,<relayIds[1]>...] <json(groupProfile)>`
///
/// Network: interactive. Answers: `publicGroupCreated`, `publicGroupCreationFailed`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewPublicGroup {
    /// `userId`.
    pub user_id: UserId,
    /// `incognito`.
    pub incognito: bool,
    /// `relayIds`.
    pub relay_ids: NonEmpty<ChatRelayId>,
    /// `groupProfile`.
    pub group_profile: types::GroupProfile,
}

impl NewPublicGroup {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, relay_ids: NonEmpty<ChatRelayId>, group_profile: types::GroupProfile) -> Self {
        Self { user_id, incognito: Default::default(), relay_ids, group_profile }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }
}

/// The answers to [`NewPublicGroup`].
#[derive(Clone, PartialEq)]
pub enum NewPublicGroupResponse {
    /// `publicGroupCreated`.
    PublicGroupCreated(Box<response::PublicGroupCreated>),
    /// `publicGroupCreationFailed`.
    PublicGroupCreationFailed(Box<response::PublicGroupCreationFailed>),
}

answers!(NewPublicGroupResponse { PublicGroupCreated "publicGroupCreated";PublicGroupCreationFailed "publicGroupCreationFailed"; });

impl Command for NewPublicGroup {
    type Response = NewPublicGroupResponse;
    const NAME: &'static str = "APINewPublicGroup";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["publicGroupCreated", "publicGroupCreationFailed"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APINewPublicGroup");
        text.literal("/_public group ");
        text.number("userId", &self.user_id)?;
        if self.incognito {
            text.literal(" incognito=on");
        }
        text.literal(" ");
        text.list("relayIds", &self.relay_ids)?;
        text.literal(" ");
        text.json("groupProfile", &self.group_profile)?;
        text.finish()
    }
}

impl std::fmt::Debug for NewPublicGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "NewPublicGroup",
            &[
                ("user_id", &self.user_id),
                ("incognito", &self.incognito),
                ("relay_ids", &self.relay_ids),
                ("group_profile", &self.group_profile),
            ],
        )
    }
}

/// `/_get relays #<groupId>`
///
/// Network: no. Answers: `groupRelays`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetGroupRelays {
    /// `groupId`.
    pub group_id: GroupId,
}

impl GetGroupRelays {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for GetGroupRelays {
    type Response = response::GroupRelays;
    const NAME: &'static str = "APIGetGroupRelays";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupRelays"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetGroupRelays");
        text.literal("/_get relays #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetGroupRelays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetGroupRelays", &[("group_id", &self.group_id)])
    }
}

/// `/_add relays #<groupId> <relayIds[0]>[,<relayIds[1]>...]`
///
/// Network: interactive. Answers: `groupRelaysAdded`, `groupRelaysAddFailed`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddGroupRelays {
    /// `groupId`.
    pub group_id: GroupId,
    /// `relayIds`.
    pub relay_ids: NonEmpty<ChatRelayId>,
}

impl AddGroupRelays {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, relay_ids: NonEmpty<ChatRelayId>) -> Self {
        Self { group_id, relay_ids }
    }
}

/// The answers to [`AddGroupRelays`].
#[derive(Clone, PartialEq)]
pub enum AddGroupRelaysResponse {
    /// `groupRelaysAdded`.
    GroupRelaysAdded(Box<response::GroupRelaysAdded>),
    /// `groupRelaysAddFailed`.
    GroupRelaysAddFailed(Box<response::GroupRelaysAddFailed>),
}

answers!(AddGroupRelaysResponse { GroupRelaysAdded "groupRelaysAdded";GroupRelaysAddFailed "groupRelaysAddFailed"; });

impl Command for AddGroupRelays {
    type Response = AddGroupRelaysResponse;
    const NAME: &'static str = "APIAddGroupRelays";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["groupRelaysAdded", "groupRelaysAddFailed"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAddGroupRelays");
        text.literal("/_add relays #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.list("relayIds", &self.relay_ids)?;
        text.finish()
    }
}

impl std::fmt::Debug for AddGroupRelays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "AddGroupRelays", &[("group_id", &self.group_id), ("relay_ids", &self.relay_ids)])
    }
}

/// `/_relay allow #<groupId>`
///
/// Network: background. Answers: `relayGroupAllowed`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AllowRelayGroup {
    /// `groupId`.
    pub group_id: GroupId,
}

impl AllowRelayGroup {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for AllowRelayGroup {
    type Response = response::RelayGroupAllowed;
    const NAME: &'static str = "APIAllowRelayGroup";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["relayGroupAllowed"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAllowRelayGroup");
        text.literal("/_relay allow #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for AllowRelayGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "AllowRelayGroup", &[("group_id", &self.group_id)])
    }
}

/// `/_group_profile #<groupId> <json(groupProfile)>`
///
/// Network: background. Answers: `groupUpdated`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateGroupProfile {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupProfile`.
    pub group_profile: types::GroupProfile,
}

impl UpdateGroupProfile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_profile: types::GroupProfile) -> Self {
        Self { group_id, group_profile }
    }
}

impl Command for UpdateGroupProfile {
    type Response = response::GroupUpdated;
    const NAME: &'static str = "APIUpdateGroupProfile";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["groupUpdated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIUpdateGroupProfile");
        text.literal("/_group_profile #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.json("groupProfile", &self.group_profile)?;
        text.finish()
    }
}

impl std::fmt::Debug for UpdateGroupProfile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "UpdateGroupProfile",
            &[("group_id", &self.group_id), ("group_profile", &self.group_profile)],
        )
    }
}

/// `/_create link #<groupId> <memberRole>`
///
/// Network: interactive. Answers: `groupLinkCreated`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateGroupLink {
    /// `groupId`.
    pub group_id: GroupId,
    /// `memberRole`.
    pub member_role: types::GroupMemberRole,
}

impl CreateGroupLink {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, member_role: types::GroupMemberRole) -> Self {
        Self { group_id, member_role }
    }
}

impl Command for CreateGroupLink {
    type Response = response::GroupLinkCreated;
    const NAME: &'static str = "APICreateGroupLink";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["groupLinkCreated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APICreateGroupLink");
        text.literal("/_create link #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.choice("memberRole", self.member_role.as_str())?;
        text.finish()
    }
}

impl std::fmt::Debug for CreateGroupLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "CreateGroupLink", &[("group_id", &self.group_id), ("member_role", &self.member_role)])
    }
}

/// `/_set link role #<groupId> <memberRole>`
///
/// Network: no. Answers: `groupLink`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupLinkMemberRole {
    /// `groupId`.
    pub group_id: GroupId,
    /// `memberRole`.
    pub member_role: types::GroupMemberRole,
}

impl GroupLinkMemberRole {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, member_role: types::GroupMemberRole) -> Self {
        Self { group_id, member_role }
    }
}

impl Command for GroupLinkMemberRole {
    type Response = response::GroupLink;
    const NAME: &'static str = "APIGroupLinkMemberRole";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupLink"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGroupLinkMemberRole");
        text.literal("/_set link role #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.choice("memberRole", self.member_role.as_str())?;
        text.finish()
    }
}

impl std::fmt::Debug for GroupLinkMemberRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "GroupLinkMemberRole",
            &[("group_id", &self.group_id), ("member_role", &self.member_role)],
        )
    }
}

/// `/_delete link #<groupId>`
///
/// Network: background. Answers: `groupLinkDeleted`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteGroupLink {
    /// `groupId`.
    pub group_id: GroupId,
}

impl DeleteGroupLink {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for DeleteGroupLink {
    type Response = response::GroupLinkDeleted;
    const NAME: &'static str = "APIDeleteGroupLink";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["groupLinkDeleted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteGroupLink");
        text.literal("/_delete link #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for DeleteGroupLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "DeleteGroupLink", &[("group_id", &self.group_id)])
    }
}

/// `/_get link #<groupId>`
///
/// Network: no. Answers: `groupLink`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetGroupLink {
    /// `groupId`.
    pub group_id: GroupId,
}

impl GetGroupLink {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for GetGroupLink {
    type Response = response::GroupLink;
    const NAME: &'static str = "APIGetGroupLink";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupLink"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetGroupLink");
        text.literal("/_get link #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetGroupLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetGroupLink", &[("group_id", &self.group_id)])
    }
}

/// `/_connect <userId>[ incognito=on]`
///
/// Network: interactive. Answers: `invitation`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddContact {
    /// `userId`.
    pub user_id: UserId,
    /// `incognito`.
    pub incognito: bool,
}

impl AddContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, incognito: Default::default() }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }
}

impl Command for AddContact {
    type Response = response::Invitation;
    const NAME: &'static str = "APIAddContact";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["invitation"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAddContact");
        text.literal("/_connect ");
        text.number("userId", &self.user_id)?;
        if self.incognito {
            text.literal(" incognito=on");
        }
        text.finish()
    }
}

impl std::fmt::Debug for AddContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "AddContact", &[("user_id", &self.user_id), ("incognito", &self.incognito)])
    }
}

/// `/_connect plan <userId> <connectTarget>`
///
/// Network: interactive. Answers: `connectionPlan`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectPlan {
    /// `userId`.
    pub user_id: UserId,
    /// `connectTarget`.
    pub connect_target: String,
}

impl ConnectPlan {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, connect_target: impl Into<String>) -> Self {
        Self { user_id, connect_target: connect_target.into() }
    }
}

impl Command for ConnectPlan {
    type Response = response::ConnectionPlan;
    const NAME: &'static str = "APIConnectPlan";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["connectionPlan"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIConnectPlan");
        text.literal("/_connect plan ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.link("connectTarget", &self.connect_target, &[])?;
        text.finish()
    }
}

impl std::fmt::Debug for ConnectPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ConnectPlan", &[("user_id", &self.user_id), ("connect_target", &self.connect_target)])
    }
}

/// `/_connect <userId>[ incognito=on] <preparedLink_>`
///
/// Network: interactive. Answers: `sentConfirmation`, `contactAlreadyExists`, `sentInvitation`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Connect {
    /// `userId`.
    pub user_id: UserId,
    /// `incognito`.
    pub incognito: bool,
    /// `preparedLink_`.
    pub prepared_link: types::CreatedConnLink,
}

impl Connect {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, prepared_link: types::CreatedConnLink) -> Self {
        Self { user_id, incognito: Default::default(), prepared_link }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }
}

/// The answers to [`Connect`].
#[derive(Clone, PartialEq)]
pub enum ConnectResponse {
    /// `sentConfirmation`.
    SentConfirmation(Box<response::SentConfirmation>),
    /// `contactAlreadyExists`.
    ContactAlreadyExists(Box<response::ContactAlreadyExists>),
    /// `sentInvitation`.
    SentInvitation(Box<response::SentInvitation>),
}

answers!(ConnectResponse { SentConfirmation "sentConfirmation";ContactAlreadyExists "contactAlreadyExists";SentInvitation "sentInvitation"; });

impl Command for Connect {
    type Response = ConnectResponse;
    const NAME: &'static str = "APIConnect";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["sentConfirmation", "contactAlreadyExists", "sentInvitation"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIConnect");
        text.literal("/_connect ");
        text.number("userId", &self.user_id)?;
        if self.incognito {
            text.literal(" incognito=on");
        }
        text.literal(" ");
        text.conn_link("preparedLink_", &self.prepared_link, &["incognito="])?;
        text.finish()
    }
}

impl std::fmt::Debug for Connect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "Connect",
            &[("user_id", &self.user_id), ("incognito", &self.incognito), ("prepared_link", &self.prepared_link)],
        )
    }
}

/// `/connect[ incognito] <connTarget_>`
///
/// Network: interactive. Answers: `sentConfirmation`, `contactAlreadyExists`, `sentInvitation`, `connectionPlan`, `sentInvitationToContact`, `startedConnectionToContact`, `startedConnectionToGroup`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectLink {
    /// `incognito`.
    pub incognito: bool,
    /// `connTarget_`.
    pub conn_target: String,
}

impl ConnectLink {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(conn_target: impl Into<String>) -> Self {
        Self { incognito: Default::default(), conn_target: conn_target.into() }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }
}

/// The answers to [`ConnectLink`].
#[derive(Clone, PartialEq)]
pub enum ConnectLinkResponse {
    /// `sentConfirmation`.
    SentConfirmation(Box<response::SentConfirmation>),
    /// `contactAlreadyExists`.
    ContactAlreadyExists(Box<response::ContactAlreadyExists>),
    /// `sentInvitation`.
    SentInvitation(Box<response::SentInvitation>),
    /// `connectionPlan`.
    ConnectionPlan(Box<response::ConnectionPlan>),
    /// `sentInvitationToContact`.
    SentInvitationToContact(Box<response::SentInvitationToContact>),
    /// `startedConnectionToContact`.
    StartedConnectionToContact(Box<response::StartedConnectionToContact>),
    /// `startedConnectionToGroup`.
    StartedConnectionToGroup(Box<response::StartedConnectionToGroup>),
}

answers!(ConnectLinkResponse { SentConfirmation "sentConfirmation";ContactAlreadyExists "contactAlreadyExists";SentInvitation "sentInvitation";ConnectionPlan "connectionPlan";SentInvitationToContact "sentInvitationToContact";StartedConnectionToContact "startedConnectionToContact";StartedConnectionToGroup "startedConnectionToGroup"; });

impl Command for ConnectLink {
    type Response = ConnectLinkResponse;
    const NAME: &'static str = "Connect";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &[
        "sentConfirmation",
        "contactAlreadyExists",
        "sentInvitation",
        "connectionPlan",
        "sentInvitationToContact",
        "startedConnectionToContact",
        "startedConnectionToGroup",
    ];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("Connect");
        text.literal("/connect");
        if self.incognito {
            text.literal(" incognito");
        }
        text.literal(" ");
        text.link("connTarget_", &self.conn_target, &["incognito", "i"])?;
        text.finish()
    }
}

impl std::fmt::Debug for ConnectLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ConnectLink", &[("incognito", &self.incognito), ("conn_target", &self.conn_target)])
    }
}

/// `/_accept[ incognito=on] <contactReqId>`
///
/// Network: interactive. Answers: `acceptingContactRequest`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AcceptContact {
    /// `contactReqId`.
    pub contact_req_id: ContactRequestId,
    /// `incognito`.
    pub incognito: bool,
}

impl AcceptContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_req_id: ContactRequestId) -> Self {
        Self { contact_req_id, incognito: Default::default() }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }
}

impl Command for AcceptContact {
    type Response = response::AcceptingContactRequest;
    const NAME: &'static str = "APIAcceptContact";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["acceptingContactRequest"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAcceptContact");
        text.literal("/_accept");
        if self.incognito {
            text.literal(" incognito=on");
        }
        text.literal(" ");
        text.number("contactReqId", &self.contact_req_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for AcceptContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "AcceptContact",
            &[("contact_req_id", &self.contact_req_id), ("incognito", &self.incognito)],
        )
    }
}

/// `/_reject <contactReqId>`
///
/// Network: no. Answers: `contactRequestRejected`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RejectContact {
    /// `contactReqId`.
    pub contact_req_id: ContactRequestId,
}

impl RejectContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_req_id: ContactRequestId) -> Self {
        Self { contact_req_id }
    }
}

impl Command for RejectContact {
    type Response = response::ContactRequestRejected;
    const NAME: &'static str = "APIRejectContact";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["contactRequestRejected"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIRejectContact");
        text.literal("/_reject ");
        text.number("contactReqId", &self.contact_req_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for RejectContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "RejectContact", &[("contact_req_id", &self.contact_req_id)])
    }
}

/// `/_contacts <userId>`
///
/// Network: no. Answers: `contactsList`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListContacts {
    /// `userId`.
    pub user_id: UserId,
}

impl ListContacts {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for ListContacts {
    type Response = response::ContactsList;
    const NAME: &'static str = "APIListContacts";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["contactsList"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIListContacts");
        text.literal("/_contacts ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for ListContacts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ListContacts", &[("user_id", &self.user_id)])
    }
}

/// `/_groups <userId>[ @<contactId_>][ <search>]`
///
/// Network: no. Answers: `groupsList`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListGroups {
    /// `userId`.
    pub user_id: UserId,
    /// `contactId_`.
    pub contact_id: Option<ContactId>,
    /// `search`.
    pub search: Option<String>,
}

impl ListGroups {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, contact_id: None, search: None }
    }

    /// Sets `contactId_`.
    #[must_use]
    pub fn with_contact_id(mut self, contact_id: ContactId) -> Self {
        self.contact_id = Some(contact_id);
        self
    }

    /// Sets `search`.
    #[must_use]
    pub fn with_search(mut self, search: impl Into<String>) -> Self {
        self.search = Some(search.into());
        self
    }
}

impl Command for ListGroups {
    type Response = response::GroupsList;
    const NAME: &'static str = "APIListGroups";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupsList"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIListGroups");
        text.literal("/_groups ");
        text.number("userId", &self.user_id)?;
        if let Some(contact_id) = &self.contact_id {
            text.literal(" @");
            text.number("contactId_", contact_id)?;
        }
        if let Some(search) = &self.search {
            text.literal(" ");
            text.rest("search", search, &["@"])?;
        }
        text.finish()
    }
    fn older_text(&self) -> Result<Option<String>, CommandTextError> {
        let mut text = Text::new("APIListGroups");
        text.literal("/_groups");
        text.number("userId", &self.user_id)?;
        if let Some(contact_id) = &self.contact_id {
            text.literal(" @");
            text.number("contactId_", contact_id)?;
        }
        if let Some(search) = &self.search {
            text.literal(" ");
            text.rest("search", search, &["@"])?;
        }
        text.finish().map(Some)
    }
}

impl std::fmt::Debug for ListGroups {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "ListGroups",
            &[("user_id", &self.user_id), ("contact_id", &self.contact_id), ("search", &self.search)],
        )
    }
}

/// `/_get chats <userId>[ pcc=on][ <pagination>][ <json(query)>]`
///
/// Network: no. Answers: `apiChats`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetChats {
    /// `userId`.
    pub user_id: UserId,
    /// `pendingConnections`.
    pub pending_connections: bool,
    /// `pagination`.
    pub pagination: Option<types::PaginationByTime>,
    /// `query`.
    pub query: Option<types::ChatListQuery>,
}

impl GetChats {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, pending_connections: Default::default(), pagination: None, query: None }
    }

    /// Sets `pendingConnections`.
    #[must_use]
    pub fn with_pending_connections(mut self, pending_connections: bool) -> Self {
        self.pending_connections = pending_connections;
        self
    }

    /// Sets `pagination`.
    #[must_use]
    pub fn with_pagination(mut self, pagination: types::PaginationByTime) -> Self {
        self.pagination = Some(pagination);
        self
    }

    /// Sets `query`.
    #[must_use]
    pub fn with_query(mut self, query: types::ChatListQuery) -> Self {
        self.query = Some(query);
        self
    }
}

impl Command for GetChats {
    type Response = response::ApiChats;
    const NAME: &'static str = "APIGetChats";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["apiChats"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetChats");
        text.literal("/_get chats ");
        text.number("userId", &self.user_id)?;
        if self.pending_connections {
            text.literal(" pcc=on");
        }
        if let Some(pagination) = &self.pagination {
            text.literal(" ");
            text.argument("pagination", pagination)?;
        }
        if let Some(query) = &self.query {
            text.literal(" ");
            text.json("query", query)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for GetChats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "GetChats",
            &[
                ("user_id", &self.user_id),
                ("pending_connections", &self.pending_connections),
                ("pagination", &self.pagination),
                ("query", &self.query),
            ],
        )
    }
}

/// `/_delete <chatRef> <chatDeleteMode>`
///
/// Network: background. Answers: `contactDeleted`, `contactConnectionDeleted`, `groupDeletedUser`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteChat {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `chatDeleteMode`.
    pub chat_delete_mode: types::ChatDeleteMode,
}

impl DeleteChat {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, chat_delete_mode: types::ChatDeleteMode) -> Self {
        Self { chat_ref, chat_delete_mode }
    }
}

/// The answers to [`DeleteChat`].
#[derive(Clone, PartialEq)]
pub enum DeleteChatResponse {
    /// `contactDeleted`.
    ContactDeleted(Box<response::ContactDeleted>),
    /// `contactConnectionDeleted`.
    ContactConnectionDeleted(Box<response::ContactConnectionDeleted>),
    /// `groupDeletedUser`.
    GroupDeletedUser(Box<response::GroupDeletedUser>),
}

answers!(DeleteChatResponse { ContactDeleted "contactDeleted";ContactConnectionDeleted "contactConnectionDeleted";GroupDeletedUser "groupDeletedUser"; });

impl Command for DeleteChat {
    type Response = DeleteChatResponse;
    const NAME: &'static str = "APIDeleteChat";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["contactDeleted", "contactConnectionDeleted", "groupDeletedUser"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteChat");
        text.literal("/_delete ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.argument("chatDeleteMode", &self.chat_delete_mode)?;
        text.finish()
    }
}

impl std::fmt::Debug for DeleteChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "DeleteChat",
            &[("chat_ref", &self.chat_ref), ("chat_delete_mode", &self.chat_delete_mode)],
        )
    }
}

/// `/_set custom #<groupId>[ <json(customData)>]`
///
/// Network: no. Answers: `cmdOk`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetGroupCustomData {
    /// `groupId`.
    pub group_id: GroupId,
    /// `customData`.
    pub custom_data: Option<RawJson>,
}

impl SetGroupCustomData {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id, custom_data: None }
    }

    /// Sets `customData`.
    #[must_use]
    pub fn with_custom_data(mut self, custom_data: RawJson) -> Self {
        self.custom_data = Some(custom_data);
        self
    }
}

impl Command for SetGroupCustomData {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetGroupCustomData";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetGroupCustomData");
        text.literal("/_set custom #");
        text.number("groupId", &self.group_id)?;
        if let Some(custom_data) = &self.custom_data {
            text.literal(" ");
            text.object("customData", custom_data)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetGroupCustomData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetGroupCustomData",
            &[("group_id", &self.group_id), ("custom_data", &self.custom_data)],
        )
    }
}

/// `/_set custom @<contactId>[ <json(customData)>]`
///
/// Network: no. Answers: `cmdOk`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetContactCustomData {
    /// `contactId`.
    pub contact_id: ContactId,
    /// `customData`.
    pub custom_data: Option<RawJson>,
}

impl SetContactCustomData {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id, custom_data: None }
    }

    /// Sets `customData`.
    #[must_use]
    pub fn with_custom_data(mut self, custom_data: RawJson) -> Self {
        self.custom_data = Some(custom_data);
        self
    }
}

impl Command for SetContactCustomData {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetContactCustomData";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetContactCustomData");
        text.literal("/_set custom @");
        text.number("contactId", &self.contact_id)?;
        if let Some(custom_data) = &self.custom_data {
            text.literal(" ");
            text.object("customData", custom_data)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetContactCustomData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetContactCustomData",
            &[("contact_id", &self.contact_id), ("custom_data", &self.custom_data)],
        )
    }
}

/// `/_set accept member contacts <userId> on|off`
///
/// Network: no. Answers: `cmdOk`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserAutoAcceptMemberContacts {
    /// `userId`.
    pub user_id: UserId,
    /// `onOff`.
    pub on_off: bool,
}

impl SetUserAutoAcceptMemberContacts {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, on_off: Default::default() }
    }

    /// Sets `onOff`.
    #[must_use]
    pub fn with_on_off(mut self, on_off: bool) -> Self {
        self.on_off = on_off;
        self
    }
}

impl Command for SetUserAutoAcceptMemberContacts {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetUserAutoAcceptMemberContacts";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetUserAutoAcceptMemberContacts");
        text.literal("/_set accept member contacts ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.on_off(self.on_off);
        text.finish()
    }
}

impl std::fmt::Debug for SetUserAutoAcceptMemberContacts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetUserAutoAcceptMemberContacts",
            &[("user_id", &self.user_id), ("on_off", &self.on_off)],
        )
    }
}

/// `/user`
///
/// Network: no. Answers: `activeUser`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ShowActiveUser {}

impl ShowActiveUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ShowActiveUser {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ShowActiveUser {
    type Response = response::ActiveUser;
    const NAME: &'static str = "ShowActiveUser";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["activeUser"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ShowActiveUser");
        text.literal("/user");
        text.finish()
    }
}

impl std::fmt::Debug for ShowActiveUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ShowActiveUser", &[])
    }
}

/// `/_create user <json(newUser)>`
///
/// Network: no. Answers: `activeUser`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateActiveUser {
    /// `newUser`.
    pub new_user: types::NewUser,
}

impl CreateActiveUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(new_user: types::NewUser) -> Self {
        Self { new_user }
    }
}

impl Command for CreateActiveUser {
    type Response = response::ActiveUser;
    const NAME: &'static str = "CreateActiveUser";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["activeUser"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("CreateActiveUser");
        text.literal("/_create user ");
        text.json("newUser", &self.new_user)?;
        text.finish()
    }
}

impl std::fmt::Debug for CreateActiveUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "CreateActiveUser", &[("new_user", &self.new_user)])
    }
}

/// `/users`
///
/// Network: no. Answers: `usersList`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUsers {}

impl ListUsers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ListUsers {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ListUsers {
    type Response = response::UsersList;
    const NAME: &'static str = "ListUsers";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["usersList"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ListUsers");
        text.literal("/users");
        text.finish()
    }
}

impl std::fmt::Debug for ListUsers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ListUsers", &[])
    }
}

/// `/_user <userId>[ <json(viewPwd)>]`
///
/// Network: no. Answers: `activeUser`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetActiveUser {
    /// `userId`.
    pub user_id: UserId,
    /// `viewPwd`.
    pub view_pwd: Option<String>,
}

impl SetActiveUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, view_pwd: None }
    }

    /// Sets `viewPwd`.
    #[must_use]
    pub fn with_view_pwd(mut self, view_pwd: impl Into<String>) -> Self {
        self.view_pwd = Some(view_pwd.into());
        self
    }
}

impl Command for SetActiveUser {
    type Response = response::ActiveUser;
    const NAME: &'static str = "APISetActiveUser";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["activeUser"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetActiveUser");
        text.literal("/_user ");
        text.number("userId", &self.user_id)?;
        if let Some(view_pwd) = &self.view_pwd {
            text.literal(" ");
            text.json("viewPwd", view_pwd)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetActiveUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetActiveUser", &[("user_id", &self.user_id), ("view_pwd", &self.view_pwd)])
    }
}

/// `/_delete user <userId> del_smp=on|off[ <json(viewPwd)>]`
///
/// Network: background. Answers: `cmdOk`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUser {
    /// `userId`.
    pub user_id: UserId,
    /// `delSMPQueues`.
    pub del_smp_queues: bool,
    /// `viewPwd`.
    pub view_pwd: Option<String>,
}

impl DeleteUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, del_smp_queues: Default::default(), view_pwd: None }
    }

    /// Sets `delSMPQueues`.
    #[must_use]
    pub fn with_del_smp_queues(mut self, del_smp_queues: bool) -> Self {
        self.del_smp_queues = del_smp_queues;
        self
    }

    /// Sets `viewPwd`.
    #[must_use]
    pub fn with_view_pwd(mut self, view_pwd: impl Into<String>) -> Self {
        self.view_pwd = Some(view_pwd.into());
        self
    }
}

impl Command for DeleteUser {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIDeleteUser";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteUser");
        text.literal("/_delete user ");
        text.number("userId", &self.user_id)?;
        text.literal(" del_smp=");
        text.on_off(self.del_smp_queues);
        if let Some(view_pwd) = &self.view_pwd {
            text.literal(" ");
            text.json("viewPwd", view_pwd)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for DeleteUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "DeleteUser",
            &[("user_id", &self.user_id), ("del_smp_queues", &self.del_smp_queues), ("view_pwd", &self.view_pwd)],
        )
    }
}

/// `/_profile <userId> <json(profile)>`
///
/// Network: background. Answers: `userProfileUpdated`, `userProfileNoChange`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateProfile {
    /// `userId`.
    pub user_id: UserId,
    /// `profile`.
    pub profile: types::Profile,
}

impl UpdateProfile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, profile: types::Profile) -> Self {
        Self { user_id, profile }
    }
}

/// The answers to [`UpdateProfile`].
#[derive(Clone, PartialEq)]
pub enum UpdateProfileResponse {
    /// `userProfileUpdated`.
    UserProfileUpdated(Box<response::UserProfileUpdated>),
    /// `userProfileNoChange`.
    UserProfileNoChange(Box<response::UserProfileNoChange>),
}

answers!(UpdateProfileResponse { UserProfileUpdated "userProfileUpdated";UserProfileNoChange "userProfileNoChange"; });

impl Command for UpdateProfile {
    type Response = UpdateProfileResponse;
    const NAME: &'static str = "APIUpdateProfile";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["userProfileUpdated", "userProfileNoChange"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIUpdateProfile");
        text.literal("/_profile ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.json("profile", &self.profile)?;
        text.finish()
    }
}

impl std::fmt::Debug for UpdateProfile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "UpdateProfile", &[("user_id", &self.user_id), ("profile", &self.profile)])
    }
}

/// `/_set prefs @<contactId> <json(preferences)>`
///
/// Network: background. Answers: `contactPrefsUpdated`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetContactPrefs {
    /// `contactId`.
    pub contact_id: ContactId,
    /// `preferences`.
    pub preferences: types::Preferences,
}

impl SetContactPrefs {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId, preferences: types::Preferences) -> Self {
        Self { contact_id, preferences }
    }
}

impl Command for SetContactPrefs {
    type Response = response::ContactPrefsUpdated;
    const NAME: &'static str = "APISetContactPrefs";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["contactPrefsUpdated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetContactPrefs");
        text.literal("/_set prefs @");
        text.number("contactId", &self.contact_id)?;
        text.literal(" ");
        text.json("preferences", &self.preferences)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetContactPrefs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetContactPrefs",
            &[("contact_id", &self.contact_id), ("preferences", &self.preferences)],
        )
    }
}

/// `/_start main=on`
///
/// Network: no. Answers: `chatStarted`, `chatRunning`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartChat {}

impl StartChat {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for StartChat {
    fn default() -> Self {
        Self::new()
    }
}

/// The answers to [`StartChat`].
#[derive(Clone, PartialEq)]
pub enum StartChatResponse {
    /// `chatStarted`.
    ChatStarted(Box<response::ChatStarted>),
    /// `chatRunning`.
    ChatRunning(Box<response::ChatRunning>),
}

answers!(StartChatResponse { ChatStarted "chatStarted";ChatRunning "chatRunning"; });

impl Command for StartChat {
    type Response = StartChatResponse;
    const NAME: &'static str = "StartChat";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatStarted", "chatRunning"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("StartChat");
        text.literal("/_start main=on");
        text.finish()
    }
}

impl std::fmt::Debug for StartChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "StartChat", &[])
    }
}

/// `/_stop`
///
/// Network: no. Answers: `chatStopped`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StopChat {}

impl StopChat {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for StopChat {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for StopChat {
    type Response = response::ChatStopped;
    const NAME: &'static str = "APIStopChat";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatStopped"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIStopChat");
        text.literal("/_stop");
        text.finish()
    }
}

impl std::fmt::Debug for StopChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "StopChat", &[])
    }
}

/// `/_get chat <chatRef>[ content=<contentTag>] <pagination>[ search=<search>]`
///
/// Network: no. Answers: `apiChat`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetChat {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `pagination`.
    pub pagination: types::ChatPagination,
    /// `search`.
    pub search: Option<String>,
    /// `contentTag`.
    pub content_tag: Option<types::ContentFilter>,
}

impl GetChat {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, pagination: types::ChatPagination) -> Self {
        Self { chat_ref, pagination, search: None, content_tag: None }
    }

    /// Sets `search`.
    #[must_use]
    pub fn with_search(mut self, search: impl Into<String>) -> Self {
        self.search = Some(search.into());
        self
    }

    /// Sets `contentTag`.
    #[must_use]
    pub fn with_content_tag(mut self, content_tag: types::ContentFilter) -> Self {
        self.content_tag = Some(content_tag);
        self
    }
}

impl Command for GetChat {
    type Response = response::ApiChat;
    const NAME: &'static str = "APIGetChat";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["apiChat"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetChat");
        text.literal("/_get chat ");
        text.argument("chatRef", &self.chat_ref)?;
        if let Some(content_tag) = &self.content_tag {
            text.literal(" content=");
            text.choice("contentTag", content_tag.as_str())?;
        }
        text.literal(" ");
        text.argument("pagination", &self.pagination)?;
        if let Some(search) = &self.search {
            text.literal(" search=");
            text.rest("search", search, &[])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for GetChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "GetChat",
            &[
                ("chat_ref", &self.chat_ref),
                ("pagination", &self.pagination),
                ("search", &self.search),
                ("content_tag", &self.content_tag),
            ],
        )
    }
}

/// `/_read chat items <chatRef> <chatItemIds[0]>[,<chatItemIds[1]>...]`
///
/// Network: no. Answers: `itemsReadForChat`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemsRead {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `chatItemIds`.
    pub chat_item_ids: NonEmpty<ChatItemId>,
}

impl ChatItemsRead {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, chat_item_ids: NonEmpty<ChatItemId>) -> Self {
        Self { chat_ref, chat_item_ids }
    }
}

impl Command for ChatItemsRead {
    type Response = response::ItemsReadForChat;
    const NAME: &'static str = "APIChatItemsRead";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["itemsReadForChat"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIChatItemsRead");
        text.literal("/_read chat items ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.list("chatItemIds", &self.chat_item_ids)?;
        text.finish()
    }
}

impl std::fmt::Debug for ChatItemsRead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ChatItemsRead", &[("chat_ref", &self.chat_ref), ("chat_item_ids", &self.chat_item_ids)])
    }
}

/// `/_read chat <chatRef>`
///
/// Network: no. Answers: `cmdOk`, `memberSupportChatRead`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatRead {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
}

impl ChatRead {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef) -> Self {
        Self { chat_ref }
    }
}

/// The answers to [`ChatRead`].
#[derive(Clone, PartialEq)]
pub enum ChatReadResponse {
    /// `cmdOk`.
    CmdOk(Box<response::CmdOk>),
    /// `memberSupportChatRead`.
    MemberSupportChatRead(Box<response::MemberSupportChatRead>),
}

answers!(ChatReadResponse { CmdOk "cmdOk";MemberSupportChatRead "memberSupportChatRead"; });

impl Command for ChatRead {
    type Response = ChatReadResponse;
    const NAME: &'static str = "APIChatRead";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk", "memberSupportChatRead"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIChatRead");
        text.literal("/_read chat ");
        text.argument("chatRef", &self.chat_ref)?;
        text.finish()
    }
}

impl std::fmt::Debug for ChatRead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ChatRead", &[("chat_ref", &self.chat_ref)])
    }
}

/// `/version`
///
/// Network: no. Answers: `versionInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ShowVersion {}

impl ShowVersion {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ShowVersion {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ShowVersion {
    type Response = response::VersionInfo;
    const NAME: &'static str = "ShowVersion";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["versionInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ShowVersion");
        text.literal("/version");
        text.finish()
    }
}

impl std::fmt::Debug for ShowVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ShowVersion", &[])
    }
}

/// `/set file paths <json(paths)>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetAppFilePaths {
    /// `paths`.
    pub paths: types::AppFilePaths,
}

impl SetAppFilePaths {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(paths: types::AppFilePaths) -> Self {
        Self { paths }
    }
}

impl Command for SetAppFilePaths {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetAppFilePaths";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetAppFilePaths");
        text.literal("/set file paths ");
        text.json("paths", &self.paths)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetAppFilePaths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetAppFilePaths", &[("paths", &self.paths)])
    }
}

/// `/_unread chat <chatRef> on|off`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatUnread {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `unreadChat`.
    pub unread_chat: bool,
}

impl ChatUnread {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef) -> Self {
        Self { chat_ref, unread_chat: Default::default() }
    }

    /// Sets `unreadChat`.
    #[must_use]
    pub fn with_unread_chat(mut self, unread_chat: bool) -> Self {
        self.unread_chat = unread_chat;
        self
    }
}

impl Command for ChatUnread {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIChatUnread";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIChatUnread");
        text.literal("/_unread chat ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.on_off(self.unread_chat);
        text.finish()
    }
}

impl std::fmt::Debug for ChatUnread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ChatUnread", &[("chat_ref", &self.chat_ref), ("unread_chat", &self.unread_chat)])
    }
}

/// `/_read user <userId>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserRead {
    /// `userId`.
    pub user_id: UserId,
}

impl UserRead {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for UserRead {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIUserRead";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIUserRead");
        text.literal("/_read user ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for UserRead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "UserRead", &[("user_id", &self.user_id)])
    }
}

/// `/_clear chat <chatRef>`
///
/// Network: no. Answers: `chatCleared`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ClearChat {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
}

impl ClearChat {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef) -> Self {
        Self { chat_ref }
    }
}

impl Command for ClearChat {
    type Response = response::ChatCleared;
    const NAME: &'static str = "APIClearChat";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatCleared"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIClearChat");
        text.literal("/_clear chat ");
        text.argument("chatRef", &self.chat_ref)?;
        text.finish()
    }
}

impl std::fmt::Debug for ClearChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ClearChat", &[("chat_ref", &self.chat_ref)])
    }
}

/// `/_get items <pagination>[ search=<search>]`
///
/// Network: no. Answers: `chatItems`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetChatItems {
    /// `pagination`.
    pub pagination: types::ChatPagination,
    /// `search`.
    pub search: Option<String>,
}

impl GetChatItems {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(pagination: types::ChatPagination) -> Self {
        Self { pagination, search: None }
    }

    /// Sets `search`.
    #[must_use]
    pub fn with_search(mut self, search: impl Into<String>) -> Self {
        self.search = Some(search.into());
        self
    }
}

impl Command for GetChatItems {
    type Response = response::ChatItems;
    const NAME: &'static str = "APIGetChatItems";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatItems"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetChatItems");
        text.literal("/_get items ");
        text.argument("pagination", &self.pagination)?;
        if let Some(search) = &self.search {
            text.literal(" search=");
            text.rest("search", search, &[])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for GetChatItems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetChatItems", &[("pagination", &self.pagination), ("search", &self.search)])
    }
}

/// `/_get item info <chatRef> <chatItemId>`
///
/// Network: no. Answers: `chatItemInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetChatItemInfo {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `chatItemId`.
    pub chat_item_id: ChatItemId,
}

impl GetChatItemInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, chat_item_id: ChatItemId) -> Self {
        Self { chat_ref, chat_item_id }
    }
}

impl Command for GetChatItemInfo {
    type Response = response::ChatItemInfo;
    const NAME: &'static str = "APIGetChatItemInfo";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatItemInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetChatItemInfo");
        text.literal("/_get item info ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.number("chatItemId", &self.chat_item_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetChatItemInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetChatItemInfo", &[("chat_ref", &self.chat_ref), ("chat_item_id", &self.chat_item_id)])
    }
}

/// `/_forward plan <fromChatRef> <chatItemIds[0]>[,<chatItemIds[1]>...]`
///
/// Network: no. Answers: `forwardPlan`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PlanForwardChatItems {
    /// `fromChatRef`.
    pub from_chat_ref: types::ChatRef,
    /// `chatItemIds`.
    pub chat_item_ids: NonEmpty<ChatItemId>,
}

impl PlanForwardChatItems {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(from_chat_ref: types::ChatRef, chat_item_ids: NonEmpty<ChatItemId>) -> Self {
        Self { from_chat_ref, chat_item_ids }
    }
}

impl Command for PlanForwardChatItems {
    type Response = response::ForwardPlan;
    const NAME: &'static str = "APIPlanForwardChatItems";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["forwardPlan"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIPlanForwardChatItems");
        text.literal("/_forward plan ");
        text.argument("fromChatRef", &self.from_chat_ref)?;
        text.literal(" ");
        text.list("chatItemIds", &self.chat_item_ids)?;
        text.finish()
    }
}

impl std::fmt::Debug for PlanForwardChatItems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "PlanForwardChatItems",
            &[("from_chat_ref", &self.from_chat_ref), ("chat_item_ids", &self.chat_item_ids)],
        )
    }
}

/// `/_forward <toChatRef>[ as_group=on] <fromChatRef> <chatItemIds[0]>[,<chatItemIds[1]>...][ ttl=<ttl>]`
///
/// Network: background. Answers: `newChatItems`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ForwardChatItems {
    /// `toChatRef`.
    pub to_chat_ref: types::ChatRef,
    /// `fromChatRef`.
    pub from_chat_ref: types::ChatRef,
    /// `chatItemIds`.
    pub chat_item_ids: NonEmpty<ChatItemId>,
    /// `ttl`.
    pub ttl: Option<i64>,
    /// `asGroup`.
    pub as_group: bool,
}

impl ForwardChatItems {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        to_chat_ref: types::ChatRef,
        from_chat_ref: types::ChatRef,
        chat_item_ids: NonEmpty<ChatItemId>,
    ) -> Self {
        Self { to_chat_ref, from_chat_ref, chat_item_ids, ttl: None, as_group: Default::default() }
    }

    /// Sets `ttl`.
    #[must_use]
    pub fn with_ttl(mut self, ttl: i64) -> Self {
        self.ttl = Some(ttl);
        self
    }

    /// Sets `asGroup`.
    #[must_use]
    pub fn with_as_group(mut self, as_group: bool) -> Self {
        self.as_group = as_group;
        self
    }
}

impl Command for ForwardChatItems {
    type Response = response::NewChatItems;
    const NAME: &'static str = "APIForwardChatItems";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["newChatItems"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIForwardChatItems");
        text.literal("/_forward ");
        text.argument("toChatRef", &self.to_chat_ref)?;
        if self.as_group {
            text.literal(" as_group=on");
        }
        text.literal(" ");
        text.argument("fromChatRef", &self.from_chat_ref)?;
        text.literal(" ");
        text.list("chatItemIds", &self.chat_item_ids)?;
        if let Some(ttl) = &self.ttl {
            text.literal(" ttl=");
            text.number("ttl", ttl)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for ForwardChatItems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "ForwardChatItems",
            &[
                ("to_chat_ref", &self.to_chat_ref),
                ("from_chat_ref", &self.from_chat_ref),
                ("chat_item_ids", &self.chat_item_ids),
                ("ttl", &self.ttl),
                ("as_group", &self.as_group),
            ],
        )
    }
}

/// `/_create *<noteFolderId> json <json(composedMessages)>`
///
/// Network: no. Answers: `newChatItems`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateChatItems {
    /// `noteFolderId`.
    pub note_folder_id: NoteFolderId,
    /// `composedMessages`.
    pub composed_messages: NonEmpty<types::ComposedMessage>,
}

impl CreateChatItems {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(note_folder_id: NoteFolderId, composed_messages: NonEmpty<types::ComposedMessage>) -> Self {
        Self { note_folder_id, composed_messages }
    }
}

impl Command for CreateChatItems {
    type Response = response::NewChatItems;
    const NAME: &'static str = "APICreateChatItems";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["newChatItems"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APICreateChatItems");
        text.literal("/_create *");
        text.number("noteFolderId", &self.note_folder_id)?;
        text.literal(" json ");
        text.json("composedMessages", &self.composed_messages)?;
        text.finish()
    }
}

impl std::fmt::Debug for CreateChatItems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "CreateChatItems",
            &[("note_folder_id", &self.note_folder_id), ("composed_messages", &self.composed_messages)],
        )
    }
}

/// `/_reaction members <userId> #<groupId> <chatItemId> <json(reaction)>`
///
/// Network: no. Answers: `reactionMembers`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetReactionMembers {
    /// `userId`.
    pub user_id: UserId,
    /// `groupId`.
    pub group_id: GroupId,
    /// `chatItemId`.
    pub chat_item_id: ChatItemId,
    /// `reaction`.
    pub reaction: types::MsgReaction,
}

impl GetReactionMembers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, group_id: GroupId, chat_item_id: ChatItemId, reaction: types::MsgReaction) -> Self {
        Self { user_id, group_id, chat_item_id, reaction }
    }
}

impl Command for GetReactionMembers {
    type Response = response::ReactionMembers;
    const NAME: &'static str = "APIGetReactionMembers";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["reactionMembers"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetReactionMembers");
        text.literal("/_reaction members ");
        text.number("userId", &self.user_id)?;
        text.literal(" #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("chatItemId", &self.chat_item_id)?;
        text.literal(" ");
        text.json("reaction", &self.reaction)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetReactionMembers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "GetReactionMembers",
            &[
                ("user_id", &self.user_id),
                ("group_id", &self.group_id),
                ("chat_item_id", &self.chat_item_id),
                ("reaction", &self.reaction),
            ],
        )
    }
}

/// `/_report #<groupId> <chatItemId> reason=<reportReason>[ <reportText>]`
///
/// Network: background. Answers: `newChatItems`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ReportMessage {
    /// `groupId`.
    pub group_id: GroupId,
    /// `chatItemId`.
    pub chat_item_id: ChatItemId,
    /// `reportReason`.
    pub report_reason: types::ReportReason,
    /// `reportText`.
    pub report_text: Option<String>,
}

impl ReportMessage {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, chat_item_id: ChatItemId, report_reason: types::ReportReason) -> Self {
        Self { group_id, chat_item_id, report_reason, report_text: None }
    }

    /// Sets `reportText`.
    #[must_use]
    pub fn with_report_text(mut self, report_text: impl Into<String>) -> Self {
        self.report_text = Some(report_text.into());
        self
    }
}

impl Command for ReportMessage {
    type Response = response::NewChatItems;
    const NAME: &'static str = "APIReportMessage";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["newChatItems"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIReportMessage");
        text.literal("/_report #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("chatItemId", &self.chat_item_id)?;
        text.literal(" reason=");
        text.choice("reportReason", self.report_reason.as_str())?;
        if let Some(report_text) = &self.report_text {
            text.literal(" ");
            text.rest("reportText", report_text, &[])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for ReportMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "ReportMessage",
            &[
                ("group_id", &self.group_id),
                ("chat_item_id", &self.chat_item_id),
                ("report_reason", &self.report_reason),
                ("report_text", &self.report_text),
            ],
        )
    }
}

/// `/_archive reports #<groupId>`
///
/// Network: no. Answers: `groupChatItemsDeleted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ArchiveReceivedReports {
    /// `groupId`.
    pub group_id: GroupId,
}

impl ArchiveReceivedReports {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for ArchiveReceivedReports {
    type Response = response::GroupChatItemsDeleted;
    const NAME: &'static str = "APIArchiveReceivedReports";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupChatItemsDeleted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIArchiveReceivedReports");
        text.literal("/_archive reports #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for ArchiveReceivedReports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ArchiveReceivedReports", &[("group_id", &self.group_id)])
    }
}

/// `/_delete reports #<groupId> <chatItemIds[0]>[,<chatItemIds[1]>...] <deleteMode>`
///
/// Network: background. Answers: `chatItemsDeleted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteReceivedReports {
    /// `groupId`.
    pub group_id: GroupId,
    /// `chatItemIds`.
    pub chat_item_ids: NonEmpty<ChatItemId>,
    /// `deleteMode`.
    pub delete_mode: types::CiDeleteMode,
}

impl DeleteReceivedReports {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, chat_item_ids: NonEmpty<ChatItemId>, delete_mode: types::CiDeleteMode) -> Self {
        Self { group_id, chat_item_ids, delete_mode }
    }
}

impl Command for DeleteReceivedReports {
    type Response = response::ChatItemsDeleted;
    const NAME: &'static str = "APIDeleteReceivedReports";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["chatItemsDeleted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteReceivedReports");
        text.literal("/_delete reports #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.list("chatItemIds", &self.chat_item_ids)?;
        text.literal(" ");
        text.choice("deleteMode", self.delete_mode.as_str())?;
        text.finish()
    }
}

impl std::fmt::Debug for DeleteReceivedReports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "DeleteReceivedReports",
            &[("group_id", &self.group_id), ("chat_item_ids", &self.chat_item_ids), ("delete_mode", &self.delete_mode)],
        )
    }
}

/// `/_prepare group <userId> <connLink>[ direct=off] <json(groupShortLinkData)>`
///
/// Network: no. Answers: `newPreparedChat`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PrepareGroup {
    /// `userId`.
    pub user_id: UserId,
    /// `connLink`.
    pub conn_link: types::CreatedConnLink,
    /// `directLink`.
    pub direct_link: bool,
    /// `groupShortLinkData`.
    pub group_short_link_data: types::GroupShortLinkData,
}

impl PrepareGroup {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        user_id: UserId,
        conn_link: types::CreatedConnLink,
        group_short_link_data: types::GroupShortLinkData,
    ) -> Self {
        Self { user_id, conn_link, direct_link: Default::default(), group_short_link_data }
    }

    /// Sets `directLink`.
    #[must_use]
    pub fn with_direct_link(mut self, direct_link: bool) -> Self {
        self.direct_link = direct_link;
        self
    }
}

impl Command for PrepareGroup {
    type Response = response::NewPreparedChat;
    const NAME: &'static str = "APIPrepareGroup";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["newPreparedChat"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIPrepareGroup");
        text.literal("/_prepare group ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.conn_link("connLink", &self.conn_link, &[])?;
        if !self.direct_link {
            text.literal(" direct=off");
        }
        text.literal(" ");
        text.json("groupShortLinkData", &self.group_short_link_data)?;
        text.finish()
    }
}

impl std::fmt::Debug for PrepareGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "PrepareGroup",
            &[
                ("user_id", &self.user_id),
                ("conn_link", &self.conn_link),
                ("direct_link", &self.direct_link),
                ("group_short_link_data", &self.group_short_link_data),
            ],
        )
    }
}

/// `/_connect group #<groupId>[ incognito=on][ json <json(msgContent)>]`
///
/// Network: interactive. Answers: `startedConnectionToGroup`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectPreparedGroup {
    /// `groupId`.
    pub group_id: GroupId,
    /// `incognito`.
    pub incognito: bool,
    /// `msgContent`.
    pub msg_content: Option<types::MsgContent>,
}

impl ConnectPreparedGroup {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id, incognito: Default::default(), msg_content: None }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }

    /// Sets `msgContent`.
    #[must_use]
    pub fn with_msg_content(mut self, msg_content: types::MsgContent) -> Self {
        self.msg_content = Some(msg_content);
        self
    }
}

impl Command for ConnectPreparedGroup {
    type Response = response::StartedConnectionToGroup;
    const NAME: &'static str = "APIConnectPreparedGroup";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["startedConnectionToGroup"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIConnectPreparedGroup");
        text.literal("/_connect group #");
        text.number("groupId", &self.group_id)?;
        if self.incognito {
            text.literal(" incognito=on");
        }
        if let Some(msg_content) = &self.msg_content {
            text.literal(" json ");
            text.json("msgContent", msg_content)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for ConnectPreparedGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "ConnectPreparedGroup",
            &[("group_id", &self.group_id), ("incognito", &self.incognito), ("msg_content", &self.msg_content)],
        )
    }
}

/// `/_relay test <userId> <relayLink>`
///
/// Network: interactive. Answers: `chatRelayTestResult`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TestChatRelay {
    /// `userId`.
    pub user_id: UserId,
    /// `relayLink`.
    pub relay_link: String,
}

impl TestChatRelay {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, relay_link: impl Into<String>) -> Self {
        Self { user_id, relay_link: relay_link.into() }
    }
}

impl Command for TestChatRelay {
    type Response = response::ChatRelayTestResult;
    const NAME: &'static str = "APITestChatRelay";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["chatRelayTestResult"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APITestChatRelay");
        text.literal("/_relay test ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.link("relayLink", &self.relay_link, &[])?;
        text.finish()
    }
}

impl std::fmt::Debug for TestChatRelay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "TestChatRelay", &[("user_id", &self.user_id), ("relay_link", &self.relay_link)])
    }
}

/// `/_info @<contactId>`
///
/// Network: no. Answers: `contactInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactInfo {
    /// `contactId`.
    pub contact_id: ContactId,
}

impl ContactInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id }
    }
}

impl Command for ContactInfo {
    type Response = response::ContactInfo;
    const NAME: &'static str = "APIContactInfo";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["contactInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIContactInfo");
        text.literal("/_info @");
        text.number("contactId", &self.contact_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for ContactInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ContactInfo", &[("contact_id", &self.contact_id)])
    }
}

/// `/_info #<groupId>`
///
/// Network: no. Answers: `groupInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupInfo {
    /// `groupId`.
    pub group_id: GroupId,
}

impl GroupInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for GroupInfo {
    type Response = response::GroupInfo;
    const NAME: &'static str = "APIGroupInfo";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGroupInfo");
        text.literal("/_info #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GroupInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GroupInfo", &[("group_id", &self.group_id)])
    }
}

/// `/_info #<groupId> <groupMemberId>`
///
/// Network: no. Answers: `groupMemberInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberInfo {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
}

impl GroupMemberInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id }
    }
}

impl Command for GroupMemberInfo {
    type Response = response::GroupMemberInfo;
    const NAME: &'static str = "APIGroupMemberInfo";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupMemberInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGroupMemberInfo");
        text.literal("/_info #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GroupMemberInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "GroupMemberInfo",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id)],
        )
    }
}

/// `/_get code @<contactId>`
///
/// Network: no. Answers: `contactCode`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetContactCode {
    /// `contactId`.
    pub contact_id: ContactId,
}

impl GetContactCode {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id }
    }
}

impl Command for GetContactCode {
    type Response = response::ContactCode;
    const NAME: &'static str = "APIGetContactCode";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["contactCode"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetContactCode");
        text.literal("/_get code @");
        text.number("contactId", &self.contact_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetContactCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetContactCode", &[("contact_id", &self.contact_id)])
    }
}

/// `/_get code #<groupId> <groupMemberId>`
///
/// Network: no. Answers: `groupMemberCode`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetGroupMemberCode {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
}

impl GetGroupMemberCode {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id }
    }
}

impl Command for GetGroupMemberCode {
    type Response = response::GroupMemberCode;
    const NAME: &'static str = "APIGetGroupMemberCode";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupMemberCode"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetGroupMemberCode");
        text.literal("/_get code #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetGroupMemberCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "GetGroupMemberCode",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id)],
        )
    }
}

/// `/_verify code @<contactId>[ <connectionCode>]`
///
/// Network: no. Answers: `connectionVerified`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VerifyContact {
    /// `contactId`.
    pub contact_id: ContactId,
    /// `connectionCode`.
    pub connection_code: Option<String>,
}

impl VerifyContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id, connection_code: None }
    }

    /// Sets `connectionCode`.
    #[must_use]
    pub fn with_connection_code(mut self, connection_code: impl Into<String>) -> Self {
        self.connection_code = Some(connection_code.into());
        self
    }
}

impl Command for VerifyContact {
    type Response = response::ConnectionVerified;
    const NAME: &'static str = "APIVerifyContact";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["connectionVerified"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIVerifyContact");
        text.literal("/_verify code @");
        text.number("contactId", &self.contact_id)?;
        if let Some(connection_code) = &self.connection_code {
            text.literal(" ");
            text.rest("connectionCode", connection_code, &[])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for VerifyContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "VerifyContact",
            &[("contact_id", &self.contact_id), ("connection_code", &self.connection_code)],
        )
    }
}

/// `/_verify code #<groupId> <groupMemberId>[ <connectionCode>]`
///
/// Network: no. Answers: `connectionVerified`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VerifyGroupMember {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `connectionCode`.
    pub connection_code: Option<String>,
}

impl VerifyGroupMember {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id, connection_code: None }
    }

    /// Sets `connectionCode`.
    #[must_use]
    pub fn with_connection_code(mut self, connection_code: impl Into<String>) -> Self {
        self.connection_code = Some(connection_code.into());
        self
    }
}

impl Command for VerifyGroupMember {
    type Response = response::ConnectionVerified;
    const NAME: &'static str = "APIVerifyGroupMember";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["connectionVerified"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIVerifyGroupMember");
        text.literal("/_verify code #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        if let Some(connection_code) = &self.connection_code {
            text.literal(" ");
            text.rest("connectionCode", connection_code, &[])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for VerifyGroupMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "VerifyGroupMember",
            &[
                ("group_id", &self.group_id),
                ("group_member_id", &self.group_member_id),
                ("connection_code", &self.connection_code),
            ],
        )
    }
}

/// `/_queue info @<contactId>`
///
/// Network: interactive. Answers: `queueInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactQueueInfo {
    /// `contactId`.
    pub contact_id: ContactId,
}

impl ContactQueueInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id }
    }
}

impl Command for ContactQueueInfo {
    type Response = response::QueueInfo;
    const NAME: &'static str = "APIContactQueueInfo";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["queueInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIContactQueueInfo");
        text.literal("/_queue info @");
        text.number("contactId", &self.contact_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for ContactQueueInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ContactQueueInfo", &[("contact_id", &self.contact_id)])
    }
}

/// `/_queue info #<groupId> <groupMemberId>`
///
/// Network: interactive. Answers: `queueInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberQueueInfo {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
}

impl GroupMemberQueueInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id }
    }
}

impl Command for GroupMemberQueueInfo {
    type Response = response::QueueInfo;
    const NAME: &'static str = "APIGroupMemberQueueInfo";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["queueInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGroupMemberQueueInfo");
        text.literal("/_queue info #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GroupMemberQueueInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "GroupMemberQueueInfo",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id)],
        )
    }
}

/// `/_switch @<contactId>`
///
/// Network: interactive. Answers: `contactSwitchStarted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SwitchContact {
    /// `contactId`.
    pub contact_id: ContactId,
}

impl SwitchContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id }
    }
}

impl Command for SwitchContact {
    type Response = response::ContactSwitchStarted;
    const NAME: &'static str = "APISwitchContact";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["contactSwitchStarted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISwitchContact");
        text.literal("/_switch @");
        text.number("contactId", &self.contact_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for SwitchContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SwitchContact", &[("contact_id", &self.contact_id)])
    }
}

/// `/_switch #<groupId> <groupMemberId>`
///
/// Network: interactive. Answers: `groupMemberSwitchStarted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SwitchGroupMember {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
}

impl SwitchGroupMember {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id }
    }
}

impl Command for SwitchGroupMember {
    type Response = response::GroupMemberSwitchStarted;
    const NAME: &'static str = "APISwitchGroupMember";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["groupMemberSwitchStarted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISwitchGroupMember");
        text.literal("/_switch #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for SwitchGroupMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SwitchGroupMember",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id)],
        )
    }
}

/// `/_sync @<contactId>[ force=on]`
///
/// Network: background. Answers: `contactRatchetSyncStarted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SyncContactRatchet {
    /// `contactId`.
    pub contact_id: ContactId,
    /// `force`.
    pub force: bool,
}

impl SyncContactRatchet {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id, force: Default::default() }
    }

    /// Sets `force`.
    #[must_use]
    pub fn with_force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }
}

impl Command for SyncContactRatchet {
    type Response = response::ContactRatchetSyncStarted;
    const NAME: &'static str = "APISyncContactRatchet";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["contactRatchetSyncStarted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISyncContactRatchet");
        text.literal("/_sync @");
        text.number("contactId", &self.contact_id)?;
        if self.force {
            text.literal(" force=on");
        }
        text.finish()
    }
}

impl std::fmt::Debug for SyncContactRatchet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SyncContactRatchet", &[("contact_id", &self.contact_id), ("force", &self.force)])
    }
}

/// `/_sync #<groupId> <groupMemberId>[ force=on]`
///
/// Network: background. Answers: `groupMemberRatchetSyncStarted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SyncGroupMemberRatchet {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `force`.
    pub force: bool,
}

impl SyncGroupMemberRatchet {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id, force: Default::default() }
    }

    /// Sets `force`.
    #[must_use]
    pub fn with_force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }
}

impl Command for SyncGroupMemberRatchet {
    type Response = response::GroupMemberRatchetSyncStarted;
    const NAME: &'static str = "APISyncGroupMemberRatchet";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["groupMemberRatchetSyncStarted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISyncGroupMemberRatchet");
        text.literal("/_sync #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        if self.force {
            text.literal(" force=on");
        }
        text.finish()
    }
}

impl std::fmt::Debug for SyncGroupMemberRatchet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SyncGroupMemberRatchet",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id), ("force", &self.force)],
        )
    }
}

/// `/_enable @<contactId>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EnableContact {
    /// `contactId`.
    pub contact_id: ContactId,
}

impl EnableContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id }
    }
}

impl Command for EnableContact {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIEnableContact";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIEnableContact");
        text.literal("/_enable @");
        text.number("contactId", &self.contact_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for EnableContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "EnableContact", &[("contact_id", &self.contact_id)])
    }
}

/// `/_enable #<groupId> <groupMemberId>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EnableGroupMember {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
}

impl EnableGroupMember {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id }
    }
}

impl Command for EnableGroupMember {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIEnableGroupMember";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIEnableGroupMember");
        text.literal("/_enable #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for EnableGroupMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "EnableGroupMember",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id)],
        )
    }
}

/// `/_abort switch @<contactId>`
///
/// Network: interactive. Answers: `contactSwitchAborted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AbortSwitchContact {
    /// `contactId`.
    pub contact_id: ContactId,
}

impl AbortSwitchContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id }
    }
}

impl Command for AbortSwitchContact {
    type Response = response::ContactSwitchAborted;
    const NAME: &'static str = "APIAbortSwitchContact";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["contactSwitchAborted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAbortSwitchContact");
        text.literal("/_abort switch @");
        text.number("contactId", &self.contact_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for AbortSwitchContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "AbortSwitchContact", &[("contact_id", &self.contact_id)])
    }
}

/// `/_abort switch #<groupId> <groupMemberId>`
///
/// Network: interactive. Answers: `groupMemberSwitchAborted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AbortSwitchGroupMember {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
}

impl AbortSwitchGroupMember {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id }
    }
}

impl Command for AbortSwitchGroupMember {
    type Response = response::GroupMemberSwitchAborted;
    const NAME: &'static str = "APIAbortSwitchGroupMember";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["groupMemberSwitchAborted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAbortSwitchGroupMember");
        text.literal("/_abort switch #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for AbortSwitchGroupMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "AbortSwitchGroupMember",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id)],
        )
    }
}

/// `/_set alias @<contactId>[ <localAlias>]`
///
/// Network: no. Answers: `contactAliasUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetContactAlias {
    /// `contactId`.
    pub contact_id: ContactId,
    /// `localAlias`.
    pub local_alias: Option<String>,
}

impl SetContactAlias {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id, local_alias: None }
    }

    /// Sets `localAlias`.
    #[must_use]
    pub fn with_local_alias(mut self, local_alias: impl Into<String>) -> Self {
        self.local_alias = Some(local_alias.into());
        self
    }
}

impl Command for SetContactAlias {
    type Response = response::ContactAliasUpdated;
    const NAME: &'static str = "APISetContactAlias";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["contactAliasUpdated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetContactAlias");
        text.literal("/_set alias @");
        text.number("contactId", &self.contact_id)?;
        if let Some(local_alias) = &self.local_alias {
            text.literal(" ");
            text.rest("localAlias", local_alias, &[])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetContactAlias {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetContactAlias",
            &[("contact_id", &self.contact_id), ("local_alias", &self.local_alias)],
        )
    }
}

/// `/_set alias #<groupId>[ <localAlias>]`
///
/// Network: no. Answers: `groupAliasUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetGroupAlias {
    /// `groupId`.
    pub group_id: GroupId,
    /// `localAlias`.
    pub local_alias: Option<String>,
}

impl SetGroupAlias {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id, local_alias: None }
    }

    /// Sets `localAlias`.
    #[must_use]
    pub fn with_local_alias(mut self, local_alias: impl Into<String>) -> Self {
        self.local_alias = Some(local_alias.into());
        self
    }
}

impl Command for SetGroupAlias {
    type Response = response::GroupAliasUpdated;
    const NAME: &'static str = "APISetGroupAlias";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["groupAliasUpdated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetGroupAlias");
        text.literal("/_set alias #");
        text.number("groupId", &self.group_id)?;
        if let Some(local_alias) = &self.local_alias {
            text.literal(" ");
            text.rest("localAlias", local_alias, &[])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetGroupAlias {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetGroupAlias", &[("group_id", &self.group_id), ("local_alias", &self.local_alias)])
    }
}

/// `/_set alias :<connId>[ <localAlias>]`
///
/// Network: no. Answers: `connectionAliasUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetConnectionAlias {
    /// `connId`.
    pub conn_id: ConnectionId,
    /// `localAlias`.
    pub local_alias: Option<String>,
}

impl SetConnectionAlias {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(conn_id: ConnectionId) -> Self {
        Self { conn_id, local_alias: None }
    }

    /// Sets `localAlias`.
    #[must_use]
    pub fn with_local_alias(mut self, local_alias: impl Into<String>) -> Self {
        self.local_alias = Some(local_alias.into());
        self
    }
}

impl Command for SetConnectionAlias {
    type Response = response::ConnectionAliasUpdated;
    const NAME: &'static str = "APISetConnectionAlias";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["connectionAliasUpdated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetConnectionAlias");
        text.literal("/_set alias :");
        text.number("connId", &self.conn_id)?;
        if let Some(local_alias) = &self.local_alias {
            text.literal(" ");
            text.rest("localAlias", local_alias, &[])?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetConnectionAlias {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetConnectionAlias", &[("conn_id", &self.conn_id), ("local_alias", &self.local_alias)])
    }
}

/// `/_set incognito :<connId> on|off`
///
/// Network: interactive. Answers: `connectionIncognitoUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetConnectionIncognito {
    /// `connId`.
    pub conn_id: ConnectionId,
    /// `incognito`.
    pub incognito: bool,
}

impl SetConnectionIncognito {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(conn_id: ConnectionId) -> Self {
        Self { conn_id, incognito: Default::default() }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }
}

impl Command for SetConnectionIncognito {
    type Response = response::ConnectionIncognitoUpdated;
    const NAME: &'static str = "APISetConnectionIncognito";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["connectionIncognitoUpdated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetConnectionIncognito");
        text.literal("/_set incognito :");
        text.number("connId", &self.conn_id)?;
        text.literal(" ");
        text.on_off(self.incognito);
        text.finish()
    }
}

impl std::fmt::Debug for SetConnectionIncognito {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetConnectionIncognito", &[("conn_id", &self.conn_id), ("incognito", &self.incognito)])
    }
}

/// `/_settings <chatRef> <json(chatSettings)>`
///
/// Network: background. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetChatSettings {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `chatSettings`.
    pub chat_settings: types::ChatSettings,
}

impl SetChatSettings {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, chat_settings: types::ChatSettings) -> Self {
        Self { chat_ref, chat_settings }
    }
}

impl Command for SetChatSettings {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetChatSettings";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetChatSettings");
        text.literal("/_settings ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.json("chatSettings", &self.chat_settings)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetChatSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetChatSettings",
            &[("chat_ref", &self.chat_ref), ("chat_settings", &self.chat_settings)],
        )
    }
}

/// `/_get tags <userId>`
///
/// Network: no. Answers: `chatTags`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetChatTags {
    /// `userId`.
    pub user_id: UserId,
}

impl GetChatTags {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for GetChatTags {
    type Response = response::ChatTags;
    const NAME: &'static str = "APIGetChatTags";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatTags"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetChatTags");
        text.literal("/_get tags ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetChatTags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetChatTags", &[("user_id", &self.user_id)])
    }
}

/// `/_create tag <json(tag)>`
///
/// Network: no. Answers: `chatTags`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateChatTag {
    /// `tag`.
    pub tag: types::ChatTagData,
}

impl CreateChatTag {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(tag: types::ChatTagData) -> Self {
        Self { tag }
    }
}

impl Command for CreateChatTag {
    type Response = response::ChatTags;
    const NAME: &'static str = "APICreateChatTag";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatTags"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APICreateChatTag");
        text.literal("/_create tag ");
        text.json("tag", &self.tag)?;
        text.finish()
    }
}

impl std::fmt::Debug for CreateChatTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "CreateChatTag", &[("tag", &self.tag)])
    }
}

/// `/_tags <chatRef>[ <chatTagIds[0]>[,<chatTagIds[1]>...]]`
///
/// Network: no. Answers: `tagsUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetChatTags {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `chatTagIds`.
    pub chat_tag_ids: Option<NonEmpty<ChatTagId>>,
}

impl SetChatTags {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_ref: types::ChatRef) -> Self {
        Self { chat_ref, chat_tag_ids: None }
    }

    /// Sets `chatTagIds`.
    #[must_use]
    pub fn with_chat_tag_ids(mut self, chat_tag_ids: NonEmpty<ChatTagId>) -> Self {
        self.chat_tag_ids = Some(chat_tag_ids);
        self
    }
}

impl Command for SetChatTags {
    type Response = response::TagsUpdated;
    const NAME: &'static str = "APISetChatTags";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["tagsUpdated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetChatTags");
        text.literal("/_tags ");
        text.argument("chatRef", &self.chat_ref)?;
        if let Some(chat_tag_ids) = &self.chat_tag_ids {
            text.literal(" ");
            text.list("chatTagIds", chat_tag_ids)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetChatTags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetChatTags", &[("chat_ref", &self.chat_ref), ("chat_tag_ids", &self.chat_tag_ids)])
    }
}

/// `/_delete tag <chatTagId>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteChatTag {
    /// `chatTagId`.
    pub chat_tag_id: ChatTagId,
}

impl DeleteChatTag {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_tag_id: ChatTagId) -> Self {
        Self { chat_tag_id }
    }
}

impl Command for DeleteChatTag {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIDeleteChatTag";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteChatTag");
        text.literal("/_delete tag ");
        text.number("chatTagId", &self.chat_tag_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for DeleteChatTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "DeleteChatTag", &[("chat_tag_id", &self.chat_tag_id)])
    }
}

/// `/_update tag <chatTagId> <json(tag)>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateChatTag {
    /// `chatTagId`.
    pub chat_tag_id: ChatTagId,
    /// `tag`.
    pub tag: types::ChatTagData,
}

impl UpdateChatTag {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_tag_id: ChatTagId, tag: types::ChatTagData) -> Self {
        Self { chat_tag_id, tag }
    }
}

impl Command for UpdateChatTag {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIUpdateChatTag";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIUpdateChatTag");
        text.literal("/_update tag ");
        text.number("chatTagId", &self.chat_tag_id)?;
        text.literal(" ");
        text.json("tag", &self.tag)?;
        text.finish()
    }
}

impl std::fmt::Debug for UpdateChatTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "UpdateChatTag", &[("chat_tag_id", &self.chat_tag_id), ("tag", &self.tag)])
    }
}

/// `/_reorder tags <chatTagIds[0]>[,<chatTagIds[1]>...]`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ReorderChatTags {
    /// `chatTagIds`.
    pub chat_tag_ids: NonEmpty<ChatTagId>,
}

impl ReorderChatTags {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_tag_ids: NonEmpty<ChatTagId>) -> Self {
        Self { chat_tag_ids }
    }
}

impl Command for ReorderChatTags {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIReorderChatTags";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIReorderChatTags");
        text.literal("/_reorder tags ");
        text.list("chatTagIds", &self.chat_tag_ids)?;
        text.finish()
    }
}

impl std::fmt::Debug for ReorderChatTags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ReorderChatTags", &[("chat_tag_ids", &self.chat_tag_ids)])
    }
}

/// `/_member settings #<groupId> <groupMemberId> <json(settings)>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetMemberSettings {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `settings`.
    pub settings: types::GroupMemberSettings,
}

impl SetMemberSettings {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId, settings: types::GroupMemberSettings) -> Self {
        Self { group_id, group_member_id, settings }
    }
}

impl Command for SetMemberSettings {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetMemberSettings";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetMemberSettings");
        text.literal("/_member settings #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.literal(" ");
        text.json("settings", &self.settings)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetMemberSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetMemberSettings",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id), ("settings", &self.settings)],
        )
    }
}

/// `/set receipts all on|off`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetAllContactReceipts {
    /// `enable`.
    pub enable: bool,
}

impl SetAllContactReceipts {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self { enable: Default::default() }
    }

    /// Sets `enable`.
    #[must_use]
    pub fn with_enable(mut self, enable: bool) -> Self {
        self.enable = enable;
        self
    }
}

impl Default for SetAllContactReceipts {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for SetAllContactReceipts {
    type Response = response::CmdOk;
    const NAME: &'static str = "SetAllContactReceipts";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("SetAllContactReceipts");
        text.literal("/set receipts all ");
        text.on_off(self.enable);
        text.finish()
    }
}

impl std::fmt::Debug for SetAllContactReceipts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetAllContactReceipts", &[("enable", &self.enable)])
    }
}

/// `/_set receipts contacts <userId> on|off[ clear_overrides=on]`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserContactReceipts {
    /// `userId`.
    pub user_id: UserId,
    /// `enable`.
    pub enable: bool,
    /// `clearOverrides`.
    pub clear_overrides: bool,
}

impl SetUserContactReceipts {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, enable: Default::default(), clear_overrides: Default::default() }
    }

    /// Sets `enable`.
    #[must_use]
    pub fn with_enable(mut self, enable: bool) -> Self {
        self.enable = enable;
        self
    }

    /// Sets `clearOverrides`.
    #[must_use]
    pub fn with_clear_overrides(mut self, clear_overrides: bool) -> Self {
        self.clear_overrides = clear_overrides;
        self
    }
}

impl Command for SetUserContactReceipts {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetUserContactReceipts";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetUserContactReceipts");
        text.literal("/_set receipts contacts ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.on_off(self.enable);
        if self.clear_overrides {
            text.literal(" clear_overrides=on");
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetUserContactReceipts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetUserContactReceipts",
            &[("user_id", &self.user_id), ("enable", &self.enable), ("clear_overrides", &self.clear_overrides)],
        )
    }
}

/// `/_set receipts groups <userId> on|off[ clear_overrides=on]`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserGroupReceipts {
    /// `userId`.
    pub user_id: UserId,
    /// `enable`.
    pub enable: bool,
    /// `clearOverrides`.
    pub clear_overrides: bool,
}

impl SetUserGroupReceipts {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, enable: Default::default(), clear_overrides: Default::default() }
    }

    /// Sets `enable`.
    #[must_use]
    pub fn with_enable(mut self, enable: bool) -> Self {
        self.enable = enable;
        self
    }

    /// Sets `clearOverrides`.
    #[must_use]
    pub fn with_clear_overrides(mut self, clear_overrides: bool) -> Self {
        self.clear_overrides = clear_overrides;
        self
    }
}

impl Command for SetUserGroupReceipts {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetUserGroupReceipts";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetUserGroupReceipts");
        text.literal("/_set receipts groups ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.on_off(self.enable);
        if self.clear_overrides {
            text.literal(" clear_overrides=on");
        }
        text.finish()
    }
}

impl std::fmt::Debug for SetUserGroupReceipts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetUserGroupReceipts",
            &[("user_id", &self.user_id), ("enable", &self.enable), ("clear_overrides", &self.clear_overrides)],
        )
    }
}

/// `/_ttl <userId>`
///
/// Network: no. Answers: `chatItemTTL`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetChatItemTtl {
    /// `userId`.
    pub user_id: UserId,
}

impl GetChatItemTtl {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for GetChatItemTtl {
    type Response = response::ChatItemTtl;
    const NAME: &'static str = "APIGetChatItemTTL";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatItemTTL"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetChatItemTTL");
        text.literal("/_ttl ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetChatItemTtl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetChatItemTtl", &[("user_id", &self.user_id)])
    }
}

/// `/_ttl <userId> <ttl>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetChatItemTtl {
    /// `userId`.
    pub user_id: UserId,
    /// `ttl`.
    pub ttl: i64,
}

impl SetChatItemTtl {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, ttl: i64) -> Self {
        Self { user_id, ttl }
    }
}

impl Command for SetChatItemTtl {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetChatItemTTL";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetChatItemTTL");
        text.literal("/_ttl ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.number("ttl", &self.ttl)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetChatItemTtl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetChatItemTtl", &[("user_id", &self.user_id), ("ttl", &self.ttl)])
    }
}

/// `/_ttl <userId> <chatRef> <ttl>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetChatTtl {
    /// `userId`.
    pub user_id: UserId,
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
    /// `ttl`.
    pub ttl: i64,
}

impl SetChatTtl {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, chat_ref: types::ChatRef, ttl: i64) -> Self {
        Self { user_id, chat_ref, ttl }
    }
}

impl Command for SetChatTtl {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetChatTTL";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetChatTTL");
        text.literal("/_ttl ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" ");
        text.number("ttl", &self.ttl)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetChatTtl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SetChatTtl",
            &[("user_id", &self.user_id), ("chat_ref", &self.chat_ref), ("ttl", &self.ttl)],
        )
    }
}

/// `/_ttl <userId> <chatRef> default`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResetChatTtl {
    /// `userId`.
    pub user_id: UserId,
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
}

impl ResetChatTtl {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, chat_ref: types::ChatRef) -> Self {
        Self { user_id, chat_ref }
    }
}

impl Command for ResetChatTtl {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIResetChatTTL";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIResetChatTTL");
        text.literal("/_ttl ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.argument("chatRef", &self.chat_ref)?;
        text.literal(" default");
        text.finish()
    }
}

impl std::fmt::Debug for ResetChatTtl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ResetChatTtl", &[("user_id", &self.user_id), ("chat_ref", &self.chat_ref)])
    }
}

/// `/_hide user <userId> <json(viewPwd)>`
///
/// Network: no. Answers: `userPrivacy`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct HideUser {
    /// `userId`.
    pub user_id: UserId,
    /// `viewPwd`.
    pub view_pwd: String,
}

impl HideUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, view_pwd: impl Into<String>) -> Self {
        Self { user_id, view_pwd: view_pwd.into() }
    }
}

impl Command for HideUser {
    type Response = response::UserPrivacy;
    const NAME: &'static str = "APIHideUser";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["userPrivacy"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIHideUser");
        text.literal("/_hide user ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.json("viewPwd", &self.view_pwd)?;
        text.finish()
    }
}

impl std::fmt::Debug for HideUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "HideUser", &[("user_id", &self.user_id), ("view_pwd", &self.view_pwd)])
    }
}

/// `/_unhide user <userId> <json(viewPwd)>`
///
/// Network: no. Answers: `userPrivacy`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UnhideUser {
    /// `userId`.
    pub user_id: UserId,
    /// `viewPwd`.
    pub view_pwd: String,
}

impl UnhideUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, view_pwd: impl Into<String>) -> Self {
        Self { user_id, view_pwd: view_pwd.into() }
    }
}

impl Command for UnhideUser {
    type Response = response::UserPrivacy;
    const NAME: &'static str = "APIUnhideUser";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["userPrivacy"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIUnhideUser");
        text.literal("/_unhide user ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.json("viewPwd", &self.view_pwd)?;
        text.finish()
    }
}

impl std::fmt::Debug for UnhideUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "UnhideUser", &[("user_id", &self.user_id), ("view_pwd", &self.view_pwd)])
    }
}

/// `/_mute user <userId>`
///
/// Network: no. Answers: `userPrivacy`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MuteUser {
    /// `userId`.
    pub user_id: UserId,
}

impl MuteUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for MuteUser {
    type Response = response::UserPrivacy;
    const NAME: &'static str = "APIMuteUser";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["userPrivacy"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIMuteUser");
        text.literal("/_mute user ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for MuteUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "MuteUser", &[("user_id", &self.user_id)])
    }
}

/// `/_unmute user <userId>`
///
/// Network: no. Answers: `userPrivacy`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UnmuteUser {
    /// `userId`.
    pub user_id: UserId,
}

impl UnmuteUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for UnmuteUser {
    type Response = response::UserPrivacy;
    const NAME: &'static str = "APIUnmuteUser";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["userPrivacy"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIUnmuteUser");
        text.literal("/_unmute user ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for UnmuteUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "UnmuteUser", &[("user_id", &self.user_id)])
    }
}

/// `/_create member contact #<groupId> <groupMemberId>`
///
/// Network: no. Answers: `newMemberContact`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateMemberContact {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
}

impl CreateMemberContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id }
    }
}

impl Command for CreateMemberContact {
    type Response = response::NewMemberContact;
    const NAME: &'static str = "APICreateMemberContact";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["newMemberContact"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APICreateMemberContact");
        text.literal("/_create member contact #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for CreateMemberContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "CreateMemberContact",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id)],
        )
    }
}

/// `/_invite member contact @<contactId>[ json <json(msgContent)>]`
///
/// Network: background. Answers: `newMemberContactSentInv`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SendMemberContactInvitation {
    /// `contactId`.
    pub contact_id: ContactId,
    /// `msgContent`.
    pub msg_content: Option<types::MsgContent>,
}

impl SendMemberContactInvitation {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id, msg_content: None }
    }

    /// Sets `msgContent`.
    #[must_use]
    pub fn with_msg_content(mut self, msg_content: types::MsgContent) -> Self {
        self.msg_content = Some(msg_content);
        self
    }
}

impl Command for SendMemberContactInvitation {
    type Response = response::NewMemberContactSentInv;
    const NAME: &'static str = "APISendMemberContactInvitation";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["newMemberContactSentInv"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISendMemberContactInvitation");
        text.literal("/_invite member contact @");
        text.number("contactId", &self.contact_id)?;
        if let Some(msg_content) = &self.msg_content {
            text.literal(" json ");
            text.json("msgContent", msg_content)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for SendMemberContactInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "SendMemberContactInvitation",
            &[("contact_id", &self.contact_id), ("msg_content", &self.msg_content)],
        )
    }
}

/// `/_accept member contact @<contactId>`
///
/// Network: interactive. Answers: `memberContactAccepted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AcceptMemberContact {
    /// `contactId`.
    pub contact_id: ContactId,
}

impl AcceptMemberContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id }
    }
}

impl Command for AcceptMemberContact {
    type Response = response::MemberContactAccepted;
    const NAME: &'static str = "APIAcceptMemberContact";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["memberContactAccepted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAcceptMemberContact");
        text.literal("/_accept member contact @");
        text.number("contactId", &self.contact_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for AcceptMemberContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "AcceptMemberContact", &[("contact_id", &self.contact_id)])
    }
}

/// `/_prepare contact <userId> <connLink> <json(contactShortLinkData)>`
///
/// Network: no. Answers: `newPreparedChat`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PrepareContact {
    /// `userId`.
    pub user_id: UserId,
    /// `connLink`.
    pub conn_link: types::CreatedConnLink,
    /// `contactShortLinkData`.
    pub contact_short_link_data: types::ContactShortLinkData,
}

impl PrepareContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        user_id: UserId,
        conn_link: types::CreatedConnLink,
        contact_short_link_data: types::ContactShortLinkData,
    ) -> Self {
        Self { user_id, conn_link, contact_short_link_data }
    }
}

impl Command for PrepareContact {
    type Response = response::NewPreparedChat;
    const NAME: &'static str = "APIPrepareContact";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["newPreparedChat"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIPrepareContact");
        text.literal("/_prepare contact ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.conn_link("connLink", &self.conn_link, &[])?;
        text.literal(" ");
        text.json("contactShortLinkData", &self.contact_short_link_data)?;
        text.finish()
    }
}

impl std::fmt::Debug for PrepareContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "PrepareContact",
            &[
                ("user_id", &self.user_id),
                ("conn_link", &self.conn_link),
                ("contact_short_link_data", &self.contact_short_link_data),
            ],
        )
    }
}

/// `/_connect contact @<contactId>[ incognito=on][ json <json(msgContent)>]`
///
/// Network: interactive. Answers: `startedConnectionToContact`, `sentInvitationToContact`, `contactAlreadyExists`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectPreparedContact {
    /// `contactId`.
    pub contact_id: ContactId,
    /// `incognito`.
    pub incognito: bool,
    /// `msgContent`.
    pub msg_content: Option<types::MsgContent>,
}

impl ConnectPreparedContact {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(contact_id: ContactId) -> Self {
        Self { contact_id, incognito: Default::default(), msg_content: None }
    }

    /// Sets `incognito`.
    #[must_use]
    pub fn with_incognito(mut self, incognito: bool) -> Self {
        self.incognito = incognito;
        self
    }

    /// Sets `msgContent`.
    #[must_use]
    pub fn with_msg_content(mut self, msg_content: types::MsgContent) -> Self {
        self.msg_content = Some(msg_content);
        self
    }
}

/// The answers to [`ConnectPreparedContact`].
#[derive(Clone, PartialEq)]
pub enum ConnectPreparedContactResponse {
    /// `startedConnectionToContact`.
    StartedConnectionToContact(Box<response::StartedConnectionToContact>),
    /// `sentInvitationToContact`.
    SentInvitationToContact(Box<response::SentInvitationToContact>),
    /// `contactAlreadyExists`.
    ContactAlreadyExists(Box<response::ContactAlreadyExists>),
}

answers!(ConnectPreparedContactResponse { StartedConnectionToContact "startedConnectionToContact";SentInvitationToContact "sentInvitationToContact";ContactAlreadyExists "contactAlreadyExists"; });

impl Command for ConnectPreparedContact {
    type Response = ConnectPreparedContactResponse;
    const NAME: &'static str = "APIConnectPreparedContact";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] =
        &["startedConnectionToContact", "sentInvitationToContact", "contactAlreadyExists"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIConnectPreparedContact");
        text.literal("/_connect contact @");
        text.number("contactId", &self.contact_id)?;
        if self.incognito {
            text.literal(" incognito=on");
        }
        if let Some(msg_content) = &self.msg_content {
            text.literal(" json ");
            text.json("msgContent", msg_content)?;
        }
        text.finish()
    }
}

impl std::fmt::Debug for ConnectPreparedContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "ConnectPreparedContact",
            &[("contact_id", &self.contact_id), ("incognito", &self.incognito), ("msg_content", &self.msg_content)],
        )
    }
}

/// `/_short_link_address <userId>`
///
/// Network: interactive. Answers: `userContactLink`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddMyAddressShortLink {
    /// `userId`.
    pub user_id: UserId,
}

impl AddMyAddressShortLink {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for AddMyAddressShortLink {
    type Response = response::UserContactLink;
    const NAME: &'static str = "APIAddMyAddressShortLink";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["userContactLink"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAddMyAddressShortLink");
        text.literal("/_short_link_address ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for AddMyAddressShortLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "AddMyAddressShortLink", &[("user_id", &self.user_id)])
    }
}

/// `/_short link #<groupId>`
///
/// Network: interactive. Answers: `groupLink`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddGroupShortLink {
    /// `groupId`.
    pub group_id: GroupId,
}

impl AddGroupShortLink {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId) -> Self {
        Self { group_id }
    }
}

impl Command for AddGroupShortLink {
    type Response = response::GroupLink;
    const NAME: &'static str = "APIAddGroupShortLink";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["groupLink"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAddGroupShortLink");
        text.literal("/_short link #");
        text.number("groupId", &self.group_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for AddGroupShortLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "AddGroupShortLink", &[("group_id", &self.group_id)])
    }
}

/// `/_delete member chat #<groupId> <groupMemberId>`
///
/// Network: no. Answers: `memberSupportChatDeleted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteMemberSupportChat {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
}

impl DeleteMemberSupportChat {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_id: GroupId, group_member_id: GroupMemberId) -> Self {
        Self { group_id, group_member_id }
    }
}

impl Command for DeleteMemberSupportChat {
    type Response = response::MemberSupportChatDeleted;
    const NAME: &'static str = "APIDeleteMemberSupportChat";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["memberSupportChatDeleted"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteMemberSupportChat");
        text.literal("/_delete member chat #");
        text.number("groupId", &self.group_id)?;
        text.literal(" ");
        text.number("groupMemberId", &self.group_member_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for DeleteMemberSupportChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "DeleteMemberSupportChat",
            &[("group_id", &self.group_id), ("group_member_id", &self.group_member_id)],
        )
    }
}

/// `/_upload <userId> <filePath>`
///
/// Network: background. Answers: `sndStandaloneFileCreated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UploadStandaloneFile {
    /// `userId`.
    pub user_id: UserId,
    /// `filePath`.
    pub file_path: String,
}

impl UploadStandaloneFile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, file_path: impl Into<String>) -> Self {
        Self { user_id, file_path: file_path.into() }
    }
}

impl Command for UploadStandaloneFile {
    type Response = response::SndStandaloneFileCreated;
    const NAME: &'static str = "APIUploadStandaloneFile";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["sndStandaloneFileCreated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIUploadStandaloneFile");
        text.literal("/_upload ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.rest("filePath", &self.file_path, &["key="])?;
        text.finish()
    }
}

impl std::fmt::Debug for UploadStandaloneFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "UploadStandaloneFile", &[("user_id", &self.user_id), ("file_path", &self.file_path)])
    }
}

/// `/_download <userId> <fileLink> <filePath>`
///
/// Network: background. Answers: `rcvStandaloneFileCreated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DownloadStandaloneFile {
    /// `userId`.
    pub user_id: UserId,
    /// `fileLink`.
    pub file_link: String,
    /// `filePath`.
    pub file_path: String,
}

impl DownloadStandaloneFile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, file_link: impl Into<String>, file_path: impl Into<String>) -> Self {
        Self { user_id, file_link: file_link.into(), file_path: file_path.into() }
    }
}

impl Command for DownloadStandaloneFile {
    type Response = response::RcvStandaloneFileCreated;
    const NAME: &'static str = "APIDownloadStandaloneFile";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["rcvStandaloneFileCreated"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDownloadStandaloneFile");
        text.literal("/_download ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.link("fileLink", &self.file_link, &[])?;
        text.literal(" ");
        text.rest("filePath", &self.file_path, &["key="])?;
        text.finish()
    }
}

impl std::fmt::Debug for DownloadStandaloneFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(
            f,
            "DownloadStandaloneFile",
            &[("user_id", &self.user_id), ("file_link", &self.file_link), ("file_path", &self.file_path)],
        )
    }
}

/// `/_download info <fileLink>`
///
/// Network: no. Answers: `standaloneFileInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StandaloneFileInfo {
    /// `fileLink`.
    pub file_link: String,
}

impl StandaloneFileInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(file_link: impl Into<String>) -> Self {
        Self { file_link: file_link.into() }
    }
}

impl Command for StandaloneFileInfo {
    type Response = response::StandaloneFileInfo;
    const NAME: &'static str = "APIStandaloneFileInfo";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["standaloneFileInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIStandaloneFileInfo");
        text.literal("/_download info ");
        text.link("fileLink", &self.file_link, &[])?;
        text.finish()
    }
}

impl std::fmt::Debug for StandaloneFileInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "StandaloneFileInfo", &[("file_link", &self.file_link)])
    }
}

/// `/_files_folder <filesFolder>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetFilesFolder {
    /// `filesFolder`.
    pub files_folder: String,
}

impl SetFilesFolder {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(files_folder: impl Into<String>) -> Self {
        Self { files_folder: files_folder.into() }
    }
}

impl Command for SetFilesFolder {
    type Response = response::CmdOk;
    const NAME: &'static str = "SetFilesFolder";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("SetFilesFolder");
        text.literal("/_files_folder ");
        text.rest("filesFolder", &self.files_folder, &[])?;
        text.finish()
    }
}

impl std::fmt::Debug for SetFilesFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetFilesFolder", &[("files_folder", &self.files_folder)])
    }
}

/// `/_temp_folder <tempFolder>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetTempFolder {
    /// `tempFolder`.
    pub temp_folder: String,
}

impl SetTempFolder {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(temp_folder: impl Into<String>) -> Self {
        Self { temp_folder: temp_folder.into() }
    }
}

impl Command for SetTempFolder {
    type Response = response::CmdOk;
    const NAME: &'static str = "SetTempFolder";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("SetTempFolder");
        text.literal("/_temp_folder ");
        text.rest("tempFolder", &self.temp_folder, &[])?;
        text.finish()
    }
}

impl std::fmt::Debug for SetTempFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetTempFolder", &[("temp_folder", &self.temp_folder)])
    }
}

/// `/fstatus <fileId>`
///
/// Network: no. Answers: `fileTransferStatusXFTP`, `fileTransferStatus`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FileStatus {
    /// `fileId`.
    pub file_id: FileId,
}

impl FileStatus {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(file_id: FileId) -> Self {
        Self { file_id }
    }
}

/// The answers to [`FileStatus`].
#[derive(Clone, PartialEq)]
pub enum FileStatusResponse {
    /// `fileTransferStatusXFTP`.
    FileTransferStatusXftp(Box<response::FileTransferStatusXftp>),
    /// `fileTransferStatus`.
    FileTransferStatus(Box<response::FileTransferStatus>),
}

answers!(FileStatusResponse { FileTransferStatusXftp "fileTransferStatusXFTP";FileTransferStatus "fileTransferStatus"; });

impl Command for FileStatus {
    type Response = FileStatusResponse;
    const NAME: &'static str = "FileStatus";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["fileTransferStatusXFTP", "fileTransferStatus"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("FileStatus");
        text.literal("/fstatus ");
        text.number("fileId", &self.file_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for FileStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "FileStatus", &[("file_id", &self.file_id)])
    }
}

/// `/_files_encrypt on|off`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetEncryptLocalFiles {
    /// `encrypt`.
    pub encrypt: bool,
}

impl SetEncryptLocalFiles {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self { encrypt: Default::default() }
    }

    /// Sets `encrypt`.
    #[must_use]
    pub fn with_encrypt(mut self, encrypt: bool) -> Self {
        self.encrypt = encrypt;
        self
    }
}

impl Default for SetEncryptLocalFiles {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for SetEncryptLocalFiles {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetEncryptLocalFiles";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetEncryptLocalFiles");
        text.literal("/_files_encrypt ");
        text.on_off(self.encrypt);
        text.finish()
    }
}

impl std::fmt::Debug for SetEncryptLocalFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetEncryptLocalFiles", &[("encrypt", &self.encrypt)])
    }
}

/// `/_db export <json(config)>`
///
/// Network: no. Answers: `archiveExported`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ExportArchive {
    /// `config`.
    pub config: types::ArchiveConfig,
}

impl ExportArchive {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(config: types::ArchiveConfig) -> Self {
        Self { config }
    }
}

impl Command for ExportArchive {
    type Response = response::ArchiveExported;
    const NAME: &'static str = "APIExportArchive";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["archiveExported"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIExportArchive");
        text.literal("/_db export ");
        text.json("config", &self.config)?;
        text.finish()
    }
}

impl std::fmt::Debug for ExportArchive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ExportArchive", &[("config", &self.config)])
    }
}

/// `/_db import <json(config)>`
///
/// Network: no. Answers: `archiveImported`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ImportArchive {
    /// `config`.
    pub config: types::ArchiveConfig,
}

impl ImportArchive {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(config: types::ArchiveConfig) -> Self {
        Self { config }
    }
}

impl Command for ImportArchive {
    type Response = response::ArchiveImported;
    const NAME: &'static str = "APIImportArchive";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["archiveImported"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIImportArchive");
        text.literal("/_db import ");
        text.json("config", &self.config)?;
        text.finish()
    }
}

impl std::fmt::Debug for ImportArchive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ImportArchive", &[("config", &self.config)])
    }
}

/// `/_db encryption <json(config)>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StorageEncryption {
    /// `config`.
    pub config: types::DbEncryptionConfig,
}

impl StorageEncryption {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(config: types::DbEncryptionConfig) -> Self {
        Self { config }
    }
}

impl Command for StorageEncryption {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIStorageEncryption";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIStorageEncryption");
        text.literal("/_db encryption ");
        text.json("config", &self.config)?;
        text.finish()
    }
}

impl std::fmt::Debug for StorageEncryption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "StorageEncryption", &[("config", &self.config)])
    }
}

/// `/db test key <databaseKey>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TestStorageEncryption {
    /// `databaseKey`.
    pub database_key: String,
}

impl TestStorageEncryption {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(database_key: impl Into<String>) -> Self {
        Self { database_key: database_key.into() }
    }
}

impl Command for TestStorageEncryption {
    type Response = response::CmdOk;
    const NAME: &'static str = "TestStorageEncryption";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("TestStorageEncryption");
        text.literal("/db test key ");
        text.key("databaseKey", &self.database_key, &[])?;
        text.finish()
    }
}

impl std::fmt::Debug for TestStorageEncryption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "TestStorageEncryption", &[("database_key", &self.database_key)])
    }
}

/// `/_db delete`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteStorage {}

impl DeleteStorage {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for DeleteStorage {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for DeleteStorage {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIDeleteStorage";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIDeleteStorage");
        text.literal("/_db delete");
        text.finish()
    }
}

impl std::fmt::Debug for DeleteStorage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "DeleteStorage", &[])
    }
}

/// `/_servers <userId>`
///
/// Network: no. Answers: `userServers`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserServers {
    /// `userId`.
    pub user_id: UserId,
}

impl GetUserServers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for GetUserServers {
    type Response = response::UserServers;
    const NAME: &'static str = "APIGetUserServers";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["userServers"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetUserServers");
        text.literal("/_servers ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetUserServers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetUserServers", &[("user_id", &self.user_id)])
    }
}

/// `/_servers <userId> <json(userServers)>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserServers {
    /// `userId`.
    pub user_id: UserId,
    /// `userServers`.
    pub user_servers: NonEmpty<types::UserOperatorServers>,
}

impl SetUserServers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, user_servers: NonEmpty<types::UserOperatorServers>) -> Self {
        Self { user_id, user_servers }
    }
}

impl Command for SetUserServers {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetUserServers";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetUserServers");
        text.literal("/_servers ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.json("userServers", &self.user_servers)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetUserServers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetUserServers", &[("user_id", &self.user_id), ("user_servers", &self.user_servers)])
    }
}

/// `/_validate_servers <userId> <json(userServers)>`
///
/// Network: no. Answers: `userServersValidation`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ValidateServers {
    /// `userId`.
    pub user_id: UserId,
    /// `userServers`.
    pub user_servers: NonEmpty<types::UserOperatorServers>,
}

impl ValidateServers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, user_servers: NonEmpty<types::UserOperatorServers>) -> Self {
        Self { user_id, user_servers }
    }
}

impl Command for ValidateServers {
    type Response = response::UserServersValidation;
    const NAME: &'static str = "APIValidateServers";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["userServersValidation"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIValidateServers");
        text.literal("/_validate_servers ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.json("userServers", &self.user_servers)?;
        text.finish()
    }
}

impl std::fmt::Debug for ValidateServers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ValidateServers", &[("user_id", &self.user_id), ("user_servers", &self.user_servers)])
    }
}

/// `/_server test <userId> <protoServer>`
///
/// Network: interactive. Answers: `serverTestResult`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TestProtoServer {
    /// `userId`.
    pub user_id: UserId,
    /// `protoServer`.
    pub proto_server: String,
}

impl TestProtoServer {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId, proto_server: impl Into<String>) -> Self {
        Self { user_id, proto_server: proto_server.into() }
    }
}

impl Command for TestProtoServer {
    type Response = response::ServerTestResult;
    const NAME: &'static str = "APITestProtoServer";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["serverTestResult"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APITestProtoServer");
        text.literal("/_server test ");
        text.number("userId", &self.user_id)?;
        text.literal(" ");
        text.link("protoServer", &self.proto_server, &[])?;
        text.finish()
    }
}

impl std::fmt::Debug for TestProtoServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "TestProtoServer", &[("user_id", &self.user_id), ("proto_server", &self.proto_server)])
    }
}

/// `/_operators`
///
/// Network: no. Answers: `serverOperatorConditions`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetServerOperators {}

impl GetServerOperators {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for GetServerOperators {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for GetServerOperators {
    type Response = response::ServerOperatorConditions;
    const NAME: &'static str = "APIGetServerOperators";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["serverOperatorConditions"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetServerOperators");
        text.literal("/_operators");
        text.finish()
    }
}

impl std::fmt::Debug for GetServerOperators {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetServerOperators", &[])
    }
}

/// `/_conditions`
///
/// Network: no. Answers: `usageConditions`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUsageConditions {}

impl GetUsageConditions {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for GetUsageConditions {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for GetUsageConditions {
    type Response = response::UsageConditions;
    const NAME: &'static str = "APIGetUsageConditions";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["usageConditions"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetUsageConditions");
        text.literal("/_conditions");
        text.finish()
    }
}

impl std::fmt::Debug for GetUsageConditions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetUsageConditions", &[])
    }
}

/// `/get servers summary <userId>`
///
/// Network: no. Answers: `agentServersSummary`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetAgentServersSummary {
    /// `userId`.
    pub user_id: UserId,
}

impl GetAgentServersSummary {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for GetAgentServersSummary {
    type Response = response::AgentServersSummary;
    const NAME: &'static str = "GetAgentServersSummary";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["agentServersSummary"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("GetAgentServersSummary");
        text.literal("/get servers summary ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetAgentServersSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetAgentServersSummary", &[("user_id", &self.user_id)])
    }
}

/// `/reset servers stats`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResetAgentServersStats {}

impl ResetAgentServersStats {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ResetAgentServersStats {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ResetAgentServersStats {
    type Response = response::CmdOk;
    const NAME: &'static str = "ResetAgentServersStats";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ResetAgentServersStats");
        text.literal("/reset servers stats");
        text.finish()
    }
}

impl std::fmt::Debug for ResetAgentServersStats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ResetAgentServersStats", &[])
    }
}

/// `/network`
///
/// Network: no. Answers: `networkConfig`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetNetworkConfig {}

impl GetNetworkConfig {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for GetNetworkConfig {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for GetNetworkConfig {
    type Response = response::NetworkConfig;
    const NAME: &'static str = "APIGetNetworkConfig";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["networkConfig"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetNetworkConfig");
        text.literal("/network");
        text.finish()
    }
}

impl std::fmt::Debug for GetNetworkConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetNetworkConfig", &[])
    }
}

/// `/_network <json(networkConfig)>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetNetworkConfig {
    /// `networkConfig`.
    pub network_config: RawJson,
}

impl SetNetworkConfig {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(network_config: RawJson) -> Self {
        Self { network_config }
    }
}

impl Command for SetNetworkConfig {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetNetworkConfig";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetNetworkConfig");
        text.literal("/_network ");
        text.object("networkConfig", &self.network_config)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetNetworkConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetNetworkConfig", &[("network_config", &self.network_config)])
    }
}

/// `/_network info <json(networkInfo)>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetNetworkInfo {
    /// `networkInfo`.
    pub network_info: types::UserNetworkInfo,
}

impl SetNetworkInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(network_info: types::UserNetworkInfo) -> Self {
        Self { network_info }
    }
}

impl Command for SetNetworkInfo {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISetNetworkInfo";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISetNetworkInfo");
        text.literal("/_network info ");
        text.json("networkInfo", &self.network_info)?;
        text.finish()
    }
}

impl std::fmt::Debug for SetNetworkInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SetNetworkInfo", &[("network_info", &self.network_info)])
    }
}

/// `/_network_statuses`
///
/// Network: no. Answers: `networkStatuses`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetNetworkStatuses {}

impl GetNetworkStatuses {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for GetNetworkStatuses {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for GetNetworkStatuses {
    type Response = response::NetworkStatuses;
    const NAME: &'static str = "APIGetNetworkStatuses";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["networkStatuses"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIGetNetworkStatuses");
        text.literal("/_network_statuses");
        text.finish()
    }
}

impl std::fmt::Debug for GetNetworkStatuses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetNetworkStatuses", &[])
    }
}

/// `/reconnect`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ReconnectAllServers {}

impl ReconnectAllServers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ReconnectAllServers {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ReconnectAllServers {
    type Response = response::CmdOk;
    const NAME: &'static str = "ReconnectAllServers";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ReconnectAllServers");
        text.literal("/reconnect");
        text.finish()
    }
}

impl std::fmt::Debug for ReconnectAllServers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ReconnectAllServers", &[])
    }
}

/// `/_resubscribe all`
///
/// Network: background. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResubscribeAllConnections {}

impl ResubscribeAllConnections {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ResubscribeAllConnections {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ResubscribeAllConnections {
    type Response = response::CmdOk;
    const NAME: &'static str = "ResubscribeAllConnections";
    const NETWORK: Network = Network::Background;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ResubscribeAllConnections");
        text.literal("/_resubscribe all");
        text.finish()
    }
}

impl std::fmt::Debug for ResubscribeAllConnections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ResubscribeAllConnections", &[])
    }
}

/// `/get subs`
///
/// Network: no. Answers: `agentSubs`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetAgentSubs {}

impl GetAgentSubs {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for GetAgentSubs {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for GetAgentSubs {
    type Response = response::AgentSubs;
    const NAME: &'static str = "GetAgentSubs";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["agentSubs"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("GetAgentSubs");
        text.literal("/get subs");
        text.finish()
    }
}

impl std::fmt::Debug for GetAgentSubs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetAgentSubs", &[])
    }
}

/// `/get subs total <userId>`
///
/// Network: no. Answers: `agentSubsTotal`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetAgentSubsTotal {
    /// `userId`.
    pub user_id: UserId,
}

impl GetAgentSubsTotal {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id }
    }
}

impl Command for GetAgentSubsTotal {
    type Response = response::AgentSubsTotal;
    const NAME: &'static str = "GetAgentSubsTotal";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["agentSubsTotal"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("GetAgentSubsTotal");
        text.literal("/get subs total ");
        text.number("userId", &self.user_id)?;
        text.finish()
    }
}

impl std::fmt::Debug for GetAgentSubsTotal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetAgentSubsTotal", &[("user_id", &self.user_id)])
    }
}

/// `/get queues`
///
/// Network: no. Answers: `agentQueuesInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetAgentQueuesInfo {}

impl GetAgentQueuesInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for GetAgentQueuesInfo {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for GetAgentQueuesInfo {
    type Response = response::AgentQueuesInfo;
    const NAME: &'static str = "GetAgentQueuesInfo";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["agentQueuesInfo"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("GetAgentQueuesInfo");
        text.literal("/get queues");
        text.finish()
    }
}

impl std::fmt::Debug for GetAgentQueuesInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetAgentQueuesInfo", &[])
    }
}

/// `/get workers`
///
/// Network: no. Answers: `agentWorkersSummary`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetAgentWorkers {}

impl GetAgentWorkers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for GetAgentWorkers {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for GetAgentWorkers {
    type Response = response::AgentWorkersSummary;
    const NAME: &'static str = "GetAgentWorkers";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["agentWorkersSummary"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("GetAgentWorkers");
        text.literal("/get workers");
        text.finish()
    }
}

impl std::fmt::Debug for GetAgentWorkers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "GetAgentWorkers", &[])
    }
}

/// `/_check running`
///
/// Network: no. Answers: `chatRunning`, `chatStopped`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CheckChatRunning {}

impl CheckChatRunning {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for CheckChatRunning {
    fn default() -> Self {
        Self::new()
    }
}

/// The answers to [`CheckChatRunning`].
#[derive(Clone, PartialEq)]
pub enum CheckChatRunningResponse {
    /// `chatRunning`.
    ChatRunning(Box<response::ChatRunning>),
    /// `chatStopped`.
    ChatStopped(Box<response::ChatStopped>),
}

answers!(CheckChatRunningResponse { ChatRunning "chatRunning";ChatStopped "chatStopped"; });

impl Command for CheckChatRunning {
    type Response = CheckChatRunningResponse;
    const NAME: &'static str = "CheckChatRunning";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["chatRunning", "chatStopped"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("CheckChatRunning");
        text.literal("/_check running");
        text.finish()
    }
}

impl std::fmt::Debug for CheckChatRunning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "CheckChatRunning", &[])
    }
}

/// `/_app activate`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ActivateChat {}

impl ActivateChat {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ActivateChat {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ActivateChat {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIActivateChat";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIActivateChat");
        text.literal("/_app activate");
        text.finish()
    }
}

impl std::fmt::Debug for ActivateChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ActivateChat", &[])
    }
}

/// `/_app suspend <suspendTimeout>`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SuspendChat {
    /// `suspendTimeout`.
    pub suspend_timeout: i64,
}

impl SuspendChat {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(suspend_timeout: i64) -> Self {
        Self { suspend_timeout }
    }
}

impl Command for SuspendChat {
    type Response = response::CmdOk;
    const NAME: &'static str = "APISuspendChat";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APISuspendChat");
        text.literal("/_app suspend ");
        text.number("suspendTimeout", &self.suspend_timeout)?;
        text.finish()
    }
}

impl std::fmt::Debug for SuspendChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "SuspendChat", &[("suspend_timeout", &self.suspend_timeout)])
    }
}

/// `/list remote hosts`
///
/// Network: no. Answers: `remoteHostList`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListRemoteHosts {}

impl ListRemoteHosts {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ListRemoteHosts {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ListRemoteHosts {
    type Response = response::RemoteHostList;
    const NAME: &'static str = "ListRemoteHosts";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["remoteHostList"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ListRemoteHosts");
        text.literal("/list remote hosts");
        text.finish()
    }
}

impl std::fmt::Debug for ListRemoteHosts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ListRemoteHosts", &[])
    }
}

/// `/list remote ctrls`
///
/// Network: no. Answers: `remoteCtrlList`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListRemoteCtrls {}

impl ListRemoteCtrls {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for ListRemoteCtrls {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for ListRemoteCtrls {
    type Response = response::RemoteCtrlList;
    const NAME: &'static str = "ListRemoteCtrls";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["remoteCtrlList"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("ListRemoteCtrls");
        text.literal("/list remote ctrls");
        text.finish()
    }
}

impl std::fmt::Debug for ListRemoteCtrls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ListRemoteCtrls", &[])
    }
}

/// `/stop remote ctrl`
///
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StopRemoteCtrl {}

impl StopRemoteCtrl {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for StopRemoteCtrl {
    fn default() -> Self {
        Self::new()
    }
}

impl Command for StopRemoteCtrl {
    type Response = response::CmdOk;
    const NAME: &'static str = "StopRemoteCtrl";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("StopRemoteCtrl");
        text.literal("/stop remote ctrl");
        text.finish()
    }
}

impl std::fmt::Debug for StopRemoteCtrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "StopRemoteCtrl", &[])
    }
}
