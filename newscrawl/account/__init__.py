"""The truthful account of a run."""
