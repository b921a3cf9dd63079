//! A network that outlives its process. All input from outside - commands, the clock, faults, what files held - is
//! appended to a file before it is answered. Opening the file replays the input, which gives the same network, since
//! nothing else decides what happens. An input that a kill cut off is dropped, with the lines before it that belong to
//! it: its command was never answered.
//!
//! A line is handed to the system before the answer is given, but not forced to the disk: what was answered survives
//! any kill of the process, but not a power loss of the machine. There are no snapshots: replaying a day of a test
//! takes less than a second, and a state that is computed cannot disagree with its history. To limit the file,
//! read-only commands are left out, and past [`MOST_BYTES`] nothing more is appended. A network whose file can no
//! longer be written stops: every command is answered with the database's error, and no event is given out.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::Path;
use std::time::Duration;

use base64ct::{Base64, Encoding};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::network::{Network, Settings};
use crate::parser::{ChatRef, Command, Scope};
use crate::state::CoreId;
use crate::time::Ts;

/// The version of the file format, and of what the simulator does with the same inputs.
const VERSION: u32 = 5;
/// How its first line begins.
const FIRST: &[u8] = br#"{"Header":"#;
/// How large the file may grow.
const MOST_BYTES: u64 = 1 << 30;

/// One input from outside.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Input {
    Header {
        version: u32,
        seed: u64,
        begin: i64,
        core: String,
        smp: String,
    },
    Advance(i64),
    Open(String, String),
    Command(CoreId, i64, String),
    Take(CoreId, usize),
    Crash(CoreId),
    CrashAfter(CoreId, u32),
    Close(CoreId),
    Reopen(CoreId),
    Offline(CoreId, bool),
    Server(bool),
    Delay(u64),
    LoseFiles,
    LoseMessages,
    /// What the outside world answered during the inputs that follow.
    World(Vec<Value>),
}

impl Input {
    /// Whether it belongs to the input in a line after it, and is nothing without that one. A move of the clock with no
    /// step due is written before another input, too, but is complete by itself.
    fn is_of_next(&self) -> bool {
        matches!(self, Self::World(_) | Self::Take(_, 1..))
    }
}

/// The file that inputs are written to.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    bytes: u64,
    /// Why the file can no longer be written.
    broken: Option<String>,
    /// How many events were taken from each core since the last line.
    taken: Vec<(CoreId, usize)>,
    /// What the clock was moved to since the last line, with no step due.
    moved: Option<i64>,
}

/// What the network asks the world outside it for: files, and keys for them.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// Recorded answers, while past inputs are replayed.
    past: RefCell<VecDeque<Value>>,
    replaying: bool,
    recording: bool,
    said: RefCell<Vec<Value>>,
}

impl World {
    /// Asks the world; during a replay, returns what it answered then.
    pub fn ask<T: Serialize + DeserializeOwned + Default>(&self, ask: impl FnOnce() -> T) -> T {
        if self.replaying {
            let said = self.past.borrow_mut().pop_front();
            return said.and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default();
        }
        let answer = ask();
        if self.recording {
            self.said.borrow_mut().push(serde_json::to_value(&answer).unwrap_or_default());
        }
        answer
    }
}

