//! All tests of the whole, in one binary.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod suite;
