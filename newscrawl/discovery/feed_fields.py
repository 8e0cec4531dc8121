"""One entry of an XML feed: its elements by canonical name, its values as written."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass, field

from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Parts of namespace addresses by which a module is known; publishers misspell the rest.
_MODULES = (
    ("modules/content", "content"),
    ("yahoo.com/mrss", "media"),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/dc/", "dc"),
    ("itunes", "itunes"),
    ("feedburner", "feedburner"),
    ("w3.org/1999/xhtml", "xhtml"),
    ("w3.org/2005/atom", "atom"),
    ("purl.org/atom", "atom"),
    ("rdf-syntax-ns", "rdf"),
)
_PLAIN_PREFIXES = {"rss", "rss1", "rss2", "feed", "ns0", "ns1"}
_NAMESPACE = re.compile(r'\sxmlns(?::\w{1,20})?="[^"<>]{0,200}"')
_EMPTY = re.compile(r"<([a-z][a-z0-9]{0,20})((?:\s[^<>]{0,4000})?)/>")
_VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "source", "wbr", "track"])


@dataclass(slots=True)
class FeedEntry:
    """One entry, its values as written (markup not yet removed)."""

    title: str | None = None
    link: str | None = None
    original_link: str | None = None  # the address behind a feed service's redirect
    guid: str | None = None
    published: str | None = None
    modified: str | None = None
    summary: str | None = None
    body: str | None = None
    image: str | None = None
    language: str | None = None
    base: str | None = None
    categories: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)  # how good the element of a field was


class Names:
    """Canonical names (``title``, ``dc:date``, ``media:content``) of the tags of one document."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def of(self, tag: str, home: str) -> str:
        """The name of ``tag`` seen from elements of the namespace ``home``, in lower case."""
        key = (tag, home)
        name = self._known.get(key)
        if name is None:
            name = self._known[key] = self._name(tag, home)
        return name

    @staticmethod
    def _name(tag: str, home: str) -> str:
        space, _, local = tag.rpartition("}")
        space = space.lstrip("{").strip().lower()
        local = local.lower()
        if not space and ":" in local:  # a prefix that is not declared
            prefix, _, local = local.partition(":")
            if prefix in _PLAIN_PREFIXES:
                return local
            if prefix in {"atom10", "a10"}:
                prefix = "atom"
            return f"{prefix}:{local}"
        if not space or space == home:
            return local
        for part, module in _MODULES:
            if part in space:
                return f"{module}:{local}"
        if "rss" in space or "netscape" in space or "userland" in space:
            return local
        return f"?:{local}"


def space_of(tag: str) -> str:
    """The namespace part of a tag in lower case, empty for none."""
    return tag[1:].partition("}")[0].strip().lower() if tag.startswith("{") else ""


def _decoded(element: etree._Element) -> str | None:
    """The text of an element without children; base64 undone where Atom 0.3 says so."""
    text = element.text
    if text and "base64" in (element.get("mode"), element.get("encoding")):
        try:
            return b64decode(text).decode("utf-8", "replace")
        except ValueError:
            return text
    return text


def text_of(element: etree._Element) -> str | None:
    """All text below an element; None for none."""
    if len(element) == 0:
        return _decoded(element)
    return "".join(str(x) for x in element.itertext()) or None


def _as_html(xml: str) -> str:
    """XML written so that an HTML parser reads the same: no namespaces, no ``<p/>``."""
    xml = _NAMESPACE.sub("", xml)
    return _EMPTY.sub(lambda x: x[0] if x[1] in _VOID else f"<{x[1]}{x[2]}></{x[1]}>", xml)


def markup_of(element: etree._Element) -> str | None:
    """The content of an element as HTML: escaped content as it stands, elements written out."""
    if len(element) == 0:
        return _decoded(element)
    parts = [element.text or ""]
    parts += [
        _as_html(etree.tostring(child, encoding="unicode", with_tail=True))
        for child in element
        if isinstance(child.tag, str)
    ]
    return "".join(parts) or None


def read_entry(element: etree._Element, names: Names, kind: str) -> FeedEntry:
    """One ``item`` or ``entry`` element."""
    entry = FeedEntry(language=(element.get(XML_LANG) or "").strip() or None)
    home = space_of(str(element.tag))
    entry.link = element.get("HREF") or None  # CDF
    for child in element:
        if isinstance(child.tag, str):
            fill(entry, names.of(child.tag, home), child, names, home)
    if entry.link is None and kind == "rdf":
        entry.link = next(
            (v for k, v in element.items() if k.rpartition("}")[2].lower() == "about"), None
        )
    return entry


