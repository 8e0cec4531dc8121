"""Everything a page says about itself for machines, in one record.

JSON-LD, microdata, RDFa-like ``property`` attributes and all families of ``meta`` elements
(OpenGraph, ``article:``, Twitter, Dublin Core, Parsely, Sailthru, cXense, ``citation_`` ...).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import JsonLd, Node, first_text, plain, read_jsonld, texts, types_of
from newscrawl.extract.microdata import Item, read_microdata
from newscrawl.extract.survey import Survey, survey
from newscrawl.text import matching

ARTICLE_TYPES = frozenset(
    {"article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle",
     "opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle",
     "advertisercontentarticle", "satiricalarticle", "scholarlyarticle", "techarticle", "report",
     "liveblogposting", "socialmediaposting", "medicalscholarlyarticle", "newsitem", "posting",
     "opinionpiece", "creativework", "imagegallery", "recipe", "review", "interview", "column"}
)  # fmt: skip
_NEARLY = frozenset({"webpage", "itempage", "videoobject", "mediaobject", "event", "product"})
_MAX_METAS = 1_000
_MAX_CONTENT = 20_000


@dataclass(frozen=True, slots=True)
class Link:
    """A ``link`` element of the page."""

    rel: frozenset[str]  # lower case
    href: str  # absolute
    type: str
    hreflang: str


@dataclass(frozen=True, slots=True)
class Structured:
    """What the page says about itself.

    ``article`` is the JSON-LD object of the page's article (empty if there is none), ``item`` its
    microdata, ``meta`` the contents of meta elements by lower-case name (``name``, ``property``,
    ``itemprop`` or ``http-equiv``), each in document order.
    """

    article: Node = field(default_factory=dict)
    jsonld: JsonLd = field(default_factory=JsonLd)
    item: Item | None = None
    loose: Mapping[str, list[str]] = field(default_factory=dict)  # itemprop outside any item
    meta: Mapping[str, list[str]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    seen: Survey = field(default_factory=Survey)
    problems: tuple[str, ...] = ()

    def first(self, *names: str) -> str:
        """The first content of the first of these meta names that has one, or an empty string."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return ""

    def all(self, *names: str) -> list[str]:
        """All contents of these meta names, in the order of the names."""
        return [value for name in names for value in self.meta.get(name, ()) if value]

    def ld(self, *names: str) -> str:
        """The first text of the first of these properties of the article object, or empty."""
        return first_text(self.article, *names)

    def ld_texts(self, name: str) -> list[str]:
        """All texts of a property of the article object."""
        value = self.article.get(name)
        return texts(value) if value is not None else []

    def micro(self, *names: str) -> str:
        """The first text of the first of these microdata properties (lower case), or empty."""
        for name in names:
            if self.item is not None and (value := self.item.first(name)):
                return value
        return ""

    def link(self, rel: str) -> str:
        """The address of the first link with a relation, or an empty string."""
        return next((link.href for link in self.links if rel in link.rel and link.href), "")


def read_structured(document: Document, seen: Survey | None = None) -> Structured:
    """Read all structured data of a page. Never raises."""
    seen = seen or survey(document)
    attrs = document.attrs
    meta: dict[str, list[str]] = {}
    for i in seen.metas[:_MAX_METAS]:
        a = attrs[i]
        content = a.get("content")
        if content is None:
            content = a.get("value")
        if not content:
            continue
        if len(content) > _MAX_CONTENT:
            content = content[:_MAX_CONTENT]
        content = plain(content)
        names = {
            name.strip().lower()
            for key in ("property", "name", "itemprop", "http-equiv")
            if (name := a.get(key))
        }
        for name in names:
            meta.setdefault(name[:100], []).append(content)
    links = []
    for i in seen.links[:_MAX_METAS]:
        a = attrs[i]
        rel, href = a.get("rel"), a.get("href")
        if rel and href:
            relations = frozenset(rel.lower().split())
            if not relations & _DULL:
                links.append(
                    Link(
                        relations,
                        document.absolute(href),
                        (a.get("type") or "").lower(),
                        a.get("hreflang") or "",
                    )
                )
    jsonld = read_jsonld(_scripts(document, seen))
    item, loose = read_microdata(document, seen)
    return Structured(
        article=_main(document, jsonld, meta),
        jsonld=jsonld,
        item=item,
        loose=loose,
        meta=meta,
        links=tuple(links),
        seen=seen,
        problems=jsonld.problems,
    )


_DULL = frozenset(
    {"stylesheet", "preload", "dns-prefetch", "preconnect", "icon", "apple-touch-icon", "prefetch",
     "modulepreload", "manifest", "mask-icon", "shortcut"}
)  # fmt: skip


def _scripts(document: Document, seen: Survey) -> list[str]:
    out = []
    for i in seen.scripts:
        kind = document.attrs[i].get("type")
        if kind and "ld+json" in kind.lower():
            out.append("".join(document.texts[document.text_start[i] : document.text_end[i]]))
    # what becomes of a script that a page's framework takes for one more meta element
    metas = (document.attrs[i] for i in seen.metas[:_MAX_METAS])
    out += [m.get("content") or "" for m in metas if m.get("name") == "script:ld+json"]
    return out


def _main(document: Document, jsonld: JsonLd, meta: Mapping[str, list[str]]) -> Node:
    """The object that describes this page's article."""
    ranked: list[tuple[int, int, Node]] = []
    title = matching(next(iter(meta.get("og:title", ())), "")[:300])
    for order, node in enumerate(jsonld.nodes):
        types = types_of(node)
        if types & ARTICLE_TYPES or any(t.endswith(("newsarticle", "posting")) for t in types):
            weight = 10
        elif types & _NEARLY:
            weight = 2
        elif "headline" in node:
            weight = 4
        else:
            continue
        headline = matching(first_text(node, "headline", "name")[:300])
        if headline and title:
            if headline == title:
                weight += 6
            elif headline in title or title in headline:
                weight += 5
        weight += ("articleBody" in node) + ("datePublished" in node) + ("author" in node)
        weight += 2 * ("headline" in node)
        if _is_this_page(document, node):
            weight += 4
        if "creativework" in types or "review" in types:
            weight -= 4
        ranked.append((-weight, order, node))
    if not ranked:
        return {}
    ranked.sort(key=lambda entry: entry[:2])
    best = dict(ranked[0][2])
    # A second object of the same headline fills what the first leaves out.
    for _, _, node in ranked[1:4]:
        same = matching(first_text(node, "headline", "name")[:300])
        if same and same == matching(first_text(best, "headline", "name")[:300]):
            for key, value in node.items():
                best.setdefault(key, value)
    return best


def _is_this_page(document: Document, node: Node) -> bool:
    here = document.url.split("#")[0].split("?")[0].rstrip("/")
    if not here:
        return False
    for key in ("url", "mainEntityOfPage", "@id"):
        value: Any = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.split("#")[0].split("?")[0].rstrip("/") == here:
            return True
    return False
