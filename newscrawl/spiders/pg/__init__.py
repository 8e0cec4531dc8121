"""Papua New Guinea."""
