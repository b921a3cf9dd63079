use simplex_bot::prelude::*;

#[derive(Commands)]
enum Admin {
    Ban {
        #[command(rest)]
        reason: String,
        days: u32,
    },
}

fn main() {}
