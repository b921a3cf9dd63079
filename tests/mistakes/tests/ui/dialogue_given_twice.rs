use simplex_bot::Dialogue;

#[derive(Dialogue)]
#[dialogue(timeout = "12h", timeout = "1h")]
enum Order {
    Item,
}

#[derive(Dialogue)]
enum Trip {
    #[dialogue(to(Place, Day, Place))]
    Start,
    Place,
    Day,
}

fn main() {}
