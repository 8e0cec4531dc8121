"""Everything on a page that says when it was published or changed.

Declared values (JSON-LD, meta, microdata) come in as plain pairs; the visible dates are read from
the page's arrays around its headline; the URL, the feed and the sitemap add theirs. Nothing is
decided here: `newscrawl.extract.dates.dossier` weighs the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.extract.dates.fields import Declared
from newscrawl.extract.dates.parse import DateContext
from newscrawl.extract.dates.statement import DateEvidence, Source
from newscrawl.extract.dates.urls import url_day
from newscrawl.extract.dates.visible import visible_dates
from newscrawl.extract.dom import Document
from newscrawl.extract.survey import Survey, survey
from newscrawl.items import Candidate, Via


def collect_dates(
    document: Document,
    declared: Iterable[Declared],
    context: DateContext,
    *,
    url: str = "",
    candidate: Candidate | None = None,
    seen: Survey | None = None,
    headline: int | None = None,
) -> list[DateEvidence]:
    """All evidence of a page, in no order.

    ``headline`` is the index of the element that holds the title if it is known, ``seen`` the
    page's survey if it was made already.
    """
    found = [
        DateEvidence(d.kind, d.source, d.raw, d.weight, d.name) for d in declared if d.raw.strip()
    ]
    found += _hints(candidate)
    if (day := url_day(url or document.url)) is not None:
        raw, parsed = day
        found.append(DateEvidence("published", "url", raw, 50, "url", parsed))
    sure = any(e.kind == "published" and e.source in {"jsonld", "meta"} for e in found)
    found += visible_dates(document, seen or survey(document), context, headline, sure)
    return found


def _hints(candidate: Candidate | None) -> list[DateEvidence]:
    if candidate is None:
        return []
    source: Source = "feed" if candidate.via in {Via.FEED, Via.API} else "sitemap"
    weight = 78 if candidate.via in {Via.FEED, Via.API, Via.NEWS_SITEMAP} else 40
    if candidate.via is Via.SECTION:
        source, weight = "text", 45
    found = []
    if candidate.published_raw:
        found.append(
            DateEvidence("published", source, candidate.published_raw, weight, str(candidate.via))
        )
    if candidate.modified_raw:
        found.append(
            DateEvidence(
                "modified", source, candidate.modified_raw, weight - 10, str(candidate.via)
            )
        )
    return found
