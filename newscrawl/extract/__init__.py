"""From the bytes of a page to an article.

The package itself can be called: ``newscrawl.extract(html, url)`` is `newscrawl.extract.extract`.
(A package and a function cannot both be the attribute ``extract`` of ``newscrawl``, and importing
any module of the package would put the package there; so the package is made callable.)
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from newscrawl.extract.article import extract, extract_page, read_page
from newscrawl.extract.body import Body, extract_body
from newscrawl.extract.dates import (
    DateContext,
    DateEvidence,
    Declared,
    ParsedDate,
    ResolvedDates,
    collect_dates,
    date_context,
    declared_dates,
    find_dates,
    parse_date,
    resolve_date,
    resolve_dates,
)
from newscrawl.extract.dom import Document
from newscrawl.extract.encoding import Decoded, decode
from newscrawl.extract.judge import judge, judge_reading
from newscrawl.extract.language import Language, detect_language
from newscrawl.extract.mojibake import Repair, repair
from newscrawl.extract.pool import (
    ExtractionPool,
    make_ready,
    read_article,
    run_within,
    settled_heap,
)
from newscrawl.extract.reading import NO_TIME, Reading, page_of
from newscrawl.extract.repairs import Repaired, repair_paragraphs
from newscrawl.extract.structured import Structured, read_structured

__all__ = [
    "NO_TIME",
    "Body",
    "DateContext",
    "DateEvidence",
    "Declared",
    "Decoded",
    "Document",
    "ExtractionPool",
    "Language",
    "ParsedDate",
    "Reading",
    "Repair",
    "Repaired",
    "ResolvedDates",
    "Structured",
    "collect_dates",
    "date_context",
    "declared_dates",
    "decode",
    "detect_language",
    "extract",
    "extract_body",
    "extract_page",
    "find_dates",
    "judge",
    "judge_reading",
    "make_ready",
    "page_of",
    "parse_date",
    "read_article",
    "read_page",
    "read_structured",
    "repair",
    "repair_paragraphs",
    "resolve_date",
    "resolve_dates",
    "run_within",
    "settled_heap",
]


class _Callable(ModuleType):
    """A module whose call is its function of the same name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return extract(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
