//! What a test says that fails.

use super::*;

#[test]
fn a_failure_shows_the_conversation() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let bot = net.start(bot).await;
        let alice = net.person("alice").connects_to(&bot).await;
        alice.expect("Send me a number, I'll square it.").await;
        alice.send("7").await;
        alice.expect("7 * 7 = 50").await;
    });
    for part in ["expected “7 * 7 = 50” and heard “7 * 7 = 49”", "alice: 7\n", "Squaring bot → alice: 7 * 7 = 49"]
    {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_failure_shows_who_waits_to_be_accepted() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let bot = net.start(|| bot().auto_accept(false)).await;
        net.person("alice").connects_to(&bot).await;
    });
    assert!(text.contains("alice connects\n  alice → Squaring bot: (asks to be accepted)\n"), "{text}");
}

#[test]
fn what_does_not_come_fails_at_once() {
    let begin = std::time::Instant::now();
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(bot).await).await;
        alice.expect("Send me a number, I'll square it.").await;
        alice.expect("more").await;
    });
    assert!(text.contains("alice expected “more” and heard nothing for 60s"), "{text}");
    assert!(begin.elapsed() < Duration::from_secs(20), "a minute of the test's clock is no time");
}

/// A bot that does everything wrong.
fn wrong() -> Bot {
    let sulks = Router::new()
        .command("sulk", "", async || Err::<(), _>("no"))
        .on_error(async |_: Failure, chat: Chat| chat.send("Something broke.").await);
    Bot::new("Wrong")
        .retry(Retry::never())
        .handler_timeout(Duration::from_secs(5))
        .command("fail", "", async || Err::<(), _>("out of tea"))
        .command("panic", "", async || -> () { panic!("at the disco") })
        .command("sleep", "", async || tokio::time::sleep(Duration::from_secs(3600)).await)
        .nest(sulks)
        .on_event(async |_: ChatItemReaction| Err::<(), _>("no feelings"))
        .schedule(every(Duration::from_secs(10)), async || Err::<(), _>("no time"))
}

#[test]
fn a_failure_shows_what_went_wrong_in_the_bot() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(wrong).await).await;
        for sent in ["hello", "/fail", "/panic", "/sleep", "/sulk"] {
            alice.send(sent).await;
        }
        alice.expect("Something broke.").await;
        alice.reacts("👍").await;
        alice.expect("anything").await;
    });
    let lines = [
        "! Wrong, at “hello”: no handler took it\n",
        "! Wrong, at “/fail”: the handler failed: out of tea (kit::failures::wrong::",
        "! Wrong, at “/fail”: the message is given up: ",
        "! Wrong, at “/panic”: the handler panicked: at the disco (kit::failures::wrong::",
        "! Wrong, at “/sleep”: the handler did not end within 5s (kit::failures::wrong::",
        "! Wrong, at “/sulk”: the handler failed: no (kit::failures::wrong::",
        "Wrong → alice: Something broke.\n",
        "! Wrong: chatItemReaction: the handler failed: no feelings\n",
        "! Wrong: a scheduled job failed: the handler failed: no time\n",
    ];
    let mut rest = text.as_str();
    for line in lines {
        rest = rest.split_once(line).unwrap_or_else(|| panic!("{line} is not there, or not in its place: {text}")).1;
    }
}

#[test]
fn a_failure_shows_the_end_of_a_long_conversation() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(|| Bot::new("Deaf")).await).await;
        for n in 0..300 {
            alice.send(format!("number {n}")).await;
        }
        alice.expect("What?").await;
    });
    let lines: Vec<_> = text.lines().filter(|line| line.contains("number")).collect();
    assert_eq!(lines.len(), 200);
    assert!(text.contains("lines before\n  alice: number 100\n") && lines[199].ends_with("number 299"), "{text}");
}

