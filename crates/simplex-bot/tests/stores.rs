//! Where states are kept, and what outlasts a restart there.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use simplex_bot::broadcast::Broadcast;
use simplex_bot::prelude::*;
use simplex_bot::schedule::{Missed, every};
use simplex_bot::senders::{Cooldown, SenderList};
use simplex_bot::store::{FileStore, MemoryStore, SqliteStore, Store, StoreError, Stored};
use simplex_bot::testing::{Person, TestNetwork, check_store};
use simplex_bot::types::{ChatDeleteMode, ContactId};

#[tokio::test]
async fn stores_keep_what_they_promise() {
    check_store(&MemoryStore::new()).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("states.json");
    let store = FileStore::open(&path).await.unwrap();
    check_store(&store).await;
    let again = FileStore::open(&path).await.unwrap();
    assert_eq!(again.load("A").await.unwrap(), store.load("A").await.unwrap());
    assert!(again.load("A").await.unwrap().is_some());
    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        FileStore::open(&link).await.unwrap().remove("A").await.unwrap();
        assert!(link.is_symlink());
        assert!(FileStore::open(&path).await.unwrap().load("A").await.unwrap().is_none());
        // To one that is not there yet.
        let link = folder.path().join("early");
        std::os::unix::fs::symlink("deep/er/states.json", &link).unwrap();
        check_store(&FileStore::open(&link).await.unwrap()).await;
        assert!(link.is_symlink() && folder.path().join("deep/er/states.json").is_file());
    }
    std::fs::write(&path, "[").unwrap();
    assert!(FileStore::open(&path).await.is_err());

    let path = folder.path().join("states.db");
    let store = SqliteStore::open(&path).await.unwrap();
    check_store(&store).await;
    let again = SqliteStore::open(&path).await.unwrap();
    assert_eq!(again.load("A").await.unwrap(), store.load("A").await.unwrap());
    assert!(again.load("A").await.unwrap().is_some());
}

#[tokio::test]
async fn an_error_of_a_store_names_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken");
    std::fs::write(&broken, "no states, and no database of SQLite's either").unwrap();
    let nowhere = broken.join("states");
    let gone = folder.path().join("gone").join("states");
    let names = |error: StoreError, path: &Path| {
        let said = error.to_string();
        assert!(said.contains(path.to_str().unwrap()), "{said}");
    };
    names(FileStore::open(&broken).await.unwrap_err(), &broken);
    names(SqliteStore::open(&broken).await.unwrap_err(), &broken);
    names(SqliteStore::open(&nowhere).await.unwrap_err(), &nowhere);
    names(FileStore::open(&nowhere).await.unwrap_err(), &nowhere);
    let state = Stored { version: 0, state: "{}".into(), saved: 0 };
    let store = FileStore::open(&gone).await.unwrap();
    std::fs::remove_dir(gone.parent().unwrap()).unwrap();
    names(store.save("a", state).await.unwrap_err(), &gone);
}

/// As the core does with that of its database: a store may be opened before there is one.
#[tokio::test]
async fn a_store_makes_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let state = Stored { version: 0, state: "{}".into(), saved: 0 };
    let file = FileStore::open(folder.path().join("a/b/states.json")).await.unwrap();
    file.save("a", state.clone()).await.unwrap();
    let database = SqliteStore::open(folder.path().join("c/d/states.db")).await.unwrap();
    database.save("a", state).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_only_its_owner_may_read_stays_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("states.json");
    let store = FileStore::open(&path).await.unwrap();
    let state = Stored { version: 0, state: "{}".into(), saved: 0 };
    store.save("a", state.clone()).await.unwrap();
    for mode in [0o600, 0o640] {
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        store.save("b", state.clone()).await.unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[tokio::test]
async fn a_store_may_be_named_by_a_uri_of_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("states.db");
    // A path of folders that begins with one named `file:`.
    let uri = format!("file:{}?mode=rwc", path.display());
    let state = Stored { version: 0, state: "{}".into(), saved: 0 };
    SqliteStore::open(&uri).await.unwrap().save("a", state.clone()).await.unwrap();
    assert_eq!(SqliteStore::open(&path).await.unwrap().load("a").await.unwrap(), Some(state));
    assert!(!Path::new("file:").exists());
    let nowhere = format!("file:{}?mode=rw", path.with_extension("none").display());
    let error = SqliteStore::open(&nowhere).await.unwrap_err().to_string();
    assert!(error.contains(&nowhere), "{error}");
}

