//! Files, pictures, voice messages and videos: received and sent.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{Located, changing};
use simplex_bot::core::{ChatCore, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::testing::{Heard, TestNetwork};
use simplex_bot::types::{ChatPagination, CiContent, MsgContent};
use simplex_bot::{Client, Edited};

#[simplex_bot::test]
async fn files_are_received_within_a_limit_and_sent_back() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("inbox");
    let net = TestNetwork::new();
    let bot = net
        .start({
            let inbox = inbox.clone();
            move || {
                Bot::new("files").allow_files().state(inbox.clone()).on(
                    file(),
                    async |msg: FileMessage, State(inbox): State<PathBuf>| -> Outcome {
                        match msg.receive().into_folder(&inbox).at_most(1000).await {
                            Ok(file) => {
                                msg.chat().send(Draft::file(&file.path).captioned(format!("{} bytes", file.size))).await
                            }
                            Err(error) => {
                                assert!(
                                    matches!(error, BotError::FileTooLarge { size: 2000, at_most: 1000 }),
                                    "{error}"
                                );
                                msg.reply(error.to_string()).await
                            }
                        }
                    },
                )
            }
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    for (name, bytes) in [("small.txt", 500), ("large.txt", 2000)] {
        let path = folder.path().join(name);
        std::fs::write(&path, vec![b'x'; bytes]).unwrap();
        alice.send(Draft::file(&path)).await;
    }
    let (content, answered) = (alice.expect_message().await, alice.expect_message().await);
    let mut said = [content.as_text().unwrap().to_owned(), answered.as_text().unwrap().to_owned()];
    said.sort();
    assert_eq!(
        said,
        [
            "500 bytes",
            "the file was not received: it has 2000 bytes, more than the 1000 that are taken; `.at_most(…)` takes more"
        ]
    );
    assert_eq!(std::fs::read(inbox.join("small.txt")).unwrap().len(), 500);
}

#[simplex_bot::test]
async fn a_file_on_a_server_that_the_bot_does_not_know_is_given_up_at_once() {
    const OTHER: &str = "/xftp xftp://AFw_SboL9aBWLRyIA6F93IggcMWGuSCReua4691PKSM=@127.0.0.1:15443";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.txt");
    std::fs::write(&path, "x").unwrap();
    let net = TestNetwork::new();
    // Accepted before it is on its server: the core knows only later which that is.
    let files = || {
        Bot::new("files").allow_files().on(file(), async |msg: FileMessage| {
            let received = msg.receive().known_servers_only().timeout(Duration::from_secs(20)).await;
            msg.reply(received.unwrap_err().to_string()).await
        })
    };
    let bot = net.start(files).await;
    bot.api().raw(OTHER).await.unwrap();
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send(Draft::file(&path)).await;
    alice.expect("the file was not received: it is on servers that are none of the bot's").await;
}

/// The core gives such a file's name without its folder: as a path, it would be that of a file of the program, and
/// senders choose the name.
#[simplex_bot::test]
async fn a_file_of_which_the_core_does_not_say_the_folder_is_not_taken_for_one_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    let net = TestNetwork::new();
    let bot = net
        .start({
            let inbox = inbox.clone();
            move || {
                Bot::new("files").allow_files().state(inbox.clone()).on(
                    file(),
                    async |msg: FileMessage, State(inbox): State<PathBuf>| -> Outcome {
                        let received = match msg.text() {
                            "here" => msg.receive().into_folder(&inbox).await,
                            _ => msg.receive().await,
                        };
                        msg.reply(received.map_or_else(|error| error.to_string(), |file| file.size.to_string())).await
                    },
                )
            }
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    // Without a folder of its own, the core says the whole path.
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    let (path, temporary) = (folder.path().join(name), std::env::temp_dir().join(format!("{name}_1")));
    std::fs::write(&path, "x").unwrap();
    alice.send(Draft::file(&path)).await;
    alice.expect("1").await;
    std::fs::remove_file(temporary).unwrap();
    bot.api().set_files_folder(inbox.to_str().unwrap()).await.unwrap();
    let path = folder.path().join("Cargo.toml");
    std::fs::write(&path, "x").unwrap();
    alice.send(Draft::file(&path)).await;
    alice.expect_containing("`into_folder(…)`").await;
    alice.send(Draft::file(&path).captioned("here")).await;
    alice.expect("1").await;
}

#[simplex_bot::test]
async fn a_handler_that_waits_for_a_file_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, path) = (folder.path().join("inbox"), folder.path().join("small.txt"));
    std::fs::write(&path, "x").unwrap();
    let net = TestNetwork::new();
    let bot = net
        .start(move || {
            Bot::new("files")
                .allow_files()
                .in_flight(1)
                .state(inbox.clone())
                .on(file(), async |msg: FileMessage, State(inbox): State<PathBuf>| -> Outcome {
                    msg.receive().into_folder(&inbox).await?;
                    msg.reply("received").await
                })
                .on(text(), async |msg: Message| msg.reply("read").await)
        })
        .await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    alice.send(Draft::file(&path)).await;
    alice.send("there").await;
    // Before her file is on its server.
    alice.goes_offline().await;
    bob.send("hi").await;
    bob.expect("read").await;
    alice.comes_back().await;
    alice.expect("read").await;
    alice.expect("received").await;
}

/// What a handler has received is still there when its message is handled again, once; and the same name is another file.
#[simplex_bot::test]
async fn a_message_that_is_handled_again_has_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("inbox");
    let attempts = Arc::new(AtomicU32::new(0));
    let net = TestNetwork::new();
    let bot = net
        .start({
            let inbox = inbox.clone();
            move || {
                Bot::new("files").allow_files().state((inbox.clone(), Arc::clone(&attempts))).on(
                    file(),
                    async |msg: FileMessage, State((inbox, attempts)): State<(PathBuf, Arc<AtomicU32>)>| -> Outcome {
                        let file = msg.receive().into_folder(&inbox).await?;
                        if attempts.fetch_add(1, Ordering::Relaxed) == 0 {
                            return Err(BotError::NothingSent);
                        }
                        msg.reply(std::fs::read_to_string(file.path).unwrap()).await
                    },
                )
            }
        })
        .await;
    for name in ["alice", "bob"] {
        let person = net.person(name).connects_to(&bot).await;
        let path = folder.path().join("note.txt");
        std::fs::write(&path, name).unwrap();
        person.send(Draft::file(&path)).await;
        person.expect(name).await;
    }
    let mut names: Vec<_> = std::fs::read_dir(inbox).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["note.txt", "note_1.txt"]);
}

