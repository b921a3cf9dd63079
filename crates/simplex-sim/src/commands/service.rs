//! Servers and their operators, the network, the agent, relays of channels, queues, other devices.
//!
//! The JSON is as it was recorded, except for channels and their relays: that is as documented for 7.0.2. No relays
//! exist here, so commands that need one fail as in a core without relays.

use std::time::Duration;

use super::Answer;
use crate::cx::Cx;
use crate::json::Js;
use crate::parser::{ChatRef, GroupProfile, OperatorServers, Scope, Service};
use crate::render::{self, Envelope, error};
use crate::state::ConnStatus;
use crate::time::Ts;

/// The network configuration of a new core.
const NETWORK: &str = r#"{"socksMode":"always","hostMode":"onionViaSocks","requiredHostMode":false,"sessionMode":"session","smpProxyMode":"never","smpProxyFallback":"allow","smpWebPortServers":"preset","tcpConnectTimeout":{"backgroundTimeout":45000000,"interactiveTimeout":15000000},"tcpTimeout":{"backgroundTimeout":30000000,"interactiveTimeout":10000000},"tcpTimeoutPerKb":5000,"rcvConcurrency":8,"tcpKeepAlive":{"keepIdle":30,"keepIntvl":15,"keepCnt":4},"smpPingInterval":600000000,"smpPingCount":3,"logTLSErrors":false}"#;

/// The operators that come with the core. Their own servers are left out: they do not exist here.
const OPERATORS: [&str; 2] = [
    r#"{"operatorId":1,"operatorTag":"simplex","tradeName":"SimpleX Chat","legalName":"SimpleX Chat Ltd","serverDomains":["simplex.im"],"conditionsAcceptance":{"type":"required"},"enabled":true,"smpRoles":{"storage":true,"proxy":true},"xftpRoles":{"storage":true,"proxy":true}}"#,
    r#"{"operatorId":2,"operatorTag":"flux","tradeName":"Flux","legalName":"InFlux Technologies Limited","serverDomains":["simplexonflux.com"],"conditionsAcceptance":{"type":"required"},"enabled":true,"smpRoles":{"storage":false,"proxy":true},"xftpRoles":{"storage":false,"proxy":true}}"#,
];

/// The version of the operators' conditions that comes with the core.
const CONDITIONS: (i64, &str) = (2, "7471fd2af5838dc0467aebc570b5ea75e5df3209");

/// The time for reviewing them.
const REVIEW: Duration = Duration::from_secs(31 * 86_400);

/// The counters of each message server.
const SMP_STATS: [&str; 32] = [
    "_sentDirect",
    "_sentViaProxy",
    "_sentProxied",
    "_sentDirectAttempts",
    "_sentViaProxyAttempts",
    "_sentProxiedAttempts",
    "_sentAuthErrs",
    "_sentQuotaErrs",
    "_sentExpiredErrs",
    "_sentOtherErrs",
    "_recvMsgs",
    "_recvDuplicates",
    "_recvCryptoErrs",
    "_recvErrs",
    "_ackMsgs",
    "_ackAttempts",
    "_ackNoMsgErrs",
    "_ackOtherErrs",
    "_connCreated",
    "_connSecured",
    "_connCompleted",
    "_connDeleted",
    "_connDelAttempts",
    "_connDelErrs",
    "_connSubscribed",
    "_connSubAttempts",
    "_connSubIgnored",
    "_connSubErrs",
    "_ntfKey",
    "_ntfKeyAttempts",
    "_ntfKeyDeleted",
    "_ntfKeyDeleteAttempts",
];

const XFTP_STATS: [&str; 12] = [
    "_uploads",
    "_uploadsSize",
    "_uploadAttempts",
    "_uploadErrs",
    "_downloads",
    "_downloadsSize",
    "_downloadAttempts",
    "_downloadAuthErrs",
    "_downloadErrs",
    "_deletions",
    "_deleteAttempts",
    "_deleteErrs",
];

const NTF_STATS: [&str; 6] =
    ["_ntfCreated", "_ntfCreateAttempts", "_ntfChecked", "_ntfCheckAttempts", "_ntfDeleted", "_ntfDelAttempts"];

/// Subscriptions of a core.
#[derive(Debug, Clone, Copy, Default)]
struct Subs {
    active: usize,
    pending: usize,
}

