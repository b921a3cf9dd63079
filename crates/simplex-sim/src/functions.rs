//! The library's C functions on texts, which use no database. They behave as was recorded from the core.

use base64ct::{Base64Url, Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha512};

use crate::json::{Js, push_str};
use crate::markdown;

/// `chat_json_length`: the length of a text as a JSON string in bytes, without the quotes.
pub fn json_length(text: &str) -> usize {
    let mut json = String::with_capacity(text.len() + 2);
    push_str(&mut json, text);
    json.len() - 2
}

/// `chat_parse_markdown`: the formatted parts of a text.
pub fn parse_markdown(text: &str) -> String {
    let mut j = Js::new();
    j.obj().opt_raw("formattedText", markdown::formatted(text).as_deref()).end();
    j.done()
}

/// `chat_parse_server`: the parts of a server's address, or what is wrong with it.
pub fn parse_server(address: &str) -> String {
    let mut j = Js::new();
    j.obj();
    match server(address) {
        Ok(server) => {
            j.key("serverAddress").obj().str("serverProtocol", server.protocol);
            j.strs("hostnames", server.hosts.split(','))
                .str("port", server.port)
                .str("keyHash", &server.key)
                .str("basicAuth", &server.password);
            j.end().str("parseError", "");
        }
        Err(problem) => {
            j.str("parseError", problem);
        }
    }
    j.end();
    j.done()
}

struct Server<'a> {
    protocol: &'a str,
    key: String,
    password: String,
    hosts: &'a str,
    port: &'a str,
}

fn server(address: &str) -> Result<Server<'_>, &'static str> {
    let (protocol, rest) = address.split_once("://").unwrap_or_default();
    if !matches!(protocol, "smp" | "xftp" | "ntf") {
        return Err("Failed reading: bad ProtocolType");
    }
    let (keys, host) = rest.split_once('@').unwrap_or((rest, ""));
    let (key, password) = keys.split_once(':').unwrap_or((keys, ""));
    let key = Base64UrlUnpadded::decode_vec(key.trim_end_matches('='))
        .map_err(|_| "Failed reading: non-canonical encoding detected at offset: 2")?;
    let (hosts, port) = host.rsplit_once(':').unwrap_or((host, ""));
    if key.is_empty() || hosts.is_empty() || !port.bytes().all(|b| b.is_ascii_digit()) {
        return Err("Failed reading: empty");
    }
    let (key, password) = (Base64Url::encode_string(&key), Base64Url::encode_string(password.as_bytes()));
    Ok(Server { protocol, key, password, hosts, port })
}

/// Parameters that track people who follow a link; those that begin with `utm_` do so too.
const TRACKERS: [&str; 6] = ["fbclid", "gclid", "igshid", "mc_eid", "msclkid", "yclid"];

/// `chat_parse_uri`: a link without tracking parameters, or what is wrong with it. Only parameters that were recorded
/// are removed: which others the core removes is not known.
pub fn parse_uri(uri: &str) -> String {
    let mut j = Js::new();
    j.obj();
    match uri.split_once(':') {
        Some((scheme @ ("http" | "https"), _)) => {
            let clean = sanitized(uri);
            j.key("uriInfo").obj().str("scheme", scheme).opt_str("sanitized", clean.as_deref().filter(|c| *c != uri));
            j.end().str("parseError", "");
        }
        Some((scheme, _)) => {
            j.str("parseError", &format!("Unsupported URI scheme: {scheme}"));
        }
        None => {
            j.str("parseError", "Invalid URI: MalformedScheme MissingColon");
        }
    }
    j.end();
    j.done()
}

fn sanitized(uri: &str) -> Option<String> {
    let (before, query) = uri.split_once('?')?;
    let (query, fragment) = query.split_once('#').map_or((query, None), |(query, fragment)| (query, Some(fragment)));
    let kept = query.split('&').filter(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        !name.starts_with("utm_") && !TRACKERS.contains(&name)
    });
    let kept = kept.collect::<Vec<_>>().join("&");
    let mut clean = before.to_owned();
    if !kept.is_empty() {
        clean.push('?');
        clean.push_str(&kept);
    }
    if let Some(fragment) = fragment {
        clean.push('#');
        clean.push_str(fragment);
    }
    Some(clean)
}

