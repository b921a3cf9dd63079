//! What is normalised before comparing, each rule with its reason. What a rule covers is not compared, so a rule names
//! keys, never whole answers.

use std::path::Path;

use serde_json::Value;

use crate::replay::Line;

/// Keys whose values are drawn at random or are times: only their presence is compared.
const OPAQUE: &[(&str, &str)] = &[
    ("agentConnId", "random"),
    ("pccAgentConnId", "random"),
    ("agentInvitationId", "random"),
    ("agentQueueId", "random"),
    ("agentConnIds", "random"),
    ("agentRcvFileId", "random"),
    ("agentSndFileId", "random"),
    ("itemSharedMsgId", "random"),
    ("sharedMsgId", "random"),
    ("welcomeSharedMsgId", "random"),
    ("requestSharedMsgId", "random"),
    ("xContactId", "random"),
    ("groupLinkId", "random"),
    ("memberId", "random"),
    ("fileKey", "random"),
    ("fileNonce", "random"),
    ("securityCode", "random"),
    ("connectionCode", "random"),
    ("errContext", "holds a random id"),
    ("viaGroupLinkUri", "holds random keys"),
    ("groupDirectInvLink", "holds random keys"),
    ("simplexUri", "holds random keys"),
    ("expectedCode", "random"),
    ("privateSndFileDescr", "random keys and places on the relay"),
    ("fileDescrText", "random keys and places on the relay"),
    ("timestamp", "time"),
    ("reactionTs", "time"),
    ("connFullLink", "holds random keys"),
    ("connShortLink", "holds random keys"),
    ("contactLink", "holds random keys"),
    ("serverAddress", "the simulated server has another key"),
    ("brokerAddress", "the simulated server has another key"),
    ("connectError", "names a socket"),
    ("itemTs", "time"),
    ("createdAt", "time"),
    ("updatedAt", "time"),
    ("chatTs", "time"),
    ("sentAt", "time"),
    ("deleteAt", "time"),
    ("deletedTs", "time"),
    ("blockedTs", "time"),
    ("itemVersionTs", "time"),
    ("verifiedAt", "time"),
    ("userMemberProfileUpdatedAt", "time"),
    ("userMemberProfileSentAt", "time"),
    ("lastMsgFromMemberTs", "time"),
];

/// Keys that only one of the two versions has, or that carry what the simulator leaves out: removed on both sides.
const DROPPED: &[(&str, &str)] = &[
    ("userChatRelay", "7.0.2 only"),
    ("clientService", "7.0.2 only"),
    ("hasLink", "7.0.2 only"),
    ("useRelays", "7.0.2 only"),
    ("groupSummary", "7.0.2 only"),
    ("indexInGroup", "7.0.2 only"),
    ("fileType", "7.0.2 only"),
    ("signMessages", "7.0.2 only"),
    ("comments", "7.0.2 only"),
    ("support", "7.0.2 only"),
    ("groupSLinkInfo_", "7.0.2 only"),
    ("customData", "6.4.5.1 has no command to set it"),
    ("chatMigrations", "the simulator has no SQL migrations"),
    ("agentMigrations", "the simulator has no SQL migrations"),
];

/// Other differences that are normalised, or compared in another way than exactly; the code mentions each.
const OTHERWISE: &[(&str, &str)] = &[
    ("canAbortSwitch", "7.0.2 says it of queues for sending too"),
    ("networkStatus.connections", "random ids, whose number is compared"),
    ("rcvURIs", "random keys and places on the relay; their number is compared"),
    ("SimpleX Status, Ask SimpleX Team", "the presets' pictures and texts are left out"),
    ("groupsList", "6.4.5.1 wraps each group with its summary"),
    ("contactRequest.profile", "7.0.2 adds an id and an alias"),
    ("displayName, localDisplayName", "random names, of two capitalised words in one, are equal to each other"),
    ("order of events", "the protocol fixes it within a direct chat; in a group, within an author and a tag"),
    ("order of statuses", "sent and received pass each other: compared within a chat and a status"),
    ("links, random names", "what a recorded answer or event has stands for the simulator's in later commands"),
    ("\\xNN", "bytes that are no UTF-8, as the recordings write them: the core puts a question mark for each"),
    ("/sxrec", "the recorder's folder; the replay's own stands in its place, with files of the recorded sizes"),
    ("clock", "it begins where the recording's did and goes to each command's recorded time"),
    ("delay", "messages take 5 ms, about what the recordings' own server took"),
    (
        "time of commands",
        "what a command does happens at the time of its recorded answer, since a network command takes a while",
    ),
    ("smp-server", "the recorder stopped, killed and started it by hand: so does the replay"),
    ("files vanished", "the recorder took them from the relay by hand: before the next download, so does the replay"),
];

