//! People in groups.

use super::*;

#[simplex_bot::test]
async fn in_a_support_chat_the_members_of_its_group_are_expected() {
    let net = TestNetwork::new();
    let (alice, bob, carol) = (net.person("alice"), net.person("bob"), net.person("carol"));
    let team = alice.creates_group("team", GroupMemberRole::Member).await;
    bob.joins(&team).await;
    let ChatRef::Group(group, None) = bob.open_chat() else { panic!("no group") };
    bob.opens(ChatRef::scoped(group, GroupChatScope::MemberSupport(None)));
    carol.joins(&team).await;
    bob.expect_member("carol").await;
}

#[test]
fn what_is_expected_of_a_group_needs_an_open_group() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(bot).await).await;
        alice.expect_member("Squaring bot").await;
    });
    assert!(text.contains("alice has the chat @4 open, which is no group: open one with `opens`"), "{text}");
}

#[simplex_bot::test]
async fn members_of_a_group_meet() {
    let net = TestNetwork::new();
    let bot = net.start(moderator).await;
    let (alice, bob) = (net.person("alice"), net.person("bob"));
    let team = alice.creates_group("team", GroupMemberRole::Member).await;
    bob.joins(&team).await;
    bob.expect_member("alice").await;
    bot.joins(&team).await;
    alice.send("hello").await;
    alice.expect("hello!").await;
    bob.expect("hello").await;
    bob.expect("hello!").await;
    bob.expect_member("Moderator").await;
    bob.send("hello, too").await;
    bob.expect("hello, too!").await;
}

#[simplex_bot::test]
async fn a_person_accepts_an_invitation_and_the_group_is_open() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("Echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
    let (alice, user) = (net.person("alice").connects_to(&bot).await, bot.running().user().user_id);
    let group = bot.api().new_group(user, GroupProfile::new("team", "")).await.unwrap().group_id;
    let contact = bot.api().list_contacts(user).await.unwrap()[0].contact_id;
    bot.api().add_member(group, contact, GroupMemberRole::Member).await.unwrap();
    alice.accepts_invitation().await;
    assert!(matches!(alice.open_chat(), ChatRef::Group(..)));
    alice.send("hello").await;
    alice.expect("hello").await;
}

#[simplex_bot::test]
async fn what_a_moderator_does_is_seen() {
    let net = TestNetwork::new();
    let bot = net.start(moderator).await;
    let (alice, bob) = (net.person("alice"), net.person("bob"));
    let team = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&team).await;
    alice.gives_role("Moderator", GroupMemberRole::Admin).await;
    bob.joins(&team).await;
    bob.expect_member("Moderator").await;
    bob.send("spam").await;
    alice.expect("spam").await;
    alice.expect_deletion().await;
    alice.send("/remove bob").await;
    bob.expect_removal().await;
}

#[simplex_bot::test]
async fn what_happens_to_messages_is_seen_in_their_chat() {
    let net = TestNetwork::new();
    let bot = net.start(|| {
        Bot::new("bot").on(text(), async |msg: TextMessage| -> Result<(), BotError> {
            let where_to = if msg.is_group() { "group" } else { "chat" };
            let sent = msg.reply("…").await?;
            sent.edit(where_to).await?;
            msg.react(if msg.is_group() { "👍" } else { "🚀" }).await?;
            sent.delete().await
        })
    });
    let bot = bot.await;
    let alice = net.person("alice").connects_to(&bot).await;
    let chat = alice.open_chat();
    let team = alice.creates_group("team", GroupMemberRole::Member).await;
    let group = alice.open_chat();
    bot.joins(&team).await;
    alice.send("hello, all").await;
    alice.expect("…").await;
    alice.opens(chat);
    alice.send("hello").await;
    alice.expect("…").await;
    // What happened in the group before is still to be seen there.
    for (chat, edit, reaction) in [(chat, "chat", "🚀"), (group, "group", "👍")] {
        alice.opens(chat);
        alice.expect_edit(edit).await;
        alice.expect_reaction(reaction).await;
        alice.expect_deletion().await;
    }
}

#[simplex_bot::test]
async fn members_are_mentioned_leave_and_are_removed() {
    let net = TestNetwork::new();
    let bot = net.start(|| {
        Bot::new("The bot").on(mentions_me(), async |msg: Message| msg.reply("That is me.").await).on_event(
            async |event: LeftMember, api: ChatApi| {
                let who = event.member.member_profile.display_name;
                Chat::new(api, event.group_info.group_id).send(format!("{who} left.")).await
            },
        )
    });
    let bot = bot.await;
    let (alice, bob) = (net.person("alice"), net.person("bob"));
    let team = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&team).await;
    bob.joins(&team).await;
    bob.expect_member("The bot").await;
    alice.mentions("The bot", "are you there?").await;
    alice.expect("That is me.").await;
    bob.leaves().await;
    alice.expect("bob left.").await;
    alice.removes("The bot").await;
    alice.send("anybody?").await;
    alice.expect_silence(Duration::from_secs(60)).await;
}

#[test]
fn nobody_is_mentioned_or_removed_who_is_not_there() {
    let said = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice");
        alice.creates_group("team", GroupMemberRole::Member).await;
        alice.removes("bob").await;
    });
    assert!(said.contains("the group has no member bob"), "{said}");
}
