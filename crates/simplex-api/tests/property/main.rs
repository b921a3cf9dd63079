//! Whatever is put into a command, the core reads what was meant, or the command is refused here: the simulated core's
//! parser, which recorded malformed commands hold to the real one, is the judge.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

mod args;
mod chats;
mod groups;
mod people;
mod rest;
mod services;

use args::{Args, Case, args};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use simplex_api::types::*;
use simplex_api::types::{Command, cmd};
use simplex_sim::parser::parse;

fn cases(args: &Args) -> Vec<Case> {
    let mut cases = Vec::new();
    rest::rest(args, &mut cases);
    people::people(args, &mut cases);
    chats::messages(args, &mut cases);
    chats::chats(args, &mut cases);
    groups::groups(args, &mut cases);
    services::services(args, &mut cases);
    cases
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(0x51ED),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_command_is_read_as_it_was_meant_or_refused(args in args()) {
        for Case { name, text, meant, core_refuses } in cases(&args) {
            if let Ok(text) = text {
                let start: String = text.chars().take(200).collect();
                let read = parse(&text);
                let refused = core_refuses && read.is_err();
                prop_assert!(refused || read == Ok(meant), "{}: {:?} is read otherwise", name, start);
            }
        }
    }
}

/// A command that is generated and has no case here would be one whose text nobody judges.
#[test]
fn every_command_is_judged() {
    let args = Args {
        ids: [1, 2, 3],
        list: vec![4],
        on: [true; 3],
        text: "https://a/b".into(),
        other: "b".into(),
        number: 5,
        role: 0,
        chat: 0,
    };
    let judged: Vec<&str> = cases(&args).iter().map(|case| case.name).collect();
    let generated = include_str!("../../../simplex-types/src/generated/commands.rs");
    let all = generated.lines().filter_map(|line| line.trim().strip_prefix("const NAME: &'static str = \""));
    let all: Vec<&str> = all.map(|name| name.trim_end_matches("\";")).collect();
    assert!(all.len() > 150, "{}", all.len());
    let left: Vec<&&str> = all.iter().filter(|name| !judged.contains(name)).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn nothing_harmless_is_refused() {
    let links = ["https://smp.example/a#key", "simplex:/contact#/?v=2-7&smp=smp%3A%2F%2Fkey%40host%2Fid"];
    let texts = ["one", "two words", "ünïcödé 😀", "it's \"quoted\"", "مرحبا بالعالم", "half = 1/2", "content=report"];
    for (at, text) in texts.into_iter().chain(links).enumerate() {
        for on in [true, false] {
            let args = Args {
                ids: [1, 7, i64::MAX],
                list: vec![3, 4],
                on: [on, true, false],
                text: text.to_owned(),
                other: "a file name.txt".to_owned(),
                number: 20,
                role: at,
                chat: at,
            };
            for case in cases(&args) {
                let link = [
                    "APIConnectPlan",
                    "APIConnect",
                    "Connect",
                    "APIPrepareContact",
                    "APIPrepareGroup",
                    "APITestChatRelay",
                    "TestStorageEncryption",
                ]
                .contains(&case.name);
                let notes = case.name == "APISendMessages" && [4, 5].contains(&(at % 6));
                if (link && !links.contains(&text)) || notes || case.core_refuses {
                    continue;
                }
                let text = case.text.unwrap_or_else(|error| panic!("{}: {error}", case.name));
                assert_eq!(parse(&text), Ok(case.meant), "{}: {text}", case.name);
            }
        }
    }
}

#[test]
fn words_that_the_core_does_not_take_are_refused() {
    let unknown = |role: &str| {
        cmd::JoinGroup::new(GroupId(1)).text().is_ok()
            && cmd::AddMember::new(GroupId(1), ContactId(2), role.into()).text().is_ok()
    };
    for role in ["author", "relay", "member 5", "member\n", "", "own er", "\0"] {
        assert!(!unknown(role), "{role:?}");
    }
    assert!(unknown("owner") && unknown("archivist"), "a role of a later core passes");
    for target in ["i", "incognito", "ixyz", "incognito=on", "on"] {
        assert!(cmd::ConnectLink::new(target).text().is_err(), "{target}");
        let link = CreatedConnLink::new(target);
        assert!(cmd::Connect::new(UserId(1), link).text().is_err(), "{target}");
    }
    let key = "key=abc nonce=def /etc/passwd";
    assert!(cmd::UploadStandaloneFile::new(UserId(1), key).text().is_err());
    let notes = ChatRef::Local(NoteFolderId(1));
    assert!(cmd::SendMessages::new(notes, ComposedMessage::text("x").into()).text().is_err());
    let list = RawJson::new("[1]").expect("JSON");
    assert!(cmd::SetContactCustomData::new(ContactId(1)).with_custom_data(list).text().is_err());
}

/// The judge itself: it takes and refuses what the real core took and refused, in all recordings that are at hand.
#[test]
fn the_judge_agrees_with_the_real_core() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/transcripts");
    let Ok(files) = std::fs::read_dir(folder) else {
        println!("skipped: there are no recordings in {folder}");
        return;
    };
    let (mut agreed, mut unread, mut wrong) = (0, 0, Vec::new());
    for file in files.map(|file| file.expect("a file").path()).filter(|file| file.extension() == Some("jsonl".as_ref()))
    {
        if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("50")) {
            continue; // A CLI's WebSocket: the frames are others.
        }
        let mut asked = std::collections::HashMap::new();
        for line in std::fs::read_to_string(&file).expect("a recording").lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line");
            let key = (line["who"].to_string(), line["id"].to_string());
            let text = line["text"].as_str().unwrap_or_default().to_owned();
            match line["dir"].as_str() {
                Some("cmd") => drop(asked.insert(key, text)),
                Some("resp") => {
                    let Some(command) = asked.remove(&key).filter(|command| !command.contains("\\x")) else { continue };
                    let refused = text.contains(r#""commandError","message":"Failed reading: empty""#);
                    match (parse(&command), refused) {
                        (Ok(_), false) | (Err(_), true) => agreed += 1,
                        // Commands that the simulated core does not have.
                        (Err(_), false) => unread += 1,
                        // Not in the core that was recorded; not a command of ours; keys that `set_database_key` refuses.
                        _ if ["/_set custom", "/debug", "/_db encryption"].iter().any(|c| command.starts_with(c)) => {}
                        (Ok(_), true) => wrong.push(command),
                    }
                }
                _ => {}
            }
        }
    }
    println!("{agreed} commands are read or refused as recorded; {unread} are not simulated");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(agreed > 1000);
}