/// What was read from a file, recorded as Base64: a list of numbers would take three times the room, and some megabytes
/// of it would hold up the network for a second.
#[derive(Debug, Default)]
pub(crate) struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Base64::encode_string(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Base64::decode_vec(&text).map(Self).map_err(D::Error::custom)
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl Network {
    /// A network that is kept in a file; the settings count only for a new one. Cores that ran at the end were
    /// killed. The file is for one version of the simulator: another one may do otherwise with the same input.
    ///
    /// # Errors
    /// If the file cannot be read or written, is of another version of the simulator, or is in use by another process.
    pub fn stored(settings: Settings, path: &Path) -> io::Result<Self> {
        let mut file = File::options().read(true).append(true).create(true).open(path)?;
        file.try_lock().map_err(|_| broken("another process keeps a network in this file"))?;
        let mut reader = BufReader::new(&file);
        let mut network: Option<Network> = None;
        let (mut line, mut read, mut good) = (Vec::new(), 0, 0);
        // An input after the last good byte, with those that belong to it.
        let mut group = Vec::new();
        loop {
            line.clear();
            let n = reader.read_until(b'\n', &mut line)?;
            if n == 0 || line.last() != Some(&b'\n') {
                // Only a line of a network was cut short by a kill: other files are left as they are.
                if network.is_none() && !line.starts_with(FIRST) && !FIRST.starts_with(&line) {
                    return Err(broken("not a simulated network"));
                }
                break;
            }
            let input: Input = serde_json::from_slice(&line).map_err(|_| broken("a line that is no input"))?;
            read += n as u64;
            match (&mut network, input) {
                (None, Input::Header { version: VERSION, seed, begin, core, smp }) => {
                    let mut net = Network::new(Settings { seed, begin: Ts(begin), version: core, smp });
                    net.sh.world.replaying = true;
                    network = Some(net);
                    good = read;
                }
                (None, Input::Header { .. }) => {
                    return Err(broken("a network of another version of the simulator: begin a new file"));
                }
                (None, _) => return Err(broken("not a simulated network")),
                (Some(net), input) => {
                    let whole = !input.is_of_next();
                    group.push(input);
                    if whole {
                        group.drain(..).for_each(|input| net.replay(input));
                        good = read;
                    }
                }
            }
        }
        let fresh = network.is_none();
        let mut net = network.unwrap_or_else(|| Network::new(settings));
        // Removes what a kill left of a last input.
        file.set_len(good)?;
        file.seek(io::SeekFrom::End(0))?;
        net.sh.world.replaying = false;
        net.sh.world.recording = true;
        net.journal = Some(Journal { file, bytes: good, broken: None, taken: Vec::new(), moved: None });
        if fresh {
            let s = &net.sh.settings;
            let (seed, begin, core, smp) = (s.seed, s.begin.0, s.version.clone(), s.smp.clone());
            net.note(|| Input::Header { version: VERSION, seed, begin, core, smp });
        }
        for core in 0..net.cores.len() {
            net.crash(core);
        }
        match net.broken() {
            Some(reason) => Err(io::Error::other(reason.to_owned())),
            None => Ok(net),
        }
    }

    fn replay(&mut self, input: Input) {
        match input {
            Input::Header { .. } => {}
            Input::World(said) => self.sh.world.past.borrow_mut().extend(said),
            Input::Advance(to) => self.advance(Ts(to)),
            Input::Open(prefix, key) => {
                let _ = self.open(&prefix, &key);
            }
            Input::Command(core, at, text) => {
                self.advance(Ts(at));
                let _ = self.command(core, &text);
            }
            Input::Take(core, n) => {
                for _ in 0..n {
                    let _ = self.take_event(core);
                }
            }
            Input::Crash(core) => self.crash(core),
            Input::CrashAfter(core, n) => self.crash_after(core, n),
            Input::Close(core) => self.close(core),
            Input::Reopen(core) => self.reopen(core),
            Input::Offline(core, is) => self.set_offline(core, is),
            Input::Server(up) => self.set_server(up),
            Input::LoseFiles => self.lose_files(),
            Input::LoseMessages => self.lose_messages(),
            Input::Delay(nanos) => self.set_delay(Duration::from_nanos(nanos)),
        }
    }

    /// Why the network's file can no longer be written, if so: the network has stopped then.
    pub fn broken(&self) -> Option<&str> {
        self.journal.as_ref()?.broken.as_deref()
    }

    /// Records an input, if the network is kept in a file.
    pub(crate) fn note(&mut self, input: impl FnOnce() -> Input) {
        let Some(journal) = &mut self.journal else { return };
        if journal.broken.is_some() {
            return;
        }
        let mut lines = Vec::new();
        let mut put = |i: &Input| {
            if let Ok(mut line) = serde_json::to_vec(i) {
                line.push(b'\n');
                lines.append(&mut line);
            }
        };
        let input = input();
        match (&input, journal.moved.take()) {
            // These hold the time themselves.
            (Input::Advance(_) | Input::Command(..), _) | (_, None) => {}
            (_, Some(to)) => put(&Input::Advance(to)),
        }
        // Before the events that were taken: what was delivered in their place may have asked, too.
        let said = std::mem::take(&mut *self.sh.world.said.borrow_mut());
        if !said.is_empty() {
            put(&Input::World(said));
        }
        for (core, n) in journal.taken.drain(..) {
            put(&Input::Take(core, n));
        }
        put(&input);
        journal.bytes += lines.len() as u64;
        let written = if journal.bytes > MOST_BYTES {
            Err(io::Error::new(io::ErrorKind::FileTooLarge, "the network's file is full: begin a new one"))
        } else {
            journal.file.write_all(&lines)
        };
        if let Err(error) = written {
            journal.broken = Some(error.to_string());
        }
    }

    /// Records that the clock was moved with no step due; it is written with the next input that does not say the time.
    pub(crate) fn note_moved(&mut self, to: Ts) {
        if let Some(journal) = &mut self.journal {
            journal.moved = Some(to.0);
        }
    }

    /// Records that an event was taken; it is written with the next input.
    pub(crate) fn note_taken(&mut self, core: CoreId) {
        let Some(journal) = &mut self.journal else { return };
        match journal.taken.iter_mut().find(|(c, _)| *c == core) {
            Some((_, n)) => *n += 1,
            None => journal.taken.push((core, 1)),
        }
    }
}

/// Whether a command only reads: replaying it makes no difference to the network.
pub(crate) fn only_looks(command: &Command) -> bool {
    use crate::parser::Service as S;
    use Command as C;
    if let C::GetChat { chat, .. } = command {
        // A look at a member's support chat creates it.
        return !matches!(chat, ChatRef::Group(_, Scope::Support(_)));
    }
    matches!(
        command,
        C::ShowActiveUser
            | C::ListUsers
            | C::CheckRunning
            | C::Version
            | C::ShowServers { .. }
            | C::NetworkStatuses
            | C::ShowProfile
            | C::ShowImage
            | C::ShowAddress { .. }
            | C::ShortLinkAddress { .. }
            | C::ListContacts { .. }
            | C::GetChats { .. }
            | C::GetItems { .. }
            | C::LastChats { .. }
            | C::TailChat { .. }
            | C::LastItemId { .. }
            | C::ShowItem { .. }
            | C::ItemInfo { .. }
            | C::ItemInfoNamed { .. }
            | C::ReactionMembers { .. }
            | C::GetTags { .. }
            | C::GetTtl { .. }
            | C::GetChatTtl { .. }
            | C::FileStatus { .. }
            | C::ListGroups { .. }
            | C::ListGroupsActive
            | C::ListMembers { .. }
            | C::ListMembersNamed { .. }
            | C::SupportChats { .. }
            | C::ShowGroupProfile { .. }
            | C::ShowWelcome { .. }
            | C::GetGroupLink { .. }
            | C::ShortGroupLink { .. }
            | C::ShowGroupLinkNamed { .. }
            | C::GroupInfo { .. }
            | C::MemberInfo { .. }
            | C::ContactInfo { .. }
            | C::InfoNamed { .. }
            | C::Service(
                S::GetServers { .. }
                    | S::ServersSummary { .. }
                    | S::GetRelays { .. }
                    | S::Operators
                    | S::Conditions
                    | S::RemoteHosts
                    | S::RemoteCtrls
                    | S::GetNetwork
                    | S::Subs { .. }
                    | S::SubsTotal { .. }
                    | S::Queues
                    | S::Workers { .. }
            )
    )
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A file for a network, which is removed after the test.
    struct Stored(PathBuf);

    impl Stored {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("simplex-sim-{name}-{}", std::process::id()));
            let _ = std::fs::remove_file(&path);
            Self(path)
        }

        fn open(&self) -> io::Result<Network> {
            Network::stored(Settings::default(), &self.0)
        }
    }

    impl Drop for Stored {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    const USER: &str = r#"/_create user {"profile":{"displayName":"a","fullName":""},"pastTimestamp":false}"#;

    #[test]
    fn what_was_read_from_files_is_recorded_in_little_more_room_and_as_it_was() {
        let world = World { recording: true, ..World::default() };
        let bytes: Vec<u8> = (0..30_000).map(|n| u8::try_from(n % 251).unwrap()).collect();
        world.ask(|| Bytes(bytes.clone()));
        let said = serde_json::to_string(&Input::World(world.said.take())).unwrap();
        assert!(said.len() < 41_000, "{}", said.len());
        let Input::World(past) = serde_json::from_str(&said).unwrap() else { panic!("{said}") };
        let world = World { replaying: true, past: RefCell::new(past.into()), ..World::default() };
        assert_eq!(world.ask(Bytes::default).0, bytes);
    }

    #[test]
    fn a_file_that_takes_no_more_stops_the_network_and_says_so() {
        let file = Stored::new("broken");
        let mut net = file.open().unwrap();
        let core = net.open("a", "").unwrap();
        assert!(net.command(core, USER).unwrap().contains("activeUser"));
        assert_eq!(net.broken(), None);
        // A handle that cannot be written to, in place of a full disk.
        net.journal.as_mut().unwrap().file = File::open(&file.0).unwrap();
        for command in ["/_start main=on", "/u"] {
            let answer = net.command(core, command).unwrap();
            assert!(answer.contains("dBException"), "{command}: {answer}");
        }
        assert!(net.broken().is_some());
        assert_eq!(net.take_event(core), None, "of a start that is not kept");
        drop(net);
        let mut net = file.open().unwrap();
        let core = net.open("a", "").unwrap();
        assert!(net.command(core, "/u").unwrap().contains("activeUser"));
    }

    /// All that decides what happens: without JSON that is kept to be written again.
    fn state(net: &Network) -> String {
        let mut cores = net.cores.clone();
        for core in &mut cores {
            core.users.values_mut().for_each(|user| user.cached = None);
            core.contacts.values_mut().for_each(|contact| contact.cached = None);
            let members: Vec<i64> = core.members.values().map(|member| member.id).collect();
            for id in members {
                core.members.get_mut(&id).unwrap().shown.take();
            }
        }
        format!("{cores:?} {:?}", net.sh)
    }

    #[test]
    fn commands_that_only_look_leave_no_line_and_change_nothing() {
        let file = Stored::new("looks");
        let mut net = file.open().unwrap();
        let [a, b] = ["a", "b"].map(|name| net.open(name, "").unwrap());
        let mut done = |core, command: &str| -> Value {
            let answer: Value = serde_json::from_str(&net.command(core, command).unwrap()).unwrap();
            assert!(answer.get("result").is_some(), "{command}: {answer}");
            answer["result"].clone()
        };
        for (core, name) in [(a, "a"), (b, "b")] {
            done(core, &USER.replace(r#""a""#, &format!("\"{name}\"")));
            done(core, "/_start main=on");
        }
        let link = done(a, "/_address 1")["connLinkContact"]["connFullLink"].clone();
        done(a, r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
        done(b, &format!("/_connect 1 {}", link.as_str().unwrap()));
        done(a, r#"/_group 1 {"displayName":"g","fullName":""}"#);
        let link = done(a, "/_create link #1 member")["groupLink"]["connLinkContact"]["connFullLink"].clone();
        done(b, &format!("/_connect 1 {}", link.as_str().unwrap()));
        let id = |sent: &Value| sent["chatItems"][0]["chatItem"]["meta"]["itemId"].to_string();
        let item = id(&done(a, "#g hi"));
        done(a, &format!("/_reaction #1 {item} on {}", r#"{"type":"emoji","emoji":"👍"}"#));
        let aside = r#"/_send #1(_support:2) json [{"msgContent":{"type":"text","text":"aside"}}]"#;
        let aside = id(&done(a, aside));
        done(a, &format!("/f #g {}", file.0.display()));
        let before = (net.journal.as_ref().unwrap().bytes, state(&net));
        let looks = [
            "/u",
            "/users",
            "/_check running",
            "/version",
            "/smp",
            "/p",
            "/show profile image",
            "/_show_address 1",
            "/_short_link_address 1",
            "/_contacts 1",
            "/_get chats 1 count=5",
            "/_get chat #1 count=5",
            "/_get items count=5",
            "/_get item info #1 ITEM",
            "/_get item info #1(_support:2) ASIDE",
            "/_get tags 1",
            "/_ttl 1",
            "/ttl #g",
            "/chats",
            "/tail",
            "/last_item_id",
            "/show ITEM",
            "/item info #g hi",
            r#"/_reaction members 1 #1 ITEM {"type":"emoji","emoji":"👍"}"#,
            "/fstatus 1",
            "/_groups1",
            "/groups",
            "/_members #1",
            "/members g",
            "/gp g",
            "/show welcome g",
            "/member support chats g",
            "/_get link #1",
            "/_short link #1",
            "/show link g",
            "/_info #1",
            "/_info #1 2",
            "/_info @4",
            "/i @b",
            "/_servers 1",
            "/get servers summary 1",
            "/_get relays #1",
            "/_operators",
            "/_conditions",
            "/list remote hosts",
            "/list remote ctrls",
            "/network",
            "/get subs",
            "/get subs total 1",
            "/get queues",
            "/get workers",
        ];
        for look in looks {
            let look = look.replace("ITEM", &item).replace("ASIDE", &aside);
            let answer = net.command(a, &look).unwrap();
            // An error would not show what looking does.
            assert!(answer.starts_with(r#"{"result""#), "{look}: {answer}");
            assert!((net.journal.as_ref().unwrap().bytes, state(&net)) == before, "{look}");
        }
    }

    #[test]
    fn a_look_at_a_support_chat_is_kept() {
        let file = Stored::new("support");
        let mut net = file.open().unwrap();
        let cores = ["a", "b"].map(|name| net.open(name, "").unwrap());
        let [a, b] = cores;
        for core in cores {
            net.command(core, USER).unwrap();
            net.command(core, "/_start main=on").unwrap();
        }
        net.command(a, r#"/_group 1 {"displayName":"g","fullName":""}"#).unwrap();
        let link: Value = serde_json::from_str(&net.command(a, "/_create link #1 member").unwrap()).unwrap();
        let link = link["result"]["groupLink"]["connLinkContact"]["connFullLink"].as_str().unwrap();
        net.command(b, &format!("/_connect 1 {link}")).unwrap();
        let looked = net.command(a, "/_get chat #1(_support:2) count=1").unwrap();
        assert!(looked.contains("supportChat"), "{looked}");
        drop(net);
        let mut net = file.open().unwrap();
        net.open("a", "").unwrap();
        net.command(a, "/_start main=on").unwrap();
        assert!(net.command(a, "/_members #1").unwrap().contains("supportChat"));
    }

    #[test]
    fn two_processes_do_not_share_a_file() {
        let file = Stored::new("locked");
        let first = file.open().unwrap();
        assert!(file.open().is_err());
        drop(first);
        assert!(file.open().is_ok());
    }
}
