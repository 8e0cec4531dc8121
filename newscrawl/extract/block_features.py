"""What is measured of each block of text, as the columns of a matrix.

Lengths are in characters, with the bytes of UTF-8 beside them so that scripts with few characters a
sentence are known as such; no words are counted, so that scripts without spaces are treated alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.blocks import Blocks
from newscrawl.extract.dom import Document
from newscrawl.extract.lexicon import NAMES, line_kind

Floats = NDArray[np.float32]
TITLE_LIKE: Final = "title_like"
BYTES: Final = "bytes"  # the column that stands for the length of a block

# characters are counted in the bytes of UTF-8, which is several times faster than by regular
# expressions: ASCII ones by deleting them, others by their sequences
_STOPS: Final = b".!?;"
_COMMAS: Final = b",:"
_DIGITS: Final = b"0123456789"
_UPPER: Final = bytes(range(0x41, 0x5B))
_MARKS: Final = b"|@/#>_%+=*[]{}"
_WIDE_STOPS: Final = tuple(c.encode() for c in "。！？।॥။។؟۔…；")
_WIDE_COMMAS: Final = tuple(c.encode() for c in "，、،၊：")
_WIDE_MARKS: Final = tuple(c.encode() for c in "»›©®→•·")
_WIDE_UPPER: Final = re.compile("[À-ÞΑ-ΩА-Я]")
_END_STOPS: Final = frozenset(".!?。！？।॥။។؟۔…;；")
_END_QUOTES: Final = frozenset("\"'”’»」』）)］]")
_SHAPE: Final = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _SHAPE.sub("", text).casefold()


def _grams(key: str) -> set[str]:
    return {key[i : i + 3] for i in range(len(key) - 2)} or {key}


def _alike(key: str, other: str, grams: set[str]) -> float:
    """Share of the trigrams two texts have in common (Dice), 0 where lengths are far apart."""
    if not other or not key or not 0.4 <= len(key) / len(other) <= 2.5:
        return 0.0
    if key == other:
        return 1.0
    mine = _grams(key)
    return 2 * len(mine & grams) / (len(mine) + len(grams))


_ENDS: Final = (
    dict.fromkeys(_END_STOPS, 1) | dict.fromkeys(":：", 2) | dict.fromkeys(_END_QUOTES, 3)
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page says of its article elsewhere: headline, summary, the text in JSON-LD.

    ``declared`` tells that the headline stands in metadata, not only in the title of the window.
    """

    title: str = ""
    description: str = ""
    article_body: str = ""
    declared: bool = False
    modern: bool = False  # the page has a viewport declaration: made after about 2012


