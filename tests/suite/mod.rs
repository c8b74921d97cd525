mod stats_properties;
mod stats_reference;
mod stats_vectors;
mod tally;
mod tally_commands;
