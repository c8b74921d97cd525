mod cli;
mod cli_codebook;
mod cli_failure;
mod stats_properties;
mod stats_reference;
mod stats_vectors;
