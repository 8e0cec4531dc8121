"""Hubs that carry the papers of many countries."""
