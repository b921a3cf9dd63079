//! What a bot does before it serves: user, chat, address, profile brought to what the program says.
//!
//! Whatever the program does not mention stays as it is, and what is as it should be is not sent again: a profile
//! update goes to every contact.

use crate::api::ChatApi;
use crate::command::{Audience, CommandEntry, menu};
use crate::error::BotError;
use crate::types::{
    AddressSettings, AutoAccept, ChatPeerType, CreatedConnLink, FeatureAllowed, LocalProfile, MsgContent, Preferences,
    Profile, SCHEMA_VERSION, SimplePreference, User,
};

/// Who the bot is to be.
pub(crate) struct Identity {
    pub(crate) name: String,
    pub(crate) welcome: Option<MsgContent>,
    /// Whether people may send files, and voice messages.
    pub(crate) files: bool,
    pub(crate) voice: bool,
    /// Whether people who connect get a group with the bot and its colleagues, in place of a chat with a contact.
    pub(crate) business: bool,
    /// Somebody who talks to others: without an address, not shown as a bot.
    pub(crate) person: bool,
}

impl Identity {
    pub(crate) fn bot(name: String) -> Self {
        Self { name, welcome: None, files: false, voice: false, business: false, person: false }
    }
}

/// What the bot is, once prepared.
pub(crate) struct Ready {
    pub(crate) user: User,
    pub(crate) address: Option<String>,
}

/// In the order that the core needs: user, chat, address, profile.
pub(crate) async fn prepare(api: &ChatApi, identity: &Identity, commands: &[CommandEntry]) -> Result<Ready, BotError> {
    check_version(api).await;
    let mut user = match api.get_active_user().await? {
        Some(user) => user,
        None if identity.person => api.create_active_user(Some(Profile::new(identity.name.clone(), ""))).await?,
        None => api.create_active_user(Some(wanted_profile(identity, commands, None, None))).await?,
    };
    api.start_chat().await?;
    if identity.person {
        return Ok(Ready { user, address: None });
    }
    let link = sync_address(api, &user, identity).await?;
    let wanted = wanted_profile(identity, commands, Some(&user.profile), Some(&link));
    if wanted != profile_of(&user.profile) {
        api.update_profile(user.user_id, wanted).await?;
        user = api.get_active_user().await?.unwrap_or(user);
    }
    Ok(Ready { user, address: Some(address_of(&link).to_owned()) })
}

/// Says when the core is not of the version that the types are made from; they are tolerant of others.
async fn check_version(api: &ChatApi) {
    match api.version().await {
        Ok(version) if version.version.starts_with(SCHEMA_VERSION) => {}
        Ok(version) => tracing::info!(
            core = version.version,
            schema = SCHEMA_VERSION,
            "the core is of another version than the library was made for"
        ),
        Err(error) => tracing::warn!(%error, "the core does not tell its version"),
    }
}

async fn sync_address(api: &ChatApi, user: &User, identity: &Identity) -> Result<CreatedConnLink, BotError> {
    let (link, settings) = match api.get_user_address(user.user_id).await? {
        Some(address) => (address.conn_link_contact, address.address_settings),
        None => (api.create_user_address(user.user_id).await?, AddressSettings::new()),
    };
    let mut wanted = settings.clone();
    wanted.auto_accept.get_or_insert_with(AutoAccept::new);
    wanted.business_address |= identity.business;
    if identity.welcome.is_some() {
        wanted.auto_reply.clone_from(&identity.welcome);
    }
    if wanted != settings {
        api.set_address_settings(user.user_id, wanted).await?;
    }
    Ok(link)
}

/// The link that people are shown: the short one, where there is one.
fn address_of(link: &CreatedConnLink) -> &str {
    link.conn_short_link.as_deref().unwrap_or(&link.conn_full_link)
}

/// The current profile with everything changed that the program mentions.
fn wanted_profile(
    identity: &Identity,
    commands: &[CommandEntry],
    current: Option<&LocalProfile>,
    link: Option<&CreatedConnLink>,
) -> Profile {
    let mut profile = current.map_or_else(|| Profile::new("", ""), profile_of);
    profile.display_name.clone_from(&identity.name);
    profile.peer_type = Some(ChatPeerType::Bot);
    if let Some(link) = link {
        let known = profile.contact_link.as_deref();
        // The core may hand either form back: both are the same address.
        if known.is_none_or(|known| known != link.conn_full_link && Some(known) != link.conn_short_link.as_deref()) {
            profile.contact_link = Some(address_of(link).to_owned());
        }
    }
    let mut preferences = profile.preferences.take().map_or_else(Preferences::new, |preferences| *preferences);
    // A bot takes no calls and no voice messages, and no files unless it says so.
    let off = || Some(SimplePreference::new(FeatureAllowed::No));
    preferences.calls = preferences.calls.or_else(off);
    preferences.voice = preferences.voice.or_else(off);
    preferences.files = preferences.files.or_else(off);
    let on = || Some(SimplePreference::new(FeatureAllowed::Yes));
    if identity.files {
        preferences.files = on();
    }
    if identity.voice {
        preferences.voice = on();
    }
    let menu = menu(commands, Audience::Contacts);
    preferences.commands = if menu.is_empty() { None } else { Some(menu) };
    profile.preferences = Some(Box::new(preferences));
    profile
}

/// The part of a stored profile that others see.
fn profile_of(local: &LocalProfile) -> Profile {
    let mut profile = Profile::new(local.display_name.clone(), local.full_name.clone());
    profile.short_descr.clone_from(&local.short_descr);
    profile.description.clone_from(&local.description);
    profile.image.clone_from(&local.image);
    profile.contact_link.clone_from(&local.contact_link);
    profile.preferences.clone_from(&local.preferences);
    profile.peer_type.clone_from(&local.peer_type);
    profile.contact_domain.clone_from(&local.contact_domain);
    profile.extra.clone_from(&local.extra);
    profile
}
