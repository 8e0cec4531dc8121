"""The text of a page as blocks: what stands between two block-level borders or line breaks.

Text in inline elements is merged into its block; scripts, forms' controls and other things that are
not running text are left out. Everything is computed in one pass over the arrays of a `Document`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from newscrawl.extract.class_words import attribute_words, known_attribute
from newscrawl.extract.dom import Document
from newscrawl.extract.lexicon import BIT, TAG_BITS, attribute_bits
from newscrawl.text import one_line

MAX_BLOCKS = 6_000  # more than any real article page; the rest is not looked at

_LINK_LABEL: Final = 100  # characters of a block that may be an entry of a list of links
_LINK_LIST: Final = 6  # entries that make a list of links

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
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_BOLD: Final = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Blocks:
    """Parallel lists, one entry a block, in reading order.

    ``owner`` is the block-level element; ``first`` and ``last`` the text pieces it covers (half
    open); ``any_bits`` the lexicon bits of the owner and everything above it. Element-wise are
    ``own``, the bits of each element itself, and ``depth``.
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
    known = known_attribute
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
            # most elements have a class and no more, which is known from others: no calls for them
            left = len(attributes)
            if name := attributes.get("class"):
                bits |= (known(name) or attribute_words(name))[0]
                left -= 1
            if left and (name := attributes.get("id")):
                bits |= (known(name) or attribute_words(name))[0]
                left -= 1
            if left:
                bits |= attribute_bits(attributes)
        if tag in _INLINE:
            block_of[i] = above_block
            if tag == "a" and attributes:
                link_of[i] = i
                bits |= t_link
            elif tag in _BOLD:
                bold[i] = True
            elif tag == "span" and attributes and text_start[i] == document.text_end[i]:
                # an empty element that is called a line break is drawn as one
                name = attributes.get("class")
                if name and "br" in name.split():
                    start = text_start[i]
                    borders[start] = borders.get(start, 0) + 1
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
    _fold_link_lists(blocks)
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
    carried = -1
    link_chars = bold_chars = links = bits = last_link = 0

    def close(end: int) -> None:
        nonlocal breaks
        raw = "".join(parts) if len(parts) > 1 else parts[0]
        text = " ".join(raw.split())
        if not text.isascii() or not text.isprintable():
            # a control character is what broken encodings are put right by, later
            text = one_line(text) if _CONTROLS.search(text) is None else text
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
        border = borders.get(k)
        if block < 0:
            if border is not None:  # a border before a script is one before what follows it
                carried = border + max(carried, 0)
            continue
        if carried >= 0:
            border = carried + (border or 0)
            carried = -1
        piece = texts[k]
        blank = piece.isspace()
        if block != current or border is not None:
            if parts:
                close(k)
                parts = []
                if len(blocks.texts) >= MAX_BLOCKS:
                    blocks.truncated = True
                    return
            if block != current:
                breaks = 0
                current = block
            breaks += border or 0
            if blank:
                continue
            first, link_chars, bold_chars, links, bits, last_link = k, 0, 0, 0, 0, -1
        elif blank:
            if parts:
                parts.append(" ")
            continue
        elif not parts:
            first, link_chars, bold_chars, links, bits, last_link = k, 0, 0, 0, 0, -1
        parts.append(piece)
        bits |= any_bits[of]
        link = link_of[of]
        if link >= 0:
            link_chars += len(piece)
            if link != last_link:
                links += 1
                last_link = link
        if bold[of]:
            bold_chars += len(piece)
    if parts:
        close(len(texts))


def _fold_link_lists(blocks: Blocks) -> None:
    """Make one block of each run of short blocks that are nothing but links.

    Menus and lists of other stories are half of all blocks; as one block each they are as plainly
    no article text, and cost a tenth.
    """
    texts, link_chars = blocks.texts, blocks.link_chars
    runs: list[tuple[int, int]] = []
    start = -1
    for k, text in enumerate(texts):
        n = len(text)
        if n < _LINK_LABEL and link_chars[k] >= 0.95 * n:
            if start < 0:
                start = k
            continue
        if start >= 0 and k - start >= _LINK_LIST:
            runs.append((start, k))
        start = -1
    if start >= 0 and len(texts) - start >= _LINK_LIST:
        runs.append((start, len(texts)))
    for low, high in reversed(runs):
        blocks.last[low] = blocks.last[high - 1]
        for values in (blocks.link_chars, blocks.links, blocks.bold_chars):
            values[low] = sum(values[low:high])
        texts[low] = " ".join(texts[low:high])
        for column in (
            blocks.owner, blocks.first, blocks.last, blocks.any_bits, blocks.link_chars,
            blocks.links, blocks.bold_chars, blocks.breaks,
        ):  # fmt: skip
            del column[low + 1 : high]
        del texts[low + 1 : high]
