//! What a bot does before it serves: it brings user, proxy, chat, servers, address and profile to what the program
//! says.
//!
//! Settings that the program does not mention stay as they are, and values that are already right are not sent again: a
//! profile update goes to every contact.

use std::path::Path;
use std::time::Duration;

use crate::api::{ApiError, ChatApi, Deadlines};
use crate::bot::Identity;
use crate::command::{Audience, CommandEntry, menu, put_in_groups};
use crate::error::BotError;
use crate::runtime::{Journal, is_hidden};
use crate::types::{
    AddressSettings, AutoAccept, ChatErrorType, ChatInfo, ChatPagination, ChatPeerType, ChatRef, CreatedConnLink,
    FeatureAllowed, LocalProfile, NoteFolderId, Preferences, Profile, SCHEMA_VERSION, SimplePreference, User,
};

/// How long a new profile may take. The core answers when it has written it to all contacts, one after another: that
/// can take minutes with thousands of them. A start that gave up before would begin anew, and never get further.
const TO_EVERYBODY: Duration = Duration::from_secs(60 * 60);

/// The bot's profile and address, once prepared.
pub(crate) struct Ready {
    pub(crate) user: User,
    pub(crate) address: Option<String>,
}

/// Does everything in the order that the core needs: user, proxy, folder, chat, servers, address, profile.
pub(crate) async fn prepare(
    api: &ChatApi,
    identity: &Identity,
    commands: &[CommandEntry],
    journal: &Journal,
) -> Result<Ready, BotError> {
    check_version(api).await;
    let found = api.get_active_user().await?;
    let is_another = found.as_ref().is_some_and(|user| user.profile.display_name != identity.name);
    let mut user = match found {
        Some(user) => user,
        None => {
            let profile = match identity.person {
                true => Profile::new(identity.name.clone(), ""),
                false => wanted_profile(identity, commands, None, None),
            };
            api.create_active_user(Some(profile)).await.map_err(wrong_name)?
        }
    };
    // The proxy must be set before the core connects anywhere.
    if identity.socks_proxy.is_some() {
        api.use_socks_proxy(identity.socks_proxy.as_deref()).await?;
    }
    if let Some(folder) = api.core().temp_folder().as_deref().and_then(Path::to_str)
        && let Err(error) = api.set_temp_folder(folder).await
    {
        tracing::warn!(%error, "files under way are kept in the system's temporary folder");
    }
    api.start_chat().await?;
    // Not before: the core does not switch to another profile until the chat is started.
    if is_another {
        user = own(api, user, identity).await?;
    }
    // Before anything that it remembers is used: it may be that of another database. If it seems to be, the core is asked
    // again, because one wrong answer would make all that is unread old.
    if journal.is_kept()
        && let Some(created) = created_at(api, &user).await
        && (journal.is_of(created) || created_at(api, &user).await == Some(created))
    {
        journal.is_beside(created);
    }
    // Before the address, which is created on one of these servers.
    if !identity.servers.is_empty() {
        api.use_servers(user.user_id, &identity.servers).await?;
    }
    if identity.person {
        return Ok(Ready { user, address: None });
    }
    let address = sync_address(api, &user, identity, journal).await?;
    let wanted = wanted_profile(identity, commands, Some(&user.profile), address.as_ref());
    if identity.update_profile && wanted != user.profile.to_profile() {
        tracing::info!("the profile has changed: it goes to all contacts, which takes minutes if these are thousands");
        let patient = api.clone().with_layer(Deadlines { local: TO_EVERYBODY, network: TO_EVERYBODY });
        patient.update_profile(user.user_id, wanted).await.map_err(wrong_name)?;
        user = api.get_active_user().await?.unwrap_or(user);
    }
    if identity.group_menus {
        put_in_groups(api, user.user_id, commands).await?;
    }
    Ok(Ready { user, address: address.map(|address| address.link.link().to_owned()) })
}

