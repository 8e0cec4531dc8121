"""Brunei."""