#[simplex_bot::test]
async fn a_file_that_is_larger_than_its_sender_said_is_not_received() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, path) = (folder.path().join("inbox"), folder.path().join("small.txt"));
    let net = TestNetwork::new();
    // Found when it is here, from its description, or from that while it comes to its end.
    for (name, is_described, is_sent) in [("late", false, true), ("early", true, false), ("at its end", true, true)] {
        let core: Arc<dyn ChatCore> = net.core(name).await;
        let core = match is_described {
            false => core,
            // The core is told by a file's description that it is larger than its sender said.
            true => changing(core, move |core, request| async move {
                if is_sent && let Some(file) = request.text().strip_prefix("/fcancel ") {
                    let status = format!("/fs {file}");
                    while !core.send(Request::new(&*status).unwrap()).await?.text().contains("\"rcvComplete\"") {
                        tokio::time::sleep(Duration::from_millis(10)).await;
                    }
                }
                let answer = core.send(request).await?;
                Ok(Frame::parse(answer.text().replace(r#""rcvTotal":"#, r#""rcvTotal":1000"#)))
            }),
        };
        let bot = Bot::new(name).core(core).allow_files().state(inbox.clone()).on(
            file(),
            async |msg: FileMessage, State(inbox): State<PathBuf>| -> Outcome {
                let error = msg.receive().into_folder(&inbox).at_most(1000).await.unwrap_err();
                msg.reply(error.to_string()).await
            },
        );
        let bot = bot.start().await.unwrap();
        let alice = net.person(&format!("{name} alice")).connects_by(bot.address().unwrap()).await;
        std::fs::write(&path, vec![b'x'; 500]).unwrap();
        alice.send(Draft::file(&path)).await;
        if is_sent {
            std::fs::write(&path, vec![b'x'; 5000]).unwrap();
        }
        alice.expect("the file was not received: it is larger than its sender said").await;
        assert_eq!(std::fs::read_dir(&inbox).unwrap().count(), 0);
        bot.stop().await.unwrap();
    }
}

/// A core moves what it received out of its temporary folder, which it can do within one file system only.
#[cfg(target_os = "linux")]
#[simplex_bot::test]
async fn a_file_that_goes_to_another_file_system_comes_by_way_of_a_folder_beside_the_database() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let system = |path: &std::path::Path| path.metadata().unwrap().dev();
    let far = match tempfile::tempdir_in("/dev/shm") {
        Ok(far) if system(far.path()) != system(folder.path()) => far,
        _ => return println!("skipped: there is no other file system at /dev/shm"),
    };
    let sent = Arc::new(Mutex::new(Vec::new()));
    let net = TestNetwork::new();
    let core = changing(net.core("files").await, {
        let sent = Arc::clone(&sent);
        move |core, request| {
            sent.lock().unwrap().push(request.text().to_owned());
            async move { core.send(request).await }
        }
    });
    let core = Located { core, database: folder.path().join("data/bot") };
    let inboxes = [far.path().join("inbox"), folder.path().join("inbox")];
    let bot = Bot::new("files").core(Arc::new(core)).allow_files().state(inboxes.clone()).on(
        file(),
        async |msg: FileMessage, State(inboxes): State<[PathBuf; 2]>| -> Outcome {
            for inbox in inboxes.iter().filter(|inbox| msg.text() == inbox.to_str().unwrap()) {
                let file = msg.receive().into_folder(inbox).await?;
                assert_eq!(file.path, inbox.join("note.txt"));
            }
            msg.reply("received").await
        },
    );
    let bot = bot.start().await.unwrap();
    let under_way = folder.path().join("data/bot_bot.files");
    let told = format!("/_temp_folder {}", under_way.display());
    let at = |text: &str| sent.lock().unwrap().iter().position(|sent| sent.starts_with(text));
    assert!(at(&told).unwrap() < at("/_start").unwrap());
    let alice = net.person("alice").connects_by(bot.address().unwrap()).await;
    let path = folder.path().join("note.txt");
    std::fs::write(&path, "x").unwrap();
    for inbox in &inboxes {
        alice.send(Draft::file(&path).captioned(inbox.to_str().unwrap())).await;
        alice.expect("received").await;
        assert_eq!(std::fs::read_to_string(inbox.join("note.txt")).unwrap(), "x");
    }
    let received: Vec<_> = sent.lock().unwrap().iter().filter(|text| text.starts_with("/freceive")).cloned().collect();
    assert!(received[0].ends_with(under_way.join("note.txt").to_str().unwrap()), "{received:?}");
    assert!(received[1].ends_with(inboxes[1].join("note.txt").to_str().unwrap()), "{received:?}");
    bot.stop().await.unwrap();
}

/// The core's own choice may be on another file system than its temporary folder.
#[simplex_bot::test]
async fn a_file_that_is_received_without_a_folder_is_beside_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let net = TestNetwork::new();
    let core = Located { core: net.core("files").await, database: folder.path().join("data/bot") };
    let bot = Bot::new("files").core(Arc::new(core)).allow_files().on(file(), async |msg: FileMessage| {
        let file = msg.receive().await?;
        msg.reply(file.path.display().to_string()).await
    });
    let bot = bot.start().await.unwrap();
    // The core says no more than names of what is there.
    bot.api().set_files_folder(folder.path().join("files").to_str().unwrap()).await.unwrap();
    let alice = net.person("alice").connects_by(bot.address().unwrap()).await;
    let path = folder.path().join("note.txt");
    std::fs::write(&path, "x").unwrap();
    for name in ["note.txt", "note_1.txt"] {
        alice.send(Draft::file(&path)).await;
        let kept = folder.path().join("data/bot_bot.files").join(name);
        alice.expect(kept.to_str().unwrap()).await;
        assert_eq!(std::fs::read_to_string(kept).unwrap(), "x");
    }
    bot.stop().await.unwrap();
}

