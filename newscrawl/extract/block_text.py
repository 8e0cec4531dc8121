"""What is measured of the text of each block.

Lengths are in characters, with the bytes of UTF-8 beside them so that scripts with few characters a
sentence are known as such; no words are counted, so that scripts without spaces are treated alike.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extract.blocks import Blocks
from newscrawl.extract.lexicon import line_kind

TEXT: Final = (
    "chars", "bytes", "links", "link_share", "bold_share", "stops", "commas", "digits", "upper",
    "marks", "end", "start", "kind", "breaks", "title_like", "description_like",
    "title_share", "in_article_body", "holds_lead", "repeated", "times", "title_hits", "privacy",
    "cut_off",
)  # fmt: skip

# rows of `TEXT` about what the page says elsewhere
_FROM_ELSEWHERE: Final = frozenset(
    {"description_like", "title_share", "in_article_body", "holds_lead"}
)

# characters are counted without regular expressions, which is several times faster: of the ASCII
# ones all but those that count are deleted from the bytes, and each kind becomes one byte; others
# are counted one by one
_STOPS, _COMMAS, _DIGITS, _UPPER, _MARKS = range(5)
_COUNTED: Final = (
    b".!?;", b",:", b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"|@/#>_%+=*[]{}",
)  # fmt: skip
_KIND: Final = bytes(
    next((kind for kind, some in enumerate(_COUNTED) if code in some), 255) for code in range(256)
)
_UNCOUNTED: Final = bytes(code for code in range(256) if _KIND[code] == 255)
# of scripts with ideographs, and of the others beyond ASCII
_OTHERS: Final = {
    True: ("。！？…；", "，、：", "»©→•·"),
    False: ("।॥။។؟۔…", "،၊", "»›©®→•·"),
}
_WIDE_UPPER: Final = re.compile("[À-ÞΑ-ΩА-Я]")
_END_STOPS: Final = frozenset(".!?。！？।॥။។؟۔…;；")
_END_QUOTES: Final = frozenset("\"'”’»」』）)］]")
_ENDS: Final = (
    dict.fromkeys(_END_STOPS, 1) | dict.fromkeys(":：", 2) | dict.fromkeys(_END_QUOTES, 3)
)
_SHAPE: Final = re.compile(r"[\W_]+")
_SAMPLE: Final = 400  # characters of a block that are looked at
_TOLD: Final = 40  # characters: from so many on a block can tell what the headline tells
_TITLE_SHARE: Final = 60  # characters: from so many on a block can hold a share of the headline
_RECURRING: Final = 12  # characters: shorter lines recur by chance
_PRIVACY: Final = ("cookie", "privacy", "consent")  # in notices of nearly all languages
_CUT_OFF: Final = ("…", "...", "… »", "[...]", "[…]")  # ends of teasers
_MOST_KEYS: Final = 24
_MEMO_SIZE: Final = 5_000  # labels
_LABEL: Final = 40  # characters: a shorter block that is all link is a label of the navigation

# what the text of a block tells on its own, in the order of `TEXT`, and where it stands there
_OF_SHAPE: Final = (
    "bytes", "stops", "commas", "digits", "upper", "marks", "end", "start", "kind", "privacy",
    "cut_off",
)  # fmt: skip
_SHAPE_ROWS: Final = [TEXT.index(name) for name in _OF_SHAPE]
# what is not counted in labels
_UNTOLD_ROWS: Final = [
    TEXT.index(name)
    for name in ("stops", "commas", "digits", "upper", "marks", "privacy", "cut_off")
]
_pack: Final = struct.Struct(f"{len(_OF_SHAPE)}d").pack
_shapes: dict[str, bytes] = {}  # as packed floats, which become an array in one step


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page says of its article elsewhere: headline, summary, the text in JSON-LD.

    ``declared`` tells that the headline stands in metadata, not only in the title of the window;
    ``modern`` that the page has declarations that came into use in 2012 or later.
    """

    title: str = ""
    description: str = ""
    article_body: str = ""
    declared: bool = False
    modern: bool = False


@dataclass(frozen=True, slots=True)
class _Likeness:
    """A text to compare blocks with: they are first tried for pieces of it, which is cheap."""

    key: str
    grams: set[str]
    low: float
    high: float
    pieces: tuple[str, ...]

    @classmethod
    def of(cls, text: str, step: int, size: int) -> _Likeness:
        text = text[:600]
        key = _key(text)
        pieces = [text[k : k + size] for k in range(0, max(len(text) - size, 0) + 1, step)][:16]
        return cls(key, _grams(key), len(text) * 0.4, len(text) * 2.5, tuple(filter(None, pieces)))

    def fill(
        self, row: NDArray[np.float64], texts: Sequence[str], chars: NDArray[np.float64]
    ) -> None:
        """Put the likeness of texts, whose lengths are known, into a row."""
        for k in np.flatnonzero((chars >= self.low) & (chars <= self.high)).tolist():
            row[k] = self.to(texts[k])

    def to(self, text: str) -> float:
        """Share of the trigrams in common (Dice), 0 where lengths are far apart."""
        if not self.low <= len(text) <= self.high or not any(map(text.__contains__, self.pieces)):
            return 0.0
        key = _key(text[:600])
        if key == self.key:
            return 1.0
        mine = _grams(key)
        return 2 * len(mine & self.grams) / (len(mine) + len(self.grams))


