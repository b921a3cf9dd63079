use simplex_bot::prelude::*;

#[derive(Commands)]
enum Admin {
    #[command(aliases = "b")]
    Ban,
}

fn main() {}
