//! Groups, their members, invitations, channels and business chats.

use super::*;

#[tokio::test]
async fn groups_and_their_members_are_told() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "connected alice");
    let api = bot.api().clone();
    let own = api.raw(r#"/_group 1 {"displayName":"bots","fullName":""}"#).await.unwrap();
    let own = own["groupInfo"]["groupId"].as_i64().unwrap();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    // Away: invited by alice, and alice joins the bot's group.
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    assert!(core.raw(&format!("/_add #{own} 4 member")).contains("sentGroupInvitation"));
    waits_for(&alice.core, "receivedGroupInvitation").await;
    let joined = alice.core.raw("/_join #1");
    assert!(joined.contains("userAcceptedGroupSent"), "{joined}");
    waits_for(&core, "joinedGroupMember").await;
    let made = alice.core.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    assert!(made.contains("groupCreated"), "{made}");
    assert!(alice.core.raw("/_add #2 4 member").contains("sentGroupInvitation"));
    waits_for(&core, "receivedGroupInvitation").await;
    let (bot, mut heard) = telling(&world).await;
    let mut found = [next(&mut heard).await, next(&mut heard).await, next(&mut heard).await];
    found.sort();
    // It joined at once, and that is told by the core.
    assert_eq!(found, ["alice joined bots (found)", "in people of alice", "invited to people by alice (found)"]);
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    bot.api().list_groups(bot.user().user_id, None, None).await.unwrap();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn who_joined_a_group_in_which_nothing_was_said_is_told() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    for (group, name, contact) in [(1, "ours", 4), (2, "later", 5)] {
        bot.api().raw(&format!(r#"/_group 1 {{"displayName":"{name}","fullName":""}}"#)).await.unwrap();
        bot.api().raw(&format!("/_add #{group} {contact} member")).await.unwrap();
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    looked(&world).await;
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["connected alice", "connected bob"]);
    nothing_more(bot, &mut heard).await;
    for (person, found) in [(&bob, "bob joined later (found)"), (&alice, "alice joined ours (found)")] {
        let core = world.net.open("bot", "").unwrap();
        core.raw("/_start main=on");
        assert!(person.core.raw("/_join #1").contains("userAcceptedGroupSent"));
        waits_for(&core, "joinedGroupMember").await;
        let (bot, mut heard) = telling(&world).await;
        assert_eq!(next(&mut heard).await, found);
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_group_whose_members_cannot_be_looked_at_is_not_in_the_way_of_the_others() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let bob = world.person("bob", &bot).await;
    for name in ["ours", "later"] {
        bot.api().raw(&format!(r#"/_group 1 {{"displayName":"{name}","fullName":""}}"#)).await.unwrap();
    }
    bot.api().raw("/_add #2 4 member").await.unwrap();
    looked(&world).await;
    assert_eq!(next(&mut heard).await, "connected bob");
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    assert!(bob.core.raw("/_join #1").contains("userAcceptedGroupSent"));
    waits_for(&core, "joinedGroupMember").await;
    let (bot, mut heard) = telling_of(world.bot_on(failing(&world, "/_members #1"))).await;
    assert_eq!(next(&mut heard).await, "bob joined later (found)");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_can_never_be_looked_at_is_tried_more_and_more_rarely_until_there_is_more_to_look_for() {
    let world = World::new();
    let core = failing(&world, "/_members #1");
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    bot.api().raw(r#"/_group 1 {"displayName":"ours","fullName":""}"#).await.unwrap();
    let tries = || core.sent("/_members #1").len();
    tokio::time::sleep(Duration::from_secs(10 * 3600)).await;
    let long = tries();
    assert!((60..100).contains(&long), "{long}");
    core.says(CoreEvent::Lagged { events: 1 });
    tokio::time::sleep(Duration::from_secs(11)).await;
    let soon = tries();
    assert!(soon > long, "{soon}");
    tokio::time::sleep(Duration::from_secs(120)).await;
    assert!(tries() > soon + 1, "the pause is short again: {}", tries());
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn who_is_in_groups_that_the_bot_left_is_not_looked_at() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "connected alice");
    for (group, name) in [(1, "left"), (2, "people")] {
        alice.core.raw(&format!(r#"/_group 1 {{"displayName":"{name}","fullName":""}}"#));
        assert!(alice.core.raw(&format!("/_add #{group} 4 member")).contains("sentGroupInvitation"));
        assert_eq!(next(&mut heard).await, format!("invited to {name} by alice"));
        assert_eq!(next(&mut heard).await, format!("in {name} of alice"));
    }
    bot.api().raw("/_leave #1").await.unwrap();
    nothing_more(bot, &mut heard).await;
    let core = world.deaf();
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    until(async || !core.sent("/_members #2").is_empty()).await;
    looked(&world).await;
    assert_eq!(core.sent("/_members #1"), [""; 0]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn an_invitation_that_cannot_be_looked_at_is_not_in_the_way_of_the_others() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "connected alice");
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    for (group, name) in [(1, "first"), (2, "second")] {
        alice.core.raw(&format!(r#"/_group 1 {{"displayName":"{name}","fullName":""}}"#));
        assert!(alice.core.raw(&format!("/_add #{group} 4 member")).contains("sentGroupInvitation"));
        waits_for(&core, "receivedGroupInvitation").await;
    }
    // The later is looked at first.
    let (bot, mut heard) = telling_of(world.bot_on(failing(&world, "/_members #2"))).await;
    assert_eq!(next(&mut heard).await, "invited to first by alice (found)");
    assert_eq!(next(&mut heard).await, "in first of alice");
    nothing_more(bot, &mut heard).await;
}

/// A core whose first group is a channel: whoever is called relay is one, and members are not connected to each other.
async fn channel(core: Arc<dyn ChatCore>, request: Request) -> Result<Frame, CoreError> {
    let command = request.text().to_owned();
    let answer = core.send(request).await?;
    let mut text: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
    if command.starts_with("/_groups") {
        text["result"]["groups"][0]["useRelays"] = true.into();
    } else if command == "/_members #1" {
        for member in text["result"]["group"]["members"].as_array_mut().unwrap() {
            if member["localDisplayName"] == "relay" {
                member["memberRole"] = "relay".into();
            } else {
                member.as_object_mut().unwrap().remove("activeConn");
            }
        }
    } else {
        return Ok(answer);
    }
    Ok(Frame::parse(text.to_string()))
}

#[tokio::test]
async fn of_a_channel_neither_relays_nor_those_who_are_not_connected_are_waited_for() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let address = bot.address().unwrap().to_owned();
    let mut people = Vec::new();
    for name in ["relay", "bob", "carol"] {
        let person = person(&world, name);
        person.raw(&format!("/_connect 1 {address}"));
        assert_eq!(next(&mut heard).await, format!("connected {name}"));
        people.push(person);
    }
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let until_when = || {
        let state = std::fs::read_to_string(world.state_file()).unwrap();
        state.lines().rfind(|line| line.starts_with("L 1 m ")).unwrap().to_owned()
    };
    let before = until_when();
    world.while_nobody_listens(|core| {
        for (group, members) in [(1, vec![4, 5]), (2, vec![6])] {
            core.raw(&format!(r#"/_group 1 {{"displayName":"group{group}","fullName":""}}"#));
            for contact in members {
                core.raw(&format!("/_add #{group} {contact} member"));
            }
        }
        people.iter().for_each(|person| assert!(person.raw("/_join #1").contains("userAcceptedGroupSent")));
    });
    let (bot, mut heard) =
        telling_of(world.bot_on(changing(Arc::new(world.net.open("bot", "").unwrap()), channel))).await;
    assert_eq!(next(&mut heard).await, "carol joined group2 (found)");
    until(async || until_when() != before).await;
    nothing_more(bot, &mut heard).await;
    let state = std::fs::read_to_string(world.state_file()).unwrap();
    assert!(!state.contains("O 1 m"), "{state}");
}

#[tokio::test(start_paused = true)]
async fn one_who_waited_for_a_review_is_told_that_it_is_in() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = person(&world, "alice");
    alice.raw(r#"/_group 1 {"displayName":"knock","fullName":"","memberAdmission":{"review":"all"}}"#);
    let link: serde_json::Value = serde_json::from_str(&alice.raw("/_create link #1 member")).unwrap();
    let link = link["result"]["groupLink"]["connLinkContact"]["connFullLink"].as_str().unwrap();
    bot.api().raw(&format!("/_connect 1 {link}")).await.unwrap();
    // By the same event: that it is there, and waits.
    assert_eq!(next(&mut heard).await, "in knock of alice");
    looked(&world).await;
    // The latest that the next look sees: the group is older.
    tokio::time::sleep(Duration::from_secs(10)).await;
    world.person("bob", &bot).await;
    assert_eq!(next(&mut heard).await, "connected bob");
    nothing_more(bot, &mut heard).await;
    // It waits still: no news.
    let (bot, mut heard) = telling(&world).await;
    let is_open = || std::fs::read_to_string(world.state_file()).unwrap().contains("\nO 1 c j1 ");
    until(async || is_open()).await;
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    let accepted = alice.raw("/_accept member #1 2 member");
    assert!(accepted.contains("memberAccepted"), "{accepted}");
    waits_for(&core, "userJoinedGroup").await;
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "in knock of alice (found)");
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    bot.api().raw("/_groups 1").await.unwrap();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_group_that_the_bot_was_invited_to_long_before_it_joined_is_told() {
    let world = World::new();
    let start = async || {
        let (seen, heard) = seen();
        (world.bot().state(seen).on_event(connected).on_event(joined).start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    let alice = world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "connected alice");
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    alice.core.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    assert!(alice.core.raw("/_add #1 4 member").contains("sentGroupInvitation"));
    waits_for(&core, "receivedGroupInvitation").await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    // The latest that the next look sees: the invitation is older.
    let (bot, mut heard) = start().await;
    world.person("bob", &bot).await;
    assert_eq!(next(&mut heard).await, "connected bob");
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = start().await;
    let is_open = || std::fs::read_to_string(world.state_file()).unwrap().contains("\nO 1 c j1 ");
    until(async || is_open()).await;
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    assert!(core.raw("/_join #1").contains("userAcceptedGroupSent"));
    waits_for(&core, "userJoinedGroup").await;
    let (bot, mut heard) = start().await;
    assert_eq!(next(&mut heard).await, "in people of alice (found)");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_group_that_was_joined_and_who_came_after_are_told() {
    let world = World::new();
    let start = async || {
        let (seen, heard) = seen();
        async fn met(event: ConnectedToGroupMember, found: Reconciled, State(seen): State<Seen>) {
            let group = event.group_info.local_display_name;
            seen.send(format!("{} is in {group}{}", event.member.local_display_name, late(found))).unwrap();
        }
        (world.bot().state(seen).on_event(joined).on_event(met).start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let (alice, bob) = (person(&world, "alice"), person(&world, "bob"));
    alice.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    let link: serde_json::Value = serde_json::from_str(&alice.raw("/_create link #1 member")).unwrap();
    let link = link["result"]["groupLink"]["connLinkContact"]["connFullLink"].as_str().unwrap();
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    core.raw(&format!("/_connect 1 {link}"));
    waits_for(&core, "userJoinedGroup").await;
    bob.raw(&format!("/_connect 1 {link}"));
    waits_for(&core, "connectedToGroupMember").await;
    let (bot, mut heard) = start().await;
    let mut found = [next(&mut heard).await, next(&mut heard).await];
    found.sort();
    assert_eq!(found, ["bob is in people (found)", "in people of alice (found)"]);
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = start().await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_customer_who_was_accepted_while_the_bot_was_away_is_told() {
    let world = World::new();
    let start = async || {
        let (seen, heard) = seen();
        async fn customer(event: AcceptingBusinessRequest, found: Reconciled, State(seen): State<Seen>) {
            seen.send(format!("customer {}{}", event.group_info.local_display_name, late(found))).unwrap();
        }
        let bot = world.bot().business_address().state(seen).on_event(customer);
        (bot.start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    let address = bot.address().unwrap().to_owned();
    until(async || std::fs::read_to_string(world.state_file()).unwrap_or_default().contains("\nL 1 c ")).await;
    nothing_more(bot, &mut heard).await;
    let alice = person(&world, "alice");
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    alice.raw(&format!("/_connect 1 {address}"));
    waits_for(&core, "acceptingBusinessRequest").await;
    let (bot, mut heard) = start().await;
    assert_eq!(next(&mut heard).await, "customer alice (found)");
    let bob = person(&world, "bob");
    bob.raw(&format!("/_connect 1 {address}"));
    assert_eq!(next(&mut heard).await, "customer bob");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn an_invitation_is_marked_read_after_its_handlers() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn look(_: ReceivedGroupInvitation, api: ChatApi, State(seen): State<Seen>) {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let chat = api.raw("/_get chat @4 initial=1").await.unwrap();
        seen.send(chat["chat"]["chatStats"]["unreadCount"].to_string()).unwrap();
    }
    let bot = world.bot().state(seen).on(text(), async || {}).on_event(look).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.core.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    assert!(alice.core.raw("/_add #1 4 member").contains("sentGroupInvitation"));
    assert_eq!(next(&mut heard).await, "1");
    until(async || common::unread(&bot, 4).await == 0).await;
    bot.stop().await.unwrap();
}
