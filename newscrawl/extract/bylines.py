"""Who wrote it: the page's own statements, best first.

Every source that names authors is read (JSON-LD, microdata, meta elements, ``rel=author``, elements
whose class says byline). The names in each are cut and sorted into people, desks and agencies by
`newscrawl.clean.clean_authors`; the first source that names people wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import first_text, plain, texts
from newscrawl.extract.roles import Role
from newscrawl.extract.structured import Structured
from newscrawl.site import Site
from newscrawl.text import matching

MAX_AUTHORS = 50
_MAX_BYLINE_CHARS = 220
_BYLINE = int(Role.BYLINE)
_NOT_HERE = int(Role.ASIDE | Role.TEASER | Role.BIO | Role.CAPTION)
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|writers?|reporters?|journalists?|contributors?|by|"
    r"profiles?|columnists?|staff|people|team|redaktion|penulis|bio)/[^/?#]{3,}",
    re.IGNORECASE,
)
_META = (
    "author", "parsely-author", "sailthru.author", "byl", "citation_author", "dc.creator",
    "dcterms.creator", "dc:creator", "article:author_name", "article:author", "cxenseparse:author",
    "og:author", "book:author", "creator", "mrc__share_author", "dable:author", "news_author",
    "article.author", "authors", "og:article:author", "content_author", "byline", "article-author",
    "vf:author", "lp.article:author", "dcsext.author", "shareaholic:article_author_name",
)  # fmt: skip
_WRITTEN_BY = re.compile(
    r"written by|author|von|verfasst|geschrieben|escrito|écrit|par|autor|oleh|ditulis|作者|撰稿|"
    r"投稿者|執筆|yazar|door|scritto|作成者|напис", re.IGNORECASE
)  # fmt: skip
_LEADING = re.compile(
    r"^\s*(?:(?:written|posted|reported|reporting|story|text|words|report)\s+)?"
    r"(?:by|von|par|por|di|door|oleh|af|av|przez|от)\b[\s:]+|"
    r"^\s*(?:author|authors|autor|autoren|auteur|autore|reporter|penulis|text|writer|作者|撰稿|记者|記者|著者|"
    r"文|ผู้เขียน|โดย|bởi|автор)\s*[:：／/]\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:[;|•·、，；\n]|\s/\s|,\s+(?:and|und|et|y|e|och|og|en|dan|và)\s+|"
    r"\s+(?:and|und|et|y|och|og|dan|và|&|និង|และ)\s+|,\s+)\s*"
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|[<>{}=]|^\W*$|^\d+$|\b(?:admin|administrator|editor(?:ial)?|redaktion|redaction|"
    r"redacción|staff|team|newsroom|desk|correspondent|webmaster|author|anonymous|unknown|null|"
    r"none|undefined)\b|编辑|編輯|编辑部",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Names as one source gives them; ``raw`` is each value as written."""

    raw: tuple[str, ...]
    source: str


def read_bylines(document: Document, structured: Structured) -> Iterator[Byline]:
    """The statements of authorship on a page, the most trusted first."""
    if names := _jsonld_names(structured):
        yield Byline(tuple(names), "jsonld:author")
    if names := _microdata_names(structured):
        yield Byline(tuple(names), "microdata:author")
    for key in _META:
        values = [v for v in structured.meta.get(key, ()) if not v.startswith(("http", "/"))]
        if values:
            yield Byline(tuple(values), f"meta:{key}")
    if name := _twitter_label(structured):
        yield Byline((name,), "meta:twitter:label")
    yield from _printed(document, structured)


def _jsonld_names(structured: Structured) -> list[str]:
    value = structured.article.get("author") or structured.article.get("creator")
    values = value if isinstance(value, list) else [value]
    out: list[str] = []
    for entry in values[:MAX_AUTHORS]:
        resolved: Any = structured.jsonld.resolve(entry)
        if isinstance(resolved, dict):
            name = first_text(resolved, "name", "alternateName")
            if not name and ("givenName" in resolved or "familyName" in resolved):
                name = f"{first_text(resolved, 'givenName')} {first_text(resolved, 'familyName')}"
            if name.strip():
                out.append(name.strip())
        elif resolved is not None:
            out += texts(resolved)
    return out


