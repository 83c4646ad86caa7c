"""Where students' code runs: bubblewrap, limits, the pool of warm processes."""