def _text_rows(blocks: Blocks, hints: Hints) -> list[tuple[float, ...]]:
    title, description = hints.title, hints.description
    title_key, description_key = _key(title), _key(description[:600])
    title_grams, description_grams = _grams(title_key), _grams(description_key)
    t_low, t_high = len(title) * 0.4, len(title) * 2.5
    d_low, d_high = len(description) * 0.4, len(description) * 2.5
    lead = description[:40].rstrip(" .…") if len(description) >= 20 else ""
    # a few pieces of the headline, to look for in the text
    wide = 2 if title and not title[0].isascii() and len(title.encode()) > 2.5 * len(title) else 5
    pieces = [title[k : k + wide] for k in range(0, len(title) - wide, wide)][:16]
    pieces = pieces or ([title] if title else [])
    told_of = [description[k : k + 3 * wide] for k in range(0, len(description), 40)][:12]
    told = hints.article_body
    seen: set[str] = set()
    rows: list[tuple[float, ...]] = []
    for k, text in enumerate(blocks.texts):
        n = len(text)
        last = text[-1]
        end = _ENDS.get(last, 0)
        if end == 3 and n > 1 and text[-2] in _END_STOPS:
            end = 5
        elif not end and last.isdigit():
            end = 4
        first = text[0]
        start = (
            1 if first.isupper() else 2 if first.islower() else 3 if first.isdigit()
            else 4 if first.isalpha() else 5
        )  # fmt: skip
        sample = text if n <= 400 else text[:400]
        size = len(sample)
        scale = n / size
        title_like = description_like = title_share = in_body = holds = 0.0
        if t_low <= n <= t_high and any(map(text.__contains__, pieces)):
            title_like = _alike(_key(text), title_key, title_grams)
        if description_key:
            if d_low <= n <= d_high and any(map(text.__contains__, told_of)):
                description_like = _alike(_key(text[:600]), description_key, description_grams)
            holds = float(bool(lead) and lead in sample)
        if n > 60 and pieces:
            title_share = sum(piece in text for piece in pieces) / len(pieces)
        if told:
            in_body = 1.0 if sample[:200] in told else -1.0
        data = sample.encode("utf-8", "replace")
        width = len(data)
        stops = width - len(data.translate(None, _STOPS))
        commas = width - len(data.translate(None, _COMMAS))
        upper = width - len(data.translate(None, _UPPER))
        marks = width - len(data.translate(None, _MARKS))
        if width != size:
            count = data.count
            stops += sum(map(count, _WIDE_STOPS))
            commas += sum(map(count, _WIDE_COMMAS))
            marks += sum(map(count, _WIDE_MARKS))
            if width < 2.2 * size:  # scripts that have capitals
                upper += len(_WIDE_UPPER.findall(sample))
        repeated = text in seen
        seen.add(text)
        rows.append((
            n,
            width * scale,
            blocks.links[k],
            min(1.0, blocks.link_chars[k] / n),
            min(1.0, blocks.bold_chars[k] / n),
            stops * scale,
            commas * scale,
            (width - len(data.translate(None, _DIGITS))) / size,
            upper / size,
            marks / size,
            end,
            start,
            line_kind(text) if n < 400 else 0,
            blocks.breaks[k],
            title_like,
            description_like,
            title_share,
            in_body,
            holds,
            repeated,
        ))  # fmt: skip
    return rows


TEXT: Final = (
    "chars", "bytes", "links", "link_share", "bold_share", "stops", "commas", "digits", "upper",
    "marks", "end", "start", "kind", "breaks", "title_like", "description_like",
    "title_share", "in_article_body", "holds_lead", "repeated",
)  # fmt: skip
_C: Final = {name: n for n, name in enumerate(TEXT)}


def shift(a: NDArray[Any], by: int, fill: float = -1) -> NDArray[Any]:
    """Each block's value of the block ``by`` places on (negative: before)."""
    out = np.full_like(a, fill)
    if abs(by) < len(a):
        if by > 0:
            out[:-by] = a[by:]
        else:
            out[-by:] = a[:by]
    return out


