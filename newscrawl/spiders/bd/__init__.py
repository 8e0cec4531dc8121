"""Bangladesh."""