/// A name that the core rejects is the program's mistake: a configuration error.
fn wrong_name(error: ApiError) -> BotError {
    match error.error_type() {
        Some(ChatErrorType::InvalidDisplayName { display_name, valid_name, .. }) => {
            let hint = if valid_name.is_empty() { String::new() } else { format!("; `{valid_name}` would be one") };
            BotError::Config(format!("`{}` is not a valid name for a profile{hint}", display_name.escape_debug()))
        }
        _ => error.into(),
    }
}

/// The bot's own profile: the active one if it is the only one. Among several, it is the one with the bot's name: which
/// of them is active says nothing, because the core keeps the one that was active last.
async fn own(api: &ChatApi, active: User, identity: &Identity) -> Result<User, BotError> {
    let mut users = api.list_users().await?;
    users.retain(|info| !is_hidden(&info.user, active.user_id));
    if users.len() < 2 {
        return Ok(active);
    }
    let mut names = Vec::new();
    for info in users {
        let (user, name) = (info.user.user_id, info.user.profile.display_name);
        if name == identity.name {
            return Ok(api.set_active_user(user, None).await?);
        }
        names.push(name);
    }
    Err(BotError::NoSuchProfile { name: identity.name.clone(), profiles: names })
}

/// When the profile's part of the database was created, in milliseconds since 1970: this tells databases apart. `None`
/// if the core does not say.
async fn created_at(api: &ChatApi, user: &User) -> Option<i64> {
    // The core creates a note folder with each profile, so that both have the same id.
    let notes = ChatRef::Local(NoteFolderId(user.user_id.0));
    match api.get_chat(notes, ChatPagination::Last { count: 1 }).await.ok()?.chat_info {
        ChatInfo::Local { note_folder, .. } => Some(note_folder.created_at.as_unix_millis()),
        _ => None,
    }
}

/// Warns if the core is of another version than the types are made from, and of what it cannot do; the types tolerate other
/// versions.
pub(crate) async fn check_version(api: &ChatApi) {
    match api.version().await {
        Ok(version) if is_of(&version.version, SCHEMA_VERSION) => {}
        Ok(version) => tracing::warn!(
            core = version.version,
            schema = SCHEMA_VERSION,
            lacks = version.lacks().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            "the core is of another version than the library was made for"
        ),
        Err(error) => tracing::warn!(%error, "the core does not tell its version"),
    }
}

