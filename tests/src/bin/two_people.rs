//! A process with a stored network of its own, which the tests kill: alice writes numbers to bob, who never reads them.
//! It prints what bob has (`had UNREAD N,N,…`), then each number that alice's core has answered (`sent N`).

#![forbid(unsafe_code)]

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use simplex_bot::api::ChatApi;
use simplex_bot::api::types::{AddressSettings, AutoAccept, ChatPagination, ContactId, Profile};
use simplex_bot::core::native::lib::Db;
use simplex_bot::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use tokio::time::sleep;

type Failed = Box<dyn Error>;

/// For each of the two, the other one is the first contact.
const OTHER: ContactId = ContactId(4);
const ALL: ChatPagination = ChatPagination::Last { count: 100_000 };

async fn open(name: &str) -> Result<ChatApi, Failed> {
    let source = LibSource::path(std::env::var("SIM_LIBS")?);
    let library = load(source, RuntimeOptions::default(), |_| {}).await?;
    let core = NativeCore::open(library, Db::sqlite(name), Confirm::YesUp, NativeOptions::default()).await?;
    let api = ChatApi::new(Arc::new(core));
    if api.get_active_user().await?.is_none() {
        api.create_active_user(Some(Profile::new(name, ""))).await?;
    }
    api.start_chat().await?;
    Ok(api)
}

async fn connect(alice: &ChatApi, bob: &ChatApi) -> Result<(), Failed> {
    let user = bob.get_active_user().await?.ok_or("no user")?.user_id;
    let link = match bob.get_user_address(user).await? {
        Some(address) => address.link().to_owned(),
        None => bob.create_user_address(user).await?.link().to_owned(),
    };
    bob.set_address_settings(user, AddressSettings::new().with_auto_accept(AutoAccept::new())).await?;
    alice.connect_active_user(&link, false).await?;
    while alice.get_chat(OTHER, ALL).await.is_err() || bob.get_chat(OTHER, ALL).await.is_err() {
        sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

/// The numbers in the chat with the other one, sent or received.
async fn numbers(api: &ChatApi) -> Result<Vec<u64>, Failed> {
    let chat = api.get_chat(OTHER, ALL).await?;
    Ok(chat.chat_items.iter().filter_map(|item| item.text()?.parse().ok()).collect())
}

fn say(line: &str) -> Result<(), Failed> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failed> {
    let (alice, bob) = (open("alice").await?, open("bob").await?);
    connect(&alice, &bob).await?;
    let mut sent = numbers(&alice).await?;
    // Now that both run again, messages that were on their way arrive.
    while numbers(&bob).await?.len() < sent.len() {
        sleep(Duration::from_millis(2)).await;
    }
    let had: Vec<String> = numbers(&bob).await?.iter().map(u64::to_string).collect();
    // Only this kind of page has the number of unread messages.
    let unread = bob.get_chat(OTHER, ChatPagination::Initial { count: 1 }).await?.chat_stats.unread_count;
    say(&format!("had {unread} {}", had.join(",")))?;
    loop {
        let next = sent.last().map_or(1, |last| last + 1);
        alice.send_text_message(OTHER, next.to_string(), None).await?;
        sent.push(next);
        say(&format!("sent {next}"))?;
    }
}