#[simplex_bot::test]
async fn an_upload_tells_of_its_progress_and_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.bin");
    std::fs::write(&path, vec![b'x'; 3 << 20]).unwrap();
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("files").allow_files().on(any(), async |_: Message| {})).await;
    let me = Client::over("ci", net.core("client").await).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    let steps = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&steps);
    let sent = chat.send(Draft::file(&path)).await.unwrap();
    sent.uploaded().on_progress(move |done, of| seen.lock().unwrap().push((done, of))).await.unwrap();
    let steps = steps.lock().unwrap().clone();
    assert!(steps.iter().all(|(done, of)| done <= of), "{steps:?}");
    assert!(steps.is_sorted(), "{steps:?}");
    // At once, when it is there already.
    sent.uploaded().timeout(Duration::ZERO).await.unwrap();
    let error = chat.send("no file").await.unwrap().uploaded().await.unwrap_err();
    assert!(matches!(error, BotError::Upload(_)), "{error}");
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn an_edited_caption_leaves_the_file_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    std::fs::write(&path, "all is well").unwrap();
    let net = TestNetwork::new();
    let bot = net.start(move || {
        Bot::new("bot").state(path.clone()).on(text(), async |msg: TextMessage, State(path): State<PathBuf>| {
            let sent = msg.reply(Draft::file(path).captioned("a report")).await?;
            sent.edit("the report").await?;
            // By its id alone, as a program that stored it does.
            let stored = msg.chat().sent(sent.id()).await?.expect("what was sent");
            assert_eq!(stored.edit("the report").await?, Edited::NotChanged);
            stored.edit(Markdown::new().plain("the ").bold("last")).await
        })
    });
    let alice = net.person("alice").connects_to(&bot.await).await;
    alice.send("a file, please").await;
    let item = alice.expect_any("a file", |heard| match heard {
        Heard::Message { item, .. } => Some(*item),
        _ => None,
    });
    let item = item.await;
    alice.expect_edit("the report").await;
    alice.expect_edit("the *last*").await;
    let chat = alice.api().get_chat(alice.open_chat(), ChatPagination::Last { count: 1 }).await.unwrap();
    let [shown] = &chat.chat_items[..] else { panic!("{chat:?}") };
    assert_eq!(shown.meta.item_id, item);
    let CiContent::RcvMsgContent { msg_content, .. } = &shown.content else { panic!("{shown:?}") };
    assert!(matches!(&**msg_content, MsgContent::File { text, .. } if text == "the *last*"), "{msg_content:?}");
}

