"""The features of blocks for the first stage of the model, as a matrix."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.block_columns import Columns, Floats, running, shift
from newscrawl.extract.block_frame import LEVELS, Frame
from newscrawl.extract.block_text import TEXT, Hints, text_rows
from newscrawl.extract.blocks import Blocks
from newscrawl.extract.lexicon import LINE_KINDS, NAMES

TITLE_LIKE: Final = "title_like"
BYTES: Final = "bytes"  # the row that stands for the length of a block

_ROW: Final = {name: n for n, name in enumerate(TEXT)}
_P: Final = 1 << NAMES.index("t_p")
_H1: Final = 1 << NAMES.index("t_h1")
_HEADINGS: Final = sum(1 << NAMES.index(name) for name in ("t_h1", "t_h2", "t_h3"))
_OPENERS: Final = ("more", "comment", "sign", "share")  # kinds of line that open a box
_OPENER_KINDS: Final = np.array([[1 + LINE_KINDS.index(name)] for name in _OPENERS])
_TOLD: Final = 60  # bytes of plain text of a block that counts for what its container tells
_LONG: Final = 80  # bytes of a block that is more than a label
_MAX_ARTICLES: Final = 200
# what is told of the containers of a block, for each level
_OF_CONTAINERS: Final = (
    "plain", "link", "count", "mean", "share", "long", "at", "stops", "privacy", "cut_off",
    "digits", "twins", "siblings", "start", "hits",
)  # fmt: skip
_OF_LEVELS: Final = tuple(f"c{k}_{name}" for name in _OF_CONTAINERS for k in range(LEVELS))
# rows of text of which the mean over a container is told
_AVERAGED: Final = ("stops", "privacy", "cut_off", "digits")
_AVERAGED_ROWS: Final = [_ROW[name] for name in _AVERAGED]


def block_features(
    blocks: Blocks, frame: Frame, hints: Hints, wanted: frozenset[str] | None = None
) -> tuple[Floats, list[str]]:
    """The matrix (features, blocks) and the names of its rows; all rows where none are named."""
    text = text_rows(blocks, hints, wanted)
    columns = Columns(frame.n, wanted)
    columns.add_all(TEXT, text)
    _page(columns, text, hints)
    _neighbours(columns, frame, text)
    at = _headline(columns, frame, text)
    run_plain = _containers(columns, frame, text, at)
    _surroundings(columns, frame, text)
    _openers(columns, frame, text)
    _articles(columns, frame, run_plain)
    _bits(columns, frame)
    return columns.matrix(), columns.names


def _page(columns: Columns, text: NDArray[Any], hints: Hints) -> None:
    chars, size = text[_ROW["chars"]], text[_ROW[BYTES]]
    n, total = len(chars), float(size.sum())
    order = np.arange(n)
    columns.add("wide", size / chars)
    columns.add("stop_rate", text[_ROW["stops"]] / chars)
    columns.add("share", size / total)
    columns.add("before", running(size)[:-1] / total)
    columns.add("rank", order / n)
    columns.add("index", order)
    columns.add("index_end", n - order)
    columns.add("page_blocks", n)
    columns.add("page_size", total)
    columns.add("page_wide", total / float(chars.sum()))
    columns.add("declared", float(hints.declared))
    columns.add("modern", float(hints.modern))
    columns.add("has_article_body", float(bool(hints.article_body)))


def _neighbours(columns: Columns, frame: Frame, text: NDArray[Any]) -> None:
    columns.add("depth", frame.depth)
    for name, row in (("size", BYTES), ("link", "link_share"), ("end", "end")):
        columns.add_shifted(name, text[_ROW[row]], -2, -1, 1, 2)
    for name, row in (("kind", "kind"), ("title", TITLE_LIKE)):
        columns.add_shifted(name, text[_ROW[row]], -1, 1)
    for name, of in (
        ("owner", frame.owner), ("parent", frame.container[1]), ("signature", frame.alike),
    ):  # fmt: skip
        for by in (-1, 1):
            if columns.wants(f"same_{name}{by:+}"):
                columns.add(f"same_{name}{by:+}", shift(of, by) == of)
    columns.add_shifted("p", (frame.bits & _P) != 0, -1, 1)


def _containers(
    columns: Columns, frame: Frame, text: NDArray[Any], title_at: int
) -> NDArray[np.float64]:
    """Sums over containers and over blocks of the same make; the running sum of plain text.

    ``title_at`` is the block of the headline, or -1.
    """
    size, link = text[_ROW[BYTES]], text[_ROW["link_share"]]
    summed = np.empty((6 + len(_AVERAGED), frame.n))
    plain, linked, long, unlinked, hits, telling = summed[:6]
    np.multiply(size, link, out=linked)
    np.subtract(size, linked, out=plain)
    np.multiply(plain, size > _LONG, out=long)
    np.multiply(size, 1 - link, out=unlinked)  # the same, rounded otherwise
    # what is on the headline's matter, where so much is said that it could be
    telling[:] = (unlinked > _TOLD) & (text[_ROW[TITLE_LIKE]] <= 0.5)
    np.multiply(text[_ROW["title_hits"]], telling, out=hits)
    summed[6:] = text[_AVERAGED_ROWS]
    run = running(summed)
    all_plain, all_long = max(float(run[0, -1]), 1.0), max(float(run[2, -1]), 1.0)
    # against the page's mean
    mean = float(hits.sum()) / max(int(telling.sum()), 1)
    scale = 1 / mean if mean > 0 else 0.0
    held = frame.within(run)
    count = frame.count
    out = np.empty((len(_OF_CONTAINERS), LEVELS, frame.n))
    out[0] = held[0]
    np.divide(held[1], np.maximum(held[0] + held[1], 1), out=out[1])
    out[2] = count
    np.divide(held[0], count, out=out[3])
    np.divide(held[0], all_plain, out=out[4])
    np.divide(held[2], all_long, out=out[5])
    np.divide(np.arange(frame.n) - frame.low, count, out=out[6])
    np.divide(held[6:], count, out=out[7:11])
    out[11] = frame.twins
    out[12] = frame.siblings
    out[13] = frame.low - title_at if title_at >= 0 else -999
    np.multiply(held[4] / np.maximum(held[5], 1), scale, out=out[14])
    columns.add_all(_OF_LEVELS, out.reshape(-1, frame.n))
    for level in (1, 2, 3):
        columns.add(f"c{level}_rel", held[3, level] / max(float(held[3, level].max()), 1.0))
    alike = frame.among_alike(summed[[0, 1, 4, 5]])
    columns.add("s_count", frame.number)
    columns.add("s_plain", alike[0] / all_plain)
    columns.add("s_mean", alike[0] / frame.number)
    columns.add("s_link", alike[1] / np.maximum(alike[0] + alike[1], 1))
    columns.add("s_hits", alike[2] / np.maximum(alike[3], 1) * scale)
    columns.add_all(("s_parents", "s_grands"), frame.parted())
    return np.asarray(run[0])


def _surroundings(columns: Columns, frame: Frame, text: NDArray[Any]) -> None:
    """Plain text and links among the blocks before and after, whatever the tree is like."""
    size = text[_ROW[BYTES]]
    run = running(np.array([size, size * (1 - text[_ROW["link_share"]])]))
    order = np.arange(frame.n)
    for reach in (3, 8):
        low, high = np.maximum(order - reach, 0), np.minimum(order + reach + 1, frame.n)
        held, plain = run.take(high, axis=1) - run.take(low, axis=1)
        columns.add(f"win{reach}_plain", plain / (high - low))
        columns.add(f"win{reach}_link", 1 - plain / np.maximum(held, 1))


def _headline(columns: Columns, frame: Frame, text: NDArray[Any]) -> int:
    """Places seen from the headline; returns its block, or -1 where it is not printed."""
    like = text[_ROW[TITLE_LIKE]] + 0.3 * ((frame.bits & _H1) != 0)
    order = np.arange(frame.n)
    if like.max() <= 0.5:
        for name in ("from_title", "from_first_title"):
            columns.add(name, -1000.0)
        for name in ("title_up", "title_down"):
            columns.add(name, -1.0)
        return -1
    at = frame.n - 1 - int(np.argmax(like[::-1]))
    columns.add("from_title", order - at)
    columns.add("from_first_title", order - int(np.argmax(like)))
    up, down = frame.steps(at)
    columns.add("title_up", up)
    columns.add("title_down", down)
    return at


def _openers(columns: Columns, frame: Frame, text: NDArray[Any]) -> None:
    """Headings, and lines that open a box of comments or links, above each block."""
    order = np.arange(frame.n)
    kind = text[_ROW["kind"]]
    heading = (frame.bits & _HEADINGS) != 0
    opens = np.empty((1 + len(_OPENERS), frame.n), dtype=np.bool_)
    opens[0] = heading
    np.logical_and(kind == _OPENER_KINDS, text[_ROW["chars"]] < 60, out=opens[1:])
    last = np.maximum.accumulate(np.where(opens, order, -1), axis=1)
    since = np.where(last >= 0, order - last, -1)
    columns.add("heading", heading)
    columns.add_all(("since_heading", *(f"since_{name}" for name in _OPENERS)), since)
    at = np.maximum(last[0], 0)
    for name, row in (
        ("heading_kind", "kind"), ("heading_title", TITLE_LIKE), ("heading_link", "link_share"),
    ):  # fmt: skip
        if columns.wants(name):
            columns.add(name, np.where(last[0] >= 0, text[_ROW[row]].take(at), -1))
    columns.add("headings_before", np.cumsum(heading))


def _articles(columns: Columns, frame: Frame, run_plain: NDArray[np.float64]) -> None:
    """Elements of type article: which one a block stands in, and how much text that holds."""
    rank, held = np.full(frame.n, -1.0), np.zeros(frame.n)
    document = frame.document
    found = document.find("article")[:_MAX_ARTICLES]
    if found:
        lows = np.searchsorted(frame.first, [document.text_start[e] for e in found])
        highs = np.searchsorted(frame.first, [document.text_end[e] for e in found])
        for k, (low, high) in enumerate(zip(lows.tolist(), highs.tolist(), strict=True)):
            rank[low:high] = k
            held[low:high] = run_plain[high] - run_plain[low]
    columns.add("article_rank", rank)
    columns.add("articles", len(found))
    columns.add("article_share", held / max(float(run_plain[-1]), 1.0))
    columns.add("article_of_best", held / max(float(held.max()), 1.0))


def _bits(columns: Columns, frame: Frame) -> None:
    """The bits of the lexicon that the element, those near it and all above it have."""
    for bits, (names, places) in zip(
        (frame.own, frame.near, frame.any), _bit_rows(columns.wanted), strict=True
    ):
        columns.add_all(names, (bits >> places) & 1)


@cache
def _bit_rows(
    wanted: frozenset[str] | None,
) -> tuple[tuple[tuple[str, ...], NDArray[np.int64]], ...]:
    """For own, near and any the wanted names, and the places of their bits as a column."""
    found = []
    for label in ("own", "near", "any"):
        names = [(f"{label}_{name}", k) for k, name in enumerate(NAMES)]
        some = [(name, k) for name, k in names if wanted is None or name in wanted]
        places = np.array([[k] for _, k in some], dtype=np.int64).reshape(len(some), 1)
        found.append((tuple(name for name, _ in some), places))
    return tuple(found)
