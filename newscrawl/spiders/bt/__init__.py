"""Bhutan."""
