//! Nothing but tests of what the compiler says.
