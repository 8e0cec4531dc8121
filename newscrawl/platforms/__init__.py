"""Bases for publishing systems that many sites share."""
