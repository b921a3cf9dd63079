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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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

/// What [`SetProfileAddress`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.argument("sendRef", &self.send_ref)?;
        if self.as_group {
            text.literal("(as_group=on)");
        }
        if self.live_message {
            text.literal(" live=on");
        }
        if let Some(ttl) = &self.ttl {
            text.literal(" ttl=");
            text.value(ttl);
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
    /// With what must be there; all else is absent, empty or false.
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

/// What [`UpdateChatItem`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
        text.value(&self.chat_item_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.list(&self.chat_item_ids);
        text.literal(" ");
        text.value(&self.delete_mode);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        text.literal(" ");
        text.list(&self.chat_item_ids);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.chat_item_id);
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
    /// With what must be there; all else is absent, empty or false.
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

/// What [`ReceiveFile`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
        text.value(&self.file_id);
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
            text.rest("filePath", file_path, &["approved_relays=", "encrypt=", "inline="])?;
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
    /// With what must be there; all else is absent, empty or false.
    pub fn new(file_id: FileId) -> Self {
        Self { file_id }
    }
}

/// What [`CancelFile`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
        text.value(&self.file_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        text.literal(" ");
        text.value(&self.contact_id);
        text.literal(" ");
        text.value(&self.member_role);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        text.literal(" ");
        text.value(&self.group_member_id);
        text.literal(" ");
        text.value(&self.member_role);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        text.literal(" ");
        text.list(&self.group_member_ids);
        text.literal(" ");
        text.value(&self.member_role);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        text.literal(" ");
        text.list(&self.group_member_ids);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        text.literal(" ");
        text.list(&self.group_member_ids);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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

/// What [`NewPublicGroup`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
        text.value(&self.user_id);
        if self.incognito {
            text.literal(" incognito=on");
        }
        text.literal(" ");
        text.list(&self.relay_ids);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
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
    /// With what must be there; all else is absent, empty or false.
    pub fn new(group_id: GroupId, relay_ids: NonEmpty<ChatRelayId>) -> Self {
        Self { group_id, relay_ids }
    }
}

/// What [`AddGroupRelays`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
        text.value(&self.group_id);
        text.literal(" ");
        text.list(&self.relay_ids);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        text.literal(" ");
        text.value(&self.member_role);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        text.literal(" ");
        text.value(&self.member_role);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
        text.literal(" ");
        text.word("connectTarget", &self.connect_target, &[])?;
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
    /// With what must be there; all else is absent, empty or false.
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

/// What [`Connect`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
        text.value(&self.user_id);
        if self.incognito {
            text.literal(" incognito=on");
        }
        text.literal(" ");
        text.argument("preparedLink_", &self.prepared_link)?;
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
/// Network: interactive. Answers: `sentConfirmation`, `contactAlreadyExists`, `sentInvitation`, `connectionPlan`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectLink {
    /// `incognito`.
    pub incognito: bool,
    /// `connTarget_`.
    pub conn_target: String,
}

impl ConnectLink {
    /// With what must be there; all else is absent, empty or false.
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

/// What [`ConnectLink`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ConnectLinkResponse {
    /// `sentConfirmation`.
    SentConfirmation(Box<response::SentConfirmation>),
    /// `contactAlreadyExists`.
    ContactAlreadyExists(Box<response::ContactAlreadyExists>),
    /// `sentInvitation`.
    SentInvitation(Box<response::SentInvitation>),
    /// `connectionPlan`.
    ConnectionPlan(Box<response::ConnectionPlan>),
}

answers!(ConnectLinkResponse { SentConfirmation "sentConfirmation";ContactAlreadyExists "contactAlreadyExists";SentInvitation "sentInvitation";ConnectionPlan "connectionPlan"; });

impl Command for ConnectLink {
    type Response = ConnectLinkResponse;
    const NAME: &'static str = "Connect";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] =
        &["sentConfirmation", "contactAlreadyExists", "sentInvitation", "connectionPlan"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("Connect");
        text.literal("/connect");
        if self.incognito {
            text.literal(" incognito");
        }
        text.literal(" ");
        text.word("connTarget_", &self.conn_target, &["incognito"])?;
        text.finish()
    }
}

