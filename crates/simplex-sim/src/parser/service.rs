//! Commands about everything around the chats: servers and their operators, the network, the agent, relays of channels,
//! queues, other devices, the import of a database.

use super::args::end;
use super::cursor::Cursor;
use super::group::group_profile;
use super::{Command, GroupProfile};
use crate::json::Json;

/// A server of a user, in [`Service::SetServers`].
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Its id, if it is stored already.
    pub id: Option<i64>,
    /// `smp://…` or `xftp://…`
    pub address: String,
    /// Whether it is one of the servers that come with the app.
    pub preset: bool,
    /// Whether the last test succeeded, if it was tested.
    pub tested: Option<bool>,
    /// Whether it is used.
    pub enabled: bool,
    /// Whether it is to be deleted.
    pub deleted: bool,
}

/// The servers of an operator, or those without an operator.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorServers {
    /// The operator as JSON.
    pub operator: Option<Json>,
    /// Message servers.
    pub smp: Vec<Server>,
    /// File relays.
    pub xftp: Vec<Server>,
}

/// The location of an archive of a database.
#[derive(Debug, Clone, PartialEq)]
pub struct Archive {
    /// The path of the file.
    pub path: String,
    /// Whether it is uncompressed.
    pub uncompressed: Option<bool>,
    /// The folder for temporary files.
    pub temp: Option<String>,
}

/// One of these commands.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields are the arguments of the command that the variant is named after")]
pub enum Service {
    NewPublicGroup { user: i64, incognito: bool, relays: Vec<i64>, profile: GroupProfile },
    GetRelays { group: i64 },
    AddRelays { group: i64, relays: Vec<i64> },
    AllowRelay { group: i64 },
    ContactQueue { contact: i64 },
    MemberQueue { group: i64, member: i64 },
    EnableMember { group: i64, member: i64 },
    EncryptFiles { on: bool },
    ImportDb { archive: Archive },
    GetServers { user: i64 },
    SetServers { user: i64, servers: Vec<OperatorServers> },
    ValidateServers { user: i64, servers: Vec<OperatorServers> },
    TestServer { user: i64, server: String },
    Operators,
    Conditions,
    ServersSummary { user: i64 },
    ResetStats,
    GetNetwork,
    SetNetwork { config: Json },
    NetworkInfo { kind: String, online: bool },
    Subs { details: bool },
    SubsTotal { user: i64 },
    Queues,
    Workers { details: bool },
    RemoteHosts,
    RemoteCtrls,
    StopRemoteCtrl,
}

pub(super) fn commands(c: &mut Cursor<'_>) -> Option<Command> {
    // Most texts are none of these commands: this check is enough to tell.
    if !c.0.starts_with('/') {
        return None;
    }
    whole(c.0).or_else(|| relays(c)).or_else(|| servers(c)).map(Command::Service)
}

fn whole(text: &str) -> Option<Service> {
    Some(match text {
        "/_operators" => Service::Operators,
        "/_conditions" => Service::Conditions,
        "/reset servers stats" => Service::ResetStats,
        "/network" => Service::GetNetwork,
        "/get subs" => Service::Subs { details: false },
        "/get subs details" => Service::Subs { details: true },
        "/get queues" => Service::Queues,
        "/get workers" => Service::Workers { details: false },
        "/get workers details" => Service::Workers { details: true },
        "/list remote hosts" => Service::RemoteHosts,
        "/list remote ctrls" => Service::RemoteCtrls,
        "/stop remote ctrl" => Service::StopRemoteCtrl,
        "/_files_encrypt on" => Service::EncryptFiles { on: true },
        "/_files_encrypt off" => Service::EncryptFiles { on: false },
        _ => return None,
    })
}

/// Channels, queues, members.
fn relays(c: &mut Cursor<'_>) -> Option<Service> {
    if c.eat("/_public group ") {
        let user = c.int()?;
        let incognito = c.flag("incognito");
        c.need(" ")?;
        let relays = c.ints()?;
        c.need(" ")?;
        return Some(Service::NewPublicGroup { user, incognito, relays, profile: group_profile(&c.json()?)? });
    }
    if c.eat("/_add relays #") {
        let group = c.int()?;
        c.need(" ")?;
        let relays = c.ints()?;
        return end(c, Service::AddRelays { group, relays });
    }
    if c.eat("/_get relays #") {
        return Some(Service::GetRelays { group: c.last_int()? });
    }
    if c.eat("/_relay allow #") {
        return Some(Service::AllowRelay { group: c.last_int()? });
    }
    if c.eat("/_queue info @") {
        return Some(Service::ContactQueue { contact: c.last_int()? });
    }
    for (word, make) in [
        ("/_queue info #", (|group, member| Service::MemberQueue { group, member }) as fn(i64, i64) -> Service),
        ("/_enable #", |group, member| Service::EnableMember { group, member }),
    ] {
        let mut at = *c;
        if at.eat(word) {
            let group = at.int()?;
            at.need(" ")?;
            let member = at.int()?;
            return end(&at, make(group, member));
        }
    }
    if c.eat("/_db import ") {
        let v = c.json()?;
        let archive = Archive {
            path: v.need_str("archivePath")?,
            uncompressed: v.opt_bool("disableCompression")?,
            temp: v.opt_str("parentTempDirectory")?,
        };
        return Some(Service::ImportDb { archive });
    }
    None
}