impl Cx<'_> {
    /// Commands that work although the chat is not started, some even without a user; others are returned.
    pub(super) fn service_at_rest(&mut self, service: Service) -> Result<Answer, Box<Service>> {
        Ok(match service {
            Service::GetNetwork => self.active().map(|_| {
                let mut j = render::result("networkConfig");
                match &self.core.session.network {
                    Some(config) => j.json("networkConfig", config),
                    None => j.raw("networkConfig", NETWORK),
                };
                render::finish(j)
            }),
            Service::SetNetwork { config } => self.active().and_then(|_| {
                self.core.session.network = Some(config);
                self.ok()
            }),
            Service::EncryptFiles { on } => {
                self.core.session.encrypt_files = on;
                self.ok()
            }
            // Whether the device is online affects only the timeouts of the real core.
            Service::NetworkInfo { .. } | Service::StopRemoteCtrl => self.ok(),
            Service::ResetStats => {
                self.core.session.stats_since = Some(self.sh.now);
                self.ok()
            }
            Service::Operators => Ok(self.operators()),
            Service::Conditions => Ok(conditions()),
            Service::Subs { details } => Ok(if details { self.subs_details() } else { self.subs_by_server() }),
            Service::Queues => Ok(self.queues()),
            Service::Workers { details } => Ok(self.workers(details)),
            Service::RemoteHosts => Ok(empty_list("remoteHostList", "remoteHosts")),
            Service::RemoteCtrls => Ok(empty_list("remoteCtrlList", "remoteCtrls")),
            Service::ImportDb { archive } if !self.core.session.started => self.import_db(&archive.path),
            other => return Err(Box::new(other)),
        })
    }

    pub(super) fn service(&mut self, service: Service) -> Answer {
        match service {
            Service::GetServers { user } => self.get_servers(user),
            Service::SetServers { user, servers } => self.set_user_servers(user, &servers),
            Service::ValidateServers { user, servers } => self.validate_servers(user, &servers),
            Service::TestServer { user, server } => {
                let user = self.user(Some(user))?;
                self.test_server(user, &server)
            }
            Service::ServersSummary { user } => self.servers_summary(user),
            Service::SubsTotal { user } => {
                let user = self.user(Some(user))?;
                let subs = self.subs(Some(user));
                let up = self.core.session.host_up;
                self.answer("agentSubsTotal", user, |j, _| {
                    j.key("subsTotal").obj().num("ssActive", subs.active).num("ssPending", subs.pending).end();
                    j.bool("hasSession", up);
                })
            }
            Service::ContactQueue { contact } => self.queue_info(ChatRef::Direct(contact), None),
            Service::MemberQueue { group, member } => self.queue_info(ChatRef::Group(group, Scope::Main), Some(member)),
            Service::EnableMember { group, member } => {
                let (user, _) = self.chat_conn(ChatRef::Group(group, Scope::Main), Some(member))?;
                self.ok_user(user)
            }
            Service::NewPublicGroup { user, relays, profile, .. } => self.new_public_group(user, &relays, &profile),
            Service::GetRelays { group } => {
                let user = self.group_of(group)?;
                self.answer("groupRelays", user, |j, core| {
                    render::put_group_info(j, core, group);
                    j.raw("groupRelays", "[]");
                })
            }
            Service::AddRelays { group, relays } => {
                self.group_of(group)?;
                Err(no_relay(&relays))
            }
            Service::AllowRelay { group } => {
                let user = self.group_of(group)?;
                self.group_answer("relayGroupAllowed", user, group)
            }
            // This needs a stopped chat.
            Service::ImportDb { .. } => Err(error::chat("chatNotStopped")),
            other => self.service_at_rest(other).unwrap_or_else(|_| Err(error::command("not supported"))),
        }
    }

    fn new_public_group(&mut self, user: i64, relays: &[i64], profile: &GroupProfile) -> Answer {
        self.user(Some(user))?;
        super::users::check_name(&profile.display_name)?;
        Err(no_relay(relays))
    }

    /// Whether the core's subscriptions are in force now.
    fn subscribed(&self) -> bool {
        self.core.session.host_up && self.reachable()
    }

    /// The connections with a subscribed queue of their own: those of all users, or of one.
    fn subs(&self, user: Option<i64>) -> Subs {
        let conns = self.core.conns.values().filter(|c| user.is_none_or(|u| c.user == u));
        let count = conns.filter(|c| !matches!(c.status, ConnStatus::Deleted | ConnStatus::Prepared)).count();
        if self.subscribed() { Subs { active: count, pending: 0 } } else { Subs { active: 0, pending: count } }
    }

    fn subs_by_server(&mut self) -> Envelope {
        let mut j = render::result("agentSubs");
        let subscribed = self.subscribed();
        for (key, shown) in [("activeSubs", subscribed), ("pendingSubs", !subscribed)] {
            j.key(key).obj();
            let users: Vec<i64> = self.core.users.keys().copied().collect();
            let mut servers: Vec<(String, usize)> = Vec::new();
            for user in users.into_iter().filter(|_| shown) {
                let (server, subs) = (self.server(user), self.subs(Some(user)));
                match servers.iter_mut().find(|(s, _)| *s == server) {
                    Some((_, n)) => *n += subs.active + subs.pending,
                    None => servers.push((server, subs.active + subs.pending)),
                }
            }
            for (server, n) in servers.into_iter().filter(|(_, n)| *n > 0) {
                j.key_escaped(&server).buf().push_str(&n.to_string());
            }
            j.end();
        }
        j.raw("removedSubs", "{}");
        render::finish(j)
    }

    fn subs_details(&mut self) -> Envelope {
        let subscribed = self.subscribed();
        let mut j = render::result("agentSubsDetails");
        j.key("agentSubs").obj();
        for (key, shown) in [("activeSubscriptions", subscribed), ("pendingSubscriptions", !subscribed)] {
            j.key(key).arr();
            let conns = self.core.conns.values().filter(|_| shown);
            for c in conns.filter(|c| !matches!(c.status, ConnStatus::Deleted | ConnStatus::Prepared)) {
                j.obj().num("userId", c.user).str("server", &self.server(c.user)).str("rcvId", &c.agent_id).end();
            }
            j.end_arr();
        }
        j.raw("removedSubscriptions", "[]").end();
        render::finish(j)
    }

    /// The clients of message servers that the agent has.
    fn clients(&self) -> Vec<String> {
        let active = self.core.active.filter(|_| self.core.session.host_up);
        active.map(|user| format!("{user} {} ", self.server(user))).into_iter().collect()
    }

    fn queues(&mut self) -> Envelope {
        const EMPTY: &str = r#"{"qLength":0,"qFull":false}"#;
        let mut j = render::result("agentQueuesInfo");
        j.key("agentQueuesInfo").obj().raw("msgQInfo", EMPTY).raw("subQInfo", EMPTY).key("smpClientsQueues").obj();
        for client in self.clients() {
            j.key_escaped(&client).arr().elem_num(2);
            let mut ts = String::from('"');
            self.sh.now.write(&mut ts);
            ts.push('"');
            j.value(&ts).obj().tag("queues").raw("sndQInfo", EMPTY).raw("rcvQInfo", EMPTY).end().end_arr();
        }
        j.end().end();
        render::finish(j)
    }

    fn workers(&mut self, details: bool) -> Envelope {
        const KINDS: [&str; 7] = [
            "smpDeliveryWorkers",
            "asyncCmdWorkers",
            "ntfWorkers",
            "ntfSMPWorkers",
            "xftpRcvWorkers",
            "xftpSndWorkers",
            "xftpDelWorkers",
        ];
        /// Whether these workers wait for work from the start.
        fn idle(kind: &str) -> bool {
            matches!(kind, "xftpRcvWorkers" | "xftpSndWorkers")
        }
        let clients = self.clients();
        if details {
            let mut j = render::result("agentWorkersDetails");
            j.key("agentWorkersDetails")
                .obj()
                .strs("smpClients", &clients)
                .raw("ntfClients", "[]")
                .raw("xftpClients", "[]")
                .raw("smpSubWorkers", "[]");
            for kind in KINDS {
                let worker = r#"{"":{"restarts":0,"hasWork":false,"hasAction":true}}"#;
                j.raw(kind, if idle(kind) { worker } else { "{}" });
            }
            j.end();
            return render::finish(j);
        }
        let mut j = render::result("agentWorkersSummary");
        j.key("agentWorkersSummary").obj();
        j.num("smpClientsCount", clients.len());
        j.num("ntfClientsCount", 0).num("xftpClientsCount", 0).num("smpSubWorkersCount", 0);
        for kind in KINDS {
            j.key(&format!("{kind}Count")).obj().num("numActive", 0).num("numIdle", i64::from(idle(kind)));
            j.num("totalRestarts", 0).end();
        }
        j.end();
        render::finish(j)
    }

    fn operators(&mut self) -> Envelope {
        let mut j = render::result("serverOperatorConditions");
        let put_operators = |j: &mut Js, key: &str| {
            j.key(key).arr();
            for o in OPERATORS {
                j.value(o);
            }
            j.end_arr();
        };
        j.key("conditions").obj();
        put_operators(&mut j, "serverOperators");
        j.key("currentConditions").obj();
        put_conditions(&mut j);
        j.end().key("conditionsAction").obj().tag("review");
        put_operators(&mut j, "operators");
        render::put_ts(&mut j, "deadline", self.sh.now.plus(REVIEW));
        j.bool("showNotice", true).end().end();
        render::finish(j)
    }

    fn get_servers(&mut self, user: i64) -> Answer {
        let user = self.user(Some(user))?;
        let Some(u) = self.core.users.get(&user) else { return Err(error::chat("noActiveUser")) };
        let (smp, xftp, unused) = (u.smp.clone(), u.xftp.clone(), u.unused_servers.clone());
        self.answer("userServers", user, |j, _| {
            j.key("userServers").arr();
            for operator in OPERATORS {
                j.obj().raw("operator", operator).raw("smpServers", "[]").raw("xftpServers", "[]").end();
            }
            j.obj();
            let mut row = 0;
            for (key, scheme, used) in [("smpServers", "smp:", &smp), ("xftpServers", "xftp:", &xftp)] {
                j.key(key).arr();
                let unused = unused.iter().filter(|s| s.starts_with(scheme)).map(|s| (s, false));
                for (server, enabled) in used.iter().map(|s| (s, true)).chain(unused) {
                    row += 1;
                    j.obj().num("serverId", row).str("server", server).bool("preset", false);
                    j.bool("enabled", enabled).bool("deleted", false).end();
                }
                j.end_arr();
            }
            j.end().end_arr();
        })
    }

    fn set_user_servers(&mut self, user: i64, servers: &[OperatorServers]) -> Answer {
        let user = self.user(Some(user))?;
        let kept = |enabled: bool, of: fn(&OperatorServers) -> &Vec<crate::parser::Server>| -> Vec<String> {
            let all = servers.iter().flat_map(of).filter(|s| !s.deleted && s.enabled == enabled);
            all.map(|s| s.address.clone()).collect()
        };
        if let Some(u) = self.core.users.get_mut(&user) {
            (u.smp, u.xftp) = (kept(true, |g| &g.smp), kept(true, |g| &g.xftp));
            u.unused_servers = kept(false, |g| &g.smp);
            u.unused_servers.append(&mut kept(false, |g| &g.xftp));
        }
        self.ok()
    }

    /// The recorded servers had no errors; the only error found here is that a server is listed twice.
    fn validate_servers(&mut self, user: i64, servers: &[OperatorServers]) -> Answer {
        let user = self.user(Some(user))?;
        let mut seen = std::collections::BTreeSet::new();
        let all = servers.iter().flat_map(|g| g.smp.iter().chain(&g.xftp)).filter(|s| !s.deleted);
        let twice: Vec<String> = all.map(|s| s.address.clone()).filter(|s| !seen.insert(s.clone())).collect();
        self.answer("userServersValidation", user, |j, _| {
            j.key("serverErrors").arr();
            for server in &twice {
                let (scheme, host) = server.split_once("://").unwrap_or(("smp", server));
                let host = host.split_once('@').map_or(host, |(_, host)| host);
                j.obj().tag("duplicateServer").str("protocol", scheme).str("duplicateServer", server);
                j.str("duplicateHost", host.split(',').next().unwrap_or(host)).end();
            }
            j.end_arr();
        })
    }

    /// A test passes if the server can be reached: every address is that of the simulated server.
    pub(super) fn test_server(&mut self, user: i64, server: &str) -> Answer {
        let reached = self.reachable();
        self.answer("serverTestResult", user, |j, _| {
            j.str("testServer", server);
            if !reached {
                j.key("testFailure").obj().str("testStep", "connect");
                error::put_broker_network(j, "testError", server);
                j.end();
            }
        })
    }

    /// Sessions and subscriptions are counted; traffic through the servers is not, and is given as zero.
    fn servers_summary(&mut self, user: i64) -> Answer {
        let user = self.user(Some(user))?;
        let server = self.server(user);
        let (all, own) = (self.subs(None), self.subs(Some(user)));
        let up = i64::from(self.core.session.host_up);
        let since = self.core.session.stats_since.unwrap_or(self.sh.settings.begin);
        self.answer("agentServersSummary", user, |j, _| {
            j.key("serversSummary").obj();
            render::put_ts(j, "statsStartedAt", since);
            for (whose, subs) in [("allUsers", all), ("currentUser", own)] {
                j.key(&format!("{whose}SMP")).obj().key("smpTotals").obj();
                put_sessions(j, up);
                put_smp(j, subs);
                j.end().key("currentlyUsedSMPServers").arr();
                if up > 0 {
                    j.obj().str("smpServer", &server);
                    put_sessions(j, up);
                    put_smp(j, subs);
                    j.end();
                }
                j.end_arr().raw("previouslyUsedSMPServers", "[]").raw("onlyProxiedSMPServers", "[]").end();
                for (kind, totals, stats) in
                    [("XFTP", "xftpTotals", &XFTP_STATS[..]), ("Ntf", "ntfTotals", &NTF_STATS[..])]
                {
                    j.key(&format!("{whose}{kind}")).obj().key(totals).obj();
                    put_sessions(j, 0);
                    put_zeros(j, stats);
                    j.end();
                    for when in ["currently", "previously"] {
                        j.key(&format!("{when}Used{kind}Servers")).arr().end_arr();
                    }
                    j.end();
                }
            }
            j.end();
        })
    }

    fn queue_info(&mut self, chat: ChatRef, member: Option<i64>) -> Answer {
        let (user, conn) = self.chat_conn(chat, member)?;
        self.use_network(user)?;
        let server = self.server(user);
        let Some(c) = self.core.conns.get(&conn) else { return Err(error::no_connection()) };
        let (id, waiting) = (c.agent_id.clone(), c.inbox.len());
        self.answer("queueInfo", user, |j, _| {
            j.key("queueInfo").obj().str("server", &server);
            j.str("rcvId", &crate::ids::fake_hash(&format!("rcv {id}")));
            j.str("sndId", &crate::ids::fake_hash(&format!("snd {id}"))).str("status", "active");
            j.key("info").obj().bool("qiSnd", true).bool("qiNtf", false);
            j.raw("qiSub", r#"{"qSubThread":"noSub"}"#).num("qiSize", waiting).end().end();
        })
    }
}

