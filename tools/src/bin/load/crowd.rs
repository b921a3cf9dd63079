//! A crowd that writes all at once: the network is in this process, the bot in another one.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use simplex_bot::types::{CiDeleteMode, MsgReaction, NonEmpty, UpdatedMessage, cmd};
use simplex_sim::{CoreId, Settings, SimCore, SimNetwork, serve_hub};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::{sleep, timeout};

use crate::crowd_bot::Report;
use crate::people::{PATIENCE, Person};

/// Cores are numbered in the order in which they are opened; the bot's is the first.
const BOT: CoreId = 0;

/// The bot's process.
struct Bot {
    process: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Bot {
    fn start(hub: &str, folder: &std::path::Path) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("crowd-bot").arg(folder).env("SIMPLEX_SIM_HUB", hub).kill_on_drop(true);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = process.stdin.take().context("no input")?;
        let output = BufReader::new(process.stdout.take().context("no output")?).lines();
        Ok(Self { process, input, output })
    }

    async fn says(&mut self) -> anyhow::Result<String> {
        timeout(PATIENCE, self.output.next_line()).await.context("the bot is silent")??.context("the bot ended")
    }

    async fn ask(&mut self, what: &str) -> anyhow::Result<Report> {
        self.input.write_all(format!("{what}\n").as_bytes()).await?;
        Ok(serde_json::from_str(&self.says().await?)?)
    }
}

pub async fn run(chats: usize, each: usize, memory: u64) -> anyhow::Result<()> {
    let net = SimNetwork::new(Settings::default());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let hub = listener.local_addr()?.to_string();
    let served = tokio::spawn(serve_hub(listener, net.clone()));
    let folder = tempfile::tempdir()?;
    let mut bot = Bot::start(&hub, folder.path())?;
    let address = bot.says().await?;
    let people = (0..chats).map(|n| Person::connect(net.open(&format!("p{n}"), "")?, &format!("p{n}"), &address));
    let people: Vec<_> = people.collect::<anyhow::Result<_>>()?;
    let before = bot.ask("report").await?;
    println!("{chats} people are connected; the bot took {} MB at most", before.peak_kb / 1024);

    net.with(|net| net.set_offline(BOT, true));
    let changes = (0..each).try_fold(0, |changes, n| {
        people.iter().try_fold(changes, |changes, person| anyhow::Ok(changes + write(person, n)?))
    })?;
    let all = (chats * each) as u64;
    let began = Instant::now();
    net.with(|net| net.set_offline(BOT, false));
    loop {
        let report = bot.ask("report").await?;
        if report.done >= all && report.queued == 0 && report.behind == 0 {
            break;
        }
        ensure!(began.elapsed() < PATIENCE * 5, "not all are handled: {report:?}");
        sleep(Duration::from_millis(200)).await;
    }
    let took = began.elapsed();
    // Events of the last changes may still be on their way.
    sleep(Duration::from_secs(1)).await;
    let report = bot.ask("compare").await?;
    println!(
        "{all} messages at once, {changes} edits, deletions and reactions among them: handled in {took:?}, \
         {} twice, {} out of order, {} of {} known otherwise than stored, {} events let go; \
         the bot's process took {} MB at most",
        report.twice,
        report.disordered,
        report.differ,
        report.compared,
        report.dropped,
        report.peak_kb / 1024
    );
    drop(bot.input);
    ensure!(timeout(PATIENCE, bot.process.wait()).await??.success(), "the bot did not end well");
    served.abort();
    ensure!(report.compared as u64 == all && report.done == all, "not all are accounted for: {report:?}");
    ensure!(report.twice == 0 && report.disordered == 0 && report.differ == 0, "{report:?}");
    ensure!(report.peak_kb < memory * 1024, "more than {memory} MB");
    Ok(())
}

/// Writes message number `n`, and changes some messages right after. Returns the number of changes.
fn write(person: &Person<SimCore>, n: usize) -> anyhow::Result<usize> {
    let item = person.write(&n.to_string())?;
    let chat = person.bot();
    match n % 20 {
        3 => {
            let edit = UpdatedMessage::from(format!("{n} edited").as_str());
            person.call(&cmd::UpdateChatItem::new(chat, item, edit))?
        }
        9 => person.call(&cmd::DeleteChatItem::new(chat, NonEmpty::one(item), CiDeleteMode::Broadcast))?,
        15 => {
            let reaction = cmd::ChatItemReaction::new(chat, item, MsgReaction::emoji("👍"));
            person.call(&reaction.with_add(true))?
        }
        _ => return Ok(0),
    };
    Ok(1)
}
