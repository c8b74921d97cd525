#![no_main]

#[path = "../linear.rs"]
mod linear;

libfuzzer_sys::fuzz_target!(|data: &[u8]| linear::within_budget(framescope_fuzz::text, data));
