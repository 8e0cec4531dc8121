"""The text of a page as blocks: what stands between two block-level borders or line breaks.

Text in inline elements is merged into its block; scripts, forms' controls and other things that are
not running text are left out. Everything is computed in one pass over the arrays of a `Document`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from newscrawl.extract.dom import Document
from newscrawl.extract.lexicon import BIT, TAG_BITS, attribute_bits
from newscrawl.text import one_line

MAX_BLOCKS = 6_000  # more than any real article page; the rest is not looked at

_OPAQUE: Final = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "embed",
     "applet", "select", "option", "textarea", "button", "input", "audio", "video", "canvas",
     "map", "title", "rt", "rp", "datalist", "progress", "meter", "frameset", "noframes"}
)  # fmt: skip
_INLINE: Final = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
     "font", "i", "img", "ins", "kbd", "label", "mark", "math", "nobr", "picture", "q", "ruby",
     "rb", "rtc", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time",
     "tt", "u", "var", "wbr", "area", "link", "meta", "param", "track", "basefont", "blink",
     "marquee", "g", "path", "html"}
)  # fmt: skip
_BOLD: Final = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Blocks:
    """Parallel lists, one entry a block, in reading order.

    ``owner`` is the block-level element; ``first`` and ``last`` the text pieces it covers (half
    open); ``any_bits`` the lexicon bits of the owner and everything above it; ``line`` the number of
    the line within the element where line breaks part it. Element-wise: ``own`` bits of each
    element, ``depth``.
    """

    texts: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    any_bits: list[int] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    bold_chars: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # line breaks right before, within the owner
    own: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.texts)


def make_blocks(document: Document) -> Blocks:
    """Cut a page into blocks of text."""
    tags, attrs, parent = document.tags, document.attrs, document.parent
    text_start = document.text_start
    blocks = Blocks(truncated=document.truncated)
    n = len(tags)
    own = blocks.own = [0] * n
    depth = blocks.depth = [0] * n
    any_bits = [0] * n
    block_of = [-1] * n  # -1: not running text
    link_of = [-1] * n  # the link an element is or stands in
    bold = [False] * n
    borders: dict[int, int] = {}  # piece -> line breaks before it (0: a border without any)
    t_link = BIT["t_link"]
    for i, tag in enumerate(tags):
        p = parent[i]
        if p < 0:
            above_block, above_bits, level = 0, 0, 0
        else:
            above_block = block_of[p]
            if above_block < 0:
                continue
            above_bits, level = any_bits[p], depth[p] + 1
            if link_of[p] >= 0:
                link_of[i] = link_of[p]
            if bold[p]:
                bold[i] = True
        depth[i] = level
        if tag in _OPAQUE:
            continue
        bits = TAG_BITS.get(tag, 0)
        attributes = attrs[i]
        if attributes and level > 1:  # the classes of html and body name the page, not a part
            bits |= attribute_bits(attributes)
        if tag in _INLINE:
            block_of[i] = above_block
            if tag == "a" and attributes:
                link_of[i] = i
                bits |= t_link
            elif tag in _BOLD:
                bold[i] = True
        elif tag == "br":
            start = text_start[i]
            borders[start] = borders.get(start, 0) + 1
            block_of[i] = above_block
        else:
            block_of[i] = i
            borders.setdefault(text_start[i], 0)
            if tag in _BOLD:
                bold[i] = True
        own[i] = bits
        any_bits[i] = bits | above_bits
    _merge(document, blocks, any_bits, block_of, link_of, bold, borders)
    return blocks


def _merge(
    document: Document,
    blocks: Blocks,
    any_bits: list[int],
    block_of: list[int],
    link_of: list[int],
    bold: list[bool],
    borders: dict[int, int],
) -> None:
    """Join the text pieces between two borders into blocks."""
    texts, owner = document.texts, document.text_owner
    current = -1
    parts: list[str] = []
    first = breaks = 0
    link_chars = bold_chars = links = bits = last_link = 0

    def close(end: int) -> None:
        nonlocal breaks
        text = one_line("".join(parts) if len(parts) > 1 else parts[0])
        if text:
            blocks.texts.append(text)
            blocks.owner.append(current)
            blocks.first.append(first)
            blocks.last.append(end)
            blocks.any_bits.append(bits)
            blocks.link_chars.append(link_chars)
            blocks.bold_chars.append(bold_chars)
            blocks.links.append(links)
            blocks.breaks.append(breaks)
            breaks = 0

    for k, of in enumerate(owner):
        block = block_of[of]
        if block < 0:
            continue
        if block != current or k in borders:
            if parts:
                close(k)
                parts = []
                if len(blocks.texts) >= MAX_BLOCKS:
                    blocks.truncated = True
                    return
            if block != current:
                breaks = 0
                current = block
            breaks += borders.get(k, 0)
            first, link_chars, bold_chars, links, bits, last_link = k, 0, 0, 0, 0, -1
        piece = texts[k]
        if not parts and piece.isspace():
            continue
        parts.append(piece)
        link = link_of[of]
        if link >= 0 or bold[of]:
            size = len(piece) if not piece.isspace() else 0
            if size:
                if link >= 0:
                    link_chars += size
                    if link != last_link:
                        links += 1
                        last_link = link
                if bold[of]:
                    bold_chars += size
        bits |= any_bits[of]
    if parts:
        close(len(texts))
