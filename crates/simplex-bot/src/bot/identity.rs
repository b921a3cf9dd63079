//! How people see the bot: its profile and its address.
//!
//! Settings that the program does not mention stay as they are in the database, and values that are already right are
//! not sent again.

use std::net::{IpAddr, SocketAddr};

use crate::api::{MAX_ENCODED_MESSAGE, is_server_address, message_len};
use crate::bot::Bot;
use crate::draft::is_blank;
use crate::error::BotError;
use crate::types::MsgContent;

/// The identity that the program asks for. A field that is `None` was not mentioned, and stays as it is.
pub(crate) struct Identity {
    pub(crate) name: String,
    pub(crate) full_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) image: Option<String>,
    /// `Some(None)` removes an existing welcome.
    pub(crate) welcome: Option<Option<MsgContent>>,
    pub(crate) auto_accept: Option<bool>,
    pub(crate) business: Option<bool>,
    pub(crate) files: Option<bool>,
    pub(crate) voice: Option<bool>,
    /// Whether this is a client, who talks to others: without an address, not shown as a bot.
    pub(crate) person: bool,
    /// Whether the bot keeps its command menu in the groups that it owns.
    pub(crate) group_menus: bool,
    /// Whether people's clients are told that this is a bot.
    pub(crate) shown_as_bot: bool,
    pub(crate) create_address: bool,
    pub(crate) update_address: bool,
    pub(crate) update_profile: bool,
    /// If empty, the profile's servers stay as they are.
    pub(crate) servers: Vec<String>,
    pub(crate) socks_proxy: Option<String>,
}

impl Identity {
    pub(crate) fn bot(name: String) -> Self {
        Self {
            name,
            full_name: None,
            description: None,
            image: None,
            welcome: None,
            auto_accept: None,
            business: None,
            files: None,
            voice: None,
            person: false,
            group_menus: false,
            shown_as_bot: true,
            create_address: true,
            update_address: true,
            update_profile: true,
            servers: Vec::new(),
            socks_proxy: None,
        }
    }

    /// Finds what the core would take, and people would never see.
    ///
    /// # Errors
    /// [`BotError::Config`].
    pub(crate) fn check(&self) -> Result<(), BotError> {
        let wrong = |why: String| Err(BotError::Config(why));
        // Of any other name, the core itself says what is wrong with it.
        if self.name.trim().is_empty() {
            return wrong("the name is empty, and it is what people see".to_owned());
        }
        if let Some(Some(welcome)) = &self.welcome {
            if is_blank(welcome) {
                return wrong("the welcome is empty; `.no_welcome()` is for a bot that has none".to_owned());
            }
            let size = message_len(welcome);
            if size > MAX_ENCODED_MESSAGE {
                return wrong(format!(
                    "the welcome takes {size} bytes when encoded, more than the {MAX_ENCODED_MESSAGE} of a message: \
                     nobody would get it"
                ));
            }
        }
        if self.image.as_ref().is_some_and(|image| !image.starts_with("data:image/")) {
            return wrong("the picture of the profile is not a `data:image/…;base64,` URI".to_owned());
        }
        let texts = [&self.image, &self.full_name, &self.description].into_iter().flatten().map(String::len);
        let size = self.name.len() + texts.sum::<usize>();
        if size > MAX_ENCODED_MESSAGE {
            return wrong(format!(
                "the profile's picture and texts take {size} bytes, more than the {MAX_ENCODED_MESSAGE} of a message: \
                 nobody would get the profile; with the feature `images`, `images::preview` makes a smaller picture"
            ));
        }
        if let Some(at) = self.servers.iter().position(|server| !is_server_address(server)) {
            // Without the address: it may have a password in it.
            return wrong(format!(
                "server {} of `.servers(…)` is not an address like `smp://fingerprint@host` or `xftp://fingerprint@host`",
                at + 1
            ));
        }
        if let Some(proxy) = &self.socks_proxy {
            let address = proxy.rsplit_once('@').map_or(proxy.as_str(), |(_, address)| address);
            let port = address.strip_prefix(':').map(str::parse::<u16>);
            let is_one =
                address.parse::<SocketAddr>().is_ok() || address.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
            if !address.is_empty() && !is_one && !matches!(port, Some(Ok(_))) {
                // Without what it is given: a password may be part of that.
                return wrong(
                    "`.socks_proxy(…)` is not given the address of a SOCKS proxy, like `127.0.0.1:9050`: the core \
                     resolves no names"
                        .to_owned(),
                );
            }
        }
        Ok(())
    }
}

