//! The compiler's words for common mistakes, as people read them.

#[test]
fn mistakes_have_readable_errors() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
