"""Cambodia."""
