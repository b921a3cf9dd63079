use simplex_bot::prelude::*;

#[derive(Commands)]
struct Admin {
    rules: bool,
}

fn main() {}
