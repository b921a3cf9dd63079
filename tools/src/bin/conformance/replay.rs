//! Reading a recording and sending its commands to the simulator.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use serde_json::Value;
use simplex_sim::{CoreId, Network, Settings, Ts};

/// One line of a recording.
pub struct Line {
    pub number: usize,
    pub t: f64,
    pub who: String,
    pub dir: String,
    pub text: String,
    pub id: Option<i64>,
}

pub fn read(path: &Path) -> anyhow::Result<Vec<Line>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.lines()
        .enumerate()
        .map(|(i, l)| {
            let v: Value = serde_json::from_str(l).with_context(|| format!("{}:{}", path.display(), i + 1))?;
            let text = match &v["text"] {
                Value::String(s) => s.clone(),
                other => other.to_string(),
            };
            let field = |k: &str| v[k].as_str().unwrap_or_default().to_owned();
            Ok(Line {
                number: i + 1,
                t: v["t"].as_f64().unwrap_or(0.0),
                who: field("who"),
                dir: field("dir"),
                text,
                id: v["id"].as_i64(),
            })
        })
        .collect()
}

/// The simulator's output in a scenario.
pub struct Run {
    /// Answers by the recorded command's id, and the line of the command.
    pub answers: HashMap<(String, i64), String>,
    /// Events by party, in order.
    pub events: HashMap<String, Vec<String>>,
    traffic: String,
}

impl Run {
    /// The simulated traffic, line by line in the format of a recording.
    pub fn dump(&self) -> &str {
        &self.traffic
    }
}

/// When a recording began: the first time in an answer, minus how long the recording had run by then.
fn begin_of(lines: &[Line]) -> Option<Ts> {
    lines.iter().filter(|l| l.dir == "resp" || l.dir == "event").find_map(|l| {
        let at = l.text.find("\"createdAt\":\"")? + 13;
        let text = l.text.get(at..)?.split('"').next()?;
        let ts = Ts::read(text).filter(|_| text.contains('.'))?;
        Some(Ts(ts.0 - (l.t * 1e9) as i64))
    })
}

struct Replay {
    net: Network,
    cores: HashMap<String, CoreId>,
    /// Recorded texts (links, names that the core made up), each with the simulator's text that replaces it.
    instead: Vec<(String, String)>,
    run: Run,
    held: Vec<(String, i64, String)>,
    /// True between the note about it and the next download.
    files_vanish: bool,
    folder: tempfile::TempDir,
}

pub fn run(lines: &[Line]) -> anyhow::Result<Run> {
    // The recording's own clock, so that whole seconds begin at the same moments.
    let begin = begin_of(lines).unwrap_or(Ts::BEGIN);
    let settings = Settings { version: "6.4.5.1".into(), begin, ..Settings::default() };
    let mut r = Replay {
        net: Network::new(settings),
        cores: HashMap::new(),
        instead: Vec::new(),
        run: Run { answers: HashMap::new(), events: HashMap::new(), traffic: String::new() },
        held: Vec::new(),
        files_vanish: false,
        folder: tempfile::tempdir()?,
    };
    // About as long as the recordings' own server takes.
    r.net.set_delay(std::time::Duration::from_millis(5));
    crate::rules::make_files(lines, r.folder.path())?;
    let mut asked: HashMap<(&str, i64), &Line> = HashMap::new();
    for line in lines {
        let now = Ts(begin.0 + (line.t * 1e9) as i64);
        if now > r.net.now() {
            r.net.advance(now);
        }
        r.collect(line.t);
        match line.dir.as_str() {
            "call" => r.call(line),
            "note" => {
                r.server_by_hand(&line.text);
                r.files_vanish |= line.text.starts_with("files vanished");
                r.note(line.t, &line.who, "note", &line.text, line.id);
            }
            // A command runs at the time of its recorded answer, since a network command takes a while.
            "cmd" => {
                if let Some(id) = line.id {
                    asked.insert((&line.who, id), line);
                }
            }
            "resp" => {
                if let Some((id, cmd)) = line.id.and_then(|id| Some((id, asked.remove(&(line.who.as_str(), id))?))) {
                    r.command(cmd, line.t, id, &line.text);
                }
            }
            "event" => {
                r.learn_links(line);
            }
            _ => {}
        }
        r.collect(line.t);
    }
    Ok(r.run)
}

impl Replay {
    fn core(&mut self, who: &str) -> CoreId {
        if let Some(c) = self.cores.get(who) {
            return *c;
        }
        let c = self.net.open(who, "").unwrap_or_default();
        self.cores.insert(who.to_owned(), c);
        c
    }

    fn call(&mut self, line: &Line) {
        let v: Value = serde_json::from_str(&line.text).unwrap_or_default();
        let core = self.core(&line.who);
        let said = match v["fn"].as_str() {
            Some("chat_close_store") => {
                self.net.close(core);
                ""
            }
            Some("chat_reopen_store") => {
                self.net.reopen(core);
                ""
            }
            Some("chat_migrate_init") => {
                self.net.reopen(core);
                r#"{"type":"ok"}"#
            }
            _ => return,
        };
        self.note(line.t, &line.who, "call", &line.text, line.id);
        self.note(line.t, &line.who, "ret", said, line.id);
    }

