"""What is measured of each block of text, as the columns of a matrix.

Lengths are in characters, with the bytes of UTF-8 beside them so that scripts with few characters a
sentence are known as such; no words are counted, so that scripts without spaces are treated alike.
"""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.blocks import Blocks
from newscrawl.extract.dom import Document
from newscrawl.extract.lexicon import NAMES, line_kind

Floats = NDArray[np.float32]
BYTES: Final = "bytes"  # the column that stands for the length of a block

_STOPS: Final = re.compile(r"[.!?。！？।॥။၊។؟۔…;；]")
_COMMAS: Final = re.compile(r"[,，、،၊:：]")
_DIGITS: Final = re.compile(r"\d")
_UPPER: Final = re.compile(r"[A-ZÀ-ÞΑ-ΩА-Я]")
_MARKS: Final = re.compile(r"[|»›©®@/#→>_•·%+=*\[\]{}]")
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


def _text_rows(blocks: Blocks, title: str, description: str) -> list[tuple[float, ...]]:
    title_key, description_key = _key(title), _key(description[:600])
    title_grams, description_grams = _grams(title_key), _grams(description_key)
    t_low, t_high = len(title) * 0.4, len(title) * 2.5
    d_low, d_high = len(description) * 0.4, len(description) * 2.5
    rows = []
    for k, text in enumerate(blocks.texts):
        n = len(text)
        last = text[-1]
        end = (
            1
            if last in _END_STOPS
            else 2
            if last in ":："
            else 3
            if last in _END_QUOTES
            else 4
            if last.isdigit()
            else 0
        )
        if end == 3 and n > 1 and text[-2] in _END_STOPS:
            end = 5
        first = text[0]
        start = (
            1
            if first.isupper()
            else 2
            if first.islower()
            else 3
            if first.isdigit()
            else 4
            if first.isalpha()
            else 5
        )
        sample = text if n <= 400 else text[:400]
        size = len(sample)
        scale = n / size
        title_like = description_like = 0.0
        if t_low <= n <= t_high and title_key:
            title_like = _alike(_key(text), title_key, title_grams)
        if d_low <= n <= d_high and description_key:
            description_like = _alike(_key(text[:600]), description_key, description_grams)
        stops = len(_STOPS.findall(sample))
        rows.append((
            n,
            n if sample.isascii() else len(sample.encode("utf-8", "replace")) * scale,
            blocks.links[k],
            min(1.0, blocks.link_chars[k] / n),
            min(1.0, blocks.bold_chars[k] / n),
            stops * scale,
            len(_COMMAS.findall(sample)) * scale,
            len(_DIGITS.findall(sample)) / size,
            len(_UPPER.findall(sample)) / size,
            len(_MARKS.findall(sample)) / size,
            end,
            start,
            line_kind(text) if n < 400 else 0,
            blocks.breaks[k],
            title_like,
            description_like,
        ))  # fmt: skip
    return rows


TEXT: Final = (
    "chars", "bytes", "links", "link_share", "bold_share", "stops", "commas", "digits", "upper",
    "marks", "end", "start", "kind", "breaks", "title_like", "description_like",
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


def running(a: NDArray[Any]) -> NDArray[np.float64]:
    out = np.zeros(len(a) + 1)
    np.cumsum(a, out=out[1:])
    return out


def block_features(
    document: Document, blocks: Blocks, frame: Frame, title: str, description: str
) -> tuple[Floats, tuple[str, ...]]:
    """The matrix (blocks, features) for the first stage, and the names of its columns."""
    t = np.array(_text_rows(blocks, title, description), dtype=np.float64)
    n = len(t)
    chars, size = t[:, 0], t[:, 1]
    link = t[:, _C["link_share"]]
    names: list[str] = []
    columns: list[NDArray[Any]] = []

    def add(name: str, values: NDArray[Any] | float) -> None:
        names.append(name)
        columns.append(values if isinstance(values, np.ndarray) else np.full(n, values))

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
    # neighbours
    kind, end, own_p = t[:, _C["kind"]], t[:, _C["end"]], frame.own[frame.owner] & _P
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
    add("from_title", order - at if at >= 0 else np.full(n, -1000))
    add("from_first_title", order - first_at if first_at >= 0 else np.full(n, -1000))
    # lexicon
    any_bits = np.array(blocks.any_bits, dtype=np.int64)
    own = frame.own
    near = own[frame.above[0]] | own[frame.above[1]]
    near3 = near | own[frame.above[2]] | own[frame.above[3]]
    shifts = np.arange(len(NAMES), dtype=np.int64)
    for label, bits in (("own", near), ("near", near3), ("any", any_bits)):
        matrix = (bits[:, None] >> shifts) & 1
        for k, name in enumerate(NAMES):
            names.append(f"{label}_{name}")
            columns.append(matrix[:, k])
    return np.stack(columns, axis=1).astype(np.float32), tuple(names)


_P: Final = 1 << NAMES.index("t_p")
_H1: Final = 1 << NAMES.index("t_h1")
