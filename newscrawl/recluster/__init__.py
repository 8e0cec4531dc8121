"""Grouping all stories of a dataset anew, on an engine, without all texts in one memory."""

from newscrawl.recluster.job import Reclustered, recluster

__all__ = ["Reclustered", "recluster"]