/// `chat_password_hash`: the hash that is stored for the password of a hidden profile; empty if the salt is not Base64.
pub fn password_hash(password: &str, salt: &str) -> String {
    let Ok(salt) = Base64UrlUnpadded::decode_vec(salt.trim_end_matches('=')) else { return String::new() };
    let hash = Sha512::new().chain_update(password.as_bytes()).chain_update(salt).finalize();
    Base64Url::encode_string(&hash)
}

/// `chat_send_remote_cmd`: the answer to a command for a remote device that does not exist.
pub fn no_remote_host(host: i32) -> String {
    format!(
        r#"{{"remoteHostId":{host},"error":{{"type":"errorRemoteHost","rhKey":{{"type":"id","remoteHostId":{host}}},"remoteHostError":{{"type":"missing"}}}}}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_json() {
        for (text, length) in [("abc", 3), ("q\"\\", 5), ("é😀", 6), ("", 0), ("a\"b\\c\n", 9)] {
            assert_eq!(json_length(text), length, "{text:?}");
        }
    }

    #[test]
    fn texts_are_formatted_as_messages_are() {
        for (text, json) in [
            ("nothing", "{}"),
            ("", "{}"),
            (
                "*bold* _it_ plain",
                r#"{"formattedText":[{"format":{"type":"bold"},"text":"bold"},{"text":" "},{"format":{"type":"italic"},"text":"it"},{"text":" plain"}]}"#,
            ),
            (
                "https://a.b/c?utm_source=x simplex:/contact#/?v=2",
                r#"{"formattedText":[{"format":{"type":"uri"},"text":"https://a.b/c?utm_source=x"},{"text":" simplex:/contact#/?v=2"}]}"#,
            ),
            (
                "!1 red! #secret# `x`",
                r#"{"formattedText":[{"format":{"type":"colored","color":"red"},"text":"red"},{"text":" "},{"format":{"type":"secret"},"text":"secret"},{"text":" "},{"format":{"type":"snippet"},"text":"x"}]}"#,
            ),
            (
                "@bob hello",
                r#"{"formattedText":[{"format":{"type":"mention","memberName":"bob"},"text":"@bob"},{"text":" hello"}]}"#,
            ),
        ] {
            assert_eq!(parse_markdown(text), json, "{text:?}");
        }
    }

    #[test]
    fn servers_come_apart() {
        for (address, json) in [
            (
                "smp://Ds5DS7mSlEk7292Wuxy0K6ze7Fuzj_hkxNmNoqem0_s=@127.0.0.1:15223",
                r#"{"serverAddress":{"serverProtocol":"smp","hostnames":["127.0.0.1"],"port":"15223","keyHash":"Ds5DS7mSlEk7292Wuxy0K6ze7Fuzj_hkxNmNoqem0_s=","basicAuth":""},"parseError":""}"#,
            ),
            (
                "smp://AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:pass@host.example,abc.onion:443",
                r#"{"serverAddress":{"serverProtocol":"smp","hostnames":["host.example","abc.onion"],"port":"443","keyHash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","basicAuth":"cGFzcw=="},"parseError":""}"#,
            ),
            ("smp://bad", r#"{"parseError":"Failed reading: non-canonical encoding detected at offset: 2"}"#),
            ("", r#"{"parseError":"Failed reading: bad ProtocolType"}"#),
        ] {
            assert_eq!(parse_server(address), json, "{address:?}");
        }
    }

    #[test]
    fn links_lose_what_follows_people() {
        let clean = r#"{"uriInfo":{"scheme":"https","sanitized":"https://example.com/?q=1"},"parseError":""}"#;
        assert_eq!(parse_uri("https://example.com/?utm_source=a&q=1"), clean);
        assert_eq!(parse_uri("nonsense"), r#"{"parseError":"Invalid URI: MalformedScheme MissingColon"}"#);
        assert_eq!(parse_uri("simplex:/a"), r#"{"parseError":"Unsupported URI scheme: simplex"}"#);
    }

    #[test]
    fn passwords_are_hashed_with_their_salt() {
        let hash = "cFRgZMiKa-fCbnNrqMHOW8_bJR4yiuvI1VEextqvedbHHFGvrwmtqUD9vjh59QgskWHWVN-BjDtrCsRO4-Zzyw==";
        assert_eq!(password_hash("pwd", "c2FsdA=="), hash);
        assert_eq!(password_hash("pwd", "not base64!"), "");
    }
}
