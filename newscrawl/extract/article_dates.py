"""When an article was published and changed, of what its page, its layout and its feed say."""

from __future__ import annotations

from newscrawl.extract.dates import DateContext, date_context, find_dates, resolve_date
from newscrawl.extract.layout import select_first
from newscrawl.extract.reading import MAX_LINE, NO_TIME, Reading
from newscrawl.items import Precision
from newscrawl.site import Layout
from newscrawl.text import one_line

_EXACT = {Precision.DAY: 0, Precision.MINUTE: 1, Precision.SECOND: 2}


def context_of(reading: Reading) -> DateContext:
    """What is known so far of the page that helps to read its dates."""
    page, article = reading.page, reading.article
    languages = [article.language] if article.language else []
    return date_context(
        reading.site,
        page.url,
        [*languages, *article.languages_declared],
        page.fetched_at if page.fetched_at != NO_TIME else None,
    )


def fill_dates(reading: Reading, layout: Layout) -> None:
    """Published and modified; a layout's wins over text unless coarser, over data if more exact."""
    article, context = reading.article, context_of(reading)
    found = find_dates(
        reading.document,
        reading.structured,
        context,
        candidate=reading.page.candidate,
        headline=reading.headline if reading.headline >= 0 else None,
    )
    for flag in found.flags:
        article.flag(flag)
    for name, date, selectors, put in (
        ("published", found.published, layout.published, article.set_published),
        ("modified", found.modified, layout.modified, article.set_modified),
    ):
        raw = select_first(reading.document, selectors)
        own = resolve_date(raw, context, source="text") if raw else None
        if own is not None and (
            date is None
            or date.local.date() != own.local.date()
            or _EXACT[own.precision] >= _EXACT[date.precision] + (date.source != "text")
        ):
            put(own)
            reading.credit(name, "layout")
        elif date is not None:
            put(date)
            reading.credit(name, date.source)
    article.published_raw = one_line(article.published_raw or "")[:MAX_LINE] or None
    article.modified_raw = one_line(article.modified_raw or "")[:MAX_LINE] or None
    if article.published_at is None:
        article.flag("no_date")
