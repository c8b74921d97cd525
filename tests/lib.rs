//! Tests of the whole, in one binary.

#[path = "suite/report.rs"]
mod report;
