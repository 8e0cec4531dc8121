"""Whom a story is credited to when another paper or an agency wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import first_text, texts
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.text import matching

_SOURCE = int(Role.SOURCE)
_NOT_HERE = int(Role.ASIDE | Role.TEASER | Role.CAPTION | Role.BIO | Role.BRAND)
_MAX_NAME = 80
_LEADS = (
    "source:", "source :", "来源：", "来源:", "來源：", "來源:", "文章来源：", "稿源：", "quelle:",
    "sumber:", "nguồn:", "出典：", "提供：", "출처:", "출처 :", "fuente:", "ที่มา:", "ที่มา :",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """A paper or agency as the page names it, and the address of the original if given."""

    name: str | None = None
    origin_url: str | None = None
    evidence: str = ""


def read_source(document: Document, structured: Structured, publisher: str | None) -> SourceCredit:
    """The credit given by metadata or by an element called source; not the publisher itself.

    Follows the ``syndication-source`` and ``original-source`` meta elements (Google News, 2010),
    schema.org ``isBasedOn``, ``sourceOrganization`` and ``provider``.
    """
    own = {matching(publisher)} if publisher else set()
    own |= {matching(v) for v in structured.all("og:site_name", "application-name")}
    own.add(matching(_organisation(structured, "publisher")))
    own.discard("")
    origin = ""
    for key in ("original-source", "syndication-source"):
        origin = origin or structured.first(key) or structured.link(key)
    if not origin:
        based = structured.article.get("isBasedOn") or structured.article.get("isBasedOnUrl")
        origin = next(iter(texts(based, ("url", "@id", "@value"))), "")
    origin = document.absolute(origin) if origin.startswith(("http", "/")) else ""
    for evidence, name in (
        ("jsonld:sourceOrganization", _organisation(structured, "sourceOrganization")),
        ("jsonld:provider", _organisation(structured, "provider")),
        ("meta:source", structured.first("article:source", "dc.source", "dcterms.source",
                                         "mediaid", "source", "news_source", "content_source")),
        ("microdata:source", structured.micro("sourceorganization", "provider")),
        ("class:source", _printed(document, structured)),
    ):  # fmt: skip
        name = _clean(name)
        if name and matching(name) not in own:
            return SourceCredit(name, origin or None, evidence)
    return SourceCredit(None, origin or None, "meta:original-source" if origin else "")


def publisher_name(structured: Structured) -> tuple[str, str]:
    """The organisation that publishes the page and the source naming it, or two empty strings."""
    for source, name in (
        ("jsonld:publisher", _organisation(structured, "publisher")),
        ("meta:og:site_name", structured.first("og:site_name")),
        ("meta", structured.first("publisher", "dc.publisher", "dcterms.publisher",
                                  "application-name", "cxenseparse:publisher",
                                  "citation_publisher", "apple-mobile-web-app-title")),
    ):  # fmt: skip
        if name and len(name) <= 120:
            return name, source
    return "", ""


def _organisation(structured: Structured, key: str) -> str:
    value = structured.article.get(key)
    if isinstance(value, list):
        value = next(iter(value), None)
    value = structured.jsonld.resolve(value)
    if isinstance(value, dict):
        return first_text(value, "name", "legalName")
    return value if isinstance(value, str) and not value.startswith("http") else ""


def _printed(document: Document, structured: Structured) -> str:
    seen = structured.seen
    for i in seen.noted:
        if not seen.roles[i] & _SOURCE or seen.zone[i] & _NOT_HERE or document.end[i] - i > 8:
            continue
        text = document.text(i)
        if text and len(text) <= _MAX_NAME:
            return text
    return ""


_PHOTO = re.compile(r"(?:photo|foto|bild|image|picture|ảnh|ภาพ|写真|图片|사진)s?\b", re.IGNORECASE)


def _clean(name: str) -> str:
    name = name.strip()
    if _PHOTO.match(name):
        return ""
    for lead in _LEADS:
        if name.lower().startswith(lead):
            name = name[len(lead) :].strip()
    if not 1 < len(name) <= _MAX_NAME or "://" in name or not any(ch.isalpha() for ch in name):
        return ""
    return name.strip(" |/-–—()（）")
