//! Who waits to be admitted, and the moderators who decide. What was not recorded follows the core's sources.

use serde_json::Value;
use simplex_sim::CoreId;

use super::{Group, NOW};
use crate::common::Commands;

/// Alice's group, in which she reviews who joins; Bob is a moderator, Carol is not.
fn reviewed() -> Group {
    let mut g = Group::new("{}", NOW);
    let bob = g.member(g.alice, "bob");
    g.ok(g.alice, &format!("/_member role #1 {bob} moderator"));
    g.ok(g.alice, "/set admission review #team all");
    g.talk_is_over();
    g
}

/// Dave comes by the group's link.
fn dave(g: &mut Group) -> CoreId {
    let dave = g.net.open("dave", "").unwrap();
    let profile = r#"{"displayName":"dave","fullName":""}"#;
    g.ok(dave, &format!(r#"/_create user {{"profile":{profile},"pastTimestamp":false}}"#));
    g.ok(dave, "/_start main=on");
    let link = g.ok(g.alice, "/_get link #1")["groupLink"]["connLinkContact"]["connFullLink"].clone();
    g.ok(dave, &format!("/_connect 1 {}", link.as_str().unwrap()));
    dave
}

impl Group {
    /// The tags of events, and for new items the name of the member whose support chat they are in, and their texts.
    fn told(&mut self, core: CoreId) -> Vec<String> {
        let item = |i: &Value| {
            let scope = &i["chatInfo"]["groupChatScope"];
            let of = match (scope.is_null(), scope["groupMember_"]["localDisplayName"].as_str()) {
                (true, _) => "group",
                (false, member) => member.unwrap_or("own"),
            };
            format!("{of}: {}", i["chatItem"]["meta"]["itemText"].as_str().unwrap())
        };
        let events = self.events(core).into_iter().flat_map(|e| {
            match e["chatItems"].as_array().filter(|_| e["type"] == "newChatItems") {
                Some(items) => items.iter().map(item).collect(),
                None => vec![e["type"].as_str().unwrap_or("error").to_owned()],
            }
        });
        events
            .filter(|e| e != "chatItemsStatusesUpdated" && e != "hostConnected" && e != "subscriptionStatus")
            .collect()
    }

    fn status(&mut self, core: CoreId) -> String {
        let members = self.ok(core, "/_members #1")["group"]["members"].clone();
        let dave = members.as_array().unwrap().iter().find(|m| m["localDisplayName"] == "dave").unwrap().clone();
        dave["memberStatus"].as_str().unwrap().to_owned()
    }
}

fn write(scope: &str, text: &str) -> String {
    let content = format!(r#"[{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
    format!("/_send #1{scope} json {content}")
}

#[test]
fn who_waits_to_be_admitted_is_known_to_all_moderators_and_to_nobody_else() {
    let mut g = reviewed();
    let dave = dave(&mut g);
    let bob = g.told(g.bob);
    assert_eq!(
        bob,
        [
            "dave: added dave",
            "dave: new member wants to join the group",
            "joinedGroupMemberConnecting",
            "dave: connected",
            "connectedToGroupMember"
        ]
    );
    assert_eq!((g.status(g.alice), g.status(g.bob)), ("pending_review".into(), "pending_review".into()));
    assert_eq!(g.ok(g.bob, "/_info #1")["groupInfo"]["membersRequireAttention"], 1);
    assert_eq!(g.told(g.carol), Vec::<String>::new());
    let events = g.told(dave);
    assert_eq!(events[events.len() - 2..], ["own: connected", "connectedToGroupMember"], "{events:?}");
    // All moderators read what is asked, and what is answered.
    g.told(g.alice);
    g.ok(dave, &write("(_support)", "please"));
    for core in [g.alice, g.bob] {
        assert_eq!(g.told(core), ["dave: please"]);
    }
    let here = g.member(g.bob, "dave");
    g.ok(g.bob, &write(&format!("(_support:{here})"), "who are you?"));
    assert_eq!(g.told(g.alice), ["dave: who are you?"]);
    assert_eq!(g.told(dave), ["own: who are you?"]);
}

#[test]
fn any_moderator_admits_and_the_host_introduces() {
    let mut g = reviewed();
    let dave = dave(&mut g);
    let (here, there) = (g.member(g.bob, "dave"), g.member(g.alice, "dave"));
    let refused = g.refused(g.carol, &format!("/_accept member #1 {here} member"));
    assert_eq!(refused["type"], "errorStore", "whom Carol does not know");
    g.talk_is_over();
    g.events(dave);
    assert_eq!(g.ok(g.bob, &format!("/_accept member #1 {here} member"))["type"], "memberAccepted");
    assert_eq!(g.told(g.bob), ["group: connected", "dave: you accepted this member"]);
    let alice = g.told(g.alice);
    assert_eq!(alice[..3], ["group: connected", "dave: accepted dave", "memberAcceptedByOther"], "{alice:?}");
    let events = g.told(dave);
    assert!(events.contains(&"userJoinedGroup".to_owned()), "{events:?}");
    assert_eq!(events[events.len() - 2..], ["group: connected", "connectedToGroupMember"], "with Carol: {events:?}");
    let carol = g.told(g.carol);
    assert_eq!(
        carol,
        ["group: added dave", "joinedGroupMemberConnecting", "group: connected", "connectedToGroupMember"]
    );
    // Alice has not read that Dave came.
    for (core, attention) in [(g.alice, 1), (g.bob, 0), (g.carol, 0)] {
        assert_eq!(g.status(core), "connected");
        assert_eq!(g.ok(core, "/_info #1")["groupInfo"]["membersRequireAttention"], attention);
    }
    g.ok(dave, &write("", "thanks"));
    for core in [g.alice, g.bob, g.carol] {
        assert_eq!(g.told(core), ["group: thanks"]);
    }
    let again = g.refused(g.alice, &format!("/_accept member #1 {there} member"));
    assert!(again["errorType"]["message"].as_str().unwrap().starts_with("member should be pending"));
}

#[test]
fn who_is_not_admitted_is_removed_before_the_eyes_of_moderators_only() {
    let mut g = reviewed();
    let dave = dave(&mut g);
    let there = g.member(g.alice, "dave");
    g.talk_is_over();
    g.events(dave);
    g.ok(g.alice, &format!("/_remove #1 {there}"));
    assert_eq!(g.told(g.bob)[..2], ["group: removed dave", "deletedMember"]);
    assert_eq!(g.told(g.carol), Vec::<String>::new());
    assert_eq!(g.told(dave)[..2], ["own: removed you", "deletedMemberUser"]);
    assert_eq!(g.ok(g.bob, "/_info #1")["groupInfo"]["membersRequireAttention"], 0);
}

#[test]
fn only_moderators_admit_and_only_support_chats_that_exist_are_deleted() {
    let mut g = reviewed();
    dave(&mut g);
    let (here, bob) = (g.member(g.bob, "dave"), g.member(g.alice, "bob"));
    g.ok(g.alice, &format!("/_member role #1 {bob} member"));
    let refused = g.refused(g.bob, &format!("/_accept member #1 {here} member"));
    assert_eq!(refused["errorType"]["type"], "groupUserRole");
    let none = g.refused(g.alice, &format!("/_delete member chat #1 {bob}"));
    assert_eq!(none["errorType"]["message"], "member has no support chat");
}
