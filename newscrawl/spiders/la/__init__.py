"""Laos."""