fn media() -> Bot {
    Bot::new("bot")
        .allow_files()
        .allow_voice()
        .on(image(), async |msg: ImageMessage| {
            msg.reply(format!("{} and {} bytes", msg.text(), msg.preview().len() > 100)).await
        })
        .on(video(), async |msg: VideoMessage| msg.reply(format!("a video of {} s", msg.duration().as_secs())).await)
        .on(voice(), async |msg: VoiceMessage| msg.reply(format!("a voice for {} s", msg.duration().as_secs())).await)
}

#[simplex_bot::test]
async fn pictures_have_previews_and_recordings_their_length() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    let mut png = Cursor::new(Vec::new());
    image::RgbImage::from_fn(900, 600, |x, y| image::Rgb([x as u8, y as u8, 0]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    std::fs::write(path("graph.png"), png.into_inner()).unwrap();
    std::fs::write(path("voice.m4a"), b"...").unwrap();
    std::fs::write(path("video.mp4"), b"...").unwrap();
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(media).await).await;
    let picture = Draft::picture(path("graph.png")).await.unwrap();
    alice.send(picture.captioned("a graph")).await;
    alice.expect("a graph and true bytes").await;
    alice.send(Draft::voice(path("voice.m4a"), Duration::from_secs(7))).await;
    alice.expect("a voice for 7 s").await;
    let preview = simplex_bot::images::preview(&std::fs::read(path("graph.png")).unwrap()).unwrap();
    alice.send(Draft::video(path("video.mp4"), preview, Duration::from_millis(3900))).await;
    alice.expect("a video of 3 s").await;
    assert!(Draft::picture(path("voice.m4a")).await.is_err());
    assert!(Draft::picture(path("nothing.png")).await.is_err());
}
