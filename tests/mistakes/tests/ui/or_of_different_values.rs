use simplex_bot::prelude::*;

fn main() {
    let _ = text().parse::<i32>().or(image());
}
