"""What Loci knows and decides, as plain values and pure functions: no database, no HTTP, no clock."""
