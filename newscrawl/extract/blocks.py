"""The text of a page as blocks: what stands between two block-level borders or line breaks.

Text in inline elements is merged into its block; scripts, forms' controls and other things that are
not running text are left out. Everything is computed in one pass over the arrays of a `Document`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

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
# what an element does to the text in it
_BORDERED, _WITHIN, _LINK, _BREAK, _SPAN, _NO_TEXT = range(6)
_KINDS: Final = (
    dict.fromkeys(_INLINE, _WITHIN)
    | dict.fromkeys(_OPAQUE, _NO_TEXT)
    | {"a": _LINK, "br": _BREAK, "span": _SPAN}
)
_T_LINK: Final = BIT["t_link"]
# of an element: the block it stands in, the link (or -1), whether it is bold, the bits of it and
# all above it, the depth of the block and its own
_State = tuple[int, int, bool, int, int, int]
# a block: text, owner, depth, first, last, bits, characters in links, links, bold ones, breaks
_Row = tuple[str, int, int, int, int, int, int, int, int, int]


@dataclass(slots=True)
class Blocks:
    """Parallel lists, one entry a block, in reading order.

    ``owner`` is the block-level element and ``depth`` how many elements are above it; ``first`` and
    ``last`` the text pieces it covers (half open); ``any_bits`` the lexicon bits of the owner and
    everything above it. Element-wise is ``own``, the bits of each element that holds text.
    """

    texts: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    any_bits: list[int] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    bold_chars: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # line breaks right before, within the owner
    own: list[int] = field(default_factory=list)
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.texts)


def make_blocks(document: Document) -> Blocks:
    """Cut a page into blocks of text."""
    attrs, parent = document.attrs, document.parent
    blocks = Blocks(truncated=document.truncated)
    n = len(parent)
    own = blocks.own = [0] * n
    # None: not running text. The last entry is what is above the root.
    states: list[_State | None] = [None] * n
    states.append((0, -1, False, 0, 0, -1))
    borders: dict[int, int] = {}  # piece -> line breaks before it (0: a border without any)
    kind_of, tag_bits = _KINDS.get, TAG_BITS.get
    for i, (tag, p, mark, start, end) in enumerate(
        zip(
            document.tags, parent, document.marks, document.text_start, document.text_end,
            strict=True,
        )
    ):  # fmt: skip
        above = states[p]
        if above is None:
            continue
        kind = kind_of(tag, _BORDERED)
        if kind == _NO_TEXT:
            continue
        if start == end:  # without text it can only be a border
            states[i] = above
            if kind == _BORDERED:
                borders.setdefault(start, 0)
            elif kind == _BREAK or (kind == _SPAN and _is_break(attrs[i])):
                borders[start] = borders.get(start, 0) + 1
            continue
        block, link, bold, all_bits, block_depth, depth = above
        depth += 1
        attributes = attrs[i]
        bits = tag_bits(tag, 0)
        if attributes and p > 0:  # the classes of html and body name the page, not a part
            bits |= mark[0]
            if len(attributes) > 1 or "class" not in attributes:
                bits |= attribute_bits(attributes)
        if kind == _BORDERED:
            borders.setdefault(start, 0)
            own[i] = bits
            states[i] = (i, link, bold or tag in _BOLD, all_bits | bits, depth, depth)
            continue
        if kind == _LINK:
            if attributes:
                link = i
                bits |= _T_LINK
        elif kind == _BREAK:
            borders[start] = borders.get(start, 0) + 1
        elif tag in _BOLD:
            bold = True
        own[i] = bits
        states[i] = (block, link, bold, all_bits | bits, block_depth, depth)
    rows = _fold_link_lists(_merge(document, blocks, states, borders))
    if rows:
        (
            blocks.texts, blocks.owner, blocks.depth, blocks.first, blocks.last, blocks.any_bits,
            blocks.link_chars, blocks.links, blocks.bold_chars, blocks.breaks,
        ) = map(list, zip(*rows, strict=True))  # fmt: skip
    return blocks


def _is_break(attributes: Mapping[str, str | None]) -> bool:
    """Whether an empty element is called a line break: it is drawn as one."""
    return "br" in (attributes.get("class") or "").split()


def _merge(
    document: Document, blocks: Blocks, states: list[_State | None], borders: dict[int, int]
) -> list[_Row]:
    """Join the text pieces between two borders into blocks."""
    rows: list[_Row] = []
    texts, border_of = document.texts, borders.get
    current = -1
    parts: list[str] = []
    first = breaks = level = 0
    carried = -1
    link_chars = bold_chars = links = bits = last_link = 0
    for k, (piece, of) in enumerate(zip(texts, document.text_owner, strict=True)):
        border = border_of(k)
        state = states[of]
        if state is None:
            if border is not None:  # a border before a script is one before what follows it
                carried = border + max(carried, 0)
            continue
        block, link, bold, all_bits, depth, _ = state
        if carried >= 0:
            border = carried + (border or 0)
            carried = -1
        blank = piece.isspace()
        if block != current or border is not None:
            if parts:
                text = _text_of(parts)
                if text:
                    rows.append((
                        text, current, level, first, k, bits, link_chars, links, bold_chars, breaks,
                    ))  # fmt: skip
                    breaks = 0
                parts = []
                if len(rows) >= MAX_BLOCKS:
                    blocks.truncated = True
                    return rows
            if block != current:
                breaks = 0
                current, level = block, depth
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
        bits |= all_bits
        if link >= 0:
            link_chars += len(piece)
            if link != last_link:
                links += 1
                last_link = link
        if bold:
            bold_chars += len(piece)
    if parts and (text := _text_of(parts)):
        rows.append((
            text, current, level, first, len(texts), bits, link_chars, links, bold_chars, breaks,
        ))  # fmt: skip
    return rows


def _text_of(parts: list[str]) -> str:
    """The pieces as one line, in stored form."""
    text = " ".join((parts[0] if len(parts) == 1 else "".join(parts)).split())
    if text.isascii() and text.isprintable():
        return text
    # a control character is what broken encodings are put right by, later
    return one_line(text) if _CONTROLS.search(text) is None else text


def _fold_link_lists(rows: list[_Row]) -> list[_Row]:
    """Make one block of each run of short blocks that are nothing but links.

    Menus and lists of other stories are half of all blocks; as one block each they are as plainly
    no article text, and cost a tenth.
    """
    out: list[_Row] = []
    start = -1  # where in ``out`` the run begins
    for row in rows:
        n = len(row[0])
        if n < _LINK_LABEL and row[6] >= 0.95 * n:
            if start < 0:
                start = len(out)
        elif start >= 0:
            _fold(out, start)
            start = -1
        out.append(row)
    if start >= 0:
        _fold(out, start)
    return out


def _fold(rows: list[_Row], start: int) -> None:
    """Make one of the rows from ``start`` on, if they are a list."""
    some = rows[start:]
    if len(some) < _LINK_LIST:
        return
    texts, owners, depths, firsts, lasts, bits, link_chars, links, bold_chars, breaks = zip(
        *some, strict=True
    )
    rows[start:] = [(
        " ".join(texts), owners[0], depths[0], firsts[0], lasts[-1], bits[0], sum(link_chars),
        sum(links), sum(bold_chars), breaks[0],
    )]  # fmt: skip
