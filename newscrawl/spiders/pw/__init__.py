"""Palau."""
