"""Fiji."""
