"""Marshall Islands."""
