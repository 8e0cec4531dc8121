"""Registered sites, one small class a file, in a folder a country."""
