use simplex_bot::Dialogue;

#[derive(Dialogue)]
enum Order {
    #[dialogue(to(Quantity, Adress))]
    Item,
    Quantity,
    Address,
}

fn main() {}
