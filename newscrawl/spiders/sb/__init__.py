"""Solomon Islands."""
