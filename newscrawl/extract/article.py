"""A page becomes an `Article`: every field from the best source, with its provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from newscrawl.clean import clean
from newscrawl.dedup import canonical_url
from newscrawl.extract.access import read_access
from newscrawl.extract.article_credits import fill_authors, fill_publisher
from newscrawl.extract.article_dates import context_of, fill_dates
from newscrawl.extract.article_text import fill_language, fill_text
from newscrawl.extract.article_type import read_type
from newscrawl.extract.body import Body, extract_body
from newscrawl.extract.dates import find_dates
from newscrawl.extract.declared_languages import declared_languages
from newscrawl.extract.dom import Document
from newscrawl.extract.encoding import decode
from newscrawl.extract.fetch_facts import fill_fetch_facts
from newscrawl.extract.identity import read_canonical, read_publisher_id
from newscrawl.extract.images import read_images
from newscrawl.extract.jsonld import plain
from newscrawl.extract.layout import fitting_layout, select, select_first
from newscrawl.extract.page_memory import PageMemory
from newscrawl.extract.reading import (
    MAX_SUMMARY,
    MAX_TITLE,
    NO_LAYOUT,
    Reading,
    page_of,
)
from newscrawl.extract.standfirst import read_description, read_kicker, read_standfirst
from newscrawl.extract.structured import read_structured
from newscrawl.extract.taxonomy import MAX_TAGS, Named, read_section, read_tags
from newscrawl.extract.titles import choose_title, headline_element
from newscrawl.items import Article, Image, Page
from newscrawl.site import Layout, Site
from newscrawl.text import one_line


def extract_page(page: Page, site: Site | None = None) -> Article:
    """Everything that a page says about its article; the text is not yet cleaned.

    Never raises for anything a site can send. An empty page gives an article without text.
    """
    return read_page(page, site).article


def extract(
    html: str | bytes,
    url: str,
    *,
    site: Site | None = None,
    fetched_at: datetime | None = None,
    headers: Iterable[tuple[str, str]] = (),
) -> Article:
    """The cleaned article of one page.

    ``html`` is the page as text, or as bytes in whatever encoding. ``fetched_at`` (aware) is what
    relative dates are counted from; without it they stay unread.
    """
    return clean(extract_page(page_of(html, url, fetched_at, headers), site), site)


def read_page(page: Page, site: Site | None, memory: PageMemory | None = None) -> Reading:
    """Read a page and make its article, keeping what was read for whoever judges or explains it.

    ``memory`` is what other pages of the host had in common; with it the same page can give
    another body later, so the crawl goes without.
    """
    language = site.languages[0] if site is not None and site.languages else None
    decoded = decode(
        page.body,
        page.header("content-type"),
        site_encoding=site.encoding if site is not None else None,
        language=language,
    )
    document, damaged = Document.parse(decoded.text, page.url), decoded.damaged
    del decoded  # the text of a large page is large
    structured = read_structured(document)
    reading = Reading(page, site, document, structured, Body())
    article = reading.article
    article.languages_declared = declared_languages(structured, document, page.candidate)
    layout = _layout(reading)
    if damaged:
        article.flag("encoding_damaged")
    if document.truncated:
        article.flag("truncated_by_limit")
    for problem in structured.problems:
        article.flag(problem)
    fill_fetch_facts(reading)
    _headline(reading, layout)
    _summary(reading, layout)
    reading.body = extract_body(
        document,
        layout=layout if layout is not NO_LAYOUT else None,
        title=article.title or None,
        description=article.description,
        article_body=structured.ld("articleBody") or None,
        memory=memory,
    )
    fill_text(reading)
    fill_language(reading)
    fill_dates(reading, layout)
    fill_publisher(reading, layout)
    fill_authors(reading, layout)
    _classification(reading, layout)
    _identity(reading)
    article.images = _images(reading, layout)
    return reading


def _layout(reading: Reading) -> Layout:
    """The site's layout in force when the page was published."""
    site = reading.site
    if site is None or not site.layouts:
        return NO_LAYOUT
    day = None
    if any(layout.until for layout in site.layouts):
        found = find_dates(
            reading.document,
            reading.structured,
            context_of(reading),
            candidate=reading.page.candidate,
        )
        day = found.published.local.date() if found.published is not None else None
    return fitting_layout(reading.document, site, day) or NO_LAYOUT