#[tokio::test]
async fn a_store_shows_nothing_of_what_people_wrote() {
    let state = Stored { version: 3, state: "\"a secret\"".into(), saved: 0 };
    let folder = tempfile::tempdir().unwrap();
    let (memory, file) = (MemoryStore::new(), FileStore::open(folder.path().join("states")).await.unwrap());
    memory.save("order/1/@4", state.clone()).await.unwrap();
    file.save("order/1/@4", state.clone()).await.unwrap();
    for shown in [format!("{state:?}"), format!("{memory:?}"), format!("{file:?}")] {
        assert!(!shown.contains("secret"), "{shown}");
    }
}

#[tokio::test]
async fn a_value_of_the_bots_own_is_stored_and_read_back() {
    let store = MemoryStore::new();
    store.save("mine", Stored::new(&("tea", 10)).unwrap()).await.unwrap();
    let stored = store.load("mine").await.unwrap().unwrap();
    assert_eq!(stored.decode::<(String, u32)>().unwrap(), ("tea".to_owned(), 10));
    let error = stored.decode::<u32>().unwrap_err().to_string();
    assert!(error.starts_with("the store cannot read the state: "), "{error}");
    // JSON has names that are texts only.
    let pairs = std::collections::HashMap::from([((1, 2), 3)]);
    assert!(Stored::new(&pairs).is_err());
    // A part of a text, such as the parameters of a command.
    assert_eq!(
        Stored::new("zone Europe/Berlin".trim_start_matches("zone ")).unwrap().decode::<String>().unwrap(),
        "Europe/Berlin"
    );
}

#[tokio::test]
async fn several_processes_may_use_one_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("states.db");
    let stores = [SqliteStore::open(&path).await.unwrap(), SqliteStore::open(&path).await.unwrap()];
    let state = |n: u32| Stored { version: n, state: "{}".into(), saved: 0 };
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..100 {
        let store = stores[n as usize % 2].clone();
        tasks.spawn(async move { store.save(&n.to_string(), state(n)).await.unwrap() });
    }
    tasks.join_all().await;
    for n in 0..100 {
        assert_eq!(stores[(n as usize + 1) % 2].load(&n.to_string()).await.unwrap(), Some(state(n)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_may_make_one_database() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..40 {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..12 {
            tasks.spawn(SqliteStore::open(folder.path().join(format!("{round}.db"))));
        }
        tasks.join_all().await.into_iter().for_each(|opened| drop(opened.unwrap()));
    }
}

#[tokio::test]
async fn what_is_no_store_is_not_opened_and_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE messages (id INTEGER)").unwrap();
    let text = folder.path().join("text.db");
    std::fs::write(&text, "this is no database, and long enough to be read as one".repeat(20)).unwrap();
    let newer = folder.path().join("newer.db");
    drop(SqliteStore::open(&newer).await.unwrap());
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 2).unwrap();
    for (path, part) in [(&other, "something else"), (&text, "not a database"), (&newer, "version 2")] {
        let before = std::fs::read(path).unwrap();
        let error = SqliteStore::open(path).await.unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
        assert_eq!(std::fs::read(path).unwrap(), before, "{}", path.display());
    }
}

async fn sqlite(path: &Path) -> Arc<SqliteStore> {
    Arc::new(SqliteStore::open(path).await.unwrap())
}

#[simplex_bot::test]
async fn lists_and_cooldowns_do_not_take_a_new_contact_for_a_deleted_one() {
    let store = Arc::new(MemoryStore::new());
    let blocked = SenderList::kept_in("blocked", Arc::clone(&store)).await.unwrap();
    let make = move || {
        Bot::new("bot")
            .state(blocked.clone())
            .outer(blocked.block())
            .layer(Cooldown::per_sender(1, Duration::from_secs(86_400)).remembered("daily", Arc::clone(&store)))
            .on(any(), async |msg: Message, State(list): State<SenderList>| -> Outcome {
                list.add(&msg).await?;
                msg.reply(msg.chat_ref().to_string()).await
            })
    };
    let net = TestNetwork::new();
    let mut bot = net.start(make).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("hi").await;
    alice.expect("@4").await;
    alice.send("hi").await;
    alice.expect_silence(Duration::from_secs(60)).await;
    bot.api().delete_chat(ContactId(4), ChatDeleteMode::Full { notify: false }).await.unwrap();
    bot.restarted().await;
    let bob = net.person("bob").connects_to(&bot).await;
    bob.send("hi").await;
    bob.expect("@4").await;
}

