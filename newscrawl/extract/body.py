"""The article's text out of a page.

The model of blocks decides (`newscrawl.extract.model`), a site's selectors go before it, and where
the page's tree holds no text the JSON in its scripts is asked. The headline is no part of the body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.block_columns import Floats
from newscrawl.extract.block_features import BYTES, TITLE_LIKE, block_features
from newscrawl.extract.block_frame import Frame
from newscrawl.extract.block_text import Hints
from newscrawl.extract.blocks import Blocks, make_blocks
from newscrawl.extract.body_hints import gather_hints
from newscrawl.extract.data_tables import CELL, whole_tables
from newscrawl.extract.dom import Document
from newscrawl.extract.embedded import embedded_text, html_paragraphs
from newscrawl.extract.layout_body import blocks_under, first_container
from newscrawl.extract.lexicon import LINE_KINDS, line_kind
from newscrawl.extract.model import block_model
from newscrawl.extract.page_memory import PageMemory
from newscrawl.extract.second_look import second_look
from newscrawl.site import Layout

HEADLINE: Final = 0.8  # a block so like the headline (Dice of trigrams) is the headline
_LAYOUT_THRESHOLD: Final = 0.12  # within a site's own container little is refused
_THIN: Final = 300  # bytes of UTF-8: with less text in the tree, scripts are asked
_BARE: Final = 60  # bytes: with less, a script's text need not name the headline
_EXPECTED: Final = 0.7  # share of the expected text; with less above the threshold it is lowered
_SOME: Final = 0.2  # probability: with a better block there is some text
_COPY: Final = 100  # characters: shorter lines may well be said twice
_POINTER: Final = 200  # characters of a line that points to another story
_POINTERS: Final = frozenset(1 + LINE_KINDS.index(kind) for kind in ("more", "share"))


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article.

    ``source`` tells where it came from: ``blocks`` (the model), ``layout`` (the site's selectors),
    ``embedded`` (a script's JSON), ``jsonld`` (articleBody) or ``none``. ``confidence`` is the mean
    probability of the kept text, 0 to 1. ``container`` is the deepest element that holds all of it
    (an index into the document), or -1. Flags: ``truncated_by_limit``, ``layout_missed`` (the
    site's selectors matched nothing), ``headline_in_body``, ``low_confidence``.
    """

    paragraphs: tuple[str, ...] = ()
    source: str = "none"
    confidence: float = 0.0
    flags: tuple[str, ...] = ()
    container: int = -1

    @property
    def text(self) -> str:
        """The paragraphs, parted by one blank line."""
        return "\n\n".join(self.paragraphs)


def extract_body(
    document: Document,
    *,
    layout: Layout | None = None,
    title: str | None = None,
    description: str | None = None,
    article_body: str | None = None,
    memory: PageMemory | None = None,
) -> Body:
    """The body of the article that a page holds.

    ``title`` and ``description`` are used where the page's head has none; ``article_body`` is the
    text of JSON-LD, evidence and last resort. A page memory, where given, is asked and taught.
    Never raises; a page without text gives an empty body.
    """
    blocks = make_blocks(document)
    hints = gather_hints(document, title, description, article_body)
    flags = ["truncated_by_limit"] if blocks.truncated else []
    body = _from_tree(document, blocks, hints, layout, memory, flags) if len(blocks) else Body()
    size = sum(len(p.encode("utf-8", "replace")) for p in body.paragraphs)
    if size < _THIN or body.confidence < 0.5:
        body = _from_scripts(document, body, hints, article_body or "", size)
    if body.source != "none" and body.confidence < 0.5:
        flags.append("low_confidence")
    return Body(
        body.paragraphs, body.source, body.confidence, (*body.flags, *flags), body.container,
    )  # fmt: skip


def judge_blocks(blocks: Blocks, frame: Frame, hints: Hints) -> tuple[NDArray[np.float64], Floats]:
    """Each block's probability to be part of the article, and its likeness to the headline."""
    model = block_model()
    matrix, names = block_features(blocks, frame, hints, model.wanted)
    row = {name: n for n, name in enumerate(names)}
    p = model.first.predict(matrix[[row[name] for name in model.first.names]])
    more, more_names = second_look(frame, p, matrix[row[BYTES]], model.wanted)
    # what the first stage is sure to be no article text is not looked at again
    open_ = np.flatnonzero(p > model.floor)
    out = np.zeros(len(p))
    if len(open_):
        row |= {name: len(names) + n for n, name in enumerate(more_names)}
        both = np.concatenate([matrix.take(open_, axis=1), more.take(open_, axis=1)])
        out[open_] = model.second.predict(both[[row[name] for name in model.second.names]])
    return out, matrix[row[TITLE_LIKE]]


