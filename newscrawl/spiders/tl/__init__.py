"""Timor-Leste."""
