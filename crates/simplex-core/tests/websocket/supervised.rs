//! Starting and keeping a CLI. The program is this one, through a script: see `cli_process`.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process};
use tokio::signal::unix::{SignalKind, signal};

use super::*;

/// Not a test of its own: what the started program does.
#[test]
fn cli_process() {
    let Ok(arguments) = std::env::var("SIMPLEX_CORE_TEST_CLI") else { return };
    let mut words = arguments.split(' ');
    let after = |flag| words.clone().skip_while(|word| *word != flag).nth(1).map(str::to_owned);
    let (database, port) = (after("-d").unwrap(), after("-p").unwrap());
    let before = std::fs::exists(format!("{database}.arguments")).unwrap();
    std::fs::write(format!("{database}.arguments"), &arguments).unwrap();
    std::fs::write(format!("{database}.process"), std::process::id().to_string()).unwrap();
    std::fs::write(format!("{database}.temp"), std::env::temp_dir().to_str().unwrap()).unwrap();
    if database.contains("asking") {
        // As one that has a terminal.
        let read = std::io::stdin().read_line(&mut String::new());
        std::fs::write(format!("{database}.read"), format!("{read:?}")).unwrap();
        std::fs::write(format!("{database}.locale"), std::env::var("LC_ALL").unwrap_or_default()).unwrap();
    }
    if before && database.contains("once") {
        println!("received command 7: /_send @1 text private words");
        std::process::exit(3);
    }
    if database.contains("broken") {
        (0..30).for_each(|line| eprintln!("line {line}"));
        eprintln!("database is locked");
        std::process::exit(3);
    }
    if let (true, Some(key)) = (database.contains("sealed"), after("-k")) {
        let quoted = key.replace('\'', "''");
        println!(
            "Error: SQLite3 returned ErrorIO while attempting to exec \"PRAGMA key = '{quoted}';\": disk I/O error"
        );
        println!("Options: {key}");
        std::process::exit(1);
    }
    while database.contains("late") {
        if std::net::TcpStream::connect(format!("127.0.0.1:{port}")).is_ok() {
            std::thread::sleep(Duration::from_millis(300));
            eprintln!("address already in use");
            std::process::exit(1);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    while before && database.contains("lazy") && !std::fs::exists(format!("{database}.awake")).unwrap() {
        std::thread::sleep(Duration::from_millis(1));
    }
    while database.contains("slow") {
        std::thread::park();
    }
    words.next();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
        println!("ready");
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
            while let Some(Ok(message)) = socket.next().await {
                let Ok(text) = message.to_text() else { continue };
                let Ok(request) = serde_json::from_str::<serde_json::Value>(text) else { continue };
                match request["cmd"].as_str().unwrap() {
                    "/_stop" if database.contains("leisurely") => {
                        let mut asked = signal(SignalKind::terminate()).unwrap();
                        drop((listener, socket));
                        let end = tokio::select! {
                            _ = asked.recv() => "terminated",
                            () = tokio::time::sleep(Duration::from_millis(300)) => "stopped",
                        };
                        std::fs::write(format!("{database}.{end}"), "").unwrap();
                        std::process::exit(0);
                    }
                    "/_stop" if database.contains("busy") => {
                        signal(SignalKind::terminate()).unwrap().recv().await;
                        std::fs::write(format!("{database}.terminated"), "").unwrap();
                        std::process::exit(0);
                    }
                    "/_stop" if !database.contains("stubborn") => {
                        std::fs::write(format!("{database}.stopped"), "").unwrap();
                        std::process::exit(1);
                    }
                    "/crash" => std::process::exit(7),
                    "/last" => {
                        socket.send(Message::text(r#"{"resp":{"type":"last"}}"#)).await.unwrap();
                        std::process::exit(7);
                    }
                    "/version" if database.contains("first") => {
                        eprintln!("no such protocol");
                        std::process::exit(3);
                    }
                    "/deaf" => {
                        let mut asked = signal(SignalKind::terminate()).unwrap();
                        drop((listener, socket));
                        asked.recv().await;
                        std::fs::write(format!("{database}.terminated"), "").unwrap();
                        while database.contains("stubborn") {
                            std::thread::park();
                        }
                        std::process::exit(0);
                    }
                    "/refuse" => {
                        drop(socket);
                        loop {
                            let (mut stream, _) = listener.accept().await.unwrap();
                            tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await.unwrap();
                        }
                    }
                    "/stall" => std::thread::park(),
                    "/_stop" | "/hang" => {}
                    _ => {
                        let id = request["corrId"].as_str().unwrap();
                        let text = format!(r#"{{"corrId":"{id}","resp":{{"type":"cmdOk"}}}}"#);
                        socket.send(Message::text(text)).await.unwrap();
                    }
                }
            }
        }
    });
}

fn cli(folder: &Path, database: &str) -> CliOptions {
    let program = folder.join("simplex-chat");
    let this = std::env::current_exe().unwrap();
    let script = format!(
        "#!/bin/sh\nSIMPLEX_CORE_TEST_CLI=\"$*\" exec '{}' --exact supervised::cli_process --nocapture\n",
        this.display()
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut options = CliOptions::new(folder.join(database));
    options.program = program;
    options
}

/// The process of the CLI that was started last.
fn process(folder: &Path, database: &str) -> Pid {
    let id = std::fs::read_to_string(folder.join(format!("{database}.process"))).unwrap();
    Pid::from_raw(id.parse().unwrap()).unwrap()
}

fn lives(process: Pid) -> bool {
    test_kill_process(process).is_ok()
}

#[tokio::test]
async fn a_cli_is_started_used_and_ended() {
    let folder = tempfile::tempdir().unwrap();
    let mut cli = cli(folder.path(), "bot");
    cli.key = "secret".to_owned().into();
    cli.create_bot = Some("alice".to_owned());
    cli.allow_files = true;
    cli.smp_servers = vec!["smp://one".to_owned(), "smp://two".to_owned()];
    cli.xftp_servers = vec!["xftp://one".to_owned()];
    assert!(!format!("{cli:?}").contains("secret"));
    let core = WebSocketCore::spawn(cli, options()).await.unwrap();
    assert!(core.owns_chat());
    assert_eq!(core.database(), Some(&*folder.path().join("bot")));
    core.send(request("/u")).await.unwrap();
    // Its end is `close`, which tells us of it.
    assert!(matches!(core.send(request("/_stop")).await, Err(CoreError::Refused { .. })));
    core.close(SOON).await.unwrap();
    assert!(folder.path().join("bot.stopped").exists());
    let arguments = std::fs::read_to_string(folder.path().join("bot.arguments")).unwrap();
    let bot = "-y -k secret --create-bot-display-name alice --create-bot-allow-files";
    let expected = format!("{bot} -s smp://one smp://two --xftp-server xftp://one");
    assert!(arguments.ends_with(&expected), "{arguments}");
}

#[tokio::test]
async fn a_cli_that_ends_is_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let core = WebSocketCore::spawn(cli(folder.path(), "bot"), options()).await.unwrap();
    for _ in 0..2 {
        assert!(matches!(core.send(request("/crash")).await, Err(CoreError::Interrupted { .. })));
        assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
        core.send(request("/u")).await.unwrap();
    }
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn what_a_cli_said_last_is_heard_and_how_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let core = WebSocketCore::spawn(cli(folder.path(), "bot"), options()).await.unwrap();
    for _ in 0..3 {
        assert!(matches!(core.send(request("/last")).await, Err(CoreError::Interrupted { .. })));
        assert_eq!(tag(&core).await, "last");
        let CoreEvent::Disconnected { reason } = event(&core).await else { panic!("still connected") };
        assert!(reason.contains("exit status: 7"), "{reason}");
        assert_eq!(tag(&core).await, "Reconnected");
    }
    core.close(SOON).await.unwrap();
}

/// The program is a script that waits for the CLI.
#[tokio::test]
async fn a_cli_that_hangs_is_killed_with_the_script_around_it() {
    let folder = tempfile::tempdir().unwrap();
    let cli = cli(folder.path(), "bot");
    let script = std::fs::read_to_string(&cli.program).unwrap().replace("exec ", "") + "exit $?\n";
    std::fs::write(&cli.program, script).unwrap();
    let mut options = options();
    options.connect_timeout = Duration::from_secs(2);
    (options.ping_interval, options.ping_timeout) = (Duration::from_millis(20), Duration::from_secs(1));
    let core = WebSocketCore::spawn(cli, options).await.unwrap();
    let first = process(folder.path(), "bot");
    core.send(request("/stall").with_timeout(Duration::from_millis(500))).await.unwrap_err();
    assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
    core.send(request("/u")).await.unwrap();
    // On the first one's port.
    assert_ne!(first, process(folder.path(), "bot"));
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_cli_that_hangs_is_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options();
    options.connect_timeout = Duration::from_secs(2);
    (options.ping_interval, options.ping_timeout) = (Duration::from_millis(20), Duration::from_secs(1));
    let core = WebSocketCore::spawn(cli(folder.path(), "bot"), options).await.unwrap();
    let first = process(folder.path(), "bot");
    let hung = core.send(request("/stall").with_timeout(Duration::from_millis(500))).await;
    assert!(matches!(hung, Err(CoreError::Timeout { .. })), "{hung:?}");
    assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
    core.send(request("/u")).await.unwrap();
    let second = process(folder.path(), "bot");
    assert_eq!((lives(first), lives(second)), (false, true));
    core.close(SOON).await.unwrap();
    assert!(!lives(second));
}

#[tokio::test]
async fn a_cli_that_listens_no_more_or_ends_all_connections_is_started_again() {
    let lost_by = async |command: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut options = options();
        options.connect_timeout = Duration::from_secs(3);
        let core = WebSocketCore::spawn(cli(folder.path(), "bot"), options).await.unwrap();
        let first = process(folder.path(), "bot");
        let lost = core.send(request(command)).await;
        assert!(matches!(lost, Err(CoreError::Interrupted { .. })), "{lost:?}");
        assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
        core.send(request("/u")).await.unwrap();
        assert!(!lives(first));
        core.close(SOON).await.unwrap();
    };
    tokio::join!(lost_by("/deaf"), lost_by("/refuse"));
}

#[tokio::test]
async fn a_cli_that_does_not_end_is_made_to() {
    let folder = tempfile::tempdir().unwrap();
    let core = WebSocketCore::spawn(cli(folder.path(), "stubborn"), options()).await.unwrap();
    let process = process(folder.path(), "stubborn");
    assert!(lives(process));
    core.close(Duration::from_secs(2)).await.unwrap();
    assert!(!lives(process));
}

#[tokio::test]
async fn a_cli_that_was_told_to_stop_is_given_time_and_not_told_twice() {
    let folder = tempfile::tempdir().unwrap();
    let core = WebSocketCore::spawn(cli(folder.path(), "leisurely"), options()).await.unwrap();
    core.close(SOON).await.unwrap();
    assert!(folder.path().join("leisurely.stopped").exists());
}

#[tokio::test]
async fn a_cli_that_is_too_busy_to_read_its_stop_is_asked_to_end_before_it_is_made_to() {
    let folder = tempfile::tempdir().unwrap();
    let core = WebSocketCore::spawn(cli(folder.path(), "busy"), options()).await.unwrap();
    core.close(Duration::from_secs(2)).await.unwrap();
    assert!(folder.path().join("busy.terminated").exists());
}

#[tokio::test]
async fn a_cli_whose_start_is_not_waited_for_any_more_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options();
    options.connect_timeout = SOON;
    let started = async {
        while std::fs::read_to_string(folder.path().join("slow.process")).unwrap_or_default().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        core = WebSocketCore::spawn(cli(folder.path(), "slow"), options) => panic!("{core:?}"),
        () = started => {}
    }
    let process = process(folder.path(), "slow");
    let ended = async {
        while lives(process) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(SOON, ended).await.unwrap();
}

#[tokio::test]
async fn a_cli_whose_connection_is_lost_is_asked_to_end_before_it_is_made_to() {
    let lost_with = async |database: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut options = options();
        (options.min_backoff, options.max_backoff) = (SOON, SOON);
        let core = WebSocketCore::spawn(cli(folder.path(), database), options).await.unwrap();
        assert!(matches!(core.send(request("/deaf")).await, Err(CoreError::Interrupted { .. })));
        core.close(Duration::from_secs(3)).await.unwrap();
        assert!(folder.path().join(format!("{database}.terminated")).exists());
        assert!(!lives(process(folder.path(), database)));
    };
    tokio::join!(lost_with("bot"), lost_with("stubborn"));
}

