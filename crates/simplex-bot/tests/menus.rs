//! The command menu in profiles: of the bot, and of the groups that it owns.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use simplex_bot::command::put_in_group;
use simplex_bot::prelude::*;
use simplex_bot::testing::{TestBot, TestNetwork};
use simplex_bot::types::{ChatBotCommand, ChatRef, GroupInfo, GroupMemberRole, GroupProfile};

#[derive(Commands)]
enum Admin {
    /// Ban a member
    #[command(role = Moderator, menu = "Moderation")]
    Ban { member: MemberRef },
    /// The rules
    Rules,
}

fn bot() -> Bot {
    Bot::new("bot").group_menus().commands(async |command: Admin, msg: Message| match command {
        Admin::Ban { member } => msg.reply(format!("{member:?} is banned")).await,
        Admin::Rules => msg.reply("Be kind.").await,
    })
}

fn more() -> Bot {
    bot().command("news", "News", async |msg: Message| msg.reply("none").await)
}

fn menu_of(group: &GroupInfo) -> Vec<String> {
    let preferences = group.group_profile.group_preferences.as_ref();
    shown(preferences.and_then(|preferences| preferences.commands.clone()).unwrap_or_default())
}

fn shown(commands: Vec<ChatBotCommand>) -> Vec<String> {
    let label = |command: &ChatBotCommand| match command {
        ChatBotCommand::Command { keyword, .. } => format!("/{keyword}"),
        ChatBotCommand::Menu { label, commands, .. } => format!("{label} ({})", commands.len()),
        _ => "?".to_owned(),
    };
    commands.iter().map(label).collect()
}

#[simplex_bot::test]
async fn routers_for_different_people_may_have_the_same_command() {
    let net = TestNetwork::new();
    let help = |text: &'static str| move |msg: Message| async move { msg.reply(text).await };
    let bot = net.start(move || {
        let (members, contacts) = (Router::new().guard(in_group()), Router::new());
        let members = members.command("help", "Help", help("for members"));
        Bot::new("bot").nest(members).nest(contacts.command("help", "Help", help("for contacts")))
    });
    let bot = bot.await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("/help").await;
    alice.expect("for contacts").await;
    let team = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&team).await;
    alice.expect_member("bot").await;
    alice.send("/help").await;
    alice.expect("for members").await;
    assert_eq!(profile_menu(&bot), ["/help"]);
}

#[simplex_bot::test]
async fn commands_for_contacts_are_in_no_menu_of_a_group() {
    let setup = Router::new().guard(in_direct()).command("found", "Found a group", async || {});
    let setup = setup.nest(Router::new().command("sign_in", "Sign in", async || {}));
    let members = Router::new().guard(in_group()).command("found", "What we found", async || {});
    let members = members.command("rules", "The rules", async || {});
    let commands = Router::<()>::new().nest(setup).nest(members).command_list();
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot")).await;
    let user = bot.running().user().user_id;
    let group = bot.api().new_group(user, GroupProfile::new("team", "")).await.unwrap();
    put_in_group(bot.api(), &group, &commands).await.unwrap();
    let group = bot.api().get_group_info(group.group_id).await.unwrap().group_info;
    assert_eq!(menu_of(&group), ["/found", "/rules"]);
}

/// The menu in the bot's profile.
fn profile_menu(bot: &TestBot) -> Vec<String> {
    let preferences = bot.running().user().profile.preferences.clone();
    shown(preferences.and_then(|preferences| preferences.commands).unwrap_or_default())
}

#[simplex_bot::test]
async fn commands_for_groups_are_in_the_profile_of_a_business_only() {
    fn bot() -> Bot {
        let members = Router::new().guard(text().and(in_group())).command("rules", "The rules", async || {});
        Bot::new("bot").command("help", "Help", async || {}).nest(members)
    }
    let net = TestNetwork::new();
    let starts = std::sync::atomic::AtomicUsize::new(0);
    let mut bot = net
        .start(move || match starts.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
            1 => bot().business_address(),
            _ => bot(),
        })
        .await;
    assert_eq!(profile_menu(&bot), ["/help"]);
    bot.restarted().await;
    assert_eq!(profile_menu(&bot), ["/help", "/rules"]);
    // The address stays one of a business.
    bot.restarted().await;
    assert_eq!(profile_menu(&bot), ["/help", "/rules"]);
}

