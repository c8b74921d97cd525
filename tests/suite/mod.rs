mod cli;
mod cli_codebook;
mod cli_failure;
mod report;
mod stats_properties;
mod stats_reference;
mod stats_vectors;