/// What a script around it left running has its output, which does not end with it.
#[tokio::test]
async fn the_output_of_a_cli_that_ended_is_not_waited_for_until_the_deadline() {
    let folder = tempfile::tempdir().unwrap();
    let cli = cli(folder.path(), "bot");
    let script = std::fs::read_to_string(&cli.program).unwrap().replace("SIMPLEX", "sleep 300 &\nSIMPLEX");
    std::fs::write(&cli.program, script).unwrap();
    let core = WebSocketCore::spawn(cli, options()).await.unwrap();
    let started = std::time::Instant::now();
    core.close(SOON).await.unwrap();
    let took = started.elapsed();
    kill_process_group(process(folder.path(), "bot"), Signal::KILL).unwrap();
    assert!(took < SOON / 2, "{took:?}");
}

#[tokio::test]
async fn a_cli_that_does_not_start_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let ended = WebSocketCore::spawn(cli(folder.path(), "broken"), options()).await.unwrap_err();
    let ConnectError::Ended { output, .. } = &ended else { panic!("{ended}") };
    assert!(output.contains("line 29 | database is locked") && !output.contains("line 3 "), "{output}");
    // One that ends instead of its first answer, which breaks its connection before.
    let ended = WebSocketCore::spawn(cli(folder.path(), "first"), options()).await.unwrap_err();
    assert!(matches!(&ended, ConnectError::Ended { output, .. } if output.contains("no such protocol")), "{ended}");
    // What it says is an error's, and the key is in its hands.
    for key in ["it's-secret", "two-secret\nlines-secret"] {
        let mut sealed = cli(folder.path(), "sealed");
        sealed.key = key.to_owned().into();
        let ended = WebSocketCore::spawn(sealed, options()).await.unwrap_err().to_string();
        assert!(ended.contains("ErrorIO") && ended.contains("disk I/O error") && ended.contains("Options"), "{ended}");
        assert!(!ended.contains("secret"), "{ended}");
    }
    let mut missing = cli(folder.path(), "bot");
    missing.program = folder.path().join("none");
    let missing = WebSocketCore::spawn(missing, options()).await.unwrap_err();
    assert!(matches!(&missing, ConnectError::Start { .. }) && missing.to_string().contains("installed"), "{missing}");
    let mut options = options();
    options.connect_timeout = Duration::from_millis(500);
    let slow = WebSocketCore::spawn(cli(folder.path(), "slow"), options).await.unwrap_err();
    assert!(matches!(&slow, ConnectError::Timeout { .. }), "{slow}");
    assert!(slow.to_string().contains("`connect_timeout`"), "{slow}");
}