    fn command(&mut self, line: &Line, t: f64, id: i64, recorded: &str) {
        let core = self.core(&line.who);
        self.by_hand(line);
        let mut text = line.text.clone();
        for (from, to) in &self.instead {
            if text.contains(from.as_str()) {
                text = text.replace(from.as_str(), to);
            }
        }
        // Bytes that are not UTF-8; within JSON they are an error, which needs no replacement.
        if !text.contains('{') {
            text = replace_bytes(&text);
        }
        text = text.replace("/sxrec", &self.folder.path().to_string_lossy());
        self.note(t, &line.who, "cmd", &text, Some(id));
        match self.net.command(core, &text) {
            Some(answer) => self.answered(t, &line.who, id, answer, Some(recorded)),
            None => self.held.push((line.who.clone(), id, text)),
        }
        let held = std::mem::take(&mut self.held);
        for (who, id, text) in held {
            let core = self.core(&who);
            match self.net.command(core, &text) {
                Some(answer) => self.answered(t, &who, id, answer, None),
                None => self.held.push((who, id, text)),
            }
        }
    }

    fn answered(&mut self, t: f64, who: &str, id: i64, answer: String, recorded: Option<&str>) {
        let answer = answer.replace(&*self.folder.path().to_string_lossy(), "/sxrec");
        if let Some(recorded) = recorded
            && let (Ok(a), Ok(b)) = (serde_json::from_str(recorded), serde_json::from_str(&answer))
        {
            self.learn(&a, &b);
        }
        self.note(t, who, "resp", &answer, Some(id));
        self.run.answers.insert((who.to_owned(), id), answer);
    }

    /// From now on, the simulator's link or made-up name replaces the recorded one.
    fn learn(&mut self, recorded: &Value, simulated: &Value) {
        match (recorded, simulated) {
            (Value::Object(a), Value::Object(b)) => {
                for (k, v) in a {
                    if let Some(w) = b.get(k) {
                        if let (Value::String(x), Value::String(y)) = (v, w)
                            && (crate::rules::is_made_up(k) || crate::rules::is_made_up_name(k, x))
                            && !self.instead.iter().any(|(f, _)| f == x)
                            && x != y
                        {
                            self.instead.push((x.clone(), y.clone()));
                            self.instead.sort_by_key(|(f, _)| std::cmp::Reverse(f.len()));
                        }
                        self.learn(v, w);
                    }
                }
            }
            (Value::Array(a), Value::Array(b)) => a.iter().zip(b).for_each(|(v, w)| self.learn(v, w)),
            _ => {}
        }
    }

    /// Links to files come with an event.
    fn learn_links(&mut self, line: &Line) {
        let links = |text: &str| {
            let v: Value = serde_json::from_str(text).ok()?;
            Some(v["result"]["rcvURIs"].as_array()?.iter().filter_map(|l| l.as_str().map(str::to_owned)).collect())
        };
        let Some(recorded): Option<Vec<String>> = links(&line.text) else { return };
        let said = self.run.events.get(&line.who).into_iter().flatten().rev();
        if let Some(simulated) = said.filter_map(|e| links(e)).next() {
            self.instead.extend(recorded.into_iter().zip(simulated));
        }
    }

    /// Repeats what the recorder did by hand, according to its notes: files vanish from the relay before they are
    /// fetched.
    fn by_hand(&mut self, line: &Line) {
        if self.files_vanish && line.text.starts_with("/freceive") {
            self.files_vanish = false;
            self.net.lose_files();
        }
    }

    /// The same for the message server, which loses its memory when it is killed.
    fn server_by_hand(&mut self, note: &str) {
        match note {
            "smp-server started" => self.net.set_server(true),
            "smp-server stopped with SIGINT" => self.net.set_server(false),
            "smp-server stopped with SIGKILL" => {
                self.net.set_server(false);
                self.net.lose_messages();
            }
            _ => {}
        }
    }

    fn collect(&mut self, t: f64) {
        let mut parties: Vec<(String, CoreId)> = self.cores.iter().map(|(w, c)| (w.clone(), *c)).collect();
        parties.sort();
        for (who, core) in parties {
            while let Some(event) = self.net.take_event(core) {
                let event = event.replace(&*self.folder.path().to_string_lossy(), "/sxrec");
                self.note(t, &who, "event", &event, None);
                self.run.events.entry(who.clone()).or_default().push(event);
            }
        }
    }

    /// A line of the traffic, its members in the recordings' order.
    fn note(&mut self, t: f64, who: &str, dir: &str, text: &str, id: Option<i64>) {
        let (who, dir, text) = (Value::from(who), Value::from(dir), Value::from(text));
        let id = id.map(|id| format!(", \"id\": {id}")).unwrap_or_default();
        self.run.traffic += &format!("{{\"t\": {t}, \"who\": {who}, \"dir\": {dir}, \"text\": {text}{id}}}\n");
    }
}

/// Replaces each `\xNN` by a question mark.
fn replace_bytes(text: &str) -> String {
    let mut parts = text.split("\\x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(_) => out += &format!("?{}", part.get(2..).unwrap_or_default()),
            None => out += &format!("\\x{part}"),
        }
    }
    out
}
