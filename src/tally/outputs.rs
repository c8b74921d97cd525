//! Tables from a tally, the same bytes as a run on its articles writes.