fn servers(c: &mut Cursor<'_>) -> Option<Service> {
    if c.eat("/_servers ") {
        let user = c.int()?;
        if c.at_end() {
            return Some(Service::GetServers { user });
        }
        c.need(" ")?;
        return Some(Service::SetServers { user, servers: operator_servers(c)? });
    }
    if c.eat("/_validate_servers ") {
        let user = c.int()?;
        c.need(" ")?;
        return Some(Service::ValidateServers { user, servers: operator_servers(c)? });
    }
    if c.eat("/_server test ") {
        let user = c.int()?;
        c.need(" ")?;
        let server = c.word().filter(|s| is_server(s))?.to_owned();
        return end(c, Service::TestServer { user, server });
    }
    for (word, make) in [
        ("/get servers summary ", (|user| Service::ServersSummary { user }) as fn(i64) -> Service),
        ("/get subs total ", |user| Service::SubsTotal { user }),
    ] {
        if c.eat(word) {
            let user = c.int()?;
            return end(c, make(user));
        }
    }
    if c.eat("/_network info ") {
        let v = c.json()?;
        let kind = v.need_str("networkType")?;
        let known = matches!(&*kind, "none" | "cellular" | "wifi" | "ethernet" | "other");
        return known.then_some(Service::NetworkInfo { kind, online: v.get("online")?.bool()? });
    }
    if c.eat("/_network ") {
        return Some(Service::SetNetwork { config: c.json().filter(is_network_config)? });
    }
    None
}

fn operator_servers(c: &mut Cursor<'_>) -> Option<Vec<OperatorServers>> {
    let v = c.json()?;
    let list = v.arr()?.iter().map(|g| {
        let of = |key: &str, scheme: &str| -> Option<Vec<Server>> {
            g.get(key)?.arr()?.iter().map(|s| server(s).filter(|s| s.address.starts_with(scheme))).collect()
        };
        let operator = g.get("operator").cloned();
        if operator.as_ref().is_some_and(|o| !o.is_obj()) {
            return None;
        }
        Some(OperatorServers { operator, smp: of("smpServers", "smp:")?, xftp: of("xftpServers", "xftp:")? })
    });
    list.collect::<Option<Vec<_>>>().filter(|list| !list.is_empty())
}

fn server(v: &Json) -> Option<Server> {
    Some(Server {
        id: v.opt_int("serverId")?,
        address: v.need_str("server").filter(|s| is_server(s))?,
        preset: v.get("preset")?.bool()?,
        tested: v.opt_bool("tested")?,
        enabled: v.get("enabled")?.bool()?,
        deleted: v.get("deleted")?.bool()?,
    })
}

/// Whether a text is the address of a server: `smp://key@host` or `xftp://…`, optionally with a password after the key,
/// several hosts, or a port.
pub fn is_server(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("smp://").or_else(|| text.strip_prefix("xftp://")) else { return false };
    let Some((key, hosts)) = rest.split_once('@') else { return false };
    let key = key.split(':').next().unwrap_or_default();
    let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=');
    let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ',' | ':' | '[' | ']');
    !key.is_empty() && key.chars().all(base64) && !hosts.is_empty() && hosts.chars().all(host)
}

/// Requires what the recorded configuration contains; the core refused `{}`. Which fields may be absent is not known,
/// except for the two about a proxy and about web ports.
fn is_network_config(v: &Json) -> bool {
    let text = |key| v.get(key).is_some_and(|x: &Json| x.str().is_some());
    let number = |key| v.get(key).is_some_and(|x: &Json| x.int().is_some());
    let flag = |key| v.get(key).is_some_and(|x: &Json| x.bool().is_some());
    let timeouts = |key| {
        v.get(key).is_some_and(|t| {
            ["backgroundTimeout", "interactiveTimeout"].iter().all(|k| t.get(k).is_some_and(|x| x.int().is_some()))
        })
    };
    ["hostMode", "sessionMode", "smpProxyMode", "smpProxyFallback"].into_iter().all(text)
        && ["tcpTimeoutPerKb", "rcvConcurrency", "smpPingInterval", "smpPingCount"].into_iter().all(number)
        && ["requiredHostMode", "logTLSErrors"].into_iter().all(flag)
        && ["tcpConnectTimeout", "tcpTimeout"].into_iter().all(timeouts)
}