/// Commands that are out of scope, by their beginnings.
const COMMANDS_LEFT_OUT: &[(&str, &str)] = &[
    ("/_call", "calls"),
    ("/sql", "database internals"),
    ("/debug", "agent debugging"),
    ("/get", "agent debugging, server statistics"),
    ("/reset servers", "server statistics"),
    ("/list remote", "remote control"),
    ("/stop remote", "remote control"),
    ("/_server", "operators and servers of the real network"),
    ("/_operators", "operators and servers of the real network"),
    ("/_conditions", "operators and servers of the real network"),
    ("/_validate_servers", "operators and servers of the real network"),
    ("/_network", "network settings of the device"),
    ("/network", "network settings of the device"),
    ("/_queue", "agent debugging"),
    ("/_ntf", "push notifications of phones"),
    ("/reconnect", "agent debugging"),
    ("/_set theme", "the look of the phone's program"),
    ("/_get app settings", "the look of the phone's program"),
    ("/_save app settings", "the look of the phone's program"),
    ("/_set custom", "7.0.2 only"),
];

/// Events that are out of scope; `(call)` stands for items and updates about a call in a chat.
const EVENTS_LEFT_OUT: &[(&str, &str)] = &[
    ("(call)", "calls"),
    ("callInvitation", "calls"),
    ("callOffer", "calls"),
    ("callAnswer", "calls"),
    ("callExtraInfo", "calls"),
    ("callEnded", "calls"),
];

/// Whether a command or an event is left out of the figures.
pub fn out_of_scope(what: &str) -> bool {
    COMMANDS_LEFT_OUT.iter().any(|(p, _)| what.starts_with(p)) || EVENTS_LEFT_OUT.iter().any(|(t, _)| *t == what)
}

/// Every rule with its reason.
pub fn all() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    [OPAQUE, DROPPED, OTHERWISE, COMMANDS_LEFT_OUT, EVENTS_LEFT_OUT].into_iter().flatten()
}

/// Keys whose values the core makes up and commands repeat: links and names.
pub fn is_made_up(key: &str) -> bool {
    matches!(key, "connFullLink" | "connShortLink" | "contactLink" | "connectionCode")
}

/// Names that the core makes up, which commands repeat.
pub fn is_made_up_name(key: &str, value: &str) -> bool {
    matches!(key, "displayName" | "localDisplayName") && looks_made_up(value)
}

