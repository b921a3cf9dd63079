//! Where a test's cores come from: simulated ones in this process, or others.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use simplex_sim::{CoreId, SimNetwork};

use crate::core::ChatCore;

/// Cores for a [`TestNetwork`](super::TestNetwork), instead of simulated ones in this process: those of a loaded
/// library, or of CLIs. They are on one network, whatever that is.
///
/// The same test runs on all of them; but time is real there, and a test of hours takes hours.
#[async_trait]
pub trait Cores: Send + Sync + 'static {
    /// Opens the database of this name, creating it if it is new. The core that was open for it before is closed.
    async fn open(&self, name: &str) -> Arc<dyn ChatCore>;
}

#[derive(Clone)]
pub(super) enum Backend {
    Simulated(SimNetwork),
    Other(Arc<dyn Cores>),
}

impl Backend {
    pub(super) async fn open(&self, name: &str) -> Arc<dyn ChatCore> {
        self.open_with_id(name).await.0
    }

    /// The core, and its id on the network if it is simulated in this process.
    pub(super) async fn open_with_id(&self, name: &str) -> (Arc<dyn ChatCore>, Option<CoreId>) {
        match self {
            Self::Simulated(net) => {
                let core = net.open(name, "").expect("a database without a key");
                let id = core.id();
                (Arc::new(core), Some(id))
            }
            Self::Other(cores) => (cores.open(name).await, None),
        }
    }
}

impl fmt::Debug for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Simulated(net) => net.fmt(f),
            Self::Other(_) => f.write_str("Cores"),
        }
    }
}