#[simplex_bot::test]
async fn lists_and_cooldowns_outlast_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(&folder.path().join("states.db")).await;
    let blocked = SenderList::kept_in("blocked", Arc::clone(&store)).await.unwrap();
    let make = {
        let store = Arc::clone(&store);
        move || {
            Bot::new("bot")
                .state(blocked.clone())
                .outer(blocked.block())
                .layer(
                    Cooldown::per_sender(2, Duration::from_secs(86_400))
                        .saying("Tomorrow again.")
                        .remembered("daily", Arc::clone(&store)),
                )
                .command("block", "", async |msg: Message, State(list): State<SenderList>| -> Outcome {
                    assert!(list.add(&msg).await?);
                    msg.reply("blocked").await
                })
                .on(any(), async |msg: Message| msg.reply("ok").await)
        }
    };
    let net = TestNetwork::new();
    let mut bot = net.start(make).await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    alice.send("hi").await;
    alice.expect("ok").await;
    bob.send("/block").await;
    bob.expect("blocked").await;
    let first = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
    assert_eq!(first.len(), 2);
    // The list is shared between the runs; that it is in the store as well is seen by another that is read anew.
    let again = SenderList::kept_in("blocked", Arc::clone(&store)).await.unwrap();
    assert_eq!(format!("{again:?}"), r#"SenderList { senders: 1, kept: Some("senders/blocked") }"#);
    bot.restarted().await;
    alice.send("hi").await;
    alice.expect("ok").await;
    alice.send("hi").await;
    alice.expect("Tomorrow again.").await;
    bot.restarted().await;
    alice.send("hi").await;
    bob.send("hi").await;
    alice.expect_silence(Duration::from_secs(60)).await;
    bob.expect_silence(Duration::from_secs(60)).await;
    tokio::time::sleep(Duration::from_secs(86_400)).await;
    alice.send("hi").await;
    alice.expect("ok").await;
}

#[simplex_bot::test]
async fn a_message_that_is_handled_again_is_not_too_many() {
    let store = Arc::new(MemoryStore::new());
    let attempts = Arc::new(AtomicU32::new(0));
    let make = move || {
        let daily = Cooldown::per_sender(1, Duration::from_secs(86_400)).saying("Tomorrow again.");
        Bot::new("vouchers").state(Arc::clone(&attempts)).layer(daily.remembered("daily", Arc::clone(&store))).on(
            any(),
            async |msg: Message, State(attempts): State<Arc<AtomicU32>>| -> Outcome {
                match attempts.fetch_add(1, Ordering::Relaxed) {
                    // Its first attempt fails; the second one is cut off by the end of the process.
                    0 => Err(BotError::NothingSent),
                    1 => std::future::pending().await,
                    _ => msg.reply("a voucher").await,
                }
            },
        )
    };
    let net = TestNetwork::new();
    let mut bot = net.start(make).await;
    let alice = net.person("alice").connects_to(&bot).await.patience(Duration::from_secs(300));
    alice.send("please").await;
    alice.expect_silence(Duration::from_secs(60)).await;
    bot.killed_and_restarted().await;
    alice.expect("a voucher").await;
    alice.send("more").await;
    alice.expect("Tomorrow again.").await;
}

#[simplex_bot::test]
async fn a_cooldown_forgets_those_who_come_no_more() {
    const DAY: Duration = Duration::from_secs(86_400);
    let store = Arc::new(MemoryStore::new());
    // Of another cooldown, whose name begins as this one's does.
    let other = Stored { version: 0, state: "[[1],0]".into(), saved: 0 };
    store.save("cooldown/daily/long/contact/4/5", other).await.unwrap();
    let kept = Arc::clone(&store);
    let make = move || {
        let daily = Cooldown::per_sender(5, DAY).remembered("daily", Arc::clone(&kept));
        Bot::new("bot").layer(daily).on(any(), async |msg: Message| msg.reply("ok").await)
    };
    let net = TestNetwork::new();
    let mut bot = net.start(make).await;
    let alice = net.person("alice").connects_to(&bot).await;
    let says = async |person: &Person, times: usize| {
        for _ in 0..times {
            person.send("hi").await;
            person.expect("ok").await;
        }
    };
    for n in 0..6 {
        says(&net.person(&format!("person {n}")).connects_to(&bot).await, 1).await;
    }
    says(&alice, 1).await;
    tokio::time::sleep(DAY + Duration::from_secs(60)).await;
    bot.restarted().await;
    says(&alice, 4).await;
    let left = store.keys("cooldown/").await.unwrap();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left.iter().any(|key| key.starts_with("cooldown/daily/long/")), "{left:?}");
    // And hers is not forgotten.
    bot.restarted().await;
    says(&alice, 1).await;
    alice.send("hi").await;
    alice.expect_silence(Duration::from_secs(60)).await;
}

