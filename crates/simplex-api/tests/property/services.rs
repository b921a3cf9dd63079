//! Servers, the network, the agent, relays of channels, files without a chat.

use simplex_api::types::*;
use simplex_api::types::{Command, cmd};
use simplex_sim::Json;
use simplex_sim::parser::{self as sim, Service};

use crate::args::{Args, Case, case};

const SERVER: &str = "smp://6iIcWT_dF2zN_w5xzZEY7HI2Prbh3ldP07YTyDexPjE=:password@smp10.simplex.im,abc.onion:5223";
const FILE: &str = "simplex:/file#/?desc=key%3A%20a%0Areplicas%3A%0A";
const NETWORK: &str = r#""socksMode":"always","hostMode":"onionViaSocks","requiredHostMode":false,"sessionMode":"session","smpProxyMode":"never","smpProxyFallback":"allow","tcpConnectTimeout":{"backgroundTimeout":45000000,"interactiveTimeout":15000000},"tcpTimeout":{"backgroundTimeout":30000000,"interactiveTimeout":10000000},"tcpTimeoutPerKb":5000,"rcvConcurrency":8,"smpPingInterval":600000000,"smpPingCount":3,"logTLSErrors":false"#;

fn served<C: Command>(command: &C, meant: Service) -> Case {
    case(command, sim::Command::Service(meant))
}

/// One that the core may refuse by itself.
fn judged<C: Command>(command: &C, meant: sim::Command) -> Case {
    Case { core_refuses: true, ..case(command, meant) }
}

fn json(value: &serde_json::Value) -> (RawJson, Json) {
    (RawJson::from_value(value).expect("JSON"), Json::parse(&value.to_string()).expect("JSON"))
}

pub fn services(args: &Args, cases: &mut Vec<Case>) {
    let Args { ids: [user, id, member], on: [on, also, more], text, other, .. } = args;
    let (user, id, member_id, on, also, more) = (*user, *id, *member, *on, *also, *more);
    let (uid, group, member) = (UserId(user), GroupId(id), GroupMemberId(member_id));
    let relays = NonEmpty::new(args.list.iter().copied().map(ChatRelayId).collect()).expect("a list with elements");
    let mut add = |case| cases.push(case);
    let meant = sim::GroupProfile {
        display_name: text.clone(),
        full_name: other.clone(),
        short_descr: None,
        description: None,
        image: None,
        preferences: None,
        admission: None,
        other: vec![],
    };
    let command = cmd::NewPublicGroup::new(uid, relays.clone(), GroupProfile::new(text, other)).with_incognito(on);
    let list = args.list.clone();
    add(served(&command, Service::NewPublicGroup { user, incognito: on, relays: list.clone(), profile: meant }));
    add(served(&cmd::GetGroupRelays::new(group), Service::GetRelays { group: id }));
    add(served(&cmd::AddGroupRelays::new(group, relays), Service::AddRelays { group: id, relays: list }));
    add(served(&cmd::AllowRelayGroup::new(group), Service::AllowRelay { group: id }));
    add(served(&cmd::ContactQueueInfo::new(ContactId(id)), Service::ContactQueue { contact: id }));
    let command = cmd::GroupMemberQueueInfo::new(group, member);
    add(served(&command, Service::MemberQueue { group: id, member: member_id }));
    let command = cmd::EnableGroupMember::new(group, member);
    add(served(&command, Service::EnableMember { group: id, member: member_id }));
    add(served(&cmd::SetEncryptLocalFiles::new().with_encrypt(on), Service::EncryptFiles { on }));

    let mut config = ArchiveConfig::new(text);
    config.disable_compression = also.then_some(more);
    config.parent_temp_directory = on.then(|| other.clone());
    let archive =
        sim::Archive { path: text.clone(), uncompressed: also.then_some(more), temp: on.then(|| other.clone()) };
    add(served(&cmd::ImportArchive::new(config), Service::ImportDb { archive }));

    files(args, &mut add);
    servers(args, &mut add);
    add(served(&cmd::GetServerOperators::new(), Service::Operators));
    add(served(&cmd::GetUsageConditions::new(), Service::Conditions));
    add(served(&cmd::GetAgentServersSummary::new(uid), Service::ServersSummary { user }));
    add(served(&cmd::ResetAgentServersStats::new(), Service::ResetStats));
    add(served(&cmd::GetNetworkConfig::new(), Service::GetNetwork));
    let label = serde_json::to_string(text).expect("JSON");
    let (config, meant) = json(&serde_json::from_str(&format!("{{{NETWORK},\"label\":{label}}}")).expect("JSON"));
    add(served(&cmd::SetNetworkConfig::new(config), Service::SetNetwork { config: meant }));
    let (config, meant) = json(&serde_json::json!({ text.as_str(): other.as_str() }));
    let meant = sim::Command::Service(Service::SetNetwork { config: meant });
    add(judged(&cmd::SetNetworkConfig::new(config), meant));
    let info = UserNetworkInfo::new(UserNetworkType::Wifi).with_online(on);
    add(served(&cmd::SetNetworkInfo::new(info), Service::NetworkInfo { kind: "wifi".into(), online: on }));
    add(case(&cmd::ReconnectAllServers::new(), sim::Command::Reconnect));
    add(served(&cmd::GetAgentSubs::new(), Service::Subs { details: false }));
    add(served(&cmd::GetAgentSubsTotal::new(uid), Service::SubsTotal { user }));
    add(served(&cmd::GetAgentQueuesInfo::new(), Service::Queues));
    add(served(&cmd::GetAgentWorkers::new(), Service::Workers { details: false }));
    add(served(&cmd::ListRemoteHosts::new(), Service::RemoteHosts));
    add(served(&cmd::ListRemoteCtrls::new(), Service::RemoteCtrls));
    add(served(&cmd::StopRemoteCtrl::new(), Service::StopRemoteCtrl));
}

