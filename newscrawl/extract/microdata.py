"""Microdata (WHATWG HTML, section 5) of the page's main article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from newscrawl.extract.dom import Document
from newscrawl.extract.jsonld import plain
from newscrawl.extract.roles import Role
from newscrawl.extract.survey import Survey

_MAX_ITEMS = 400
_MAX_PROPERTIES = 2_000
_ARTICLE_WORDS = ("article", "posting", "report", "creativework", "recipe", "review", "webpage")
_ATTRIBUTE = {
    "meta": "content", "a": "href", "area": "href", "link": "href", "img": "src", "iframe": "src",
    "embed": "src", "audio": "src", "video": "src", "source": "src", "time": "datetime",
    "data": "value", "meter": "value", "object": "data",
}  # fmt: skip
# Properties of these names hold text even on a link or with an address beside it.
_TEXTUAL = frozenset(
    {"name", "author", "headline", "articlesection", "keywords", "creator", "about", "editor",
     "alternativeheadline", "description", "publisher", "copyrightholder", "caption"}
)  # fmt: skip


@dataclass(slots=True)
class Item:
    """One item: its type in lower case, its properties, and the items below them."""

    type: str
    element: int
    properties: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict)
    where: dict[str, list[int]] = field(default_factory=dict)  # element of each property's value

    def first(self, name: str) -> str:
        """The first text of a property (lower-case name), or an empty string."""
        return next(iter(self.properties.get(name, ())), "")


def read_microdata(document: Document, seen: Survey) -> tuple[Item | None, Mapping[str, list[str]]]:
    """The page's main article item, and the properties that stand in no item at all.

    The main item is the first of an article's type outside asides that has a headline, a date or
    a body; if none has, the first one.
    """
    scopes = seen.scopes[:_MAX_ITEMS]
    items = {i: Item(_type_of(document.attrs[i].get("itemtype")), i) for i in scopes}
    loose: dict[str, list[str]] = {}
    parent = document.parent
    for i in seen.properties[:_MAX_PROPERTIES]:
        names = (document.attrs[i].get("itemprop") or "").lower().split()[:5]
        if not names:
            continue
        above = parent[i]
        while above >= 0 and above not in items:
            above = parent[above]
        owner = items.get(above)
        if i in items:
            if owner is not None:
                for name in names:
                    owner.items.setdefault(name, []).append(items[i])
            if names[0] not in _TEXTUAL:
                continue
        if seen.zone[i] & Role.ASIDE and owner is None:
            continue
        for name in names:
            value = _value(document, i, name)
            if not value:
                continue
            if owner is None:
                loose.setdefault(name, []).append(value)
            else:
                owner.properties.setdefault(name, []).append(value)
                owner.where.setdefault(name, []).append(i)
    candidates = [x for x in items.values() if any(word in x.type for word in _ARTICLE_WORDS)]
    main: Item | None = None
    best = -1
    for item in candidates:
        weight = sum(
            name in item.properties
            for name in ("headline", "datepublished", "articlebody", "author", "name")
        ) + ("author" in item.items)
        if seen.zone[item.element] & (Role.ASIDE | Role.TEASER):
            weight -= 3
        if "webpage" in item.type:
            weight -= 2
        if "articlebody" in item.properties:
            weight += 2
        if weight > best:
            main, best = item, weight
    return main, loose


def _type_of(value: str | None) -> str:
    return (value or "").strip().rsplit("/", 1)[-1].lower()[:60]


def _value(document: Document, i: int, name: str) -> str:
    attrs = document.attrs[i]
    tag = document.tags[i]
    if name == "articlebody":
        return "yes"  # that it is there is all that is asked; the text is read elsewhere
    if name in _TEXTUAL and tag not in {"meta", "link"}:
        return document.text(i)[:2000] or plain(attrs.get("content") or "")
    key = _ATTRIBUTE.get(tag)
    raw = attrs.get("content") or (attrs.get(key) if key else None)
    if raw:
        return plain(raw)
    return document.text(i)[:2000] if key is None or tag in {"time", "data", "meter"} else ""
