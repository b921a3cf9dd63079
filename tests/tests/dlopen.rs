//! The whole stack, the loaded library included: a bot and a person, two databases in the simulated core.

use std::sync::Arc;

use simplex_bot::core::native::lib::Db;
use simplex_bot::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use simplex_e2e::{Person, simulated_library};

#[tokio::test]
async fn the_squaring_bot_answers_its_contact_through_the_loaded_library() {
    let source = LibSource::path(simulated_library());
    let folder = tempfile::tempdir().unwrap();
    let bot = simplex_examples::squaring_bot()
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