/// Not a test of its own: a program that starts a CLI, for the tests below.
#[tokio::test]
async fn starting_process() {
    let Ok(folder) = std::env::var("SIMPLEX_CORE_TEST_STARTS") else { return };
    let core = WebSocketCore::spawn(cli(Path::new(&folder), "asking"), options()).await.unwrap();
    core.close(SOON).await.unwrap();
}

/// What is typed there is for the program.
#[tokio::test]
async fn a_cli_does_not_read_the_input_of_the_program_that_starts_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = tokio::process::Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "supervised::starting_process"]).env("SIMPLEX_CORE_TEST_STARTS", folder.path());
    let mut program = program.stdin(std::process::Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    // Open until the end.
    let mut typed = program.stdin.take().unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut typed, b"typed\n").await.unwrap();
    assert!(timeout(SOON, program.wait()).await.unwrap().unwrap().success());
    assert_eq!(std::fs::read_to_string(folder.path().join("asking.read")).unwrap(), "Ok(0)");
}

/// In a container there is often none.
#[tokio::test]
async fn a_cli_has_a_locale_that_has_all_letters() {
    let starts = async |named: &str, expected: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut program = tokio::process::Command::new(std::env::current_exe().unwrap());
        program.args(["--exact", "supervised::starting_process"]).env("SIMPLEX_CORE_TEST_STARTS", folder.path());
        program.env("LC_ALL", named).env_remove("LC_CTYPE").env("LANG", "POSIX");
        let ended = timeout(SOON, program.kill_on_drop(true).output()).await.unwrap().unwrap();
        assert!(ended.status.success());
        let locale = std::fs::read_to_string(folder.path().join("asking.locale")).unwrap();
        assert!(locale.ends_with(expected), "{named}: {locale}");
    };
    tokio::join!(starts("", "UTF-8"), starts("C", "UTF-8"), starts("de_DE.utf8", "de_DE.utf8"));
}

