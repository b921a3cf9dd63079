use simplex_bot::prelude::*;

#[derive(Commands)]
enum Admin {
    Ban { days: Option<u32>, member: MemberRef },
}

fn main() {}
