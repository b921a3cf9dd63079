//! Which servers a profile uses, chosen by their addresses, and the proxy that leads to them.

use serde_json::{Map, Value};
use simplex_types::types::{UserOperatorServers, UserServer};
use simplex_types::{NonEmpty, RawJson, UserId};

use crate::{ApiError, ChatApi};

/// Whether a text is the address of an SMP or XFTP server, as [`ChatApi::use_servers`] takes it.
pub fn is_server_address(text: &str) -> bool {
    Address::of(text).is_some()
}

impl ChatApi {
    /// Makes a profile use these servers and no others for what it creates from now on: addresses, invitations and
    /// connections on SMP servers (`smp://fingerprint@host`, or `smp://fingerprint:password@host:port`), files on XFTP
    /// servers (`xftp://…`). Existing contacts stay where they are.
    ///
    /// Servers of a kind that is not named stay as they are. Others of the same kind are disabled, not removed, unless
    /// one of these takes their place on the same host. Returns whether anything had to change: if not, only the
    /// current servers were read.
    ///
    /// ```
    /// # async fn example(api: &simplex_api::ChatApi, user: simplex_api::types::UserId) -> Result<(), simplex_api::ApiError> {
    /// api.use_servers(user, ["smp://u2dS9sG8nMNURyZwqASV4yROM28Er0luVTx5X1CsMrU=@smp.example.org"]).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ApiError::NotSent`] if one of these is not a server address, otherwise as [`call`](Self::call).
    pub async fn use_servers(
        &self,
        user: UserId,
        addresses: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<bool, ApiError> {
        let mut wanted: Vec<Address> = Vec::new();
        for (at, address) in addresses.into_iter().enumerate() {
            // Without the address: it may have a password in it.
            let address = Address::of(address.as_ref()).ok_or_else(|| {
                let number = at + 1;
                let reason = format!(
                    "server {number} is not an address like `smp://fingerprint@host` or `xftp://fingerprint@host`"
                );
                ApiError::not_sent("APISetUserServers", reason)
            })?;
            if !wanted.iter().any(|other| other.is(&address)) {
                wanted.push(address);
            }
        }
        let mut servers = self.get_user_servers(user).await?;
        if !choose(&mut servers, wanted) {
            return Ok(false);
        }
        if let Ok(servers) = NonEmpty::try_from(servers) {
            self.set_user_servers(user, servers).await?;
        }
        Ok(true)
    }

    /// Makes the core connect to servers through this SOCKS5 proxy, such as Tor at `127.0.0.1:9050`; with `None`, without
    /// one. The other network settings stay as they are. Returns whether anything had to change.
    ///
    /// The core forgets this when its process ends. Set it before [`start_chat`](Self::start_chat), which connects; the
    /// active profile must exist.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::NotSent`] if the current settings are not understood.
    pub async fn use_socks_proxy(&self, proxy: Option<&str>) -> Result<bool, ApiError> {
        let config = self.get_network_config().await?;
        let not_set = |error: serde_json::Error| {
            let reason = format!("the core's network settings are not understood: {error}");
            ApiError::not_sent("APISetNetworkConfig", reason)
        };
        let mut config: Map<String, Value> = config.decode().map_err(not_set)?;
        if config.get("socksProxy").and_then(Value::as_str) == proxy {
            return Ok(false);
        }
        match proxy {
            Some(proxy) => config.insert("socksProxy".to_owned(), proxy.into()),
            None => config.remove("socksProxy"),
        };
        self.set_network_config(RawJson::from_value(&config).map_err(not_set)?).await?;
        Ok(true)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Protocol {
    Smp,
    Xftp,
}

/// A server's address, in its parts.
struct Address {
    text: String,
    protocol: Protocol,
    /// With the password, if there is one.
    fingerprint: String,
    /// One server may have several: in the open, and as an onion service.
    hosts: Vec<String>,
    port: String,
}

impl Address {
    fn of(text: &str) -> Option<Self> {
        let (protocol, default_port, rest) = match text.strip_prefix("smp://") {
            Some(rest) => (Protocol::Smp, "5223", rest),
            None => (Protocol::Xftp, "443", text.strip_prefix("xftp://")?),
        };
        let (fingerprint, place) = rest.split_once('@')?;
        let (hosts, port) = match place.rsplit_once(':') {
            Some((hosts, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (hosts, port),
            _ => (place, default_port),
        };
        let hosts: Vec<_> = hosts.split(',').map(str::to_ascii_lowercase).collect();
        // Copied with its padding or without.
        let (key, password) = fingerprint.split_once(':').unwrap_or((fingerprint, ""));
        let key = key.trim_end_matches('=');
        let is_key = |key: &str| {
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        let is_one_word = !text.contains(|c: char| c.is_whitespace() || c.is_control());
        (is_key(key) && is_one_word && hosts.iter().all(|host| !host.is_empty())).then(|| Self {
            text: text.to_owned(),
            protocol,
            fingerprint: format!("{key}:{password}"),
            hosts,
            port: port.to_owned(),
        })
    }

    /// Whether both are of one host. The core has no host twice (its sources between 6.2 and 7.0).
    fn is_beside(&self, other: &Self) -> bool {
        self.protocol == other.protocol && self.hosts.iter().any(|host| other.hosts.contains(host))
    }

    /// Whether both are of the same server.
    fn is(&self, other: &Self) -> bool {
        self.is_beside(other) && (&self.fingerprint, &self.port) == (&other.fingerprint, &other.port)
    }
}

/// Enables those that are wanted and disables the others of their kinds; whether that changed anything.
fn choose(servers: &mut Vec<UserOperatorServers>, mut wanted: Vec<Address>) -> bool {
    let named: Vec<_> = wanted.iter().map(|address| address.protocol).collect();
    let before = servers.clone();
    for server in servers.iter_mut().flat_map(|of| of.smp_servers.iter_mut().chain(&mut of.xftp_servers)) {
        let Some(address) = Address::of(&server.server) else { continue };
        if server.deleted || !named.contains(&address.protocol) {
            continue;
        }
        server.enabled = match wanted.iter().position(|wanted| wanted.is(&address)) {
            Some(at) => {
                wanted.remove(at);
                true
            }
            None => {
                server.deleted = !server.preset && wanted.iter().any(|wanted| wanted.is_beside(&address));
                false
            }
        };
    }
    if !wanted.is_empty() {
        // Those of no operator stand apart.
        let own = servers.iter().position(|of| of.operator.is_none()).unwrap_or_else(|| {
            servers.push(UserOperatorServers::new(Vec::new(), Vec::new()));
            servers.len() - 1
        });
        for address in wanted {
            let mut server = UserServer::new(address.text);
            server.enabled = true;
            match address.protocol {
                Protocol::Smp => servers[own].smp_servers.push(server),
                Protocol::Xftp => servers[own].xftp_servers.push(server),
            }
        }
    }
    *servers != before
}

#[cfg(test)]
mod tests {
    use simplex_types::RawJson;

    use super::*;

    const OWN: &str = "smp://LcJUMfVhwD8yxjAiSaDzzGF3-kLG4Uh0Fl_ZIjrRwjI=@smp.example.org";

    fn server(address: &str, preset: bool, enabled: bool) -> UserServer {
        let mut server = UserServer::new(address);
        server.server_id = Some(1);
        (server.preset, server.enabled) = (preset, enabled);
        server
    }

    /// As a new database has them: of operators, and of none.
    fn fresh() -> Vec<UserOperatorServers> {
        let operator: RawJson = serde_json::from_str(r#"{"operatorId":1}"#).unwrap();
        let smp = vec![
            server("smp://aaaa=@smp1.op.example,abc.onion", true, true),
            server("smp://bbbb=@smp2.op.example", true, false),
        ];
        let xftp = vec![server("xftp://cccc=@xftp1.op.example", true, true)];
        vec![
            UserOperatorServers::new(smp, xftp).with_operator(operator),
            UserOperatorServers::new(Vec::new(), Vec::new()),
        ]
    }

    fn chosen(servers: &mut Vec<UserOperatorServers>, wanted: &[&str]) -> bool {
        choose(servers, wanted.iter().map(|address| Address::of(address).unwrap()).collect())
    }

    fn used(servers: &[UserOperatorServers]) -> Vec<&str> {
        let all = servers.iter().flat_map(|of| of.smp_servers.iter().chain(&of.xftp_servers));
        all.filter(|server| server.enabled && !server.deleted).map(|server| &*server.server).collect()
    }

    #[test]
    fn takes_the_place_of_the_preset_ones_of_its_kind() {
        let mut servers = fresh();
        assert!(chosen(&mut servers, &[OWN]));
        assert_eq!(used(&servers), ["xftp://cccc=@xftp1.op.example", OWN]);
        assert_eq!(servers[1].smp_servers[0].server_id, None);
        assert!(servers[0].smp_servers.iter().all(|server| !server.deleted));
    }

    #[test]
    fn changes_nothing_when_it_is_so_however_it_is_written() {
        let mut servers = fresh();
        chosen(&mut servers, &[OWN]);
        for written in [
            OWN.to_owned(),
            OWN.replace('=', ""),
            format!("{OWN}:5223"),
            OWN.replace("smp.example", "SMP.example"),
            format!("{OWN},def.onion"),
        ] {
            assert!(!chosen(&mut servers, &[&written]), "{written}");
        }
        assert!(chosen(&mut servers, &[&format!("{OWN}:5224")]));
    }

    #[test]
    fn uses_a_preset_one_that_is_named_and_adds_the_others() {
        let mut servers = fresh();
        assert!(chosen(&mut servers, &["smp://bbbb@smp2.op.example", OWN, "xftp://dddd@xftp.example.org:8443"]));
        assert_eq!(used(&servers), ["smp://bbbb=@smp2.op.example", OWN, "xftp://dddd@xftp.example.org:8443"]);
    }

    #[test]
    fn a_new_password_replaces_the_server_and_another_server_is_only_disabled() {
        let mut servers = fresh();
        let other = "smp://eeee@smp.other.example";
        chosen(&mut servers, &[OWN, other]);
        let with_password = OWN.replace("=@", "=:secret@");
        assert!(chosen(&mut servers, &[&with_password]));
        assert_eq!(used(&servers), ["xftp://cccc=@xftp1.op.example", &*with_password]);
        let deleted: Vec<_> = servers[1].smp_servers.iter().map(|server| server.deleted).collect();
        assert_eq!(deleted, [true, false, false]);
        assert!(chosen(&mut servers, &[&with_password, other]));
        assert_eq!(used(&servers).len(), 3);
        // One of the operator's own is not removed for another on its host.
        chosen(&mut servers, &["smp://zzzz@smp1.op.example"]);
        assert!(!servers[0].smp_servers[0].enabled && !servers[0].smp_servers[0].deleted);
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in [
            "",
            "smp.example.org",
            "https://aaaa@smp.example.org",
            "smp://smp.example.org",
            "smp://@smp.example.org",
            "smp://aaaa@",
            "smp://aaaa@a,,b",
            "smp://aa aa@smp.example.org",
            "smp://aaaa@smp.example.org\n",
            "smp://aä@smp.example.org",
        ] {
            assert!(!is_server_address(text), "{text}");
        }
        assert_eq!(Address::of("smp://aaaa@[::1]").unwrap().port, "5223");
        assert_eq!(Address::of("smp://aaaa@[::1]:80").unwrap().port, "80");
    }
}