/// From another file system, it could not move a file that it received to its place.
#[tokio::test]
async fn a_cli_keeps_files_under_way_beside_its_database() {
    let folder = tempfile::tempdir().unwrap();
    let core = WebSocketCore::spawn(cli(folder.path(), "bot"), options()).await.unwrap();
    let temp = std::fs::read_to_string(folder.path().join("bot.temp")).unwrap();
    assert_eq!(Path::new(&temp), folder.path().join("bot_bot.files"));
    assert!(Path::new(&temp).is_dir());
    core.close(SOON).await.unwrap();
}

/// A program that changes its folder.
#[tokio::test]
#[ignore = "is run by the next test, as a process of its own"]
async fn moving_process() {
    let folder = std::env::var("SIMPLEX_CORE_TEST_MOVES").unwrap();
    let mut options_of_cli = cli(Path::new(&folder), "bot");
    options_of_cli.database = "bot".into();
    let core = WebSocketCore::spawn(options_of_cli, options()).await.unwrap();
    std::env::set_current_dir("other").unwrap();
    assert!(matches!(core.send(request("/crash")).await, Err(CoreError::Interrupted { .. })));
    assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
    assert_eq!(core.temp_folder(), Some(Path::new(&folder).join("bot_bot.files")));
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_cli_that_starts_again_has_the_same_database_wherever_the_program_is_by_then() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().canonicalize().unwrap();
    std::fs::create_dir(at.join("other")).unwrap();
    let mut program = tokio::process::Command::new(std::env::current_exe().unwrap());
    program
        .args(["--ignored", "--exact", "supervised::moving_process"])
        .env("SIMPLEX_CORE_TEST_MOVES", &at)
        .current_dir(&at);
    let ended = timeout(SOON, program.kill_on_drop(true).output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(std::fs::read_dir(at.join("other")).unwrap().count(), 0);
}

/// It may have a large database to migrate.
#[tokio::test]
async fn a_cli_that_takes_long_to_start_again_is_not_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options();
    options.connect_timeout = Duration::from_secs(2);
    let core = WebSocketCore::spawn(cli(folder.path(), "lazy"), options).await.unwrap();
    assert!(matches!(core.send(request("/crash")).await, Err(CoreError::Interrupted { .. })));
    assert_eq!(tag(&core).await, "Disconnected");
    let refused = async {
        loop {
            match core.send(request("/u")).await {
                Err(CoreError::Unavailable { reason }) if reason.contains("no connection") => return,
                Err(CoreError::Unavailable { .. }) => tokio::time::sleep(Duration::from_millis(5)).await,
                other => panic!("{other:?}"),
            }
        }
    };
    timeout(SOON, refused).await.unwrap();
    let lazy = process(folder.path(), "lazy");
    std::fs::write(folder.path().join("lazy.awake"), "").unwrap();
    assert_eq!(tag(&core).await, "Reconnected");
    assert_eq!(process(folder.path(), "lazy"), lazy);
    core.close(SOON).await.unwrap();
}