/// The error that the store does not know the first of these relays.
fn no_relay(relays: &[i64]) -> Envelope {
    error::store_id("userChatRelayNotFound", "chatRelayId", relays.first().copied().unwrap_or(0))
}

fn empty_list(tag: &str, key: &str) -> Envelope {
    let mut j = render::result(tag);
    j.raw(key, "[]");
    render::finish(j)
}

fn put_conditions(j: &mut Js) {
    j.num("conditionsId", CONDITIONS.0).str("conditionsCommit", CONDITIONS.1);
    render::put_ts(j, "createdAt", Ts::BEGIN);
}

/// The text of the conditions belongs to the operators and is not repeated here.
fn conditions() -> Envelope {
    let mut j = render::result("usageConditions");
    j.key("usageConditions").obj();
    put_conditions(&mut j);
    j.end().str("conditionsText", "The conditions of use of the operators' servers.");
    render::finish(j)
}

fn put_sessions(j: &mut Js, connected: i64) {
    j.key("sessions").obj().num("ssConnected", connected).num("ssErrors", 0).num("ssConnecting", 0).end();
}

fn put_smp(j: &mut Js, subs: Subs) {
    j.key("subs").obj().num("ssActive", subs.active).num("ssPending", subs.pending).end();
    put_zeros(j, &SMP_STATS);
}

fn put_zeros(j: &mut Js, stats: &[&str]) {
    j.key("stats").obj();
    for stat in stats {
        j.num(stat, 0);
    }
    j.end();
}
