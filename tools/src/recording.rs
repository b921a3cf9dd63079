//! Recorded lines, and the decoded messages in them.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context;
use serde_json::Value;
use simplex_types::types::ChatError;
use simplex_types::{DecodeError, Decoded, Event, Frame, FrameOutcome, Lost, Response};

/// A message of the core, as recorded.
pub struct Recorded {
    /// Whether it is an event.
    pub event: bool,
    /// Its text.
    pub text: String,
}

/// The message in a line, which is a line of a recording (`{"dir":"resp"|"event","text":…}`) or the message itself.
/// `None` for other lines of a recording.
pub fn message(line: &str) -> Option<Recorded> {
    let value: Value = serde_json::from_str(line).ok()?;
    if ["result", "error", "resp"].iter().any(|key| value.get(key).is_some()) {
        return Some(Recorded { event: true, text: line.to_owned() });
    }
    let event = match value.get("dir")?.as_str()? {
        "event" => true,
        "resp" => false,
        _ => return None,
    };
    let text = value.get("text")?.as_str()?;
    (!text.is_empty()).then(|| Recorded { event, text: text.to_owned() })
}

/// Reads a file of such lines: the place of each, and the message in it.
///
/// # Errors
/// If the file cannot be opened; of a line, if it cannot be read.
pub fn read(file: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<(String, Option<Recorded>)>>> {
    let name = file.display().to_string();
    let lines = BufReader::new(File::open(file).with_context(|| format!("opening {name}"))?).lines();
    Ok(lines.enumerate().map(move |(number, line)| {
        let line = line.with_context(|| format!("reading {name}"))?;
        Ok((format!("{name}:{}", number + 1), message(&line)))
    }))
}

/// A decoded message.
#[derive(Debug)]
pub enum Message {
    /// An event.
    Event(Event),
    /// An answer.
    Response(Response),
    /// An error, as an answer or as an event.
    Error(ChatError),
}

impl Message {
    /// Decodes a frame.
    ///
    /// # Errors
    /// [`DecodeError`] if the frame does not decode.
    pub fn decode(frame: &Frame, event: bool) -> Result<(Self, Vec<Lost>), DecodeError> {
        fn part<T>(decoded: Decoded<T>, wrap: impl Fn(T) -> Message) -> (Message, Vec<Lost>) {
            (wrap(decoded.value), decoded.lost)
        }
        Ok(match (frame.outcome(), event) {
            (FrameOutcome::Error, _) => part(ChatError::decode(frame)?, Self::Error),
            (_, true) => part(Event::decode(frame)?, Self::Event),
            _ => part(Response::decode(frame)?, Self::Response),
        })
    }

    /// `event`, `response` or `error`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Event(_) => "event",
            Self::Response(_) => "response",
            Self::Error(_) => "error",
        }
    }

    /// Whether its tag is not in the schema.
    pub fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::Event(Event::Unknown(_)) | Self::Response(Response::Unknown(_)) | Self::Error(ChatError::Unknown(_))
        )
    }

    /// The message as JSON again.
    ///
    /// # Errors
    /// If it does not serialise.
    pub fn to_json(&self) -> serde_json::Result<String> {
        match self {
            Self::Event(event) => serde_json::to_string(event),
            Self::Response(response) => serde_json::to_string(response),
            Self::Error(error) => serde_json::to_string(error),
        }
    }
}
