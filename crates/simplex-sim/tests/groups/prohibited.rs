//! Messages that the group's preferences prohibit, from a member who does not know so yet.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::common::Commands;
use crate::{Group, NOW, kind};

const VOICE: &str = r#"{"type":"voice","text":"","duration":3}"#;

impl Group {
    /// Alice changes what is allowed in the group while Bob is away; what he does meanwhile is done once he is back.
    /// Returns what Alice is told then.
    fn unaware(&mut self, preferences: &str, bob: impl FnOnce(&mut Self)) -> Vec<Value> {
        self.net.set_offline(self.bob, true);
        let profile = format!(r#"{{"displayName":"team","fullName":"","groupPreferences":{preferences}}}"#);
        self.ok(self.alice, &format!("/_group_profile #1 {profile}"));
        bob(self);
        self.talk_is_over();
        self.net.set_offline(self.bob, false);
        let told = self.events(self.alice);
        told.into_iter()
            .filter(|e| !matches!(e["type"].as_str(), Some("subscriptionStatus" | "hostConnected")))
            .collect()
    }

    fn says(&mut self, content: &str) -> i64 {
        let sent = self.ok(self.bob, &format!(r#"/_send #1 json [{{"msgContent":{content},"mentions":{{}}}}]"#));
        sent["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
    }

    fn link(&mut self) -> String {
        let made = self.ok(self.carol, "/_address 1");
        made["connLinkContact"]["connShortLink"].as_str().unwrap().to_owned()
    }
}

/// The content and the text of the only new item.
fn refused(told: &[Value]) -> (Value, String) {
    let item = &told[0]["chatItems"][0]["chatItem"];
    assert_eq!(
        (told.len(), &told[0]["type"], told[0]["chatItems"].as_array().map(Vec::len)),
        (1, &json!("newChatItems"), Some(1))
    );
    assert_eq!((&item["meta"]["itemStatus"]["type"], &item["chatDir"]["type"]), (&json!("rcvNew"), &json!("groupRcv")));
    assert!(item["meta"]["itemSharedMsgId"].is_string());
    assert!(item.get("file").is_none() && item.get("formattedText").is_none());
    (item["content"].clone(), item["meta"]["itemText"].as_str().unwrap().to_owned())
}

fn rejected(feature: &str, title: &str) -> (Value, String) {
    (json!({"type": "rcvGroupFeatureRejected", "groupFeature": feature}), format!("{title}: received, prohibited"))
}

#[test]
fn a_prohibited_message_leaves_a_note_of_it_and_its_edits_are_not_heeded() {
    let mut g = Group::new("{}", NOW);
    let mut voice = 0;
    let told = g.unaware(r#"{"voice":{"enable":"off"}}"#, |g| voice = g.says(VOICE));
    assert_eq!(refused(&told), rejected("voice", "Voice messages"));
    // Carol knows of the change, too.
    assert!(g.last(g.carol, 9).iter().any(|i| kind(i) == "rcvGroupFeatureRejected"));
    // To Bob it is a message like others, which he can change.
    let edit = r#"{"msgContent":{"type":"voice","text":"well","duration":3},"mentions":{}}"#;
    g.ok(g.bob, &format!("/_update item #1 {voice} json {edit}"));
    let told = g.events(g.alice);
    assert_eq!((told.len(), &told[0]["type"]), (1, &json!("messageError")));
    assert_eq!(told[0]["errorMessage"], "x.msg.update: group member attempted invalid message update");
    // Now he knows.
    let no = g.refused(g.bob, &format!(r#"/_send #1 json [{{"msgContent":{VOICE},"mentions":{{}}}}]"#));
    assert_eq!(no["errorType"]["message"], "feature not allowed Voice messages");
}

#[test]
fn a_prohibited_file_is_not_offered() {
    let mut g = Group::new("{}", NOW);
    let path = std::env::temp_dir().join(format!("simplex-sim-prohibited-{}", std::process::id()));
    std::fs::write(&path, "x").unwrap();
    let send = |g: &mut Group, path: &PathBuf| {
        let file = format!(r#""fileSource":{{"filePath":{}}}"#, json!(path));
        let content = r#""msgContent":{"type":"file","text":""},"mentions":{}"#;
        g.ok(g.bob, &format!("/_send #1 json [{{{file},{content}}}]"));
    };
    let told = g.unaware(r#"{"files":{"enable":"on","role":"admin"}}"#, |g| send(g, &path));
    assert_eq!(refused(&told), rejected("files", "Files and media"));
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn prohibited_links_are_neither_received_nor_edited_in() {
    let mut g = Group::new("{}", NOW);
    let link = g.link();
    let plain = g.send(g.bob, "plain");
    let text = format!(r#"{{"type":"text","text":"come {link}"}}"#);
    let told = g.unaware(r#"{"simplexLinks":{"enable":"off"}}"#, |g| {
        g.says(&text);
        g.ok(g.bob, &format!(r#"/_update item #1 {plain} json {{"msgContent":{text},"mentions":{{}}}}"#));
    });
    assert_eq!(refused(&told[..1]), rejected("simplexLinks", "SimpleX links"));
    assert_eq!((told.len(), &told[1]["type"], &told[1]["severity"]), (2, &json!("messageError"), &json!("warning")));
    assert_eq!(told[1]["errorMessage"], "x.msg.update ignored: feature not allowed SimpleX links");
    assert!(g.last(g.alice, 10).iter().any(|i| i["meta"]["itemText"] == "plain"));
}

#[test]
fn prohibited_reactions_are_ignored_and_nothing_disappears_where_it_may_not() {
    let mut g = Group::new(r#"{"timedMessages":{"enable":"on","ttl":60}}"#, NOW);
    let hello = g.send(g.alice, "hello");
    let seen = g.item(g.bob, "hello");
    let off = r#"{"reactions":{"enable":"off"},"timedMessages":{"enable":"off"}}"#;
    let told = g.unaware(off, |g| {
        g.ok(g.bob, &format!(r#"/_reaction #1 {seen} on {{"type":"emoji","emoji":"👍"}}"#));
        g.send(g.bob, "soon gone");
    });
    assert_eq!((told.len(), &told[0]["type"]), (1, &json!("newChatItems")));
    assert!(told[0]["chatItems"][0]["chatItem"]["meta"].get("itemTimed").is_none(), "{told:?}");
    let items = g.last(g.alice, 10);
    let hello = items.iter().find(|i| i["meta"]["itemId"] == hello).unwrap();
    assert_eq!(hello["reactions"], json!([]));
}

#[test]
fn a_reaction_to_what_was_deleted_here_is_ignored() {
    let mut g = Group::new("{}", NOW);
    let hello = g.send(g.alice, "hello");
    let seen = g.item(g.bob, "hello");
    g.ok(g.alice, &format!("/_delete item #1 {hello} internalMark"));
    g.talk_is_over();
    g.ok(g.bob, &format!(r#"/_reaction #1 {seen} on {{"type":"emoji","emoji":"👍"}}"#));
    assert_eq!(g.tags(g.alice), Vec::<String>::new());
}

#[test]
fn prohibited_direct_messages_are_not_begun() {
    let mut g = Group::new(r#"{"directMessages":{"enable":"on"}}"#, NOW);
    let alice = g.member(g.bob, "alice");
    let begin = |g: &mut Group| {
        let contact = g.ok(g.bob, &format!("/_create member contact #1 {alice}"))["contact"]["contactId"].clone();
        g.ok(g.bob, &format!("/_invite member contact @{contact}"));
    };
    let told = g.unaware(r#"{"directMessages":{"enable":"on","role":"admin"}}"#, begin);
    assert_eq!((told.len(), &told[0]["type"], &told[0]["severity"]), (1, &json!("messageError"), &json!("error")));
    assert_eq!(told[0]["errorMessage"], "x.grp.direct.inv: direct messages not allowed");
    // The role counts for whoever begins.
    let carol = g.member(g.bob, "carol");
    let no = g.refused(g.bob, &format!("/_create member contact #1 {carol}"));
    assert_eq!(no["errorType"]["message"], "direct messages not allowed");
}

#[test]
fn whoever_is_blocked_begins_no_direct_chat() {
    let mut g = Group::new(r#"{"directMessages":{"enable":"on"}}"#, NOW);
    let (alice, bob) = (g.member(g.bob, "alice"), g.member(g.alice, "bob"));
    g.ok(g.alice, &format!(r#"/_member settings #1 {bob} {{"showMessages":false}}"#));
    let contact = g.ok(g.bob, &format!("/_create member contact #1 {alice}"))["contact"]["contactId"].clone();
    g.ok(g.bob, &format!("/_invite member contact @{contact}"));
    let told = g.events(g.alice);
    assert_eq!((told.len(), &told[0]["type"], &told[0]["severity"]), (1, &json!("messageError"), &json!("warning")));
}