def chosen_blocks(
    p: NDArray[np.float64],
    like: NDArray[Any],
    size: NDArray[Any],
    threshold: float,
    *,
    modern: bool,
) -> NDArray[np.bool_]:
    """Which blocks are the body, from their probabilities, likeness to the headline and sizes.

    Where the blocks above the threshold hold much less than the text to be expected, the model is
    in doubt of a whole text, and blocks with half the best probability are taken.

    The headline is left out, with two exceptions: it is all there is; or the page is of the time
    before viewport declarations (about 2012), when texts were cut from pages with their headline -
    then the one right above the text stays its first line.
    """
    headline = like > HEADLINE
    told = np.where(headline, 0.0, p)
    best = float(told.max())
    if best > _SOME and size[told > threshold].sum() < _EXPECTED * (told * size).sum():
        threshold = min(threshold, 0.5 * best)
    keep = p > threshold
    text = np.flatnonzero(keep & ~headline)
    if not len(text):
        return keep
    keep = keep & ~headline
    if not modern:
        above = np.flatnonzero(headline[: text[0]])
        if len(above):
            keep[above[-1]] = True
    return keep


def without_copies(
    texts: Sequence[str], p: NDArray[np.float64], keep: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """The blocks kept, less the copies of long texts: the likelier of first and last stay.

    Pages print a text twice, for small screens or in a teaser of its own; writers do not. All are
    taken from the same side, so that paragraphs stay in their order.
    """
    places: dict[str, list[int]] = {}
    for k in np.flatnonzero(keep).tolist():
        if len(texts[k]) >= _COPY:
            places.setdefault(texts[k], []).append(k)
    copied = [some for some in places.values() if len(some) > 1]
    if not copied:
        return keep
    side = 0 if sum(p[some[0]] - p[some[-1]] for some in copied) >= 0 else -1
    keep = keep.copy()
    for some in copied:
        keep[some] = False
        keep[some[side]] = True
    return keep


def _from_tree(
    document: Document,
    blocks: Blocks,
    hints: Hints,
    layout: Layout | None,
    memory: PageMemory | None,
    flags: list[str],
) -> Body:
    frame = Frame(document, blocks)
    p, like = judge_blocks(blocks, frame, hints)
    p = whole_tables(document, blocks, p)
    threshold, source = block_model().threshold, "blocks"
    if layout and layout.body:
        found = first_container(document, blocks, layout.body)
        if found:
            p = np.where(found[1], np.maximum(p, 0.01), 0.0)
            threshold, source = _LAYOUT_THRESHOLD, "layout"
        else:
            flags.append("layout_missed")
    if layout and layout.exclude:
        p = np.where(blocks_under(document, blocks, layout.exclude), 0.0, p)
    # what a site names as its body needs no rule for old pages
    modern = hints.modern or source == "layout"
    size = np.array([len(text.encode("utf-8", "replace")) for text in blocks.texts])
    keep = chosen_blocks(p, like, size, threshold, modern=modern)
    keep = without_copies(blocks.texts, p, keep)
    if memory is not None:
        keep = _less_furniture(document, blocks, keep, memory)
    if (keep & (like > HEADLINE)).any():
        flags.append("headline_in_body")
    chosen = [k for k in np.flatnonzero(keep).tolist() if not _is_pointer(blocks, k)]
    if not len(chosen):
        return Body()
    return Body(
        paragraphs=_paragraphs(document, blocks, chosen),
        source=source,
        confidence=round(float((p[chosen] * size[chosen]).sum() / size[chosen].sum()), 3),
        container=_container(document, [blocks.owner[k] for k in chosen]),
    )  # fmt: skip


def _is_pointer(blocks: Blocks, k: int) -> bool:
    """Whether a block is a line such as "Read more: (link)" that points out of the article."""
    text = blocks.texts[k]
    return (
        len(text) <= _POINTER
        and blocks.link_chars[k] > 0.4 * len(text)
        and line_kind(text) in _POINTERS
    )


def _less_furniture(
    document: Document, blocks: Blocks, keep: NDArray[np.bool_], memory: PageMemory
) -> NDArray[np.bool_]:
    """Without the blocks that recur on the host, unless they are most of the text: a copy."""
    recurs = np.array([memory.recurs(document.url, text) for text in blocks.texts], dtype=bool)
    memory.learn(document.url, blocks.texts)
    size = np.array([len(text) for text in blocks.texts])
    if size[keep & recurs].sum() > 0.5 * size[keep].sum():
        return keep
    return np.asarray(keep & ~recurs)


def _from_scripts(
    document: Document, body: Body, hints: Hints, article_body: str, size: int
) -> Body:
    """A better body out of the page's scripts, or the one there is."""
    found = embedded_text(document, hints.title)
    if found and found.chars > 2 * max(size, 100) and (found.titled or size < _BARE):
        return Body(found.paragraphs, "embedded", 0.6 if found.titled else 0.5)
    if len(article_body) > 2 * max(size, 50):
        return Body(html_paragraphs(article_body), "jsonld", 0.5)
    return body


def _paragraphs(document: Document, blocks: Blocks, chosen: list[int]) -> tuple[str, ...]:
    """The kept blocks as paragraphs; short cells of one table row stand on one line."""
    out: list[str] = []
    row_before = -1
    for k in chosen:
        text = blocks.texts[k]
        owner = blocks.owner[k]
        row = -1
        if document.tags[owner] in ("td", "th") and len(text) <= CELL:
            row = document.parent[owner]
        if row >= 0 and row == row_before:
            out[-1] += "\t" + text
        else:
            out.append(text)
        row_before = row
    return tuple(out)


def _container(document: Document, owners: Sequence[int]) -> int:
    first, last = min(owners), max(owners)
    while first >= 0 and document.end[first] <= last:
        first = document.parent[first]
    return first
