"""Who made an article: its authors, its publisher, and the paper or agency it is from."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.clean import clean_authors
from newscrawl.extract.authors import Credited, settle_authors
from newscrawl.extract.bylines import MAX_AUTHORS
from newscrawl.extract.layout import select, select_first
from newscrawl.extract.reading import Reading
from newscrawl.extract.source_credit import publisher_name, read_source
from newscrawl.site import Layout, Site


def fill_publisher(reading: Reading, layout: Layout) -> None:
    """The publication, and where the story is from."""
    site, article, structured = reading.site, reading.article, reading.structured
    if site is not None:
        reading.put("publisher", site.title, "site")
    else:
        name, source = publisher_name(structured)
        reading.put("publisher", name, source)
    credit = read_source(reading.document, structured, article.publisher)
    candidate = reading.page.candidate
    if text := select_first(reading.document, layout.source):
        reading.put("source_name", text, "layout")
    elif credit.name:
        reading.put("source_name", credit.name, credit.evidence)
    elif candidate is not None and candidate.source_name != article.publisher:
        reading.put("source_name", candidate.source_name, str(candidate.via))
    if credit.origin_url:
        reading.put("origin_url", credit.origin_url, "meta:original-source", 2_000)


def fill_authors(reading: Reading, layout: Layout) -> None:
    """The authors, by the site's layout, else by all statements of the page, else by its feed."""
    article, candidate, site = reading.article, reading.page.candidate, reading.site
    names = [article.publisher or ""]
    if site is not None:
        names += [site.title, site.source_name or "", site.name]
    credited: Credited | None
    if printed := select(reading.document, layout.byline):
        credited = _of_layout(printed[:MAX_AUTHORS], site)
    else:
        credited = settle_authors(
            reading.document,
            reading.structured,
            site,
            names,
            headline=reading.headline,
            title=article.title,
            last_line=article.body[-60:].rpartition("\n")[2],
        )
    if (credited is None or not credited.people) and candidate is not None and candidate.authors:
        people = clean_authors(candidate.authors, site).people
        if people:
            credited = Credited(people, candidate.authors, str(candidate.via))
    if credited is None:
        return
    article.authors = [name[:200] for name in credited.people[:MAX_AUTHORS]]
    if len(credited.people) >= MAX_AUTHORS:
        article.flag("authors_cut")
    reading.put("byline_raw", ", ".join(credited.raw), credited.source)
    if article.authors:
        reading.credit("authors", credited.source)
    if credited.conflict:
        article.flag("authors_conflict")


def _of_layout(printed: Sequence[str], site: Site | None) -> Credited:
    return Credited(clean_authors(printed, site).people, tuple(printed), "layout")
