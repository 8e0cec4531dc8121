"""Vanuatu."""