impl std::fmt::Debug for ConnectLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "ConnectLink", &[("incognito", &self.incognito), ("conn_target", &self.conn_target)])
    }
}

/// `/_accept <contactReqId>`
///
/// Network: interactive. Answers: `acceptingContactRequest`. Documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AcceptContact {
    /// `contactReqId`.
    pub contact_req_id: ContactRequestId,
}

impl AcceptContact {
    /// With what must be there; all else is absent, empty or false.
    pub fn new(contact_req_id: ContactRequestId) -> Self {
        Self { contact_req_id }
    }
}

impl Command for AcceptContact {
    type Response = response::AcceptingContactRequest;
    const NAME: &'static str = "APIAcceptContact";
    const NETWORK: Network = Network::Interactive;
    const ANSWERS: &'static [&'static str] = &["acceptingContactRequest"];
    fn text(&self) -> Result<String, CommandTextError> {
        let mut text = Text::new("APIAcceptContact");
        text.literal("/_accept ");
        text.value(&self.contact_req_id);
        text.finish()
    }
}

impl std::fmt::Debug for AcceptContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::show::fields(f, "AcceptContact", &[("contact_req_id", &self.contact_req_id)])
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.contact_req_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
        if let Some(contact_id) = &self.contact_id {
            text.literal(" @");
            text.value(contact_id);
        }
        if let Some(search) = &self.search {
            text.literal(" ");
            text.rest("search", search, &["@"])?;
        }
        text.finish()
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, chat_delete_mode: types::ChatDeleteMode) -> Self {
        Self { chat_ref, chat_delete_mode }
    }
}

/// What [`DeleteChat`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.group_id);
        if let Some(custom_data) = &self.custom_data {
            text.literal(" ");
            text.json("customData", custom_data)?;
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.contact_id);
        if let Some(custom_data) = &self.custom_data {
            text.literal(" ");
            text.json("customData", custom_data)?;
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
    /// With what must be there; all else is absent, empty or false.
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
    /// With what must be there; all else is absent, empty or false.
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
    pub fn new(user_id: UserId, profile: types::Profile) -> Self {
        Self { user_id, profile }
    }
}

/// What [`UpdateProfile`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
        text.value(&self.user_id);
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
    /// With what must be there; all else is absent, empty or false.
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
        text.value(&self.contact_id);
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
    /// With what must be there; all else is absent, empty or false.
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for StartChat {
    fn default() -> Self {
        Self::new()
    }
}

/// What [`StartChat`] is answered with.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
    /// With what must be there; all else is absent, empty or false.
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

/// `/_get chat <chatRef> <pagination>[ search=<search>]`
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
}

impl GetChat {
    /// With what must be there; all else is absent, empty or false.
    pub fn new(chat_ref: types::ChatRef, pagination: types::ChatPagination) -> Self {
        Self { chat_ref, pagination, search: None }
    }

    /// Sets `search`.
    #[must_use]
    pub fn with_search(mut self, search: impl Into<String>) -> Self {
        self.search = Some(search.into());
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
            &[("chat_ref", &self.chat_ref), ("pagination", &self.pagination), ("search", &self.search)],
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
    /// With what must be there; all else is absent, empty or false.
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
        text.list(&self.chat_item_ids);
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
/// Network: no. Answers: `cmdOk`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatRead {
    /// `chatRef`.
    pub chat_ref: types::ChatRef,
}

impl ChatRead {
    /// With what must be there; all else is absent, empty or false.
    pub fn new(chat_ref: types::ChatRef) -> Self {
        Self { chat_ref }
    }
}

impl Command for ChatRead {
    type Response = response::CmdOk;
    const NAME: &'static str = "APIChatRead";
    const NETWORK: Network = Network::No;
    const ANSWERS: &'static [&'static str] = &["cmdOk"];
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
    /// With what must be there; all else is absent, empty or false.
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
    /// With what must be there; all else is absent, empty or false.
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
    /// With what must be there; all else is absent, empty or false.
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
