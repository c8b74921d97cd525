#![no_main]

#[path = "../linear.rs"]
mod linear;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // A few packed bytes may be a long text.
    match [".gz", ".zst"].iter().any(|end| framescope_fuzz::name_of(data).ends_with(end)) {
        true => framescope_fuzz::job(data),
        false => linear::within_budget(framescope_fuzz::job, data),
    }
});
