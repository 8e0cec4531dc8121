"""The entries of an XML feed, by one streaming pass over its elements."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from newscrawl.discovery.feed_fields import XML_LANG, FeedEntry, Names, read_entry, text_of
from newscrawl.discovery.links import absolute_url
from newscrawl.discovery.markup import elements
from newscrawl.discovery.readings import Notes

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(slots=True)
class Parsed:
    """A feed's entries in order, and what it says of itself."""

    entries: list[FeedEntry] = field(default_factory=list)
    kind: str = "unknown"
    title: str | None = None
    language: str | None = None
    base: str | None = None


def entries_of(xml: bytes, url: str, notes: Notes, limit: int) -> Parsed:
    """The entries of repaired XML, at most ``limit``; kind ``unknown`` if no feed's root is met."""
    parsed = Parsed(base=url)
    names = Names()
    depth = 0
    inside = 0  # depth of the open entry
    for event, element in elements(xml, notes, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            depth += 1
            local = tag.rpartition("}")[2].rpartition(":")[2].lower()
            if depth <= 3 and not inside:
                _root(element, local, parsed)
            if not inside and local in {"item", "entry"} and depth > 1:
                inside = depth
            continue
        local = tag.rpartition("}")[2].rpartition(":")[2].lower()
        if depth == inside or (inside and local in {"item", "entry"} and _is_entry(element)):
            entry = read_entry(element, names, parsed.kind)
            entry.base = _resolve_base(element, url)
            parsed.entries.append(entry)
            _forget(element)
            if depth == inside:
                inside = 0
            if len(parsed.entries) >= limit:
                break
        elif not inside and depth <= 3:
            _about_feed(element, local, parsed)
        depth = max(0, depth - 1)
    return parsed


def _is_entry(element: etree._Element) -> bool:
    """Is this entry, inside another one, an article's (broken nesting) and not a module's."""
    return any(
        isinstance(child.tag, str)
        and child.tag.rpartition("}")[2].lower() in {"link", "guid", "id"}
        for child in element
    )


def _root(element: etree._Element, local: str, parsed: Parsed) -> None:
    if parsed.kind == "unknown":
        if local in {"rss", "rdf", "feed"}:
            parsed.kind = {"feed": "atom"}.get(local, local)
        elif local == "channel":
            parsed.kind = "cdf" if element.get("HREF") or element.get("BASE") else "rss"
    if parsed.language is None and (language := element.get(XML_LANG)):
        parsed.language = language.strip() or None


def _about_feed(element: etree._Element, local: str, parsed: Parsed) -> None:
    parent = element.getparent()
    within = parent.tag if parent is not None else None
    if not isinstance(within, str):
        return
    holder = within.rpartition("}")[2].rpartition(":")[2].lower()
    if holder not in {"channel", "feed", "rss"}:
        return
    if local == "title" and parsed.title is None:
        parsed.title = text_of(element)
    elif local == "language" and (text := text_of(element)):
        parsed.language = text.strip()[:35]


def _forget(element: etree._Element) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail
    parent = element.getparent()
    if parent is not None:
        while (previous := element.getprevious()) is not None and previous.tag == element.tag:
            parent.remove(previous)


def _resolve_base(element: etree._Element, url: str) -> str | None:
    bases: list[str] = []
    node: etree._Element | None = element
    steps = 0
    while node is not None and steps < 20:
        if base := node.get(_XML_BASE) or (node.get("BASE") if node is not element else None):
            bases.append(base)
        node = node.getparent()
        steps += 1
    resolved = url
    for base in reversed(bases):
        resolved = absolute_url(base, resolved) or resolved
    return resolved if bases else None


def merged(first: Parsed, second: Parsed) -> Parsed:
    """The union of two readings of one feed: of each entry the richer, in the first's order."""
    if not second.entries:
        return first
    if not first.entries:
        return second
    keyed = {_key(entry): entry for entry in first.entries}
    usable = sum(entry.link is not None or entry.guid is not None for entry in first.entries)
    extra = [entry for entry in second.entries if _key(entry) not in keyed]
    good = sum(entry.link is not None or entry.guid is not None for entry in second.entries)
    if good > usable or len(second.entries) > len(first.entries):
        keys = {_key(entry) for entry in second.entries}
        extra = [x for x in first.entries if _key(x) not in keys and x.link and _whole(x)]
        second.entries += extra
        return second
    first.entries += [entry for entry in extra if entry.link]
    return first


def _key(entry: FeedEntry) -> str:
    return (entry.link or entry.guid or entry.title or "").strip()


def _whole(entry: FeedEntry) -> bool:
    return entry.title is not None and len(entry.title) < 1000
