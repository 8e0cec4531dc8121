"""The article's text out of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.block_features import BYTES, Frame, block_features
from newscrawl.extract.blocks import Blocks, make_blocks
from newscrawl.extract.dom import Document
from newscrawl.extract.model import block_model
from newscrawl.extract.second_look import second_look
from newscrawl.site import Layout
from newscrawl.text import one_line

_SEPARATOR: Final = re.compile(r"\s+[-|–—»•·:]+\s+|[|_»]")


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article.

    ``source`` tells where it came from: ``blocks`` (the model), ``layout`` (the site's selectors),
    ``embedded`` (a script's JSON), ``jsonld``, or ``none``. ``confidence`` is the mean probability of the
    kept text, 0 to 1; ``container`` the deepest element that holds it (an index into the document),
    or -1.
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
    memory: Any = None,
) -> Body:
    """The body of the article that a page holds. Never raises; an empty page gives an empty body."""
    blocks = make_blocks(document)
    flags = ("truncated_by_limit",) if blocks.truncated else ()
    if not len(blocks):
        return Body(flags=flags)
    frame = Frame(document, blocks)
    p = judge_blocks(
        document,
        blocks,
        frame,
        guess_title(document) or title or "",
        guess_description(document) or description or "",
    )
    keep = np.flatnonzero(p > block_model().threshold)
    if not len(keep):
        return Body(flags=flags)
    return Body(
        paragraphs=tuple(blocks.texts[k] for k in keep),
        source="blocks",
        confidence=float(p[keep].mean()),
        flags=flags,
        container=_container(document, [blocks.owner[k] for k in keep]),
    )


def judge_blocks(
    document: Document, blocks: Blocks, frame: Frame, title: str, description: str
) -> NDArray[np.float64]:
    """The probability of each block to be part of the article."""
    model = block_model()
    matrix, names = block_features(document, blocks, frame, title, description)
    column = {name: n for n, name in enumerate(names)}
    p = model.first.predict(matrix[:, [column[name] for name in model.first.names]])
    more, more_names = second_look(frame, p, matrix[:, column[BYTES]])
    both = np.concatenate([matrix, more], axis=1)
    column |= {f"2_{name}": len(names) + n for n, name in enumerate(more_names)}
    return model.second.predict(both[:, [column[name] for name in model.second.names]])


def _container(document: Document, owners: Sequence[int]) -> int:
    first, last = min(owners), max(owners)
    while first >= 0 and document.end[first] <= last:
        first = document.parent[first]
    return first


def _meta(document: Document, *keys: str) -> str:
    found: dict[str, str] = {}
    for i, tag in enumerate(document.tags):
        if tag == "meta":
            a = document.attrs[i]
            name = (a.get("property") or a.get("name") or "").lower()
            content = a.get("content")
            if name in keys and content:
                found.setdefault(name, content)
        elif tag == "body":
            break
    return next((one_line(found[k]) for k in keys if k in found), "")


def guess_title(document: Document) -> str:
    """The headline for want of a better one: og:title, else the longest part of ``<title>``."""
    title = _meta(document, "og:title", "twitter:title")
    if not title:
        at = next((i for i, tag in enumerate(document.tags) if tag == "title"), -1)
        title = document.text(at) if at >= 0 else ""
    return max(_SEPARATOR.split(title), key=len).strip()


def guess_description(document: Document) -> str:
    """The page's own summary: og:description or the like, else empty."""
    return _meta(document, "og:description", "description", "twitter:description")