def _headline(reading: Reading, layout: Layout) -> None:
    site, candidate = reading.site, reading.page.candidate
    if text := select_first(reading.document, layout.title):
        reading.put("title", text, "layout", MAX_TITLE)
    else:
        names = (site.title, site.source_name or "") if site is not None else ()
        chosen = choose_title(reading.document, reading.structured, names)
        if chosen is not None:
            reading.put("title", chosen.text, chosen.source, MAX_TITLE)
            if chosen.conflict:
                reading.article.flag("title_conflict")
        elif candidate is not None and candidate.title:
            reading.put("title", candidate.title, str(candidate.via), MAX_TITLE)
        else:
            reading.article.flag("no_title")
    reading.headline = headline_element(reading.document, reading.structured, reading.article.title)


def _summary(reading: Reading, layout: Layout) -> None:
    document, structured, article = reading.document, reading.structured, reading.article
    description = read_description(structured)
    if not reading.put("description", description.value, description.source, MAX_SUMMARY):
        candidate = reading.page.candidate
        if candidate is not None and candidate.summary:
            reading.put("description", candidate.summary, str(candidate.via), MAX_SUMMARY)
    for name, selectors, found in (
        ("kicker", layout.kicker, read_kicker(document, structured, article.title)),
        ("standfirst", layout.standfirst, read_standfirst(document, structured, article.title)),
    ):
        if text := select_first(document, selectors):
            reading.put(name, text, "layout", MAX_SUMMARY)
        elif found is not None:
            reading.put(name, found.value, found.source, MAX_SUMMARY)
    reading.put("dateline", select_first(document, layout.dateline), "layout")


def _classification(reading: Reading, layout: Layout) -> None:
    article, structured, candidate = reading.article, reading.structured, reading.page.candidate
    document, site = reading.document, reading.site
    if text := select_first(document, layout.section):
        reading.put("section", text, "layout", 100)
    elif (section := read_section(structured)) is not None:
        reading.put("section", section.value, section.source, 100)
    elif candidate is not None and candidate.section:
        reading.put("section", candidate.section, str(candidate.via), 100)
    tags, source = read_tags(document, structured)
    if printed := select(document, layout.tags):
        tags, source = printed, "layout"
    elif not tags and candidate is not None and candidate.keywords:
        tags, source = list(candidate.keywords), str(candidate.via)
    if tags:
        article.tags = [tag for tag in (one_line(t)[:100] for t in tags[:MAX_TAGS]) if tag]
        reading.credit("tags", source)
    kind = read_type(reading.page.url, structured, article.section)
    _named(reading, "article_type", kind)
    access = read_access(document, structured, site.access if site is not None else "unknown")
    article.access = access.value
    if access.value == "locked" and access.source != "site":
        article.flag("paywalled")  # the text may be a lead only
    if access.source:
        reading.credit("access", access.source)


def _named(reading: Reading, name: str, found: Named | None) -> None:
    if found is not None:
        reading.put(name, found.value, found.source)


def _identity(reading: Reading) -> None:
    article, site = reading.article, reading.site
    found = read_canonical(reading.document, reading.structured, article.title, site)
    if found.url is not None:
        article.canonical_url = canonical_url(found.url, site)
        reading.credit("canonical_url", "link:canonical")
    else:
        article.canonical_url = canonical_url(article.url, site)
        reading.credit("canonical_url", "url")
    if found.doubt:
        article.flag(found.doubt)
    if found.origin_url and not article.origin_url:
        reading.put("origin_url", found.origin_url, "link:canonical", 2_000)
    own = read_publisher_id(reading.document, reading.structured, site)
    if own is not None:
        reading.put("publisher_article_id", own.value, own.source, 100)
    elif reading.page.candidate is not None:
        reading.put("publisher_article_id", reading.page.candidate.publisher_id, "feed", 100)


def _images(reading: Reading, layout: Layout) -> list[Image]:
    images = read_images(
        reading.document, reading.structured, reading.body.container, reading.headline, layout
    )
    candidate = reading.page.candidate
    if not images and candidate is not None and candidate.image_url:
        address = reading.document.absolute(plain(candidate.image_url))
        if address.startswith(("http://", "https://")):
            images = [Image(url=address)]
    if images:
        reading.credit("images", "page")
    return images


__all__: Sequence[str] = ("Reading", "extract", "extract_page", "page_of", "read_page")
