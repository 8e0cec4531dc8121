"""One statement of a page, a feed or an address about a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newscrawl.extract.dates.fields import Kind
from newscrawl.extract.dates.parse import ParsedDate

Source = Literal["jsonld", "meta", "time", "feed", "sitemap", "url", "text"]


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One statement about when the article was published or changed.

    ``weight`` orders statements (higher is better), ``name`` says which field or place it is from.
    ``parsed`` is the date if it was read already.
    """

    kind: Kind
    source: Source
    raw: str
    weight: float
    name: str = ""
    parsed: ParsedDate | None = None
