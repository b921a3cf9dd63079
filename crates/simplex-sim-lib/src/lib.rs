//! The simulated SimpleX network behind the C interface of libsimplex. The built file is loaded like the real library.
//!
//! All controllers of one process share one network, so two programs in a process, or a bot and a person, talk to each
//! other. Strings given out are allocated with C `malloc` and freed by the caller with `free`. No panic leaves a call.

mod abi;
mod host;
mod hub;
mod texts;
