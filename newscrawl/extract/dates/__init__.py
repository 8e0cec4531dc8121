"""When an article was published and changed: reading, collecting and weighing dates."""

from newscrawl.extract.dates.dossier import ResolvedDates, resolve_date, resolve_dates
from newscrawl.extract.dates.evidence import collect_dates
from newscrawl.extract.dates.fields import Declared, declared_dates
from newscrawl.extract.dates.page import date_context, find_dates
from newscrawl.extract.dates.parse import DateContext, ParsedDate, parse_date
from newscrawl.extract.dates.statement import DateEvidence

__all__ = [
    "DateContext",
    "DateEvidence",
    "Declared",
    "ParsedDate",
    "ResolvedDates",
    "collect_dates",
    "date_context",
    "declared_dates",
    "find_dates",
    "parse_date",
    "resolve_date",
    "resolve_dates",
]