/// Whether a core's version, which has one more number, belongs to a release.
fn is_of(version: &str, release: &str) -> bool {
    version.strip_prefix(release).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The bot's address, as it is set now.
struct Address {
    link: CreatedConnLink,
    /// Whether everyone who connects gets a group.
    business: bool,
}

async fn sync_address(
    api: &ChatApi,
    user: &User,
    identity: &Identity,
    journal: &Journal,
) -> Result<Option<Address>, BotError> {
    let (link, settings, new) = match api.get_user_address(user.user_id).await? {
        // An address that an earlier start made, and did not set up, is as good as new.
        Some(address) => (address.conn_link_contact, address.address_settings, journal.is_making_address()),
        None if !identity.create_address => return Ok(None),
        None => {
            journal.make_address(true);
            let made = api.create_user_address(user.user_id).await;
            if made.as_ref().is_err_and(|error| !error.may_have_been_carried_out()) {
                journal.make_address(false);
            }
            (made?, AddressSettings::new(), true)
        }
    };
    let mut wanted = settings.clone();
    // A new address of a bot accepts people, unless the program says otherwise.
    match identity.auto_accept.or(new.then_some(true)) {
        Some(true) => drop(wanted.auto_accept.get_or_insert_with(AutoAccept::new)),
        Some(false) => wanted.auto_accept = None,
        None => {}
    }
    if let Some(welcome) = &identity.welcome {
        wanted.auto_reply.clone_from(welcome);
    }
    wanted.business_address = identity.business.unwrap_or(wanted.business_address);
    let mut business = settings.business_address;
    if (identity.update_address || new) && wanted != settings {
        business = wanted.business_address;
        api.set_address_settings(user.user_id, wanted).await?;
    }
    if new {
        journal.make_address(false);
    }
    Ok(Some(Address { link, business }))
}

/// The current profile with all the changes that the program asks for.
fn wanted_profile(
    identity: &Identity,
    commands: &[CommandEntry],
    current: Option<&LocalProfile>,
    address: Option<&Address>,
) -> Profile {
    let mut profile = current.map_or_else(|| Profile::new("", ""), LocalProfile::to_profile);
    profile.display_name.clone_from(&identity.name);
    if let Some(full_name) = &identity.full_name {
        profile.full_name.clone_from(full_name);
    }
    if identity.description.is_some() {
        profile.short_descr.clone_from(&identity.description);
    }
    if identity.image.is_some() {
        profile.image.clone_from(&identity.image);
    }
    profile.peer_type = identity.shown_as_bot.then_some(ChatPeerType::Bot);
    if let Some(Address { link, .. }) = address {
        let known = profile.contact_link.as_deref();
        // The core may return either form: both are the same address.
        if known.is_none_or(|known| known != link.conn_full_link && Some(known) != link.conn_short_link.as_deref()) {
            profile.contact_link = Some(link.link().to_owned());
        }
    }
    let mut preferences = profile.preferences.take().map_or_else(Preferences::new, |preferences| *preferences);
    // Unless set otherwise, a bot takes no calls, no voice messages and no files.
    allow(&mut preferences.calls, None);
    allow(&mut preferences.voice, identity.voice);
    allow(&mut preferences.files, identity.files);
    let business = address.map_or(identity.business == Some(true), |address| address.business);
    let menu = menu(commands, if business { Audience::Customers } else { Audience::Contacts });
    if preferences.commands.as_deref().unwrap_or_default() != menu {
        preferences.commands = (!menu.is_empty()).then_some(menu);
    }
    profile.preferences = Some(Box::new(preferences));
    profile
}

/// Sets a preference if the program mentions it; if nobody has set it, it is off.
fn allow(preference: &mut Option<SimplePreference>, wanted: Option<bool>) {
    let preference = preference.get_or_insert_with(|| SimplePreference::new(FeatureAllowed::No));
    if let Some(on) = wanted {
        preference.allow = if on { FeatureAllowed::Yes } else { FeatureAllowed::No };
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, CreatedConnLink, Identity, LocalProfile, is_of, wanted_profile};

    /// As by another client, with an empty list of commands, and by a core with fields that the schema does not know.
    #[test]
    fn a_profile_that_says_the_same_in_other_words_stays_as_it_is() {
        let stored = r#"{"profileId":1,"displayName":"bot","fullName":"","localAlias":"","peerType":"bot","preferences":{
            "calls":{"allow":"no"},"voice":{"allow":"no"},"files":{"allow":"yes","largest":5},"commands":[]}}"#;
        let stored: LocalProfile = serde_json::from_str(stored).expect("a profile");
        let mut identity = Identity::bot("bot".to_owned());
        identity.files = Some(true);
        assert_eq!(wanted_profile(&identity, &[], Some(&stored), None), stored.to_profile());
    }

    #[test]
    fn an_address_that_is_shown_in_either_form_stays_as_it_is() {
        let link = r#"{"connFullLink":"https://full","connShortLink":"https://short"}"#;
        let link: CreatedConnLink = serde_json::from_str(link).expect("a link");
        let address = Address { link, business: false };
        let identity = Identity::bot("bot".to_owned());
        for (shown, expected) in [("full", "full"), ("short", "short"), ("other", "short")] {
            let stored = format!(r#"{{"displayName":"bot","fullName":"","contactLink":"https://{shown}"}}"#);
            let stored: LocalProfile = serde_json::from_str(&stored).expect("a profile");
            let wanted = wanted_profile(&identity, &[], Some(&stored), Some(&address));
            assert_eq!(wanted.contact_link, Some(format!("https://{expected}")));
        }
    }

    #[test]
    fn a_core_is_of_the_release_that_its_version_begins_with() {
        assert!(is_of("7.0.2.0", "7.0.2") && is_of("7.0.2", "7.0.2"));
        assert!(!is_of("7.0.20.0", "7.0.2") && !is_of("7.0.1.0", "7.0.2"));
    }
}
