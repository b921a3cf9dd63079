//! What a core holds only in memory, apart from its events: lost when its process ends.

use crate::json::Json;
use crate::time::Ts;

/// A core as one process runs it.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// Whether the chat is started.
    pub started: bool,
    /// Between `/_app suspend` and `/_app activate`.
    pub suspended: bool,
    /// Whether the first use of the message server was announced.
    pub host_up: bool,
    /// Whether the first use of the file relay was announced.
    pub relay_up: bool,
    pub files_folder: Option<String>,
    pub temp_folder: Option<String>,
    pub assets_folder: Option<String>,
    /// The network configuration, if it was set.
    pub network: Option<Json>,
    /// Whether received files are kept encrypted unless the command says otherwise.
    pub encrypt_files: bool,
    /// Since when the servers' statistics count, if they were reset.
    pub stats_since: Option<Ts>,
}
