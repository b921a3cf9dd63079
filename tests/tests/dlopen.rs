//! The whole stack, the loaded library included: a bot and a person, two databases in the simulated core.

use std::sync::Arc;

use simplex_bot::core::native::lib::Db;
use simplex_bot::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use simplex_e2e::{Person, simulated_library};

#[tokio::test]
async fn the_squaring_bot_answers_its_contact_through_the_loaded_library() {
    let source = LibSource::path(simulated_library());
    let folder = tempfile::tempdir().unwrap();
    let bot = squaring_bot::squaring_bot()
        .db(Db::sqlite(folder.path().join("bot")))
        .library(source.clone())
        .start()
        .await
        .unwrap();

    let library = load(source, RuntimeOptions::default(), |_| {}).await.unwrap();
    let db = Db::sqlite(folder.path().join("alice"));
    let core = NativeCore::open(library, db, Confirm::YesUp, NativeOptions::default()).await.unwrap();
    let alice = Person::connect(Arc::new(core), "alice", bot.address().unwrap()).await;

    let welcome = alice.receive().await;
    assert_eq!(welcome.text, "Send me a number, I'll square it.");
    for (sent, answer) in [
        ("7", "7 * 7 = 49"),
        ("3.5", "3.5 * 3.5 = 12.25"),
        ("hello", "Send me a number, like 7 or 3.14."),
        ("/help", "I square numbers: send me one."),
    ] {
        alice.send(welcome.chat, sent).await;
        assert_eq!(alice.receive().await.text, answer);
    }

    alice.close().await;
    bot.stop().await.unwrap();
}

/// In a process of its own, because the library looks for its hub once per process.
#[tokio::test]
async fn a_simulated_core_without_its_hub_says_so() {
    if std::env::var_os("SIMPLEX_SIM_HUB").is_none() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "a_simulated_core_without_its_hub_says_so"]).env("SIMPLEX_SIM_HUB", free.to_string());
        return assert!(child.status().unwrap().success());
    }
    let folder = tempfile::tempdir().unwrap();
    let library = load(LibSource::path(simulated_library()), RuntimeOptions::default(), |_| {}).await.unwrap();
    let db = Db::sqlite(folder.path().join("bot"));
    let error = NativeCore::open(library, db, Confirm::YesUp, NativeOptions::default()).await.unwrap_err();
    assert!(error.to_string().contains("the simulated network's hub does not answer"), "{error}");
}
