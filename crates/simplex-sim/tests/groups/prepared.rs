//! Groups that are prepared from a link: shown before one asks to join. This follows the core's sources.

use serde_json::Value;
use simplex_sim::CoreId;

use super::{Group, NOW};
use crate::common::Commands;

/// Alice's group has a welcome; Dave has not joined it. Returns Dave, and the group's links.
fn with_dave() -> (Group, CoreId, String, String) {
    let mut g = Group::new("{}", NOW);
    let profile = r#"{"displayName":"team","fullName":"","description":"Welcome!"}"#;
    g.ok(g.alice, &format!("/_group_profile #1 {profile}"));
    let link = g.ok(g.alice, "/_get link #1")["groupLink"]["connLinkContact"].clone();
    let dave = g.net.open("dave", "").unwrap();
    g.ok(dave, r#"/_create user {"profile":{"displayName":"dave","fullName":""},"pastTimestamp":false}"#);
    g.ok(dave, "/_start main=on");
    g.talk_is_over();
    let [full, short] = ["connFullLink", "connShortLink"].map(|k| link[k].as_str().unwrap().to_owned());
    (g, dave, full, short)
}

fn prepare(g: &mut Group, who: CoreId, full: &str, short: &str) -> Value {
    let plan = g.ok(who, &format!("/_connect plan 1 {short}"))["connectionPlan"]["groupLinkPlan"].clone();
    assert_eq!(plan["type"], "ok");
    g.ok(who, &format!("/_prepare group 1 {full} {short} {}", plan["groupSLinkData_"]))["chat"].clone()
}

fn texts(events: &[Value]) -> Vec<String> {
    let items = events.iter().filter_map(|e| e["chatItems"].as_array()).flatten();
    items.filter_map(|i| i["chatItem"]["content"]["msgContent"]["text"].as_str()).map(str::to_owned).collect()
}

fn tags(events: &[Value]) -> Vec<&str> {
    let known = ["groupLinkConnecting", "userJoinedGroup", "acceptingGroupJoinRequestMember", "joinedGroupMember"];
    events.iter().filter_map(|e| e["type"].as_str()).filter(|t| known.contains(t)).collect()
}

#[test]
fn a_prepared_group_shows_its_welcome_and_is_joined_later() {
    let (mut g, dave, full, short) = with_dave();
    let chat = prepare(&mut g, dave, &full, &short);
    let group = &chat["chatInfo"]["groupInfo"];
    assert_eq!(group["preparedGroup"]["connLinkStartedConnection"], false);
    assert_eq!(group["membership"]["memberStatus"], "unknown");
    assert_eq!(chat["chatItems"][0]["content"]["msgContent"]["text"], "Welcome!");
    assert_eq!(chat["chatStats"]["unreadCount"], 1);
    let plan = g.ok(dave, &format!("/_connect plan 1 {short}"))["connectionPlan"]["groupLinkPlan"].clone();
    assert_eq!((&plan["type"], &plan["groupInfo"]["groupId"]), (&"known".into(), &group["groupId"]));
    let refused = g.refused(dave, r#"/_send #1 json [{"msgContent":{"type":"text","text":"too early"}}]"#);
    assert_eq!(refused["errorType"]["message"], "not current member");
    assert!(g.events(g.alice).is_empty());

    let started = g.ok(dave, "/_connect group #1");
    assert_eq!(started["type"], "startedConnectionToGroup");
    assert_eq!(started["groupInfo"]["preparedGroup"]["connLinkStartedConnection"], true);
    let events = g.events(dave);
    assert_eq!(tags(&events), ["groupLinkConnecting", "userJoinedGroup"]);
    // It was seen already.
    assert!(!texts(&events).contains(&"Welcome!".to_owned()), "{events:?}");
    assert_eq!(tags(&g.events(g.alice)), ["acceptingGroupJoinRequestMember", "joinedGroupMember"]);
    g.ok(dave, r#"/_send #1 json [{"msgContent":{"type":"text","text":"here I am"}}]"#);
    for core in [g.alice, g.bob, g.carol] {
        assert!(texts(&g.events(core)).contains(&"here I am".to_owned()));
    }
    // Nobody hears of it when he asks again.
    g.talk_is_over();
    g.ok(dave, "/_connect group #1");
    assert!(g.events(g.alice).is_empty());
    let members = g.ok(g.alice, "/_members #1")["group"]["members"].as_array().unwrap().len();
    assert_eq!(members, 3);
}

#[test]
fn a_prepared_group_is_joined_under_another_name() {
    let (mut g, dave, full, short) = with_dave();
    prepare(&mut g, dave, &full, &short);
    let started = g.ok(dave, r#"/_connect group #1 incognito=on json {"type":"text","text":"hello"}"#);
    let name = started["customUserProfile"]["displayName"].as_str().unwrap().to_owned();
    assert_eq!(started["groupInfo"]["membership"]["memberProfile"]["displayName"], name.as_str());
    assert!(texts(&g.events(dave)).contains(&"hello".to_owned()));
    let joined = g.events(g.alice).into_iter().find(|e| e["type"] == "joinedGroupMember").unwrap();
    assert_eq!(joined["member"]["memberProfile"]["displayName"], name.as_str());
}

#[test]
fn a_business_address_is_prepared_as_a_group() {
    let (mut g, dave, ..) = with_dave();
    let link = g.ok(g.alice, "/_address 1")["connLinkContact"].clone();
    let hi = r#"{"type":"text","text":"How can we help?"}"#;
    let settings = format!(r#"{{"businessAddress":true,"autoAccept":{{"acceptIncognito":false}},"autoReply":{hi}}}"#);
    g.ok(g.alice, &format!("/_address_settings 1 {settings}"));
    let [full, short] = ["connFullLink", "connShortLink"].map(|k| link[k].as_str().unwrap());
    let plan = g.ok(dave, &format!("/_connect plan 1 {short}"))["connectionPlan"]["contactAddressPlan"].clone();
    let data = &plan["contactSLinkData_"];
    let chat = g.ok(dave, &format!("/_prepare contact 1 {full} {short} {data}"))["chat"].clone();
    assert_eq!(chat["chatInfo"]["groupInfo"]["businessChat"]["chatType"], "business");
    assert_eq!(chat["chatItems"][0]["content"]["msgContent"]["text"], "How can we help?");
    g.ok(dave, r#"/_connect group #1 json {"type":"text","text":"My order"}"#);
    let events = g.events(dave);
    assert_eq!(tags(&events), ["groupLinkConnecting", "userJoinedGroup"]);
    assert_eq!(texts(&events), ["My order"]);
    let events = g.events(g.alice);
    assert!(texts(&events).contains(&"My order".to_owned()));
    assert!(events.iter().any(|e| e["type"] == "acceptingBusinessRequest"));
}

/// A link that somebody else has used meanwhile is refused, as recorded (06-one-time-link).
#[test]
fn a_prepared_contact_is_connected_once() {
    let (mut g, dave, ..) = with_dave();
    let link = |g: &mut Group| g.ok(g.alice, "/_connect 1")["connLinkInvitation"].clone();
    let prepare = |g: &mut Group, link: &Value| {
        let [full, short] = ["connFullLink", "connShortLink"].map(|k| link[k].as_str().unwrap());
        let data = r#"{"profile":{"displayName":"alice","fullName":""},"business":false}"#;
        let chat = g.ok(dave, &format!("/_prepare contact 1 {full} {short} {data}"))["chat"].clone();
        chat["chatInfo"]["contact"]["contactId"].clone()
    };
    let first = link(&mut g);
    let contact = prepare(&mut g, &first);
    assert_eq!(g.ok(dave, &format!("/_connect contact @{contact}"))["type"], "startedConnectionToContact");
    g.talk_is_over();
    assert_eq!(g.ok(dave, &format!("/_connect contact @{contact}"))["type"], "contactAlreadyExists");
    assert!(g.events(g.alice).is_empty());
    let second = link(&mut g);
    let contact = prepare(&mut g, &second);
    g.ok(g.bob, &format!("/_connect 1 {}", second["connFullLink"].as_str().unwrap()));
    let refused = g.refused(dave, &format!("/_connect contact @{contact}"));
    assert_eq!(refused["agentError"]["smpErr"]["type"], "AUTH");
}
