//! All tests of the whole, in one binary.

#![allow(clippy::disallowed_methods)]

mod suite;