#[simplex_bot::test]
async fn a_clock_that_was_ahead_keeps_nobody_from_speaking() {
    let store = Arc::new(MemoryStore::new());
    let kept = Arc::clone(&store);
    let make = move || {
        let daily = Cooldown::per_sender(1, Duration::from_secs(86_400)).remembered("daily", Arc::clone(&kept));
        Bot::new("bot").layer(daily).on(any(), async |msg: Message| msg.reply("ok").await)
    };
    let net = TestNetwork::new();
    let mut bot = net.start(make).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("hi").await;
    alice.expect("ok").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    bot.killed().await;
    let key = store.keys("cooldown/").await.unwrap().remove(0);
    let mut stored = store.load(&key).await.unwrap().unwrap();
    stored.saved += 365 * 86_400;
    store.save(&key, stored).await.unwrap();
    bot.restarted().await;
    alice.send("again").await;
    alice.expect("ok").await;
}

#[simplex_bot::test]
async fn a_message_that_is_handled_again_takes_no_turn_of_those_after_it() {
    let attempts = Arc::new(AtomicU32::new(0));
    let make = move || {
        Bot::new("vouchers").state(Arc::clone(&attempts)).layer(Cooldown::per_sender(1, Duration::from_secs(2))).on(
            any(),
            async |msg: Message, State(attempts): State<Arc<AtomicU32>>| -> Outcome {
                // The first two attempts fail, and the third one is three seconds after the first.
                match attempts.fetch_add(1, Ordering::Relaxed) {
                    0 | 1 => Err(BotError::NothingSent),
                    _ => msg.reply(format!("for {}", msg.text())).await,
                }
            },
        )
    };
    let net = TestNetwork::new();
    let bot = net.start(make).await;
    let alice = net.person("alice").connects_to(&bot).await.patience(Duration::from_secs(300));
    alice.send("ann").await;
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    alice.send("bob").await;
    alice.expect("for bob").await;
    alice.expect("for ann").await;
}

#[simplex_bot::test]
async fn a_missed_job_and_a_broadcast_that_was_cut_off_are_made_up_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(&folder.path().join("states.db")).await;
    let ran = Arc::new(AtomicU32::new(0));
    let make = {
        let (store, ran) = (Arc::clone(&store), Arc::clone(&ran));
        move || {
            Bot::new("bot").state(Arc::clone(&ran)).on(any(), async |_: Message| {}).schedule(
                every(Duration::from_secs(3600)).remembered("hourly", Arc::clone(&store)).missed(Missed::RunOnce),
                async |State(ran): State<Arc<AtomicU32>>| {
                    ran.fetch_add(1, Ordering::Relaxed);
                },
            )
        }
    };
    let count = || ran.load(Ordering::Relaxed);
    let net = TestNetwork::new();
    let mut bot = net.start(make).await;
    let mut people = Vec::new();
    for name in ["alice", "bob", "carol"] {
        people.push(net.person(name).connects_to(&bot).await);
    }
    tokio::time::sleep(Duration::from_secs(3601)).await;
    assert_eq!(count(), 1);
    let to: Vec<_> = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
    let to: Vec<_> = to.iter().map(|contact| contact.contact_id).collect();
    let news = |store| Broadcast::new("news", "News!").to(to.clone()).pace(Duration::from_secs(10)).journal(store);
    // The program dies in the second pause: two have it.
    let cut = tokio::time::timeout(Duration::from_secs(15), news(Arc::clone(&store)).send(bot.api())).await;
    assert!(cut.is_err());
    bot.killed().await;
    tokio::time::sleep(Duration::from_secs(3 * 3600)).await;
    bot.restarted().await;
    let report = news(sqlite(&folder.path().join("states.db")).await).send(bot.api()).await.unwrap();
    assert_eq!(report.sent(), 3);
    for person in &people {
        person.expect("News!").await;
        person.expect_silence(Duration::from_secs(60)).await;
    }
    assert_eq!(count(), 2, "three missed hours are made up for once");
}
