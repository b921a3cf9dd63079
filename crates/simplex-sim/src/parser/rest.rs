//! Commands about the core itself.

use super::args::*;
use super::cursor::Cursor;
use super::people::named_profile;
use super::syntax::*;

pub(super) fn rest(c: &mut Cursor<'_>) -> Option<Command> {
    let whole = match c.0 {
        "/u" | "/user" => Some(Command::ShowActiveUser),
        "/_start" | "/_start main=on" | "/_start main=off" => Some(Command::Start),
        "/_check running" => Some(Command::CheckRunning),
        "/_stop" => Some(Command::Stop),
        "/version" | "/v" => Some(Command::Version),
        "/ad" | "/address" => Some(Command::CreateAddress { user: None }),
        "/da" | "/delete_address" => Some(Command::DeleteAddress { user: None }),
        "/sa" | "/show_address" => Some(Command::ShowAddress { user: None }),
        "/p" | "/profile" => Some(Command::ShowProfile),
        "/show profile image" => Some(Command::ShowImage),
        "/delete profile image" => Some(Command::SetImage { image: None }),
        "/help" | "/h" => Some(Command::Help),
        "/welcome" => Some(Command::Welcome),
        "/_network_statuses" => Some(Command::NetworkStatuses),
        "/_resubscribe all" => Some(Command::ResubscribeAll),
        "/smp" => Some(Command::ShowServers { protocol: "smp".into() }),
        "/xftp" => Some(Command::ShowServers { protocol: "xftp".into() }),
        "/_app activate" => Some(Command::Activate { restore: true }),
        "/reconnect" => Some(Command::Reconnect),
        _ => None,
    };
    if whole.is_some() {
        return whole;
    }
    if c.eat("/set profile image ") {
        return Some(Command::SetImage { image: Some(c.some_rest()?.to_owned()) });
    }
    if c.eat("/contact_merge ") {
        let on = c.on_off()?;
        return end(c, Command::ContactMerge { on });
    }
    if c.eat("/p ") || c.eat("/profile ") {
        let profile = named_profile(c)?;
        return end(c, Command::Rename { name: profile.display_name, descr: profile.short_descr });
    }
    if c.0.starts_with("//") {
        return Some(Command::NotSupported);
    }
    if c.eat("/set file paths ") {
        let v = c.json()?;
        return Some(Command::SetFolders {
            files: Some(v.need_str("appFilesFolder")?),
            temp: Some(v.need_str("appTempFolder")?),
            assets: Some(v.need_str("appAssetsFolder")?),
        });
    }
    if c.eat("/_files_folder ") {
        return Some(Command::SetFolders { files: Some(c.some_rest()?.to_owned()), temp: None, assets: None });
    }
    if c.eat("/_temp_folder ") {
        return Some(Command::SetFolders { files: None, temp: Some(c.some_rest()?.to_owned()), assets: None });
    }
    for word in ["/smp test ", "/xftp test "] {
        if c.eat(word) {
            let server = c.word()?.to_owned();
            return end(c, Command::TestServer { server });
        }
    }
    for protocol in ["smp", "xftp"] {
        let mut s = *c;
        if s.eat("/") && s.eat(protocol) && s.eat(" ") {
            let rest = s.some_rest()?;
            let servers: Vec<String> = rest.split([' ', ';']).map(str::to_owned).collect();
            let prefix = format!("{protocol}://");
            if servers.iter().all(|v| v.strip_prefix(&prefix).is_some_and(|r| r.contains('@'))) {
                return Some(Command::SetServers { protocol: protocol.into(), servers });
            }
            return None;
        }
    }
    if c.eat("/_app suspend ") {
        c.int()?;
        return end(c, Command::Suspend);
    }
    if c.eat("/_app activate restore=") {
        let restore = c.on_off()?;
        return end(c, Command::Activate { restore });
    }
    None
}