class Frame:
    """Positions of blocks within containers, shared by both stages."""

    def __init__(self, document: Document, blocks: Blocks) -> None:
        self.n = len(blocks)
        self.owner = np.array(blocks.owner, dtype=np.int64)
        self.parent = np.maximum(np.array(document.parent, dtype=np.int64), 0)
        self.depth = np.array(blocks.depth, dtype=np.int64)
        self.own = np.array(blocks.own, dtype=np.int64)
        self.first = first = np.array(blocks.first, dtype=np.int64)
        self.end = np.array(document.end, dtype=np.int64)
        up1 = self.parent[self.owner]
        up2 = self.parent[up1]
        up3 = self.parent[up2]
        self.above = (self.owner, up1, up2, up3, self.parent[self.parent[up3]])
        self.text_start = start = np.array(document.text_start, dtype=np.int64)
        self.text_end = end = np.array(document.text_end, dtype=np.int64)
        self.low = [np.searchsorted(first, start[a]) for a in self.above]
        self.high = [np.searchsorted(first, end[a]) for a in self.above]
        tag_of = {}
        signature = []
        for o in blocks.owner:
            p = document.parent[o]
            a, b = document.attrs[o], document.attrs[p] if p >= 0 else {}
            key = (
                document.tags[o],
                a.get("class") if a else None,
                document.tags[p],
                b.get("class") if b else None,
            )
            signature.append(tag_of.setdefault(key, len(tag_of)))
        self.signature = np.array(signature, dtype=np.int64)
        self.signatures = len(tag_of)

    def container(self, level: int, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum over the container ``level`` steps above each block; ``sums`` is a running sum."""
        return sums[self.high[level]] - sums[self.low[level]]

    def steps(self, element: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Steps up from an element and down again to each block's owner."""
        path = []
        at = element
        while True:
            path.append(at)
            if at <= 0 or len(path) > 60:
                break
            at = int(self.parent[at])
        line = np.array(path, dtype=np.int64)
        holds = (self.owner >= line[:, None]) & (self.owner < self.end[line][:, None])
        up = np.argmax(holds, axis=0)
        return up, self.depth[self.owner] - self.depth[line[up]]


def running(a: NDArray[Any]) -> NDArray[np.float64]:
    out = np.zeros(len(a) + 1)
    np.cumsum(a, out=out[1:])
    return out


class Columns:
    """Named rows of a float matrix (features, blocks); only the wanted ones are kept."""

    def __init__(self, blocks: int, wanted: frozenset[str] | None) -> None:
        self.blocks = blocks
        self.wanted = wanted
        self.names: list[str] = []
        self.rows: list[NDArray[Any] | float] = []

    def __call__(self, name: str, values: NDArray[Any] | float) -> None:
        """Keep a row, or one value for all blocks, if it is wanted."""
        if self.wanted is None or name in self.wanted:
            self.names.append(name)
            self.rows.append(values)

    def matrix(self) -> Floats:
        """All rows, in the order they came."""
        out = np.empty((len(self.rows), self.blocks), dtype=np.float32)
        for k, values in enumerate(self.rows):
            out[k] = values
        return out


def block_features(
    document: Document,
    blocks: Blocks,
    frame: Frame,
    hints: Hints,
    wanted: frozenset[str] | None = None,
) -> tuple[Floats, list[str]]:
    """The matrix (features, blocks) for the first stage, and the names of its rows."""
    t = np.array(_text_rows(blocks, hints), dtype=np.float64)
    n = len(t)
    chars, size = t[:, 0], t[:, 1]
    link = t[:, _C["link_share"]]
    add = Columns(n, wanted)
    for name, k in _C.items():
        add(name, t[:, k])
    add("wide", size / chars)
    add("stop_rate", t[:, _C["stops"]] / chars)
    total = size.sum()
    running_size = running(size)
    add("share", size / total)
    add("before", running_size[:-1] / total)
    order = np.arange(n)
    add("rank", order / n)
    add("index", order)
    add("index_end", n - order)
    add("page_blocks", n)
    add("page_size", total)
    page_wide = total / chars.sum()
    add("page_wide", page_wide)
    add("depth", frame.depth[frame.owner])
    own_bits = frame.own[frame.owner]
    # neighbours
    kind, end, own_p = t[:, _C["kind"]], t[:, _C["end"]], own_bits & _P
    for by in (-2, -1, 1, 2):
        add(f"size{by:+}", shift(size, by))
        add(f"link{by:+}", shift(link, by))
        add(f"end{by:+}", shift(end, by))
    for by in (-1, 1):
        add(f"kind{by:+}", shift(kind, by))
        add(f"title{by:+}", shift(t[:, _C["title_like"]], by))
        add(f"same_owner{by:+}", shift(frame.owner, by) == frame.owner)
        add(f"same_parent{by:+}", shift(frame.above[1], by) == frame.above[1])
        add(f"same_signature{by:+}", shift(frame.signature, by) == frame.signature)
        add(f"p{by:+}", shift(own_p, by) != 0)
    # containers
    plain = size * (1 - link)
    long = plain * (size > 80)
    run_plain, run_link, run_stops, run_long = (
        running(plain), running(size * link), running(t[:, _C["stops"]]), running(long)
    )  # fmt: skip
    for level in range(5):
        count = np.maximum(frame.high[level] - frame.low[level], 1)
        p, li = frame.container(level, run_plain), frame.container(level, run_link)
        add(f"c{level}_plain", p)
        add(f"c{level}_link", li / np.maximum(p + li, 1))
        add(f"c{level}_count", count)
        add(f"c{level}_mean", p / count)
        add(f"c{level}_share", p / max(run_plain[-1], 1))
        add(f"c{level}_long", frame.container(level, run_long) / max(run_long[-1], 1))
        add(f"c{level}_stops", frame.container(level, run_stops) / count)
        add(f"c{level}_at", (order - frame.low[level]) / count)
    # blocks that look alike
    number = np.bincount(frame.signature, minlength=frame.signatures)
    s_plain = np.bincount(frame.signature, weights=plain, minlength=frame.signatures)
    s_link = np.bincount(frame.signature, weights=size * link, minlength=frame.signatures)
    s = frame.signature
    add("s_count", number[s])
    add("s_plain", s_plain[s] / max(run_plain[-1], 1))
    add("s_mean", s_plain[s] / number[s])
    add("s_link", s_link[s] / np.maximum(s_plain[s] + s_link[s], 1))
    # the headline
    like = t[:, _C["title_like"]] + 0.3 * ((frame.own[frame.owner] & _H1) != 0)
    at = n - 1 - int(np.argmax(like[::-1])) if like.max() > 0.5 else -1
    first_at = int(np.argmax(like)) if like.max() > 0.5 else -1
    add("from_title", order - at if at >= 0 else -1000.0)
    add("from_first_title", order - first_at if first_at >= 0 else -1000.0)
    # headings and the lines that open a box of comments or links
    kind = t[:, _C["kind"]]
    heading = (own_bits & _HEADINGS) != 0
    last = np.maximum.accumulate(np.where(heading, order, -1))
    at_heading = np.maximum(last, 0)
    add("heading", heading)
    add("since_heading", np.where(last >= 0, order - last, -1))
    add("heading_kind", np.where(last >= 0, kind[at_heading], -1))
    add("heading_title", np.where(last >= 0, t[at_heading, _C["title_like"]], -1))
    add("heading_link", np.where(last >= 0, link[at_heading], -1))
    add("headings_before", np.cumsum(heading))
    for name, numbers in (("more", (1,)), ("comment", (4,)), ("sign", (3,)), ("share", (2,))):
        line = np.isin(kind, numbers) & (chars < 60)
        last = np.maximum.accumulate(np.where(line, order, -1))
        add(f"since_{name}", np.where(last >= 0, order - last, -1))
    # elements of type article
    rank, held = np.full(n, -1), np.zeros(n)
    articles = document.find("article")[:200]
    for number_of, element in enumerate(articles):
        low, high = np.searchsorted(
            frame.first, (document.text_start[element], document.text_end[element])
        )
        rank[low:high] = number_of
        held[low:high] = run_plain[high] - run_plain[low]
    add("article_rank", rank)
    add("articles", len(articles))
    add("article_share", held / max(run_plain[-1], 1))
    add("article_of_best", held / max(held.max(), 1))
    # the page
    add("declared", float(hints.declared))
    add("modern", float(hints.modern))
    add("has_article_body", float(bool(hints.article_body)))
    if at >= 0:
        up, down = frame.steps(int(frame.owner[at]))
    else:
        up = down = np.full(n, -1)
    add("title_up", up)
    add("title_down", down)
    # lexicon
    any_bits = np.array(blocks.any_bits, dtype=np.int64)
    own = frame.own
    near = own[frame.above[0]] | own[frame.above[1]]
    near3 = near | own[frame.above[2]] | own[frame.above[3]]
    for label, bits in (("own", near), ("near", near3), ("any", any_bits)):
        for k, name in enumerate(NAMES):
            if wanted is None or f"{label}_{name}" in wanted:
                add(f"{label}_{name}", (bits >> k) & 1)
    return add.matrix(), add.names


_P: Final = 1 << NAMES.index("t_p")
_H1: Final = 1 << NAMES.index("t_h1")
_HEADINGS: Final = sum(1 << NAMES.index(name) for name in ("t_h1", "t_h2", "t_h3"))
