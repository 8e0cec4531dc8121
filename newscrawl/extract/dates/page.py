"""The dates of a page in one call, and the context that its site gives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from newscrawl.extract.dates.dossier import ResolvedDates, resolve_dates
from newscrawl.extract.dates.evidence import collect_dates
from newscrawl.extract.dates.fields import declared_dates
from newscrawl.extract.dates.parse import DateContext
from newscrawl.extract.dates.zones import country_of_host
from newscrawl.extract.dom import Document
from newscrawl.extract.structured import Structured
from newscrawl.items import Candidate
from newscrawl.site import Site

_NOWHERE = "ZZ"


def date_context(
    site: Site | None, url: str, languages: Iterable[str], reference: datetime | None
) -> DateContext:
    """What is known about a page that helps to read its dates.

    ``languages`` are those the page declares and the one its text was found to be in, likeliest
    first; the site's own come behind them. ``reference`` is the time of the fetch, aware, or None
    if unknown. For an unregistered site the country is that of its domain, the zone unknown.
    """
    if site is not None and site.country != _NOWHERE:
        return DateContext(
            languages=(*languages, *site.languages),
            country=site.country,
            timezone=site.timezone,
            calendar=site.calendar,
            day_first=site.day_first,
            reference=reference,
        )
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    # "UTC" of a site that is being discovered only says that nothing is known.
    known = site if site is not None and not (site.discover and site.timezone == "UTC") else None
    return DateContext(
        languages=tuple(languages),
        country=country_of_host(host),
        timezone=known.timezone if known is not None else None,
        day_first=site.day_first if site is not None else None,
        reference=reference,
    )


def find_dates(
    document: Document,
    structured: Structured,
    context: DateContext,
    *,
    candidate: Candidate | None = None,
    headline: int | None = None,
) -> ResolvedDates:
    """When a page's article was published and changed.

    ``headline`` is the index of the element that holds its title, if it is known.
    """
    item = structured.item
    declared = declared_dates(
        structured.article, structured.meta, item.properties if item is not None else None
    )
    evidence = collect_dates(
        document,
        declared,
        context,
        candidate=candidate,
        seen=structured.seen,
        headline=headline,
    )
    return resolve_dates(evidence, context)
