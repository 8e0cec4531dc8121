"""Pakistan."""
