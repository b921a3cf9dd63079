//! The chats of a business: who sees what they are.

use super::{Group, NOW};
use crate::common::Commands;

/// The core's sources: an invitation says of which business the group is, and who is its customer.
#[test]
fn a_colleague_sees_the_customers_chat_as_one_of_the_business() {
    let mut g = Group::new("{}", NOW);
    let invitation = g.ok(g.alice, "/_connect 1")["connLinkInvitation"]["connFullLink"].clone();
    g.ok(g.carol, &format!("/_connect 1 {}", invitation.as_str().unwrap()));
    let address = g.ok(g.alice, "/_address 1")["connLinkContact"]["connFullLink"].clone();
    g.ok(g.alice, r#"/_address_settings 1 {"businessAddress":true,"autoAccept":{"acceptIncognito":false}}"#);
    g.ok(g.bob, &format!("/_connect 1 {}", address.as_str().unwrap()));
    let contacts = g.ok(g.alice, "/_contacts 1")["contacts"].clone();
    let carol = contacts.as_array().unwrap().iter().find(|c| c["profile"]["displayName"] == "carol").unwrap();
    let own = g.ok(g.alice, "/_info #2")["groupInfo"]["businessChat"].clone();
    assert_eq!(own["chatType"], "customer");
    g.talk_is_over();
    g.ok(g.alice, &format!("/_add #2 {} member", carol["contactId"]));
    let invited = g.events(g.carol).into_iter().find(|e| e["type"] == "receivedGroupInvitation").unwrap();
    assert_eq!(invited["groupInfo"]["businessChat"], own);
    g.ok(g.carol, "/_join #2");
    assert_eq!(g.ok(g.carol, "/_info #2")["groupInfo"]["businessChat"], own);
}

/// The core's guide to bots: a business chat inherits the preferences of the bot's profile, its commands among them. Those
/// are of when the customer came: a later profile changes only names and picture.
#[test]
fn a_customers_chat_has_the_commands_that_the_business_had() {
    let mut g = Group::new("{}", NOW);
    let profile = |keyword: &str| {
        let command = format!(r#"{{"type":"command","keyword":"{keyword}","label":"…"}}"#);
        format!(r#"/_profile 1 {{"displayName":"alice","fullName":"","preferences":{{"commands":[{command}]}}}}"#)
    };
    g.ok(g.alice, &profile("help"));
    let address = g.ok(g.alice, "/_address 1")["connLinkContact"]["connFullLink"].clone();
    g.ok(g.alice, r#"/_address_settings 1 {"businessAddress":true,"autoAccept":{"acceptIncognito":false}}"#);
    g.ok(g.bob, &format!("/_connect 1 {}", address.as_str().unwrap()));
    g.ok(g.alice, &profile("more"));
    for core in [g.alice, g.bob] {
        let group = g.ok(core, "/_info #2")["groupInfo"].clone();
        assert_eq!(group["groupProfile"]["groupPreferences"]["commands"][0]["keyword"], "help", "{group}");
    }
}