impl<S: Send + Sync + 'static> Bot<S> {
    /// Sets what new contacts are sent at once, a text or any other content, in one message: a bot with a longer one does
    /// not start. If unset, the address keeps the welcome that it has.
    pub fn welcome(mut self, content: impl Into<MsgContent>) -> Self {
        self.setting.identity.welcome = Some(Some(content.into()));
        self
    }

    /// Removes the welcome that the address has from before.
    pub fn no_welcome(mut self) -> Self {
        self.setting.identity.welcome = Some(None);
        self
    }

    /// Sets the full name, a second line below the name.
    pub fn full_name(mut self, name: impl Into<String>) -> Self {
        self.setting.identity.full_name = Some(name.into());
        self
    }

    /// Sets a sentence about the bot, shown with its profile.
    pub fn about(mut self, description: impl Into<String>) -> Self {
        self.setting.identity.description = Some(description.into());
        self
    }

    /// Sets the profile picture, as a `data:image/…;base64,` URI of some ten kilobytes at most: the profile is sent in
    /// one message, and a bot whose picture and texts are larger than that does not start. With the feature `images`,
    /// `images::preview` makes one from any JPEG or PNG.
    pub fn image(mut self, data_uri: impl Into<String>) -> Self {
        self.setting.identity.image = Some(data_uri.into());
        self
    }

    /// Sets whether people who connect are accepted at once. If unset, a new address accepts them and an existing one
    /// is left as it is.
    pub fn auto_accept(mut self, on: bool) -> Self {
        self.setting.identity.auto_accept = Some(on);
        self
    }

    /// Makes the address a business address: everyone who connects gets a group of their own, to which the bot's
    /// colleagues can be added. If unset, the address is left as it is.
    ///
    /// Colleagues connect by a one-time link that the bot makes: by the address, they would be customers.
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    ///
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::types::event::ContactConnected;
    /// use simplex_bot::types::{ContactId, GroupInfo, GroupMemberRole};
    ///
    /// type Agents = Arc<Mutex<Vec<ContactId>>>; // a real bot keeps them in a store
    ///
    /// fn bot() -> Bot<Agents> {
    ///     Bot::new("Desk")
    ///         .business_address()
    ///         .state(Agents::default())
    ///         .on_event(async |event: ContactConnected, State(agents): State<Agents>| {
    ///             agents.lock().unwrap().push(event.contact.contact_id);
    ///         })
    ///         .command("human", "Talk to somebody", hand_over)
    /// }
    ///
    /// async fn hand_over(chat: Chat, group: GroupInfo, api: ChatApi, State(agents): State<Agents>) -> Outcome {
    ///     let agent = agents.lock().unwrap().first().copied();
    ///     let Some(agent) = agent else { return chat.send("Nobody is here.").await };
    ///     api.add_member(group.group_id, agent, GroupMemberRole::Member).await?;
    ///     chat.send("Somebody will be here soon.").await
    /// }
    ///
    /// # use simplex_bot::testing::TestNetwork;
    /// // In a test:
    /// # simplex_bot::testing::run(async {
    /// let net = TestNetwork::new();
    /// let bot = net.start(bot).await;
    /// let carl = net.person("carl").connects_to(&bot).await;
    /// carl.send("/human").await;
    /// carl.expect("Nobody is here.").await;
    /// let invitation = bot.api().create_link(bot.running().user().user_id).await.unwrap();
    /// let olga = net.person("olga").connects_by(invitation.link()).await;
    /// carl.send("/human").await;
    /// carl.expect("Somebody will be here soon.").await;
    /// olga.accepts_invitation().await;
    /// olga.send("Hello!").await;
    /// carl.expect("Hello!").await;
    /// # });
    /// ```
    pub fn business_address(mut self) -> Self {
        self.setting.identity.business = Some(true);
        self
    }

    /// Makes the address an ordinary one again.
    pub fn no_business_address(mut self) -> Self {
        self.setting.identity.business = Some(false);
        self
    }

    /// Lets people send files and pictures. If unset, a new profile does not allow it and an existing one is left as it
    /// is.
    pub fn allow_files(mut self) -> Self {
        self.setting.identity.files = Some(true);
        self
    }

    /// No longer lets people send files.
    pub fn no_files(mut self) -> Self {
        self.setting.identity.files = Some(false);
        self
    }

    /// Lets people send voice messages. If unset, a new profile does not allow it and an existing one is left as it is.
    pub fn allow_voice(mut self) -> Self {
        self.setting.identity.voice = Some(true);
        self
    }

    /// No longer lets people send voice messages.
    pub fn no_voice(mut self) -> Self {
        self.setting.identity.voice = Some(false);
        self
    }

    /// Keeps the bot's command menu, including commands that need a role and without those behind the guard
    /// [`in_direct()`](crate::filter::in_direct), in the profiles of the groups that it owns: when it starts, and when
    /// it becomes an owner. Every change is sent to all members. For a group that the bot creates itself, use
    /// [`put_in_group`](crate::command::put_in_group).
    ///
    /// The chats of a [business address](Self::business_address) have the menu of the bot's profile instead. They begin
    /// with it; without this, they keep it when the commands change, and with it, they get the new one at the next
    /// start.
    pub fn group_menus(mut self) -> Self {
        self.setting.identity.group_menus = true;
        self
    }

    /// Shows the bot as a person: without a bot's mark and command menu.
    pub fn shown_as_person(mut self) -> Self {
        self.setting.identity.shown_as_bot = false;
        self
    }

    /// Uses these servers, and no others of their kind, for what the bot creates from now on: SMP servers
    /// (`smp://fingerprint@host`) for its address and connections, XFTP servers (`xftp://fingerprint@host`) for files.
    /// An existing address stays where it is. If unset, the profile's servers are left as they are; see
    /// [`ChatApi::use_servers`](crate::api::ChatApi::use_servers).
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// let bot = Bot::new("Helper").servers(["smp://u2dS9sG8nMNURyZwqASV4yROM28Er0luVTx5X1CsMrU=@smp.example.org"]);
    /// ```
    pub fn servers(mut self, addresses: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.setting.identity.servers = addresses.into_iter().map(Into::into).collect();
        self
    }

    /// Connects to servers through this SOCKS5 proxy only, such as Tor at `127.0.0.1:9050`. It is set before the core
    /// connects; if it cannot be set, the bot does not start. This is for the in-process core: a CLI connects before the
    /// bot reaches it, so give the proxy to the CLI itself (`--socks-proxy`).
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// let bot = Bot::new("Helper").socks_proxy("127.0.0.1:9050");
    /// ```
    pub fn socks_proxy(mut self, address: impl Into<String>) -> Self {
        self.setting.identity.socks_proxy = Some(address.into());
        self
    }

    /// Creates no address if there is none.
    pub fn no_address(mut self) -> Self {
        self.setting.identity.create_address = false;
        self
    }

    /// Leaves the settings of an existing address as they are.
    pub fn keep_address_settings(mut self) -> Self {
        self.setting.identity.update_address = false;
        self
    }

    /// Leaves an existing profile as it is.
    pub fn keep_profile(mut self) -> Self {
        self.setting.identity.update_profile = false;
        self
    }
}
