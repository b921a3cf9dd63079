//! Support chats of groups: lanes of their own, which no list of unread chats shows.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{
    Seen, World, failing, first_waits, in_group, next, nothing_more, say, seen, tell, telling, telling_of, together,
    until,
};
use simplex_bot::Delivery;
use simplex_bot::core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use simplex_bot::prelude::*;
use simplex_sim::SimCore;
use tokio::sync::Notify;

#[tokio::test]
async fn a_support_chat_is_a_lane_of_its_own_and_is_looked_at() {
    let world = World::new();
    let gate = Arc::new(Notify::new());
    async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        if msg.text() == "stuck" {
            gate.notified().await;
        }
        let scope = if msg.is_support() { " in support" } else { "" };
        seen.send(format!("{}{scope}", msg.text())).unwrap();
    }
    let start =
        async |seen: Seen| world.bot().state((seen, Arc::clone(&gate))).on(text(), waits).start().await.unwrap();
    let (seen_1, mut heard) = seen();
    let bot = start(seen_1).await;
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    let say = |scope: &str, text: &str| _ = say(&alice.core, &format!("#1{scope}"), text);
    say("", "stuck");
    say("(_support)", "help");
    assert_eq!(next(&mut heard).await, "help in support");
    gate.notify_one();
    assert_eq!(next(&mut heard).await, "stuck");
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| say("(_support)", "missed"));
    let (seen_2, mut heard) = seen();
    let bot = start(seen_2).await;
    assert_eq!(next(&mut heard).await, "missed in support");
    nothing_more(bot, &mut heard).await;
    // And is read.
    world.while_nobody_listens(|core| {
        let members = core.raw("/_members #1");
        assert!(members.contains(r#""unread":0,"memberAttention":0"#), "{members}");
    });
}

#[tokio::test(start_paused = true)]
async fn support_chats_that_cannot_be_looked_at_are_looked_at_later() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| _ = say(&alice.core, "#1(_support)", "help"));
    let core = failing(&world, "/_groups");
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    until(async || !core.sent("/_groups").is_empty()).await;
    core.refuses(None);
    assert_eq!(next(&mut heard).await, "help recovered");
    tokio::time::sleep(Duration::from_secs(1)).await;
    say(&alice.core, "#1(_support)", "from then on events tell");
    assert_eq!(next(&mut heard).await, "from then on events tell");
    nothing_more(bot, &mut heard).await;
    // With delivery off nothing is looked for, and events are all that there is from the beginning.
    let (bot, mut heard) = telling_of(world.bot().delivery(Delivery::Off)).await;
    say(&alice.core, "#1(_support)", "hello");
    assert_eq!(next(&mut heard).await, "hello");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_group_whose_support_chats_cannot_be_looked_at_is_not_in_the_way_of_the_others() {
    for (refused, found) in [("/_members #1", "in 2 recovered"), ("/_members #2", "in 1 recovered")] {
        let world = World::new();
        let (bot, mut heard) = telling(&world).await;
        let alice = world.person("alice", &bot).await;
        for group in [1, 2] {
            bot.api().raw(&format!(r#"/_group 1 {{"displayName":"group{group}","fullName":""}}"#)).await.unwrap();
            bot.api().raw(&format!("/_add #{group} 4 member")).await.unwrap();
            until(async || alice.core.raw(&format!("/_join #{group}")).contains("userAcceptedGroupSent")).await;
            let joined = async || bot.api().list_members(group.into()).await.unwrap()[0].member_status.clone();
            until(async || joined().await.as_str() == "connected").await;
        }
        nothing_more(bot, &mut heard).await;
        world.while_nobody_listens(|_| {
            for group in [1, 2] {
                say(&alice.core, &format!("#{group}(_support)"), &format!("in {group}"));
            }
        });
        let (bot, mut heard) = telling_of(world.bot_on(failing(&world, refused))).await;
        assert_eq!(next(&mut heard).await, found);
        alice.send("elsewhere, events tell");
        assert_eq!(next(&mut heard).await, "elsewhere, events tell");
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn what_is_unread_in_a_support_chat_is_found_after_an_answer_there() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    nothing_more(bot, &mut heard).await;
    // The core takes an answer for a sign that nobody needs attention; what was written is unread nevertheless.
    world.while_nobody_listens(|core| {
        say(&alice.core, "#1(_support)", "help");
        let members = core.raw("/_members #1");
        let members: serde_json::Value = serde_json::from_str(&members).unwrap();
        let member = &members["result"]["group"]["members"][0]["groupMemberId"];
        say(core, &format!("#1(_support:{member})"), "soon");
        core.raw(&format!("/_get chat #1(_support:{member}) count=1"));
        let groups = core.raw("/_groups 1");
        assert!(groups.contains(r#""membersRequireAttention":0"#), "{groups}");
    });
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "help recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_comes_in_a_support_chat_that_was_not_looked_at_yet_waits_for_what_was_missed_there() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|core| {
        say(&alice.core, "#1(_support)", "help");
        let members: serde_json::Value = serde_json::from_str(&core.raw("/_members #1")).unwrap();
        let member = &members["result"]["group"]["members"][0]["groupMemberId"];
        say(core, &format!("#1(_support:{member})"), "soon");
        core.raw(&format!("/_get chat #1(_support:{member}) count=1"));
    });
    let core = failing(&world, "/_members");
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    until(async || !core.sent("/_members").is_empty()).await;
    say(&alice.core, "#1(_support)", "are you there?");
    assert_eq!(next(&mut heard).await, "help recovered");
    assert_eq!(next(&mut heard).await, "are you there? recovered");
    core.refuses(None);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_told_of_together_in_a_support_chat_waits_for_what_was_missed_there() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    let members = bot.api().raw("/_members #1").await.unwrap();
    let support = format!("#1(_support:{})", members["group"]["members"][0]["groupMemberId"]);
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| _ = say(&alice.core, "#1(_support)", "help"));
    let core = failing(&world, "/_members");
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    until(async || !core.sent("/_members").is_empty()).await;
    core.loses_events();
    say(&alice.core, "#1(_support)", "are you");
    say(&alice.core, "#1(_support)", "there?");
    let chat = format!("/_get chat {support} count=1");
    until(async || bot.api().raw(&chat).await.unwrap().to_string().contains("there?")).await;
    core.hears_again(together(&bot, &[(&support, 2)]).await);
    for expected in ["help recovered", "are you recovered", "there? recovered"] {
        assert_eq!(next(&mut heard).await, expected);
    }
    core.refuses(None);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn the_support_chat_of_a_bot_that_is_a_member_is_looked_at() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    // Alice's group: the bot is a member like others.
    assert!(alice.core.raw(r#"/_group 1 {"displayName":"hers","fullName":""}"#).contains("groupCreated"));
    assert!(alice.core.raw("/_add #1 4 member").contains("sentGroupInvitation"));
    until(async || bot.api().raw("/_join #1").await.is_ok()).await;
    let member = async || {
        let members: serde_json::Value = serde_json::from_str(&alice.core.raw("/_members #1")).unwrap();
        let member = members["result"]["group"]["members"][0].clone();
        (member["memberStatus"] == "connected").then(|| member["groupMemberId"].as_i64().unwrap())
    };
    until(async || member().await.is_some()).await;
    let member = member().await.unwrap();
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| _ = say(&alice.core, &format!("#1(_support:{member})"), "a word with you"));
    let (seen_2, mut heard) = seen();
    let bot = world.bot().state(seen_2).on(in_support(), tell_support).start().await.unwrap();
    assert_eq!(next(&mut heard).await, "a word with you");
    nothing_more(bot, &mut heard).await;
}

async fn tell_support(msg: Message, State(seen): State<Seen>) {
    seen.send(msg.text().to_owned()).unwrap();
}

/// A member's support chat goes with the member, and when the bot deletes it.
#[tokio::test]
async fn what_waits_in_a_support_chat_that_goes_is_not_handled_any_more() {
    for how in ["left", "removed", "removed by the bot", "deleted by the bot"] {
        let world = World::new();
        let (seen_1, mut heard) = seen();
        let gate = Arc::new(Notify::new());
        let bot = world.bot().state((seen_1, Arc::clone(&gate))).on(text(), first_waits).start().await.unwrap();
        let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
        in_group(&bot, &alice).await;
        bot.api().raw("/_add #1 5 admin").await.unwrap();
        until(async || bob.core.raw("/_join #1").contains("userAcceptedGroupSent")).await;
        let alice_of = |members: serde_json::Value| {
            let members = members["group"]["members"].as_array().cloned().unwrap_or_default();
            let alice = members.into_iter().find(|member| member["memberProfile"]["displayName"] == "alice");
            alice.filter(|alice| alice["memberStatus"] == "connected").map(|alice| alice["groupMemberId"].to_string())
        };
        let of_bob = || {
            let mut members: serde_json::Value = serde_json::from_str(&bob.core.raw("/_members #1")).unwrap();
            alice_of(members["result"].take())
        };
        until(async || of_bob().is_some()).await;
        let of_bot = alice_of(bot.api().raw("/_members #1").await.unwrap()).unwrap();
        say(&alice.core, "#1(_support)", "first");
        assert_eq!(next(&mut heard).await, "first");
        say(&alice.core, "#1(_support)", "help");
        let handle = bot.handle();
        until(async || handle.health().unwrap().queued > 0).await;
        match how {
            "left" => assert!(alice.core.raw("/_leave #1").contains("leftMemberUser")),
            "removed" => {
                assert!(bob.core.raw(&format!("/_remove #1 {}", of_bob().unwrap())).contains("userDeletedMembers"));
            }
            "removed by the bot" => drop(bot.api().raw(&format!("/_remove #1 {of_bot}")).await.unwrap()),
            _ => drop(bot.api().raw(&format!("/_delete member chat #1 {of_bot}")).await.unwrap()),
        }
        until(async || !bot.api().raw("/_members #1").await.unwrap().to_string().contains("supportChat")).await;
        gate.notify_one();
        until(async || handle.health().unwrap().lanes == 0).await;
        assert!(heard.try_recv().is_err(), "{how}");
        nothing_more(bot, &mut heard).await;
    }
}

/// A core that never says who is in the first group.
#[derive(Debug)]
struct NeverSays(SimCore);

#[async_trait::async_trait]
impl ChatCore for NeverSays {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        if request.text() == "/_members #1" {
            std::future::pending::<()>().await;
        }
        self.0.send(request).await
    }
    async fn recv(&self) -> Option<CoreEvent> {
        self.0.recv().await
    }
    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.0.close(deadline).await
    }
}

#[tokio::test]
async fn who_waits_for_an_answer_does_not_wait_for_the_look_at_all_groups() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    bot.api().raw(r#"/_group 1 {"displayName":"theirs","fullName":""}"#).await.unwrap();
    bot.api().raw("/_add #2 4 member").await.unwrap();
    until(async || alice.core.raw("/_join #2").contains("userAcceptedGroupSent")).await;
    until(async || bot.api().raw("/_members #2").await.unwrap().to_string().contains("\"connected\"")).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| _ = say(&alice.core, "#2(_support)", "help"));
    let (seen, mut heard) = seen();
    let core = Arc::new(NeverSays(world.net.open("bot", "").unwrap()));
    let bot = world.bot_on(core).state(seen).on(text(), tell).start().await.unwrap();
    assert_eq!(next(&mut heard).await, "help recovered");
    nothing_more(bot, &mut heard).await;
}
