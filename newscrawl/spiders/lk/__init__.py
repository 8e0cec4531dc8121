"""Sri Lanka."""
