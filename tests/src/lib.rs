//! Shared parts of the end-to-end tests: the libraries that they load, and a person to talk to.

#![forbid(unsafe_code)]
#![expect(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

pub mod cli;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use simplex_bot::core::{ChatCore, CoreEvent};
use simplex_bot::types::{AChatItem, ChatRef, CiContent, ComposedMessage, Event, MsgContent, Profile, cmd};
use simplex_bot::{ChatApi, types::ChatInfo};
use tokio::time::timeout;

/// The longest wait of any test: parts that hang fail after it.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// The project's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the project").to_path_buf()
}

/// Builds the simulated core as a library, once per process, and returns its folder.
pub fn simulated_library() -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let build = || {
        let output =
            Command::new(env!("CARGO")).args(["xtask", "sim-lib"]).current_dir(root()).output().expect("cargo");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        PathBuf::from(String::from_utf8(output.stdout).expect("a path").trim())
    };
    FOLDER.get_or_init(build).clone()
}

/// Puts the scripted library of `fixtures/scripted.c` into `folder`, with recorded answers and these events. Needs the
/// C compiler that Rust uses for linking.
pub fn scripted_library(folder: &Path, events: &str) {
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).arg(folder.join("libsimplex.so")).arg(fixture("scripted.c"));
    assert!(compiler.args(["-lpthread", "-ldl"]).status().expect("a C compiler").success());
    std::fs::copy(fixture("answers.tsv"), folder.join("answers.tsv")).expect("recorded answers");
    std::fs::write(folder.join("events.jsonl"), events).expect("events");
}

/// Recorded events: one of a contact, one of a group, and one that is not a message.
pub fn recorded_events() -> String {
    std::fs::read_to_string(fixture("events.jsonl")).expect("recorded events")
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A person with a core of their own, who talks to a bot.
pub struct Person {
    core: Arc<dyn ChatCore>,
    api: ChatApi,
}

/// What a person received.
#[derive(Debug, PartialEq, Eq)]
pub struct Received {
    /// The chat, which is also where answers go.
    pub chat: ChatRef,
    /// The text.
    pub text: String,
}

impl Person {
    /// Makes a profile and connects to `address`.
    pub async fn connect(core: Arc<dyn ChatCore>, name: &str, address: &str) -> Self {
        let api = ChatApi::new(Arc::clone(&core));
        api.create_active_user(Some(Profile::new(name, ""))).await.expect("a user");
        api.start_chat().await.expect("a started chat");
        api.call(&cmd::ConnectLink::new(address)).await.expect("a connection");
        Self { core, api }
    }

    /// Sends a text.
    pub async fn send(&self, chat: ChatRef, text: &str) {
        let message = ComposedMessage::new(MsgContent::text(text));
        self.api.send_messages(chat, message.into()).await.expect("a sent message");
    }

    /// The next text.
    pub async fn receive(&self) -> Received {
        let next = async {
            loop {
                let Some(CoreEvent::Frame(frame)) = self.core.recv().await else { panic!("the core ended") };
                if frame.tag() != "newChatItems" {
                    continue;
                }
                let Event::NewChatItems(event) = Event::decode(&frame).expect("an event").value else { continue };
                if let Some(received) = event.chat_items.into_iter().find_map(received) {
                    return received;
                }
            }
        };
        timeout(DEADLINE, next).await.expect("a message in time")
    }

    /// Closes the person's core.
    pub async fn close(self) {
        self.core.close(DEADLINE).await.expect("a closed core");
    }
}

fn received(item: AChatItem) -> Option<Received> {
    let ChatInfo::Direct { contact, .. } = item.chat_info else { return None };
    let CiContent::RcvMsgContent { msg_content, .. } = item.chat_item.content else { return None };
    let MsgContent::Text { text, .. } = *msg_content else { return None };
    Some(Received { chat: ChatRef::Direct(contact.contact_id), text })
}
