"""A parsed page as flat arrays, made in one pass over lexbor's tree.

Python objects for tree nodes are what costs in extraction, so the tree is walked once and every
later question (blocks of text, metadata, candidates for dates and bylines) reads the arrays.

Elements are numbered in document order. The subtree of element ``i`` is ``range(i, end[i])``, its
text the pieces ``texts[text_start[i]:text_end[i]]``.
"""

from __future__ import annotations

import gc
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from newscrawl.extract.class_words import Mark, marks_of
from newscrawl.extract.mojibake import mended_line
from newscrawl.extract.traps import disarm, suspicious

MAX_ELEMENTS = 200_000  # real pages have up to 20,000; more is a trap or a dump
MAX_CHARS = 12_000_000  # the downloader's limit is 10 MiB of bytes

_OPAQUE = frozenset({"script", "style", "noscript", "template", "svg", "math", "iframe", "object"})
# a plain absolute address, which joining would give back as it is
_WHOLE_ADDRESS = re.compile(r"https?://[a-z0-9.-]+/[a-zA-Z0-9/._~%+,-]*")
_NONE: dict[str, str | None] = {}  # the attributes of all elements that have none
_BREAKS = frozenset({"p", "div", "br", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Document:
    """One page. ``url`` is the address it was read from; ``base`` resolves its links.

    ``truncated`` is true where the page had more characters or elements than are read.
    """

    url: str
    base: str
    tree: LexborHTMLParser
    tags: list[str] = field(default_factory=list)
    attrs: list[dict[str, str | None]] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)  # -1 for the root
    end: list[int] = field(default_factory=list)
    # lexbor's identity of each element; an object kept for each would cost as much as the walk
    identity: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    text_owner: list[int] = field(default_factory=list)  # the element a piece stands in directly
    text_start: list[int] = field(default_factory=list)
    text_end: list[int] = field(default_factory=list)
    truncated: bool = False
    _where: dict[int, int] = field(default_factory=dict)
    _marks: list[Mark] | None = None

    @classmethod
    def parse(cls, html: str, url: str) -> Document:
        """Parse a page. Never raises for bad markup; an empty page gives an empty document."""
        truncated = len(html) > MAX_CHARS
        if truncated:
            html = html[:MAX_CHARS]
        data = html.encode("utf-8", "replace")  # lone surrogates become question marks
        if suspicious(data):
            html, cut = disarm(html)
            truncated = truncated or cut
            data = html.encode("utf-8", "replace")
        tree = LexborHTMLParser(data)
        del data
        doc = cls(url=url, base=url, tree=tree, truncated=truncated)
        root = tree.root
        if root is not None:
            # the walk makes thousands of objects that all stay: collections in it, over the whole
            # heap of the program, find nothing and cost a third of its time
            collecting = gc.isenabled()
            gc.disable()
            try:
                doc._walk(root)
            finally:
                if collecting:
                    gc.enable()
        for i, tag in enumerate(doc.tags):
            if tag == "base" and doc.attrs[i].get("href"):
                doc.base = url
                doc.base = doc.absolute(doc.attrs[i]["href"] or "") or url
                break
            if tag == "body":
                break
        return doc

    def _walk(self, root: LexborNode) -> None:
        tags, attrs, parent, end = self.tags, self.attrs, self.parent, self.end
        identity = self.identity
        texts, owner = self.texts, self.text_owner
        text_start, text_end = self.text_start, self.text_end
        here, me = -1, 0  # the open element, and lexbor's identity of it
        n = pieces = 0
        spaced = True  # whether the last piece ends with white space
        # two of three text nodes are white space between elements: they are left out in C, and
        # where one parted two words its space is put before the second
        for node in root.traverse(include_text=True, skip_empty=True):
            tag = node.tag
            if tag == "-comment":
                continue
            above = node.parent
            of = 0 if above is None else above.mem_id
            while me != of and here >= 0:
                end[here] = n
                text_end[here] = pieces
                here = parent[here]
                me = identity[here]
            if tag == "-text":
                piece = node.text_content
                if piece and here >= 0:
                    if tags[here] not in _OPAQUE:
                        if not spaced and not piece[0].isspace() and _space_before(node):
                            piece = " " + piece
                        spaced = piece[-1].isspace()
                    texts.append(piece)
                    owner.append(here)
                    pieces += 1
                continue
            if n >= MAX_ELEMENTS:
                self.truncated = True
                break
            tags.append(tag or "")
            attrs.append(node.attributes or _NONE)
            parent.append(here)
            end.append(n)
            text_start.append(pieces)
            text_end.append(pieces)
            me = node.mem_id
            identity.append(me)
            here = n
            n += 1
        while here >= 0:
            end[here] = n
            text_end[here] = pieces
            here = parent[here]

    def text(self, i: int) -> str:
        """All text below element ``i`` on one line, without scripts and styles."""
        first = self.text_start[i]
        pieces = self.texts[first : self.text_end[i]]
        owners = self.text_owner[first : self.text_end[i]]
        if len(pieces) > 1 and "br" in self.tags[i + 1 : self.end[i]]:
            for k in range(i + 1, self.end[i]):
                at = self.text_start[k] - first
                if self.tags[k] == "br" and 0 < at < len(pieces):
                    pieces[at] = " " + pieces[at]
        return mended_line(
            "".join(
                p if self.tags[o] not in _BREAKS else f" {p} "
                for p, o in zip(pieces, owners, strict=True)
                if self.tags[o] not in _OPAQUE
            )
        )

    @property
    def marks(self) -> list[Mark]:
        """What class and id of each element say."""
        if self._marks is None:
            self._marks = marks_of(self.attrs)
        return self._marks

    def find(self, tag: str) -> list[int]:
        """Indices of all elements with a tag name, in document order."""
        found: list[int] = []
        at, index = -1, self.tags.index
        for _ in range(self.tags.count(tag)):
            at = index(tag, at + 1)
            found.append(at)
        return found

    def css(self, selector: str) -> list[int]:
        """Indices of the elements a CSS selector matches; ``::attr()`` is not part of it here.

        Raises `ValueError` for a selector that lexbor cannot read.
        """
        if not self._where:
            self._where = {me: i for i, me in enumerate(self.identity)}
        where = self._where
        try:
            found = self.tree.css(selector)
        except SelectolaxError as error:
            raise ValueError(f"not a CSS selector: {selector}") from error
        return sorted({where[n.mem_id] for n in found if n.mem_id in where})

    def absolute(self, href: str) -> str:
        """A link of the page as an absolute URL, or an empty string if it is none."""
        href = href.strip()
        if _WHOLE_ADDRESS.fullmatch(href):
            return href
        try:
            return urljoin(self.base, href)
        except ValueError:
            return ""


def _space_before(node: LexborNode) -> bool:
    """Whether white space stands between a text node and the text before it."""
    here: LexborNode | None = node
    for _ in range(200):
        if here is None:
            return True
        before = here.prev
        if before is None:
            here = here.parent
            continue
        tag = before.tag
        while tag != "-text" and tag not in _OPAQUE:
            last = before.last_child
            if last is None:
                break
            before = last
            tag = before.tag
        if tag == "-text":
            # white space, or the end of the piece before
            return before.is_empty_text_node
        here = before
    return True
