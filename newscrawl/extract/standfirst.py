"""Kicker, standfirst and description."""

from __future__ import annotations

from newscrawl.extract.dom import Document
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.extract.taxonomy import Named
from newscrawl.text import matching

_KICKER = int(Role.KICKER)
_STANDFIRST = int(Role.STANDFIRST)
_NOT_HERE = int(Role.ASIDE | Role.TEASER | Role.CAPTION | Role.BIO | Role.BRAND)
_MAX_KICKER = 120
_MAX_STANDFIRST = 1_500
_MAX_DESCRIPTION = 5_000


def read_kicker(document: Document, structured: Structured, title: str) -> Named | None:
    """The line above the headline: an element of that name, close before the headline."""
    key = matching(title)
    seen = structured.seen
    for i in seen.noted:
        if not seen.roles[i] & _KICKER or seen.zone[i] & _NOT_HERE:
            continue
        text = document.text(i).strip(" :|–—-")
        if text and len(text) <= _MAX_KICKER and (own := matching(text)) and own != key:
            return Named(text, "class:kicker")
    if (text := structured.ld("alternativeHeadline")) and len(text) <= _MAX_KICKER:
        printed = {matching(document.text(i)) for i in seen.headings[:6]}
        if matching(text) + key in printed:
            return Named(text, "jsonld:alternativeHeadline")
    return None


def read_standfirst(document: Document, structured: Structured, title: str) -> Named | None:
    """The summary as printed: an element of that name outside teasers and asides."""
    key = matching(title)
    description = matching(read_description(structured).value)[:60]
    seen = structured.seen
    candidates = []
    for i in seen.noted:
        if not seen.roles[i] & _STANDFIRST or seen.zone[i] & _NOT_HERE:
            continue
        if document.end[i] - i > 30:
            continue
        text = document.text(i)
        own = matching(text)
        if len(own) < 20 or len(text) > _MAX_STANDFIRST or own == key or own.startswith(key + key):
            continue
        # Of several, the one that says what the description says.
        candidates.append((not (description and own.startswith(description[:40])), i, text))
    if not candidates:
        return None
    return Named(min(candidates)[2], "class:standfirst")


def read_description(structured: Structured) -> Named:
    """The summary in the metadata; an empty value if there is none."""
    for source, value in (
        ("jsonld:description", structured.ld("description", "abstract")),
        ("meta:og:description", structured.first("og:description")),
        ("meta:description", structured.first("description")),
        ("meta:twitter:description", structured.first("twitter:description")),
        ("microdata:description", structured.micro("description")),
        ("meta", structured.first("sailthru.description", "dc.description", "dcterms.abstract",
                                  "cxenseparse:description")),
    ):  # fmt: skip
        if value:
            return Named(value[:_MAX_DESCRIPTION], source)
    return Named("", "")
