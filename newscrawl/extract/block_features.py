"""The features of blocks for the first stage of the model, as a matrix."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.block_frame import Columns, Floats, Frame, running, shift
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
_TOLD: Final = 60  # bytes of plain text of a block that counts for what its container tells
_LONG: Final = 80  # bytes of a block that is more than a label
_MAX_ARTICLES: Final = 200


def block_features(
    blocks: Blocks, frame: Frame, hints: Hints, wanted: frozenset[str] | None = None
) -> tuple[Floats, list[str]]:
    """The matrix (features, blocks) and the names of its rows; all rows where none are named."""
    rows = text_rows(blocks, hints)
    flat = np.fromiter(chain.from_iterable(rows), np.float64, len(rows) * len(TEXT))
    text = np.ascontiguousarray(flat.reshape(len(rows), len(TEXT)).T)
    columns = Columns(frame.n, wanted)
    for name, values in zip(TEXT, text, strict=True):
        columns.add(name, values)
    _page(columns, text, hints)
    _neighbours(columns, frame, text)
    run_plain = _containers(columns, frame, text)
    at = _headline(columns, frame, text)
    _surroundings(columns, frame, text)
    _company(columns, frame, text, at)
    _openers(columns, frame, text)
    _articles(columns, frame, run_plain)
    for label, bits in (("own", frame.own), ("near", frame.near), ("any", frame.any)):
        names, places = _bit_rows(label, wanted)
        if names:
            columns.names += names
            columns.rows += list((bits >> places) & 1)
    return columns.matrix(), columns.names


@cache
def _bit_rows(label: str, wanted: frozenset[str] | None) -> tuple[list[str], NDArray[np.int64]]:
    """The wanted rows of lexicon bits: their names, and the places of the bits as a column."""
    some = [
        (f"{label}_{name}", k)
        for k, name in enumerate(NAMES)
        if wanted is None or f"{label}_{name}" in wanted
    ]
    return [name for name, _ in some], np.array([[k] for _, k in some], dtype=np.int64)


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
    for name, of in (("owner", frame.owner), ("parent", frame.parent), ("signature", frame.alike)):
        for by in (-1, 1):
            if columns.wants(f"same_{name}{by:+}"):
                columns.add(f"same_{name}{by:+}", shift(of, by) == of)
    columns.add_shifted("p", (frame.bits & _P) != 0, -1, 1)


def _containers(columns: Columns, frame: Frame, text: NDArray[Any]) -> NDArray[np.float64]:
    """Sums over containers and over blocks of the same make; the running sum of plain text."""
    size, link = text[_ROW[BYTES]], text[_ROW["link_share"]]
    linked = size * link
    plain = size - linked
    run_plain = running(plain)
    all_plain = max(float(run_plain[-1]), 1.0)
    held, links = frame.within(run_plain), frame.within(running(linked))
    columns.add_levels("plain", held)
    columns.add_levels("link", links / np.maximum(held + links, 1))
    columns.add_levels("count", frame.count)
    columns.add_levels("mean", held / frame.count)
    columns.add_levels("share", held / all_plain)
    run_long = running(plain * (size > _LONG))
    columns.add_levels("long", frame.within(run_long) / max(float(run_long[-1]), 1.0))
    columns.add_levels("stops", frame.within(running(text[_ROW["stops"]])) / frame.count)
    columns.add_levels("at", (np.arange(frame.n) - frame.low) / frame.count)
    number = frame.among_alike(np.ones(frame.n))
    alike, alike_links = frame.among_alike(plain), frame.among_alike(linked)
    columns.add("s_count", number)
    columns.add("s_plain", alike / all_plain)
    columns.add("s_mean", alike / number)
    columns.add("s_link", alike_links / np.maximum(alike + alike_links, 1))
    return run_plain


def _surroundings(columns: Columns, frame: Frame, text: NDArray[Any]) -> None:
    """Plain text and links among the blocks before and after, whatever the tree is like."""
    size = text[_ROW[BYTES]]
    plain = size * (1 - text[_ROW["link_share"]])
    run_size, run_plain = running(size), running(plain)
    order = np.arange(frame.n)
    for reach in (3, 8):
        low, high = np.maximum(order - reach, 0), np.minimum(order + reach + 1, frame.n)
        held = run_plain[high] - run_plain[low]
        columns.add(f"win{reach}_plain", held / (high - low))
        columns.add(f"win{reach}_link", 1 - held / np.maximum(run_size[high] - run_size[low], 1))


def _company(columns: Columns, frame: Frame, text: NDArray[Any], title_at: int) -> None:
    """How the containers of a block compare with others of the page: their size, what they are on.

    ``title_at`` is the block of the headline, or -1.
    """
    size = text[_ROW[BYTES]]
    plain = size * (1 - text[_ROW["link_share"]])
    held = frame.within(running(plain))
    for level in (1, 2, 3):
        columns.add(f"c{level}_rel", held[level] / max(float(held[level].max()), 1.0))
    columns.add("s_parents", frame.parted(1))
    columns.add("s_grands", frame.parted(2))
    columns.add_levels("twins", frame.twins.number)
    columns.add_levels("siblings", frame.twins.siblings)
    columns.add_levels("start", frame.low - title_at if title_at >= 0 else frame.low * 0 - 999)
    for name in ("privacy", "cut_off", "digits"):
        columns.add_levels(name, frame.within(running(text[_ROW[name]])) / frame.count)
    # on the headline's matter, against the page's mean
    telling = (plain > _TOLD) & (text[_ROW[TITLE_LIKE]] <= 0.5)
    hits = np.where(telling, text[_ROW["title_hits"]], 0)
    mean = float(hits.sum()) / max(int(telling.sum()), 1)
    scale = 1 / mean if mean > 0 else 0.0
    told = frame.within(running(hits)) / np.maximum(frame.within(running(telling)), 1)
    columns.add_levels("hits", told * scale)
    alike = frame.among_alike(hits) / np.maximum(frame.among_alike(telling), 1)
    columns.add("s_hits", alike * scale)


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
    up, down = frame.steps(frame.path(int(frame.owner[at])))
    columns.add("title_up", up)
    columns.add("title_down", down)
    return at


def _openers(columns: Columns, frame: Frame, text: NDArray[Any]) -> None:
    """Headings, and lines that open a box of comments or links, above each block."""
    order = np.arange(frame.n)
    kind = text[_ROW["kind"]]
    heading = (frame.bits & _HEADINGS) != 0
    last = np.maximum.accumulate(np.where(heading, order, -1))
    at = np.maximum(last, 0)
    columns.add("heading", heading)
    columns.add("since_heading", np.where(last >= 0, order - last, -1))
    columns.add("heading_kind", np.where(last >= 0, kind[at], -1))
    columns.add("heading_title", np.where(last >= 0, text[_ROW[TITLE_LIKE]][at], -1))
    columns.add("heading_link", np.where(last >= 0, text[_ROW["link_share"]][at], -1))
    columns.add("headings_before", np.cumsum(heading))
    short = text[_ROW["chars"]] < 60
    for name in _OPENERS:
        if columns.wants(f"since_{name}"):
            line = (kind == 1 + LINE_KINDS.index(name)) & short
            last = np.maximum.accumulate(np.where(line, order, -1))
            columns.add(f"since_{name}", np.where(last >= 0, order - last, -1))


def _articles(columns: Columns, frame: Frame, run_plain: NDArray[np.float64]) -> None:
    """Elements of type article: which one a block stands in, and how much text that holds."""
    rank, held = np.full(frame.n, -1.0), np.zeros(frame.n)
    document = frame.document
    found = document.find("article")[:_MAX_ARTICLES]
    if found:
        lows = np.searchsorted(frame.first, [document.text_start[e] for e in found])
        highs = np.searchsorted(frame.first, [document.text_end[e] for e in found])
        for k, (low, high) in enumerate(zip(lows, highs, strict=True)):
            rank[low:high] = k
            held[low:high] = run_plain[high] - run_plain[low]
    columns.add("article_rank", rank)
    columns.add("articles", len(found))
    columns.add("article_share", held / max(float(run_plain[-1]), 1.0))
    columns.add("article_of_best", held / max(float(held.max()), 1.0))
