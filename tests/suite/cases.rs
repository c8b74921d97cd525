//! Commands with all that they write, as data: `tests/cases/*.md`.

use std::path::Path;

#[test]
fn commands_say_what_the_cases_say() {
    trycmd::TestCases::new()
        .register_bin("framescope", Path::new(env!("CARGO_BIN_EXE_framescope")))
        .env("COLUMNS", "")
        .env("NO_COLOR", "")
        .case("tests/cases/*.md");
}
