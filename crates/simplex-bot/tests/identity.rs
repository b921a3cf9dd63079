//! How people see a bot: its profile and its address are as the program says, and else as they were.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;

use common::{World, changing};
use simplex_bot::core::{ChatCore, CoreError, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::types::{AddressSettings, ChatPeerType, FeatureAllowed, MsgContent, Profile, UserId};

const PICTURE: &str = "data:image/png;base64,AAAA";

/// The profile, and the address with its settings, after a start with these options; and the commands that changed any.
async fn started(
    world: &World,
    set: impl FnOnce(Bot) -> Bot,
) -> (Profile, Option<(String, AddressSettings)>, Vec<String>) {
    let core = world.deaf();
    let bot = set(world.bot_on(core.clone())).start().await.unwrap();
    let changes = ["/_profile", "/_address", "/_create"].map(|begin| core.sent(begin)).concat();
    let user = bot.api().get_active_user().await.unwrap().unwrap();
    assert_eq!(bot.user().profile, user.profile);
    let address = bot.api().get_user_address(UserId(1)).await.unwrap();
    let address = address.map(|address| (address.conn_link_contact.link().to_owned(), address.address_settings));
    assert_eq!(bot.address(), address.as_ref().map(|(link, _)| link.as_str()));
    bot.stop().await.unwrap();
    (user.profile.to_profile(), address, changes)
}

/// Whether calls, voice messages and files are allowed.
fn allowed(profile: &Profile) -> [bool; 3] {
    let preferences = profile.preferences.as_deref().unwrap();
    [&preferences.calls, &preferences.voice, &preferences.files]
        .map(|preference| preference.as_ref().unwrap().allow == FeatureAllowed::Yes)
}

#[tokio::test]
async fn a_profile_is_as_the_program_says_and_what_it_does_not_mention_stays() {
    let world = World::new();
    let (first, address, _) = started(&world, |bot| bot).await;
    assert_eq!((first.peer_type.as_ref(), allowed(&first)), (Some(&ChatPeerType::Bot), [false, false, false]));
    assert_eq!(first.contact_link, address.map(|(link, _)| link));
    let set = |bot: Bot| bot.full_name("Bot the bot").about("A bot").image(PICTURE).allow_files().allow_voice();
    let (all, _, _) = started(&world, set).await;
    assert_eq!((all.full_name.as_str(), all.short_descr.as_deref()), ("Bot the bot", Some("A bot")));
    assert_eq!((all.image.as_deref(), allowed(&all)), (Some(PICTURE), [false, true, true]));
    // Whoever set it.
    let bot = world.bot().start().await.unwrap();
    let mut all = all;
    all.preferences.as_mut().unwrap().calls.as_mut().unwrap().allow = FeatureAllowed::Yes;
    bot.api().update_profile(UserId(1), all.clone()).await.unwrap();
    bot.stop().await.unwrap();
    let (same, _, changes) = started(&world, |bot| bot).await;
    assert_eq!((&same, changes), (&all, Vec::new()));
    let (person, _, _) = started(&world, |bot| bot.shown_as_person().no_files().no_voice()).await;
    assert_eq!((person.peer_type.as_ref(), allowed(&person)), (None, [true, false, false]));
}

#[tokio::test]
async fn the_only_profile_is_renamed_unless_it_is_to_stay_as_it_is() {
    let world = World::new();
    let (before, _, _) = started(&world, |bot| bot.about("A bot")).await;
    let named = |core| Bot::new("other").core(core).about("Another").state_file(world.state_file());
    let core = || Arc::new(world.net.open("bot", "").unwrap());
    let bot = named(core()).keep_profile().start().await.unwrap();
    assert_eq!(bot.user().profile.to_profile(), before);
    bot.stop().await.unwrap();
    let bot = named(core()).start().await.unwrap();
    let profile = &bot.user().profile;
    assert_eq!((profile.display_name.as_str(), profile.short_descr.as_deref()), ("other", Some("Another")));
    bot.stop().await.unwrap();
}

/// The core may have stored the long form, or another client of the profile.
#[tokio::test]
async fn either_form_of_the_address_in_the_profile_is_right() {
    let world = World::new();
    started(&world, |bot| bot).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    let address: serde_json::Value = serde_json::from_str(&core.raw("/_show_address 1")).unwrap();
    let link = &address["result"]["contactLink"]["connLinkContact"];
    let (long, short) = (link["connFullLink"].as_str().unwrap(), link["connShortLink"].as_str().unwrap());
    for form in [long, short] {
        let core = world.net.open("bot", "").unwrap();
        core.raw("/_start main=on");
        let user: serde_json::Value = serde_json::from_str(&core.raw("/user")).unwrap();
        let profile = &user["result"]["user"]["profile"];
        let changed = serde_json::json!({
            "displayName": "bot", "fullName": "", "contactLink": form, "shortDescr": format!("at {}", form.len()),
            "peerType": profile["peerType"], "preferences": profile["preferences"],
        });
        let answer = core.raw(&format!("/_profile 1 {changed}"));
        assert!(answer.contains("userProfileUpdated"), "{answer}");
        let (profile, _, changes) = started(&world, |bot| bot).await;
        assert_eq!((profile.contact_link.as_deref(), changes), (Some(form), Vec::new()));
    }
}

#[tokio::test]
async fn an_address_is_as_the_program_says_and_what_it_does_not_mention_stays() {
    let world = World::new();
    let settings = async |set: fn(Bot) -> Bot| started(&world, set).await.1.unwrap().1;
    let first = settings(|bot| bot.welcome("Hello").auto_accept(false)).await;
    assert_eq!((&first.auto_accept, &first.auto_reply), (&None, &Some(MsgContent::text("Hello"))));
    let business = settings(|bot| bot.auto_accept(true).business_address()).await;
    assert!(business.auto_accept.is_some() && business.business_address);
    assert_eq!(settings(|bot| bot).await, business);
    let kept = settings(|bot| bot.no_welcome().auto_accept(false).no_business_address().keep_address_settings()).await;
    assert_eq!(kept, business);
    assert!(!settings(Bot::no_business_address).await.business_address);
    let last = settings(|bot| bot.auto_accept(false).no_welcome()).await;
    assert_eq!((last.auto_accept, last.auto_reply), (None, None));
}

/// As it was set for an address of an older core: the program does not say how people are accepted.
#[tokio::test]
async fn who_is_accepted_already_is_accepted_as_before() {
    let world = World::new();
    started(&world, |bot| bot).await;
    async fn incognito(core: Arc<dyn ChatCore>, request: Request) -> Result<Frame, CoreError> {
        let answer = core.send(request).await?;
        Ok(Frame::parse(answer.text().replace(r#""acceptIncognito":false"#, r#""acceptIncognito":true"#)))
    }
    let core = world.deaf();
    let bot = world.bot_on(changing(core.clone(), incognito)).auto_accept(true).start().await.unwrap();
    let settings = bot.api().get_user_address(UserId(1)).await.unwrap().unwrap().address_settings;
    assert!(settings.auto_accept.unwrap().accept_incognito);
    assert_eq!(core.sent("/_address_settings"), [""; 0]);
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_bot_without_an_address_makes_none_and_takes_one_that_is_there() {
    let world = World::new();
    assert_eq!(started(&world, Bot::no_address).await.1, None);
    // A new address has the settings of the program, also if those of an old one are left alone.
    let made = started(&world, |bot| bot.welcome("Hello").keep_address_settings()).await.1;
    assert_eq!(made.as_ref().unwrap().1.auto_reply, Some(MsgContent::text("Hello")));
    assert_eq!(started(&world, Bot::no_address).await.1, made);
}
