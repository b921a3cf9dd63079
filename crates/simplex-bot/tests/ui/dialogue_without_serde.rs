use simplex_bot::Dialogue;

#[derive(Dialogue, Clone)]
enum Order {
    Item,
}

fn main() {}
