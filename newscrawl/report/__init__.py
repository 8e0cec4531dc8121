"""Reports for people: rows of the tables in, self-contained HTML out."""

from newscrawl.report.facts import Copied, Refused, RunFacts, Slow, Stored, facts_of
from newscrawl.report.index_page import index_page
from newscrawl.report.openmetrics import openmetrics
from newscrawl.report.run_page import run_page

__all__ = [
    "Copied",
    "Refused",
    "RunFacts",
    "Slow",
    "Stored",
    "facts_of",
    "index_page",
    "openmetrics",
    "run_page",
]