/// It may have written what people send by then.
#[tokio::test]
async fn a_cli_that_does_not_start_again_is_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let core = WebSocketCore::spawn(cli(folder.path(), "once"), options()).await.unwrap();
    assert!(matches!(core.send(request("/crash")).await, Err(CoreError::Interrupted { .. })));
    let ended = async {
        loop {
            match core.send(request("/u")).await {
                Err(CoreError::Unavailable { reason }) if reason.contains("exit status: 3") => return reason,
                Err(CoreError::Unavailable { .. }) => tokio::time::sleep(Duration::from_millis(5)).await,
                other => panic!("{other:?}"),
            }
        }
    };
    let reason = timeout(SOON, ended).await.unwrap();
    assert!(!reason.contains("private"), "{reason}");
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_port_that_somebody_else_has_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let other = FakeCli::start().await;
    let mut cli = cli(folder.path(), "bot");
    cli.port = other.url.rsplit(':').next().unwrap().parse().unwrap();
    assert!(matches!(WebSocketCore::spawn(cli, options()).await, Err(ConnectError::PortTaken { .. })));
}

/// One that was free when it was looked at, and is somebody else's when the CLI wants it.
#[tokio::test]
async fn a_cli_that_comes_too_late_to_its_port_is_not_taken_for_who_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut cli = cli(folder.path(), "late");
    cli.port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let (port, started) = (cli.port, folder.path().join("late.arguments"));
    let other = async {
        while !started.exists() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        FakeCli::at(port).await
    };
    let (ours, _other) = tokio::join!(WebSocketCore::spawn(cli, options()), other);
    let error = ours.unwrap_err();
    assert!(matches!(&error, ConnectError::Ended { output, .. } if output.contains("in use")), "{error}");
}

#[tokio::test]
async fn who_takes_the_port_of_a_cli_that_ended_is_not_taken_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut cli = cli(folder.path(), "bot");
    cli.port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let port = cli.port;
    let mut options = options();
    options.min_backoff = Duration::from_millis(500);
    options.max_backoff = options.min_backoff;
    let core = WebSocketCore::spawn(cli, options).await.unwrap();
    assert!(matches!(core.send(request("/crash")).await, Err(CoreError::Interrupted { .. })));
    let _other = FakeCli::at(port).await;
    assert_eq!(tag(&core).await, "Disconnected");
    let refused = async {
        loop {
            match core.send(request("/u")).await {
                Err(CoreError::Unavailable { reason }) if reason.contains("is taken") => return,
                Err(CoreError::Unavailable { .. }) => tokio::time::sleep(Duration::from_millis(5)).await,
                other => panic!("{other:?}"),
            }
        }
    };
    timeout(SOON, refused).await.unwrap();
    core.close(SOON).await.unwrap();
}
