"""Tonga."""
