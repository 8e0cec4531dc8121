"""Section and tags as the site names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import first_text, types_of
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.text import matching

MAX_TAGS = 100
_MAX_TAG_CHARS = 100
_MAX_SECTION_CHARS = 100
_TAGS = int(Role.TAGS)
_NOT_HERE = int(Role.ASIDE | Role.TEASER)
_TAG_LINK = re.compile(r"/(?:tags?|topics?|keywords?|label|etiqueta|chu-de|thema)/", re.IGNORECASE)
# One string that holds several tags is cut at these.
_COMMAS = re.compile(r"\s*[,;，；、|]\s*")
_HOME = frozenset(
    {"home", "homepage", "startseite", "accueil", "inicio", "trangchủ", "首页", "首頁", "ホーム",
     "トップ", "top", "beranda", "หน้าแรก", "홈", "news", "www", "index", "uncategorized"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A value and the source it was taken from."""

    value: str
    source: str


def read_section(structured: Structured) -> Named | None:
    """The section: from the page's data, else the last step but the story of its breadcrumb."""
    for source, value in (
        ("jsonld:articleSection", next(iter(structured.ld_texts("articleSection")), "")),
        ("microdata:articleSection", structured.micro("articlesection")),
        ("meta:article:section", structured.first("article:section", "og:article:section")),
        ("meta", structured.first(
            "parsely-section", "section", "cxenseparse:taxonomy", "sailthru.section", "category",
            "articlesection", "dcsext.section", "lp.article:section", "mrc__section",
            "dable:section", "article:section:name", "news_section", "channel", "cg",
        )),
        ("jsonld:breadcrumb", _breadcrumb(structured)),
    ):  # fmt: skip
        value = value.strip(" /|›>»")
        if value and len(value) <= _MAX_SECTION_CHARS and matching(value) not in _HOME:
            return Named(value, source)
    return None


def _breadcrumb(structured: Structured) -> str:
    for node in structured.jsonld.nodes:
        if "breadcrumblist" not in types_of(node):
            continue
        steps = node.get("itemListElement")
        names = []
        for step in (steps if isinstance(steps, list) else [steps])[:10]:
            if isinstance(step, dict):
                item = step.get("item")
                name = first_text(step, "name")
                if not name and isinstance(item, dict):
                    name = first_text(item, "name")
                if name:
                    names.append(name)
        title = matching(structured.ld("headline") or structured.first("og:title"))
        names = [n for n in names if matching(n) not in _HOME and matching(n) != title]
        if names:
            return names[0]
    return ""


def read_tags(document: Document, structured: Structured) -> tuple[list[str], str]:
    """Tags without repeats, and the source they are from; empty if the page has none."""
    for source, values in (
        ("jsonld:keywords", structured.ld_texts("keywords")),
        ("meta:article:tag", structured.all("article:tag", "og:article:tag", "og:article:tag")),
        ("microdata:keywords", (structured.item.properties.get("keywords", ()) if structured.item
                                else ())),
        ("meta:news_keywords", structured.all("news_keywords")),
        ("meta", structured.all("parsely-tags", "sailthru.tags", "cxenseparse:keyword",
                                "citation_keywords", "dc.subject", "dcterms.subject")),
    ):  # fmt: skip
        if tags := _split(values):
            return tags, source
    if tags := _split(_printed(document, structured)):
        return tags, "class:tags"
    tags = _split(structured.all("keywords"))
    return tags, "meta:keywords" if tags else ""


def _split(values: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for value in values:
        if ":" in value[:12] and value.startswith(("tag:", "Tag:", "topic:")):
            value = value.split(":", 1)[1]
        for tag in _COMMAS.split(value):
            tag = tag.strip(" #\"'[]")
            if tag and len(tag) <= _MAX_TAG_CHARS and (key := matching(tag)):
                found.setdefault(key, tag)
        if len(found) >= MAX_TAGS:
            break
    return list(found.values())[:MAX_TAGS]


def _printed(document: Document, structured: Structured) -> list[str]:
    """Links in a list of tags, and links whose relation is ``tag``."""
    seen = structured.seen
    out: list[str] = []
    lists = [
        (i, document.end[i])
        for i in seen.noted
        if seen.roles[i] & _TAGS and not seen.zone[i] & _NOT_HERE and document.end[i] - i < 150
    ]
    for i in seen.anchors:
        attrs = document.attrs[i]
        tagged = "tag" in (attrs.get("rel") or "").split()
        href = attrs.get("href") or ""
        if not tagged and not (
            _TAG_LINK.search(href) and any(first < i < last for first, last in lists)
        ):
            continue
        if seen.zone[i] & _NOT_HERE or re.search(r"/(?:category|categories|section)/", href):
            continue
        text = document.text(i)
        if text and len(text) <= _MAX_TAG_CHARS:
            out.append(text)
        if len(out) >= MAX_TAGS:
            break
    return out