def headline_keys(title: str, size: int) -> tuple[str, ...]:
    """Pieces from within the words of a headline: a text on the same matter holds some of them.

    ``size`` is 5 characters, which leaves out the short words that stand everywhere, or 2 in
    scripts without spaces.
    """
    text = title.casefold()
    pieces = [text[k : k + size] for k in range(0, len(text) - size + 1, 1 + size // 4)]
    inner = dict.fromkeys(
        p for p in pieces if p.isalpha() or not (p.isascii() or any(map(str.isspace, p)))
    )
    every = -(-len(inner) // _MOST_KEYS)
    return tuple(inner)[:: max(every, 1)]


def _key(text: str) -> str:
    return _SHAPE.sub("", text).casefold()


def _grams(key: str) -> set[str]:
    return {key[i : i + 3] for i in range(len(key) - 2)} or {key}


def text_rows(
    blocks: Blocks, hints: Hints, wanted: frozenset[str] | None = None
) -> NDArray[np.float64]:
    """The measures that `TEXT` names, as a matrix (measures, blocks).

    Where ``wanted`` names features, rows that are dear and not among them are left at 0.
    """
    texts, n = blocks.texts, len(blocks.texts)
    out = np.zeros((len(TEXT), n))
    row = dict(zip(TEXT, out, strict=True))
    known = _shapes.get
    shapes = b"".join([known(text) or _shape_of(text) for text in texts])
    out[_SHAPE_ROWS] = np.frombuffer(shapes).reshape(n, len(_OF_SHAPE)).T
    chars = row["chars"]
    chars[:] = [len(text) for text in texts]
    link_chars = np.array(blocks.link_chars, dtype=np.float64)
    np.minimum(link_chars / chars, 1.0, out=row["link_share"])
    np.minimum(np.array(blocks.bold_chars) / chars, 1.0, out=row["bold_share"])
    row["links"][:] = blocks.links
    row["breaks"][:] = blocks.breaks
    told = (chars >= _LABEL) | (link_chars < chars)
    out[_UNTOLD_ROWS] *= told
    times = Counter(texts)
    if len(times) == n:
        row["times"][:] = chars >= _RECURRING
    else:
        row["times"][:] = [times[text] if len(text) >= _RECURRING else 0 for text in texts]
        row["repeated"][:] = _repeated(texts, told.tolist())
    title = hints.title
    unspaced = len(title.encode("utf-8", "replace")) > 2.5 * len(title)
    piece = 2 if unspaced else 5
    _Likeness.of(title, piece, piece).fill(row["title_like"], texts, chars)
    keys = headline_keys(title, piece)
    if keys:
        hits = row["title_hits"]
        for k in np.flatnonzero(told & (chars > _TOLD)).tolist():
            hits[k] = sum(map(texts[k][:_SAMPLE].casefold().__contains__, keys))
        hits /= len(keys)
    if wanted is None or not wanted.isdisjoint(_FROM_ELSEWHERE):
        _as_elsewhere(row, texts, told, hints, piece)
    return out


def _repeated(texts: Sequence[str], told: Sequence[bool]) -> list[bool]:
    """Whether each text stood before; labels are not looked at."""
    seen: set[str] = set()
    out = []
    for text, counts in zip(texts, told, strict=True):
        out.append(counts and text in seen)
        if counts:
            seen.add(text)
    return out


def _as_elsewhere(
    row: dict[str, NDArray[np.float64]],
    texts: Sequence[str],
    told: NDArray[np.bool_],
    hints: Hints,
    piece: int,
) -> None:
    """How much of a block stands in the summary, the headline or the text in JSON-LD."""
    lead = hints.description[:40].rstrip(" .…") if len(hints.description) >= 20 else ""
    pieces = _Likeness.of(hints.title, piece, piece).pieces
    summary = _Likeness.of(hints.description, 40, 3 * piece)
    body = hints.article_body
    for k in np.flatnonzero(told).tolist():
        text = texts[k]
        sample = text[:_SAMPLE]
        if lead:
            row["description_like"][k] = summary.to(text)
            row["holds_lead"][k] = lead in sample
        if len(text) > _TITLE_SHARE:
            row["title_share"][k] = sum(map(sample.__contains__, pieces)) / 16
        if body:
            row["in_article_body"][k] = 1.0 if sample[:200] in body else -1.0


def _shape_of(text: str) -> bytes:
    """What a block's text tells on its own; that of labels is kept, as they recur on every page."""
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
    sample = text if n <= _SAMPLE else text[:_SAMPLE]
    size = len(sample)
    scale = n / size
    data = sample.encode("utf-8", "replace")
    width = len(data)
    counted = data.translate(_KIND, _UNCOUNTED).count
    stops, commas, upper, marks = (
        counted(_STOPS), counted(_COMMAS), counted(_UPPER), counted(_MARKS),
    )  # fmt: skip
    if width != size:
        count = sample.count
        other_stops, other_commas, other_marks = _OTHERS[width > 2.4 * size]
        stops += sum(map(count, other_stops))
        commas += sum(map(count, other_commas))
        marks += sum(map(count, other_marks))
        if width < 2.2 * size:  # scripts that have capitals
            upper += len(_WIDE_UPPER.findall(sample))
    shape = _pack(
        width * scale,
        stops * scale,
        commas * scale,
        counted(_DIGITS) / size,
        upper / size,
        marks / size,
        end,
        start,
        line_kind(text) if n < _SAMPLE else 0,
        n > _TOLD // 2 and any(map(sample.casefold().__contains__, _PRIVACY)),
        text.endswith(_CUT_OFF),
    )
    if n < _LABEL:
        if len(_shapes) >= _MEMO_SIZE:
            for old in list(islice(_shapes, _MEMO_SIZE // 2)):
                del _shapes[old]
        _shapes[text] = shape
    return shape
