use simplex_bot::Dialogue;

#[derive(Dialogue)]
struct Order {
    item: String,
}

fn main() {}
