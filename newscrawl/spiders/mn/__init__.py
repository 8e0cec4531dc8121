"""Mongolia."""