#[test]
fn a_failure_shows_what_waits_behind_a_handler() {
    let slow = || {
        Bot::new("Slow").command("mute", "", async || tokio::time::sleep(Duration::from_mins(5)).await).command(
            "warn",
            "",
            async |msg: Message| msg.reply("Warned.").await,
        )
    };
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(slow).await).await;
        for sent in ["/mute", "/warn"] {
            alice.send(sent).await;
        }
        alice.expect("Warned.").await;
    });
    let waits = "! Slow: what came and waits, as behind a handler of its chat that has not ended: 1\n";
    assert!(text.contains(&format!("alice: /warn\n  {waits}")), "{text}");
    // Nothing waits behind a handler that waits for somebody.
    let asks = || Bot::new("Asks").on(any(), async |chat: Chat| chat.ask("Who?").await.map(drop));
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(asks).await).await;
        alice.send("hello").await;
        alice.expect("Who?").await;
        alice.expect("more").await;
    });
    assert!(text.ends_with("Asks → alice: Who?\n"), "{text}");
}

#[test]
fn a_failure_names_the_line_of_the_test() {
    let net = TestNetwork::new;
    let mut lines = Vec::new();
    let mut fails = |line: u32, text: String| lines.push((line, text));
    // Each on one line.
    fails(line!(), failure(async || net().person("alice").expect("hello").await));
    fails(line!(), failure(async || net().person("alice").expect_silence(Duration::ZERO).await));
    fails(line!(), failure(async || net().person("alice").expect_any("a pony", |_| None::<()>).await));
    fails(line!(), failure(async || net().person("alice").send("hello").await));
    fails(line!(), failure(async || net().person("alice").replies("hello").await));
    fails(line!(), failure(async || drop(net().person("alice").connects_by("no link").await)));
    fails(line!(), failure(async || assert_eq!(net().person("alice").open_chat(), ContactId(1).into())));
    fails(line!(), failure(async || drop(net().start(|| Bot::new("")).await)));
    fails(line!(), failure(async || drop(net().person("Bo's"))));
    for (line, text) in lines {
        assert!(text.contains(&format!("\n  at {}:{line}:", file!())), "{line}: {text}");
    }
}

#[test]
fn a_test_that_waits_for_what_never_comes_fails() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let _bot = net.start(bot).await;
        std::future::pending::<()>().await;
    });
    assert!(text.contains("waits for something that never comes"), "{text}");
}

#[test]
fn a_message_in_a_chat_that_is_not_open_is_told_of() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(bot).await).await;
        alice.creates_group("team", GroupMemberRole::Member).await;
        alice.expect("Send me a number, I'll square it.").await;
    });
    assert!(text.contains("heard nothing for 60s in #1, but in @4, which is not open: see `opens`"), "{text}");
}

#[test]
fn a_long_message_does_not_hide_the_conversation() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(bot).await).await;
        alice.send("ü".repeat(5000)).await;
        alice.expect("more").await;
    });
    assert!(text.contains("ü…\n") && text.contains("Squaring bot → alice: ") && text.len() < 3000, "{text}");
}

#[test]
fn what_cannot_be_seen_is_shown() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let sum = || Bot::new("Sum").on(any(), async |msg: Message| msg.reply(Markdown::new().plain("3 * 4")).await);
        let alice = net.person("alice").connects_to(&net.start(sum).await).await;
        alice.send("hello").await;
        alice.expect("3 * 4").await;
    });
    assert!(text.starts_with(r"alice expected “3 * 4” and heard “3 \u{2060}* 4”"), "{text}");
}

#[test]
fn two_of_a_name_are_refused() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let _alice = net.person("alice");
        net.person("alice");
    });
    assert!(text.starts_with("there is a person alice already"), "{text}");
    let text = failure(async || {
        let net = TestNetwork::new();
        let _first = net.start(bot).await;
        net.start(bot).await;
    });
    assert!(text.starts_with("there is a bot Squaring bot already"), "{text}");
}

#[test]
fn what_does_not_happen_fails_and_says_how_long_that_was_waited_for() {
    let said = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").patience(Duration::from_secs(5));
        alice.accepts_invitation().await;
    });
    assert!(said.contains("alice expected to be invited to a group, and that did not happen in 5s"), "{said}");
}

/// Under `#[tokio::test]`.
#[test]
fn a_test_that_waits_in_real_time_is_told_how_not_to() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let net = TestNetwork::new();
            let alice = net.person("alice").patience(Duration::from_millis(1));
            alice.creates_group("team", GroupMemberRole::Member).await;
            alice.expect("hello").await;
        });
    }));
    let said = failed.unwrap_err().downcast_ref::<String>().unwrap().clone();
    assert!(said.contains("heard nothing for 1ms of real time: under `#[simplex_bot::test]`"), "{said}");
}