/// Files without a chat.
fn files(args: &Args, add: &mut impl FnMut(Case)) {
    use sim::Command as S;
    let Args { ids: [user, ..], text, other, .. } = args;
    let uid = UserId(*user);
    add(case(&cmd::UploadStandaloneFile::new(uid, text), S::Upload { user: *user, path: text.clone() }));
    let download = |link: &str, path: &String| S::Download { user: *user, link: link.to_owned(), path: path.clone() };
    add(case(&cmd::DownloadStandaloneFile::new(uid, FILE, text), download(FILE, text)));
    add(judged(&cmd::DownloadStandaloneFile::new(uid, text, other), download(text, other)));
    add(case(&cmd::StandaloneFileInfo::new(FILE), S::DownloadInfo { link: FILE.to_owned() }));
    add(judged(&cmd::StandaloneFileInfo::new(text), S::DownloadInfo { link: text.clone() }));
}

fn servers(args: &Args, add: &mut impl FnMut(Case)) {
    let Args { ids: [user, row, _], on: [on, also, more], text, .. } = args;
    let (uid, on, also, more) = (UserId(*user), *on, *also, *more);
    add(served(&cmd::GetUserServers::new(uid), Service::GetServers { user: *user }));
    let operator = serde_json::json!({ "tradeName": text });
    let (operator, meant_operator) = json(&operator);
    for (address, core_refuses) in [(SERVER, false), (text.as_str(), true)] {
        let mut server = UserServer::new(address).with_enabled(on).with_deleted(also).with_preset(more);
        server.server_id = also.then_some(*row);
        server.tested = more.then_some(on);
        let of_operator = UserOperatorServers::new(vec![server], vec![]).with_operator(operator.clone());
        let list = NonEmpty::new(vec![of_operator, UserOperatorServers::new(vec![], vec![])]).expect("two");
        let server = sim::Server {
            id: also.then_some(*row),
            address: address.to_owned(),
            preset: more,
            tested: more.then_some(on),
            enabled: on,
            deleted: also,
        };
        let servers = vec![
            sim::OperatorServers { operator: Some(meant_operator.clone()), smp: vec![server], xftp: vec![] },
            sim::OperatorServers { operator: None, smp: vec![], xftp: vec![] },
        ];
        let user = *user;
        let meant = Service::SetServers { user, servers: servers.clone() };
        add(Case { core_refuses, ..served(&cmd::SetUserServers::new(uid, list.clone()), meant) });
        let meant = Service::ValidateServers { user, servers };
        add(Case { core_refuses, ..served(&cmd::ValidateServers::new(uid, list), meant) });
        let meant = Service::TestServer { user, server: address.to_owned() };
        add(Case { core_refuses, ..served(&cmd::TestProtoServer::new(uid, address), meant) });
    }
}
