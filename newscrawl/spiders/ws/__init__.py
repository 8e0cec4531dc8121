"""Samoa."""