def _microdata_names(structured: Structured) -> list[str]:
    item = structured.item
    if item is None:
        return structured.loose.get("author", [])[:MAX_AUTHORS]
    inside = [author.first("name") for author in item.items.get("author", ())[:MAX_AUTHORS]]
    if names := [name for name in inside if name]:
        return names
    return item.properties.get("author", structured.loose.get("author", []))[:MAX_AUTHORS]


def _twitter_label(structured: Structured) -> str:
    for number in ("1", "2"):
        if _WRITTEN_BY.search(structured.first(f"twitter:label{number}")):
            return structured.first(f"twitter:data{number}")
    return ""


def _printed(document: Document, structured: Structured) -> Iterator[Byline]:
    """Links to author pages and elements that are called bylines, in reading order."""
    seen = structured.seen
    linked: list[str] = []
    for i in seen.anchors:
        attrs = document.attrs[i]
        if seen.zone[i] & _NOT_HERE:
            continue
        rel = attrs.get("rel")
        if rel and "author" in rel.lower().split():
            text = document.text(i)
            if text and len(text) < 80 and text not in linked:
                linked.append(text)
    if linked:
        yield Byline(tuple(linked[:MAX_AUTHORS]), "rel:author")
    named: list[str] = []
    covered = -1
    for i in seen.noted:
        if i < covered or not seen.roles[i] & _BYLINE or seen.zone[i] & _NOT_HERE:
            continue
        if document.end[i] - i > 40:
            continue
        text = document.text(i)
        if not text or len(text) > _MAX_BYLINE_CHARS:
            continue
        covered = document.end[i]
        links = [
            document.text(k)
            for k in range(i, document.end[i])
            if document.tags[k] == "a" and _PROFILE.search(document.attrs[k].get("href") or "")
        ]
        names = [name for name in links if name and len(name) < 80]
        for name in names or [text]:
            if name not in named:
                named.append(name)
    if named:
        yield Byline(tuple(named[:6]), "class:byline")
    profiles = []
    for i in seen.anchors:
        if not seen.zone[i] & _NOT_HERE and _PROFILE.search(document.attrs[i].get("href") or ""):
            text = document.text(i)
            if 2 < len(text) < 60 and text not in profiles:
                profiles.append(text)
    if profiles:
        yield Byline(tuple(profiles[:3]), "link:profile")


@dataclass(frozen=True, slots=True)
class Credited:
    """The authors that were settled on; ``conflict`` is true if another strong source differs."""

    people: tuple[str, ...]
    raw: tuple[str, ...]
    source: str
    conflict: bool = False


def choose_byline(
    document: Document,
    structured: Structured,
    site: Site | None,
    publisher: str | None,
    first: Sequence[Byline] = (),
    last: Byline | None = None,
) -> Credited | None:
    """The first statement that names people; ``first`` come before the page's own, ``last`` after.

    None if nothing on the page says who wrote it. A byline of desks or agencies only is returned
    without people.
    """
    not_names = {matching(v) for v in structured.all("og:site_name", "application-name")}
    if publisher:
        not_names.add(matching(publisher))
    if site is not None:
        not_names |= {matching(name) for name in (site.title, site.source_name, site.name) if name}
    closed = frozenset(not_names)
    best: Credited | None = None
    nameless: Credited | None = None
    statements = [*first, *read_bylines(document, structured)]
    if last is not None:
        statements.append(last)
    for byline in statements:
        people = split_names(byline.raw, closed)
        if not people:
            nameless = nameless or Credited((), byline.raw, byline.source)
        elif best is None:
            best = Credited(tuple(people), byline.raw, byline.source)
        elif byline.source.startswith(("jsonld", "microdata")) and {
            matching(name) for name in people
        }.isdisjoint(map(matching, best.people)):
            return replace(best, conflict=True)
    return best or nameless


def split_names(raw: Sequence[str], not_names: frozenset[str] = frozenset()) -> list[str]:
    """People's names in bylines, by the simplest rules; ``not_names`` are matching forms."""
    out: dict[str, str] = {}
    for value in raw:
        value = _LEADING.sub("", plain(value))
        for name in _BETWEEN.split(value):
            name = _LEADING.sub("", name).strip(" ,.-–—|()[]")
            key = matching(name)
            if not key or len(name) > 60 or key in not_names or _NO_NAME.search(name):
                continue
            out.setdefault(key, name)
    return list(out.values())[:MAX_AUTHORS]
