"""A page becomes an `Article`: every field from the best source, with its provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from newscrawl.clean import clean, clean_authors
from newscrawl.dedup import canonical_url
from newscrawl.extract.access import read_access
from newscrawl.extract.article_type import read_type
from newscrawl.extract.authors import Credited, settle_authors
from newscrawl.extract.body import Body, extract_body
from newscrawl.extract.bylines import MAX_AUTHORS
from newscrawl.extract.dates import DateContext, date_context, find_dates, resolve_date
from newscrawl.extract.declared_languages import declared_languages
from newscrawl.extract.dom import Document
from newscrawl.extract.encoding import decode
from newscrawl.extract.fetch_facts import fill_fetch_facts
from newscrawl.extract.identity import read_canonical, read_publisher_id
from newscrawl.extract.images import read_images
from newscrawl.extract.jsonld import plain
from newscrawl.extract.language import detect_language
from newscrawl.extract.layout import fitting_layout, select, select_first
from newscrawl.extract.mojibake import repair
from newscrawl.extract.page_memory import PageMemory
from newscrawl.extract.reading import (
    MAX_BODY,
    MAX_LINE,
    MAX_SUMMARY,
    MAX_TITLE,
    NO_LAYOUT,
    NO_TIME,
    Reading,
    page_of,
)
from newscrawl.extract.repairs import repair_paragraphs
from newscrawl.extract.source_credit import publisher_name, read_source
from newscrawl.extract.standfirst import read_description, read_kicker, read_standfirst
from newscrawl.extract.structured import read_structured
from newscrawl.extract.taxonomy import MAX_TAGS, Named, read_section, read_tags
from newscrawl.extract.titles import choose_title, headline_element
from newscrawl.items import Article, Image, Page, Precision
from newscrawl.site import Layout, Site
from newscrawl.text import one_line, stored

_EXACT = {Precision.DAY: 0, Precision.MINUTE: 1, Precision.SECOND: 2}


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
    _text(reading)
    _language(reading)
    _dates(reading, layout)
    _publisher(reading, layout)
    _authors(reading, layout)
    _classification(reading, layout)
    _identity(reading)
    article.images = _images(reading, layout)
    return reading


def _language(reading: Reading) -> None:
    """The language of the text; what site and page declare only breaks ties."""
    article, site = reading.article, reading.site
    prior = [*(site.languages if site is not None else ()), *article.languages_declared]
    found = detect_language(f"{article.title}\n{article.body}", prior=prior)
    article.language_score = found.score
    article.script = found.script
    if found.tag == "und":
        return
    article.language = found.tag
    reading.credit("language", "text")
    declared = {tag.partition("-")[0].lower() for tag in article.languages_declared}
    if declared and found.tag.partition("-")[0] not in declared and found.score > 0.8:
        article.flag("language_differs")


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
            _context(reading),
            candidate=reading.page.candidate,
        )
        day = found.published.local.date() if found.published is not None else None
    return fitting_layout(reading.document, site, day) or NO_LAYOUT


def _context(reading: Reading) -> DateContext:
    page, article = reading.page, reading.article
    languages = [article.language] if article.language else []
    return date_context(
        reading.site,
        page.url,
        [*languages, *article.languages_declared],
        page.fetched_at if page.fetched_at != NO_TIME else None,
    )


def _dates(reading: Reading, layout: Layout) -> None:
    """Published and modified; a layout's wins over text unless coarser, over data if more exact."""
    article, context = reading.article, _context(reading)
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


def _text(reading: Reading) -> None:
    body, article, candidate = reading.body, reading.article, reading.page.candidate
    if not body.paragraphs and candidate is not None and candidate.body_html:
        part = Document.parse(candidate.body_html, reading.page.url)
        found = extract_body(part, title=article.title or None)
        if found.paragraphs:
            body = reading.body = replace(found, source=str(candidate.via), container=-1)
    text = _repaired(reading, body.paragraphs)
    if len(text) > MAX_BODY:
        article.removed = []  # what the originals stand for may be cut
        text = text[:MAX_BODY]
        article.flag("truncated_by_limit")
    article.body = text
    article.body_chars = len(text)
    article.paragraphs = text.count("\n\n") + 1 if text else 0
    for flag in body.flags:
        article.flag(flag)
    if text:
        reading.credit("body", body.source)
    else:
        article.flag("no_body")


def _repaired(reading: Reading, paragraphs: Sequence[str]) -> str:
    """The body with broken encoding put right, and with it the fields that were read before."""
    found = repair_paragraphs(paragraphs)
    article = reading.article
    article.removed = list(found.originals)
    for kind in found.kinds:
        article.flag(f"repaired_{kind}")
        reading.credit("body", f"repair:{kind}")
    if not found.kinds:
        return "\n\n".join(found.paragraphs)
    for name in ("title", "kicker", "standfirst", "description"):
        value = getattr(article, name)
        if value and (fixed := repair(value)) is not None:
            setattr(article, name, stored(fixed.text))
            reading.credit(name, f"repair:{fixed.kind}")
    return "\n\n".join(found.paragraphs)


def _publisher(reading: Reading, layout: Layout) -> None:
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


def _authors(reading: Reading, layout: Layout) -> None:
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
