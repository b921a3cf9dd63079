//! What a core holds in memory only, beside its events: gone when its process is.

use crate::json::Json;
use crate::time::Ts;

/// One process's settings of a core.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// How the network is used, when it was set.
    pub network: Option<Json>,
    /// Whether received files are kept encrypted unless the command says otherwise.
    pub encrypt_files: bool,
    /// Since when servers are counted, when that was set anew.
    pub stats_since: Option<Ts>,
}
