//! Scenario 35: keys, export and the end of a database.

use std::path::PathBuf;

use serde_json::Value;
use simplex_sim::WrongKey;

use super::Pair;
use crate::common::Commands;

fn error(v: &Value) -> &str {
    let e = &v["error"];
    ["errorType", "storeError", "databaseError"].iter().find_map(|k| e[k]["type"].as_str()).unwrap_or_default()
}

#[test]
fn s35_export_and_keys_want_a_stopped_chat_and_the_right_key() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("s35");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let at = |name: &str| folder.join(name).display().to_string();
    let mut p = Pair::new();
    let alice = p.alice;
    let folders = format!(
        r#"/set file paths {{"appFilesFolder":"{0}","appTempFolder":"{0}","appAssetsFolder":"{0}"}}"#,
        folder.display()
    );
    p.ok(alice, &folders);
    p.send(alice, "before export");
    let export = format!(r#"/_db export {{"archivePath":"{}"}}"#, at("a.zip"));
    for running in [&export, r#"/_db encryption {"currentKey":"","newKey":"k1"}"#, "/_db delete"] {
        assert_eq!(error(&p.raw(alice, running)), "chatNotStopped", "{running}");
    }
    p.ok(alice, "/_stop");
    let missing = p.raw(alice, &export);
    assert_eq!(error(&missing), "exception");
    assert!(missing["error"]["errorType"]["message"].as_str().unwrap().contains("/wallpapers: getDirectoryContents"));
    assert!(!folder.join("a.zip").exists());
    std::fs::create_dir(folder.join("wallpapers")).unwrap();
    assert_eq!(p.ok(alice, &export)["type"], "archiveExported");
    assert!(folder.join("a.zip").exists());
    let nowhere = p.raw(alice, r#"/_db export {"archivePath":"/nonexistent/dir/a.zip"}"#);
    assert!(nowhere["error"]["errorType"]["message"].as_str().unwrap().starts_with("/nonexistent/dir: openBinary"));
    // A stopped chat goes on where it was.
    p.ok(alice, "/_start main=on");
    p.ok(alice, "/_stop");

    let wrong = p.raw(alice, r#"/_db encryption {"currentKey":"wrong","newKey":"k1"}"#);
    assert_eq!(error(&wrong), "errorPlaintext");
    p.ok(alice, r#"/_db encryption {"currentKey":"","newKey":""}"#);
    p.ok(alice, r#"/_db encryption {"currentKey":"","newKey":"k1"}"#);
    assert_eq!(error(&p.raw(alice, "/_get chats 1")), "dBException");
    assert_eq!(error(&p.raw(alice, "/_start main=on")), "chatStoreChanged");
    p.ok(alice, "/db test key k1");
    assert_eq!(error(&p.raw(alice, "/db test key zz")), "errorOpen");

    assert_eq!(p.net.open("alice", ""), Err(WrongKey));
    assert_eq!(p.net.open("alice", "zz"), Err(WrongKey));
    assert_eq!(p.net.open("alice", "k1"), Ok(alice));
    assert_eq!(p.ok(alice, "/u")["user"]["localDisplayName"], "alice");
    for key in [r#"k2 with space 'q'"#, "k3-\u{e9}\u{2603}"] {
        let unfit = p.raw(alice, &format!(r#"/_db encryption {{"currentKey":"k1","newKey":"{key}"}}"#));
        assert_eq!(error(&unfit), "commandError", "{key}");
    }
    p.ok(alice, "/_start main=on");
    assert_eq!(p.texts(alice), ["before export"]);

    p.ok(alice, "/_stop");
    p.ok(alice, "/_db delete");
    // The user is still in memory; the next to open it finds a new database.
    assert_eq!(p.ok(alice, "/u")["user"]["localDisplayName"], "alice");
    p.net.open("alice", "").unwrap();
    assert_eq!(error(&p.raw(alice, "/u")), "noActiveUser");
}
