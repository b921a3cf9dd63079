//! The project's tasks: `cargo xtask <task>`.
//!
//! It depends on none of the project's crates, so that it builds when they do not, and can generate their code again.
//! Tasks that need the crates live in `tools` and are run from here. One file per task.

mod codegen;
mod schema;
mod sim_lib;
mod tools;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's tasks")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// The schema files: import a release's API, compare two releases.
    Schema(schema::Args),
    /// Write the code of simplex-types from the schema.
    Codegen(codegen::Args),
    /// Chat with the squaring bot on a simulated network.
    Demo(tools::Args),
    /// Build the simulated core as a loadable library, and print its folder, fit for SIMPLEX_LIBS_DIR.
    SimLib,
    /// Serve a simulated network to other processes: as the CLI's WebSocket (`-- --port N`), or as a hub (`-- --hub N`).
    SimServe(tools::Args),
    /// Replay recordings of the real core into the simulated one, and compare.
    Conformance(tools::Args),
    /// Fetch the core's library, or print where it is.
    FetchLibs(tools::Args),
    /// Run the core for long, with faults at random, and see that it holds.
    Soak(tools::Args),
    /// Put bots under load on a simulated network, and see that they keep what is promised (`slow`, `latency`, `crowd`).
    Load(tools::Args),
    /// Kill a bot process 200 times under load, with handlers that take nothing, 50 and 300 ms, and see that every message
    /// is answered, in order, and hardly any twice.
    Kill,
    /// Decode recorded lines and say what each became.
    Decode(tools::Args),
    /// Feed the decoder and the commands damaged input for a while.
    Fuzz(tools::Args),
    /// Change every value of recorded messages and say what decoding does not bear.
    Mutate(tools::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Schema(args) => schema::run(&args),
        Task::Codegen(args) => codegen::run(&args),
        Task::Demo(args) => tools::run_simulated("demo", &[], &args),
        Task::SimLib => sim_lib::run(),
        Task::SimServe(args) => tools::run("sim-serve", &["--features", "sim-serve"], &args),
        Task::Conformance(args) => tools::run("conformance", &["--features", "conformance"], &args),
        Task::FetchLibs(args) => tools::run("fetch-libs", &["--features", "fetch-libs"], &args),
        Task::Soak(args) => tools::run_simulated("soak", &[], &args),
        Task::Load(args) => tools::run_simulated("load", &["--release"], &args),
        Task::Kill => tools::kill(),
        Task::Decode(args) => tools::run("decode", &[], &args),
        Task::Fuzz(args) => tools::run("fuzz", &[], &args),
        Task::Mutate(args) => tools::run("mutate", &["--release"], &args),
    }
}

/// The project's root folder.
fn root() -> std::path::PathBuf {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
