"""South Korea."""
