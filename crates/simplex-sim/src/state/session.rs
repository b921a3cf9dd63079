//! What a core holds only in memory, apart from its events: lost when its process ends.

use crate::json::Json;
use crate::time::Ts;

/// One process's settings of a core.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The network configuration, if it was set.
    pub network: Option<Json>,
    /// Whether received files are kept encrypted unless the command says otherwise.
    pub encrypt_files: bool,
    /// Since when the servers' statistics count, if they were reset.
    pub stats_since: Option<Ts>,
}