/// Normalises a value for comparison.
pub fn normalise(v: &mut Value) {
    match v {
        Value::Object(m) => {
            for (key, _) in DROPPED {
                m.remove(*key);
            }
            // 7.0.2 has this for sending queues, too.
            if m.contains_key("sndServer") {
                m.remove("canAbortSwitch");
            }
            // The ids here are random.
            if m.contains_key("networkStatus")
                && let Some(Value::Array(conns)) = m.get_mut("connections")
            {
                conns.iter_mut().for_each(|c| *c = "<connection>".into());
            }
            // The contacts that come with the app: their pictures and texts are left out.
            if matches!(m.get("displayName").and_then(Value::as_str), Some("SimpleX Status" | "Ask SimpleX Team")) {
                m.remove("image");
                m.remove("shortDescr");
            }
            // 6.4.5.1 wraps each group of a list with its summary.
            if m.get("type").and_then(Value::as_str) == Some("groupsList")
                && let Some(Value::Array(groups)) = m.get_mut("groups")
            {
                for g in groups {
                    if let Some(inner) = g.get_mut("groupInfo").map(Value::take) {
                        *g = inner;
                    }
                }
            }
            // A request's profile has an id and an alias in 7.0.2, none in 6.4.5.1.
            if m.contains_key("contactRequestId")
                && m.contains_key("agentInvitationId")
                && let Some(Value::Object(p)) = m.get_mut("profile")
            {
                p.remove("profileId");
                p.remove("localAlias");
            }
            if let Some(Value::Array(links)) = m.get_mut("rcvURIs") {
                links.iter_mut().for_each(|l| *l = "<link>".into());
            }
            for (k, v) in m.iter_mut() {
                if OPAQUE.iter().any(|(o, _)| o == k) {
                    // Of a list, only the length is compared.
                    match v {
                        Value::Array(a) => a.iter_mut().for_each(|v| *v = Value::String(format!("<{k}>"))),
                        v => *v = Value::String(format!("<{k}>")),
                    }
                } else {
                    normalise(v);
                }
            }
        }
        Value::Array(a) => a.iter_mut().for_each(normalise),
        Value::String(s) if s.split(' ').any(looks_made_up) => {
            let words: Vec<&str> = s.split(' ').map(|w| if looks_made_up(w) { "<name>" } else { w }).collect();
            *s = words.join(" ");
        }
        _ => {}
    }
}

/// Random names are two capitalised words in one.
fn looks_made_up(s: &str) -> bool {
    s.len() > 6
        && s.chars().all(|c| c.is_ascii_alphabetic())
        && s.starts_with(|c: char| c.is_ascii_uppercase())
        && s.chars().filter(char::is_ascii_uppercase).count() == 2
}

/// Makes the files that a scenario sends, with the sizes that the recorded items show.
pub fn make_files(lines: &[Line], folder: &Path) -> anyhow::Result<()> {
    let mut sizes = std::collections::HashMap::new();
    for l in lines.iter().filter(|l| l.dir == "resp" || l.dir == "event") {
        if let Ok(v) = serde_json::from_str::<Value>(&l.text) {
            file_sizes(&v, &l.who, &mut sizes);
        }
    }
    for l in lines {
        let mut rest = l.text.as_str();
        while let Some(at) = rest.find("/sxrec") {
            rest = rest.get(at + 6..).unwrap_or_default();
            let end = rest.find(['"', ' ', '\n']).unwrap_or(rest.len());
            let path = folder.join(rest.get(1..end).unwrap_or_default());
            if l.text.starts_with("/set file paths") {
                std::fs::create_dir_all(&path)?;
            }
        }
    }
    // Files that the core itself made are made again.
    let sent = |name: &str| lines.iter().any(|l| l.dir == "cmd" && l.text.contains(name));
    for ((who, name), size) in sizes.into_iter().filter(|((_, name), _)| sent(name)) {
        for dir in walk(folder).into_iter().filter(|d| d.ends_with(format!("{who}_files"))) {
            let path = dir.join(&name);
            if !path.exists() {
                let _ = std::fs::File::create(&path).and_then(|f| f.set_len(size));
            }
        }
    }
    Ok(())
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut out = Vec::new();
    let mut todo = vec![folder.to_path_buf()];
    while let Some(dir) = todo.pop() {
        for e in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            if e.path().is_dir() {
                todo.push(e.path());
                if e.file_name().to_string_lossy().ends_with("_files") {
                    out.push(e.path());
                }
            }
        }
    }
    out
}

fn file_sizes(v: &Value, who: &str, out: &mut std::collections::HashMap<(String, String), u64>) {
    match v {
        Value::Object(m) => {
            if let (Some(Value::String(n)), Some(size), Some(Value::Object(st))) =
                (m.get("fileName"), m.get("fileSize").and_then(Value::as_u64), m.get("fileStatus"))
                && st.get("type").and_then(Value::as_str).is_some_and(|t| t.starts_with("snd"))
            {
                out.insert((who.to_owned(), n.clone()), size);
            }
            m.values().for_each(|v| file_sizes(v, who, out));
        }
        Value::Array(a) => a.iter().for_each(|v| file_sizes(v, who, out)),
        _ => {}
    }
}
