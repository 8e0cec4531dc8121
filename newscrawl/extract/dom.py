"""A parsed page as flat arrays, made in one pass over lexbor's tree.

Python objects for tree nodes are what costs in extraction, so the tree is walked once and every
later question (blocks of text, metadata, candidates for dates and bylines) reads the arrays.

Elements are numbered in document order. The subtree of element ``i`` is ``range(i, end[i])``, its
text the pieces ``texts[text_start[i]:text_end[i]]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.text import one_line

_OPAQUE = frozenset({"script", "style", "noscript", "template", "svg", "math", "iframe", "object"})


@dataclass(slots=True)
class Document:
    """One page. ``url`` is the address it was read from; ``base`` resolves its links."""

    url: str
    base: str
    tree: LexborHTMLParser
    tags: list[str] = field(default_factory=list)
    attrs: list[dict[str, str | None]] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)  # -1 for the root
    end: list[int] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    text_owner: list[int] = field(default_factory=list)  # the element a piece stands in directly
    text_start: list[int] = field(default_factory=list)
    text_end: list[int] = field(default_factory=list)

    @classmethod
    def parse(cls, html: str, url: str) -> Document:
        """Parse a page. Never raises for bad markup; an empty page gives an empty document."""
        tree = LexborHTMLParser(html)
        doc = cls(url=url, base=url, tree=tree)
        root = tree.root
        if root is None:
            return doc
        tags, attrs, parent, end, nodes = doc.tags, doc.attrs, doc.parent, doc.end, doc.nodes
        texts, owner = doc.texts, doc.text_owner
        text_start, text_end = doc.text_start, doc.text_end
        index_of: dict[int, int] = {}
        open_: list[int] = []

        def close_to(container: int) -> None:
            while open_ and open_[-1] != container:
                i = open_.pop()
                end[i] = len(tags)
                text_end[i] = len(texts)

        for node in root.traverse(include_text=True):
            above = node.parent
            container = index_of.get(above.mem_id, -1) if above is not None else -1
            if node.tag == "-text":
                piece = node.text_content
                if piece and container >= 0:
                    close_to(container)
                    texts.append(piece)
                    owner.append(container)
                continue
            close_to(container)
            i = len(tags)
            index_of[node.mem_id] = i
            tags.append(node.tag or "")
            attrs.append(node.attributes)
            parent.append(container)
            end.append(i + 1)
            nodes.append(node)
            text_start.append(len(texts))
            text_end.append(len(texts))
            open_.append(i)
        close_to(-1)
        for i, tag in enumerate(tags):
            if tag == "base" and attrs[i].get("href"):
                doc.base = urljoin(url, attrs[i]["href"] or "")
                break
        return doc

    def text(self, i: int) -> str:
        """All text below element ``i`` on one line, without scripts and styles."""
        pieces = self.texts[self.text_start[i] : self.text_end[i]]
        owners = self.text_owner[self.text_start[i] : self.text_end[i]]
        return one_line(
            "".join(
                p if self.tags[o] not in _BREAKS else f" {p} "
                for p, o in zip(pieces, owners, strict=True)
                if self.tags[o] not in _OPAQUE
            )
        )

    def find(self, tag: str) -> list[int]:
        """Indices of all elements with a tag name, in document order."""
        return [i for i, name in enumerate(self.tags) if name == tag]

    def css(self, selector: str) -> list[int]:
        """Indices of the elements a CSS selector matches; ``::attr()`` is not part of it here."""
        where = {node.mem_id: i for i, node in enumerate(self.nodes)}
        return sorted(where[n.mem_id] for n in self.tree.css(selector) if n.mem_id in where)

    def absolute(self, href: str) -> str:
        """A link of the page as an absolute URL, or an empty string if it is none."""
        try:
            return urljoin(self.base, href.strip())
        except ValueError:
            return ""


_BREAKS = frozenset({"p", "div", "br", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