def fill(entry: FeedEntry, name: str, child: etree._Element, names: Names, home: str) -> None:
    """Take one child element of an entry into it; the first usable value of a field stays."""
    if name == "link" or name == "atom:link" or name == "xhtml:link":
        _link(entry, child)
    elif name in _TEXT_FIELDS:
        field_name, rank = _TEXT_FIELDS[name]
        if rank < entry.ranks.get(field_name, 9):
            value = markup_of(child) if field_name in {"title", "summary"} else text_of(child)
            value = (value or child.get("VALUE") or "").strip()
            if value:
                setattr(entry, field_name, value)
                entry.ranks[field_name] = rank
    elif name in {"content:encoded", "content", "xhtml:body", "body", "xhtml:div", "fullitem"}:
        if child.get("src") is None and (value := markup_of(child)) and entry.body is None:
            entry.body = value.strip() or None
    elif name in {"category", "dc:subject", "media:keywords", "media:category", "itunes:keywords"}:
        value = child.get("label") or child.get("term") or text_of(child) or child.get("VALUE")
        if value:
            separate = name.endswith("keywords")
            entry.categories += [x.strip() for x in (value.split(",") if separate else [value])]
    elif name in {"author", "dc:creator", "dc:author", "itunes:author", "atom:author"}:
        _author(entry, child, names, home)
    elif name in {"media:group", "media:content", "media:thumbnail", "enclosure", "itunes:image"}:
        _media(entry, name, child, names, home)
    elif name in {"image", "thumbnail"} and entry.image is None:
        address = child.get("href") or child.get("url") or text_of(child) or ""
        if "/" in address and len(address) < 4096:
            entry.image = address.strip()


# canonical name -> (field, rank); a value replaces one of a higher rank, of equals the first stays
_TEXT_FIELDS = {
    "title": ("title", 0),
    "atom:title": ("title", 1),
    "dc:title": ("title", 2),
    "media:title": ("title", 3),
    "itunes:title": ("title", 3),
    "guid": ("guid", 0),
    "id": ("guid", 0),
    "atom:id": ("guid", 1),
    "feedburner:origlink": ("original_link", 0),
    "pubdate": ("published", 0),
    "published": ("published", 0),
    "atom:published": ("published", 1),
    "issued": ("published", 1),
    "dc:date": ("published", 1),
    "dcterms:issued": ("published", 1),
    "dcterms:created": ("published", 1),
    "created": ("published", 2),
    "date": ("published", 2),
    "updated": ("modified", 0),
    "modified": ("modified", 0),
    "atom:updated": ("modified", 1),
    "dcterms:modified": ("modified", 1),
    "description": ("summary", 0),
    "summary": ("summary", 0),
    "abstract": ("summary", 1),
    "dc:description": ("summary", 2),
    "itunes:summary": ("summary", 3),
    "media:description": ("summary", 3),
    "dc:language": ("language", 0),
    "language": ("language", 0),
}


def _link(entry: FeedEntry, child: etree._Element) -> None:
    href = child.get("href")
    if href is None:
        text = (text_of(child) or "").strip()
        if text and (entry.link is None or "}" not in str(child.tag)):
            entry.link = text
        return
    rel = (child.get("rel") or "alternate").strip().lower()
    if rel == "alternate":
        kind = (child.get("type") or "").lower()
        if entry.link is None or ("html" in kind and entry.body is None):
            entry.link = href
    elif rel == "enclosure" and (child.get("type") or "").startswith("image/"):
        entry.image = entry.image or href


def _author(entry: FeedEntry, child: etree._Element, names: Names, home: str) -> None:
    for part in child:
        if isinstance(part.tag, str) and names.of(part.tag, home) in {"name", "atom:name"}:
            if text := (text_of(part) or "").strip():
                entry.authors.append(text)
            return
    if text := (text_of(child) or child.get("VALUE") or "").strip():
        entry.authors.append(text)


def _media(entry: FeedEntry, name: str, child: etree._Element, names: Names, home: str) -> None:
    address = child.get("url") or child.get("href")
    kind = (child.get("type") or child.get("medium") or "").lower()
    if name in {"media:thumbnail", "itunes:image"} or "image" in kind:
        entry.image = entry.image or address
    elif name == "media:content" and address and not kind:
        path = address.lower().partition("?")[0]
        if path.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")):
            entry.image = entry.image or address
    if name in {"media:group", "media:content"}:
        for part in child:
            if isinstance(part.tag, str):
                inner = names.of(part.tag, home)
                if inner in {"media:content", "media:thumbnail"}:
                    _media(entry, inner, part, names, home)
