//! Who the bot is to people: its profile and its address.
//!
//! What is not mentioned stays as it is in the database, and what is as it should be is not sent again.

use crate::bot::Bot;
use crate::types::MsgContent;

impl<S: Send + Sync + 'static> Bot<S> {
    /// What new contacts are sent at once. Unset, whatever the address says already stays.
    pub fn welcome(self, text: impl Into<String>) -> Self {
        self.welcome_with(MsgContent::text(text))
    }

    /// What new contacts are sent at once, of any content.
    pub fn welcome_with(mut self, content: MsgContent) -> Self {
        self.setting.identity.welcome = Some(Some(content));
        self
    }

    /// Takes a welcome away that the address has from before.
    pub fn no_welcome(mut self) -> Self {
        self.setting.identity.welcome = Some(None);
        self
    }

    /// A second line of the name.
    pub fn full_name(mut self, name: impl Into<String>) -> Self {
        self.setting.identity.full_name = Some(name.into());
        self
    }

    /// A sentence about the bot, shown with its profile.
    pub fn about(mut self, description: impl Into<String>) -> Self {
        self.setting.identity.description = Some(description.into());
        self
    }

    /// The picture of the profile, as a `data:image/…;base64,` URI of some ten kilobytes at most.
    pub fn image(mut self, data_uri: impl Into<String>) -> Self {
        self.setting.identity.image = Some(data_uri.into());
        self
    }

    /// Whether people who connect are accepted at once. Unset, a new address accepts them and an old one stays.
    pub fn auto_accept(mut self, on: bool) -> Self {
        self.setting.identity.auto_accept = Some(on);
        self
    }

    /// Makes the address a business address: who connects gets a group of their own, which colleagues of the bot can be
    /// added to. Unset, it stays as it is.
    pub fn business_address(mut self) -> Self {
        self.setting.identity.business = Some(true);
        self
    }

    /// Makes the address an ordinary one again.
    pub fn no_business_address(mut self) -> Self {
        self.setting.identity.business = Some(false);
        self
    }

    /// Lets people send files and pictures. Unset, a new profile does not let them and an old one stays.
    pub fn allow_files(mut self) -> Self {
        self.setting.identity.files = Some(true);
        self
    }

    /// Lets people send no files any more.
    pub fn no_files(mut self) -> Self {
        self.setting.identity.files = Some(false);
        self
    }

    /// Lets people send voice messages. Unset, a new profile does not let them and an old one stays.
    pub fn allow_voice(mut self) -> Self {
        self.setting.identity.voice = Some(true);
        self
    }

    /// Keeps the bot's command menu in the profiles of the groups that it owns, commands that need a role among it: at
    /// its start, and when it comes to own one. A change goes to all members. For a group that the bot itself makes there
    /// is [`put_in_group`](crate::command::put_in_group).
    pub fn group_menus(mut self) -> Self {
        self.setting.identity.group_menus = true;
        self
    }

    /// Shows the bot as a person: without the mark and the command menu of bots.
    pub fn shown_as_person(mut self) -> Self {
        self.setting.identity.shown_as_bot = false;
        self
    }

    /// Makes no address when there is none.
    pub fn no_address(mut self) -> Self {
        self.setting.identity.create_address = false;
        self
    }

    /// Leaves the settings of an address that is there as they are.
    pub fn keep_address_settings(mut self) -> Self {
        self.setting.identity.update_address = false;
        self
    }

    /// Leaves the profile of a database that has one as it is.
    pub fn keep_profile(mut self) -> Self {
        self.setting.identity.update_profile = false;
        self
    }
}