#[simplex_bot::test]
async fn groups_that_the_bot_owns_have_its_menu() {
    let net = TestNetwork::new();
    let running = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let make = {
        let later = std::sync::Arc::clone(&running);
        move || if later.load(std::sync::atomic::Ordering::Relaxed) { more() } else { bot() }
    };
    let mut bot = net.start(make).await;
    let user = bot.running().user().user_id;

    // Of its own.
    let own = bot.api().new_group(user, GroupProfile::new("own", "")).await.unwrap();
    assert!(
        put_in_group(bot.api(), &own, &Router::<()>::new().commands(async |_: Admin| {}).command_list()).await.unwrap()
    );
    // Of somebody else, who makes it owner.
    let alice = net.person("alice");
    let team = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&team).await;
    alice
        .expect_any("the bot", |heard| match heard {
            simplex_bot::testing::Heard::Other(event) => {
                matches!(&**event, simplex_bot::types::Event::JoinedGroupMember(_)).then_some(())
            }
            _ => None,
        })
        .await;
    let groups = async |bot: &TestBot| -> Vec<(String, Vec<String>)> {
        let groups = bot.api().list_groups(user, None, None).await.unwrap();
        groups.iter().map(|group| (group.group_profile.display_name.clone(), menu_of(group))).collect()
    };
    let menu = vec!["Moderation (1)".to_owned(), "/rules".to_owned()];
    assert_eq!(groups(&bot).await, [("own".to_owned(), menu.clone()), ("team".to_owned(), Vec::new())]);
    alice.gives_role("bot", GroupMemberRole::Owner).await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(groups(&bot).await, [("own".to_owned(), menu.clone()), ("team".to_owned(), menu.clone())]);

    running.store(true, std::sync::atomic::Ordering::Relaxed);
    bot.restarted().await;
    let menu: Vec<String> = menu.into_iter().chain(["/news".to_owned()]).collect();
    assert_eq!(groups(&bot).await, [("own".to_owned(), menu.clone()), ("team".to_owned(), menu)]);
}

#[simplex_bot::test]
async fn customers_have_the_menu_of_today() {
    fn bot() -> Bot {
        Bot::new("bot").business_address().group_menus().commands(async |_: Admin, _: Message| {})
    }
    let net = TestNetwork::new();
    let starts = std::sync::atomic::AtomicUsize::new(0);
    let mut bot = net
        .start(move || match starts.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
            0 => bot(),
            _ => bot().command("news", "News", async || {}),
        })
        .await;
    let carl = net.person("carl").connects_to(&bot).await;
    let seen = async || {
        let ChatRef::Group(group, _) = carl.open_chat() else { panic!("no group") };
        menu_of(&carl.api().get_group_info(group).await.unwrap().group_info)
    };
    assert_eq!(seen().await, ["/rules"]);
    bot.restarted().await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(seen().await, ["/rules", "/news"]);
    // What is there already is not sent again.
    let updates = async || {
        let ChatRef::Group(group, _) = carl.open_chat() else { panic!("no group") };
        carl.api().get_group_info(group).await.unwrap().group_info.updated_at
    };
    let before = updates().await;
    bot.restarted().await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(updates().await, before);
}

/// As a colleague in a customer's chat, even as one of its owners, the bot leaves the menu to the business.
#[simplex_bot::test]
async fn the_menu_of_another_business_stays() {
    let net = TestNetwork::new();
    let colleague = net.start(|| Bot::new("colleague").group_menus().commands(async |_: Admin, _: Message| {})).await;
    let desk = net.start(|| Bot::new("desk").business_address().command("help", "Help", async || {})).await;
    let (api, user) = (desk.api(), desk.running().user().user_id);
    let link = api.create_link(user).await.unwrap();
    colleague.api().connect_active_user(link.link(), false).await.unwrap();
    let carl = net.person("carl").connects_to(&desk).await;
    let contact = api.list_contacts(user).await.unwrap().remove(0).contact_id;
    let group = api.list_groups(user, None, None).await.unwrap().remove(0).group_id;
    let member = api.add_member(group, contact, GroupMemberRole::Owner).await.unwrap();
    let theirs = colleague.running().user().user_id;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let there = colleague.api().list_groups(theirs, None, None).await.unwrap().remove(0);
    assert!(there.business_chat.is_some(), "{member:?}");
    colleague.api().join_group(there.group_id).await.unwrap();
    carl.expect_member("colleague").await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(menu_of(&api.get_group_info(group).await.unwrap().group_info), ["/help"]);
}
